/** Verifies an evidence bundle with openssl and what every POSIX system has. Plain ASCII; no backquotes. */
export const VERIFY_SH = String.raw`#!/bin/sh
# Verifies this bundle with openssl (3.0 or later) and the tools of any POSIX system:
#   sh verify.sh              with the keys of the bundle; compare their fingerprints with what you know
#   sh verify.sh trusted.pem  with a public key that you have from elsewhere, and no other
set -eu
LC_ALL=C
export LC_ALL
trusted=
if [ $# -gt 0 ]; then trusted=$(cd "$(dirname "$1")" && pwd)/$(basename "$1"); fi
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

fail() { echo "REFUSED: $1"; exit 1; }

# Hash in hex of each line on stdin as a leaf: SHA-256 of a zero byte and the line (RFC 6962, section 2.1).
leaves() {
  count=0 names=
  while IFS= read -r line; do
    printf '\000%s' "$line" > "$tmp/f$count"
    names="$names f$count" count=$((count + 1))
    if [ "$count" -eq 400 ]; then (cd "$tmp" && openssl dgst -sha256 -r $names); count=0 names=; fi
  done
  if [ "$count" -gt 0 ]; then (cd "$tmp" && openssl dgst -sha256 -r $names); fi
}

# Hash in hex of each pair of hashes on stdin as a node: SHA-256 of a one and both.
nodes() {
  awk 'BEGIN { digits = "0123456789abcdef" }
    function bytes(hex,  at, out) {
      for (at = 1; at < 64; at += 2)
        out = out sprintf("\\%03o", 16 * index(digits, substr(hex, at, 1)) + index(digits, substr(hex, at + 1, 1)) - 17)
      return out
    }
    { print "\\001" bytes($1) bytes($2) }' > "$tmp/escaped"
  count=0 names=
  while IFS= read -r escaped; do
    printf "$escaped" > "$tmp/f$count"
    names="$names f$count" count=$((count + 1))
    if [ "$count" -eq 400 ]; then (cd "$tmp" && openssl dgst -sha256 -r $names); count=0 names=; fi
  done < "$tmp/escaped"
  if [ "$count" -gt 0 ]; then (cd "$tmp" && openssl dgst -sha256 -r $names); fi
}

# Root in hex of the tree with the leaves in $tmp/level, the first of which is leaf $1. What stands left of it is the
# edge, in $tmp/edge: whole subtrees, the smallest first.
root() {
  first=$1
  : > "$tmp/right"
  while [ -s "$tmp/level" ] || [ "$first" -gt 0 ]; do
    if [ $((first % 2)) -eq 1 ]; then
      { awk 'NR == 1' "$tmp/edge"; cat "$tmp/level"; } > "$tmp/joined"
      awk 'NR > 1' "$tmp/edge" > "$tmp/rest"
      cat "$tmp/rest" > "$tmp/edge"
    else cat "$tmp/level" > "$tmp/joined"; fi
    awk 'END { if (NR % 2) print $1 }' "$tmp/joined" >> "$tmp/right"
    awk 'NR % 2 { left = $1; next } { print left, $1 }' "$tmp/joined" | nodes | awk '{ print $1 }' > "$tmp/level"
    first=$((first / 2))
  done
  hash=
  while read -r left; do
    if [ -z "$hash" ]; then hash=$left; else hash=$(echo "$left $hash" | nodes | awk '{ print $1 }'); fi
  done < "$tmp/right"
  if [ -z "$hash" ]; then hash=$(openssl dgst -sha256 -r < /dev/null | awk '{ print $1 }'); fi
  echo "$hash"
}

# Whether the root that a checkpoint names is that of the lines. $1: number of the log, $2: text of the checkpoint
bears_out() {
  size=$(awk 'NR == 2' "$2")
  claimed=$(awk 'NR == 3' "$2" | openssl base64 -d | od -An -v -tx1 | tr -d ' \n')
  start=$(cat "proofs/$1/start") skip=$(cat "proofs/$1/skip")
  awk '{ lines[NR] = $1 } END { for (at = NR; at > 0; at--) print lines[at] }' "proofs/$1/edge" > "$tmp/edge"
  awk -v from="$skip" -v count="$((size - start))" 'NR > from && NR <= from + count' "$tmp/leaves" > "$tmp/level"
  [ "$(awk 'END { print NR }' "$tmp/level")" -eq "$((size - start))" ] || fail "lines of log $1 are missing"
  [ "$(root "$start")" = "$claimed" ] || fail "the lines of log $1 are not those that were sealed"
}

# Whether one of the keys has signed a text. $1: number of the log, $2: text, $3: signature
signed() {
  for key in $(if [ -n "$trusted" ]; then echo "trusted"; else ls "keys/$1"; fi); do
    case $key in trusted) file=$trusted ;; *.pem) file=keys/$1/$key ;; *) continue ;; esac
    if openssl pkeyutl -verify -pubin -inkey "$file" -rawin -in "$2" -sigfile "$3" > /dev/null 2>&1; then return 0; fi
  done
  return 1
}

openssl dgst -sha256 -r $(awk '{ print $2 }' SHA256SUMS) > "$tmp/sums" 2> /dev/null || fail "files of the bundle are missing"
changed=$(awk 'NR == FNR { sum[substr($2, 2)] = $1; next } sum[$2] != $1 { print $2; exit }' "$tmp/sums" SHA256SUMS)
[ -z "$changed" ] || fail "$changed is not the file of the bundle"

for log in proofs/*; do
  log=$(basename "$log")
  cat "logs/$log"/* | leaves | awk '{ print $1 }' > "$tmp/leaves"
  if [ -f "proofs/$log/start.txt" ]; then
    signed "$log" "proofs/$log/start.txt" "proofs/$log/start.sig" || fail "the first checkpoint of log $log is signed by no trusted key"
    awk 'NR == 2' "proofs/$log/start.txt" > "$tmp/size"
    [ "$(cat "$tmp/size")" = "$(cat "proofs/$log/start")" ] || fail "log $log does not begin at its first checkpoint"
    bears_out "$log" "proofs/$log/start.txt"
  else [ "$(cat "proofs/$log/start") $(cat "proofs/$log/skip")" = "0 0" ] || fail "log $log has no beginning"; fi
  signed "$log" "proofs/$log/head.txt" "proofs/$log/head.sig" || fail "the last checkpoint of log $log is signed by no trusted key"
  bears_out "$log" "proofs/$log/head.txt"
  echo "log $log: $((size - start)) lines are as they were sealed, up to the checkpoint of $(awk '$1 == "time" { print $2 }' "proofs/$log/head.txt")"
  for token in "proofs/$log"/tokens/*.tsr; do
    [ -f "$token" ] && [ -f keys/authority.pem ] || continue
    note=$(dirname "$token")/$(basename "$token" .tsr).note
    openssl ts -verify -in "$token" -data "$note" -CAfile keys/authority.pem > /dev/null 2>&1 || fail "$token is no token of this authority over $note"
    bears_out "$log" "$note"
    echo "log $log: $size lines were there when the authority stamped them: $(openssl ts -reply -in "$token" -text 2> /dev/null | awk -F': ' '/^Time stamp:/ { print $2 }')"
  done
done
if [ -z "$trusted" ]; then
  for key in keys/*/*.pem; do echo "key $key: SHA-256 $(openssl pkey -pubin -in "$key" -outform DER | openssl dgst -sha256 -r | awk '{ print $1 }')"; done
fi
echo VERIFIED
`;

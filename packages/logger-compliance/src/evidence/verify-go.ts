import { VERIFY_GO_TREE } from './verify-go-tree';

/** Verifies an evidence bundle with Go's own library. No backquotes. */
export const VERIFY_GO = String.raw`${VERIFY_GO_TREE}
func must(err error) {
	if err != nil {
		refuse("%v", err)
	}
}

func refuse(format string, values ...any) {
	fmt.Println("REFUSED: " + fmt.Sprintf(format, values...))
	os.Exit(1)
}

func read(parts ...string) []byte {
	content, err := os.ReadFile(filepath.Join(parts...))
	must(err)
	return content
}

func list(pattern ...string) []string {
	names, err := filepath.Glob(filepath.Join(pattern...))
	must(err)
	sort.Strings(names)
	return names
}

func number(text string) int64 {
	value, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	must(err)
	return value
}

func readKey(name string) ed25519.PublicKey {
	block, _ := pem.Decode(read(name))
	if block == nil {
		refuse("%s is no PEM", name)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	must(err)
	key, ok := parsed.(ed25519.PublicKey)
	if !ok {
		refuse("%s is no Ed25519 key", name)
	}
	fmt.Printf("key %s: SHA-256 %x\n", name, sha256.Sum256(block.Bytes))
	return key
}

// Reads a C2SP signed note, and the size and root of its checkpoint; one of the keys must have signed it.
func open(note string, keys []ed25519.PublicKey) (int64, [32]byte) {
	at := strings.LastIndex(note, "\n\n")
	if at < 0 {
		refuse("a checkpoint that is no note")
	}
	text, lines := note[:at+1], strings.Split(note, "\n")
	for _, line := range strings.Split(strings.TrimSpace(note[at+2:]), "\n") {
		words := strings.Split(line, " ")
		signature, err := base64.StdEncoding.DecodeString(words[len(words)-1])
		if err != nil || len(signature) != 68 {
			continue
		}
		for _, key := range keys {
			if ed25519.Verify(key, []byte(text), signature[4:]) {
				var root [32]byte
				hash, err := base64.StdEncoding.DecodeString(lines[2])
				must(err)
				copy(root[:], hash)
				return number(lines[1]), root
			}
		}
	}
	refuse("a checkpoint of size %s is signed by no trusted key", lines[1])
	panic("not reached")
}

func main() {
	sums := bufio.NewScanner(bytes.NewReader(read("SHA256SUMS")))
	for sums.Scan() {
		sum, name, _ := strings.Cut(sums.Text(), "  ")
		if got := sha256.Sum256(read(filepath.FromSlash(name))); hex.EncodeToString(got[:]) != sum {
			refuse("%s is not the file of the bundle", name)
		}
	}
	for _, proofs := range list("proofs", "*") {
		verifyLog(filepath.Base(proofs), proofs)
	}
	fmt.Println("VERIFIED")
}

func verifyLog(log, proofs string) {
	names := list("keys", log, "*.pem")
	if len(os.Args) > 1 {
		names = os.Args[1:]
	}
	var keys []ed25519.PublicKey
	for _, name := range names {
		keys = append(keys, readKey(name))
	}
	var lines [][]byte
	for _, name := range list("logs", log, "*") {
		lines = append(lines, bytes.Split(bytes.TrimSuffix(read(name), []byte("\n")), []byte("\n"))...)
	}
	// What each checkpoint says: those in the log, the last one, and those that were published elsewhere.
	roots := map[int64][32]byte{}
	claims := 0
	claim := func(note string) int64 {
		size, root := open(note, keys)
		if known, ok := roots[size]; ok && known != root {
			refuse("two checkpoints of %d lines disagree", size)
		}
		roots[size] = root
		claims++
		return size
	}
	t := tree{size: number(string(read(proofs, "start")))}
	skip := number(string(read(proofs, "skip")))
	left := t.size
	for _, text := range strings.Fields(string(read(proofs, "edge"))) {
		one := subtree{leaves: 1}
		for one.leaves*2 <= left {
			one.leaves *= 2
		}
		left -= one.leaves
		hash, err := hex.DecodeString(text)
		must(err)
		copy(one.hash[:], hash)
		t.edge = append(t.edge, one)
	}
	start, head := t.size, claim(string(read(proofs, "head.note")))
	if start > 0 && (left != 0 || claim(string(read(proofs, "start.note"))) != start) || start == 0 && skip != 0 {
		refuse("log %s has no beginning", log)
	}
	for _, name := range list(proofs, "published-*.note") {
		claim(string(read(name)))
	}
	for at := skip; at < int64(len(lines)); at++ {
		var line struct{ Seal, Note string }
		if bytes.HasPrefix(lines[at], []byte("{\"seal\":\"checkpoint\"")) && start+at-skip < head {
			must(json.Unmarshal(lines[at], &line))
			claim(line.Note)
		}
	}
	for at := skip; ; at++ {
		if root, ok := roots[t.size]; ok {
			if root != t.root() {
				refuse("the lines of log %s are not those that were sealed, at or before line %d", log, t.size)
			}
			delete(roots, t.size)
		}
		if t.size == head || at >= int64(len(lines)) {
			break
		}
		t.add(lines[at])
	}
	for size := range roots {
		if size >= start {
			refuse("log %s should have had %d lines", log, size)
		}
	}
	fmt.Printf("log %s: %d lines are as they were sealed; %d checkpoints agree\n", log, head-start, claims)
}
`;

/** First part of the Go program that verifies: its imports, and the tree of RFC 6962. No backquotes. */
export const VERIFY_GO_TREE = String.raw`// Verifies this bundle with nothing but Go's own library:
//
//	go run verify.go              with the keys of the bundle; compare their fingerprints with what you know
//	go run verify.go trusted.pem  with a public key that you have from elsewhere, and no other
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

type subtree struct {
	leaves int64
	hash   [32]byte
}

// The edge of an RFC 6962 tree: whole subtrees, the largest first.
type tree struct {
	size int64
	edge []subtree
}

func node(left, right [32]byte) [32]byte {
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

func (t *tree) add(line []byte) {
	last := subtree{1, sha256.Sum256(append([]byte{0}, line...))}
	for n := len(t.edge); n > 0 && t.edge[n-1].leaves == last.leaves; n-- {
		last = subtree{2 * last.leaves, node(t.edge[n-1].hash, last.hash)}
		t.edge = t.edge[:n-1]
	}
	t.edge = append(t.edge, last)
	t.size++
}

func (t *tree) root() [32]byte {
	if len(t.edge) == 0 {
		return sha256.Sum256(nil)
	}
	hash := t.edge[len(t.edge)-1].hash
	for n := len(t.edge) - 2; n >= 0; n-- {
		hash = node(t.edge[n].hash, hash)
	}
	return hash
}
`;

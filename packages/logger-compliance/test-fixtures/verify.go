// Verifies a checkpoint, an inclusion proof and a consistency proof with the libraries of Go's own transparency log.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type input struct {
	Key, Old, New, Line string
	Index               int64
	Inclusion           []string
	Consistency         []string
}

func check(err error) {
	if err != nil {
		fmt.Println("REFUSED:", err)
		os.Exit(1)
	}
}

func hashOf(text string) (hash tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err)
	if copy(hash[:], bytes) != tlog.HashSize {
		check(fmt.Errorf("a hash of %d bytes", len(bytes)))
	}
	return hash
}

func open(checkpoint, key string) (int64, tlog.Hash) {
	verifier, err := note.NewVerifier(key)
	check(err)
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	return size, hashOf(lines[2])
}

func main() {
	var in input
	check(json.NewDecoder(os.Stdin).Decode(&in))
	oldSize, oldRoot := open(in.Old, in.Key)
	size, root := open(in.New, in.Key)
	var inclusion tlog.RecordProof
	for _, text := range in.Inclusion {
		inclusion = append(inclusion, hashOf(text))
	}
	check(tlog.CheckRecord(inclusion, size, root, in.Index, tlog.RecordHash([]byte(in.Line))))
	var consistency tlog.TreeProof
	for _, text := range in.Consistency {
		consistency = append(consistency, hashOf(text))
	}
	check(tlog.CheckTree(consistency, size, root, oldSize, oldRoot))
	fmt.Println("VERIFIED")
}

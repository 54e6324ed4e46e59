package sampler

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"testing"

	"nodal/schema"
)

// rowsHash is the SHA-256 of the rows below as text. Rows are the same bit for
// bit on every processor; whoever changes them on purpose raises
// schema.NumericsVersion (or StreamVersion) and this hash.
const rowsHash = "4d414a95e1da4e1496442ab3e02103fd1b2632825648aa7e14f7bf798d0fd16a"

func TestRowsAreTheSameOnEveryProcessor(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		h := sha256.New()
		w := NewWorker(Fused, "golden", 2026)
		for _, c := range engineCases() {
			rows := make([]schema.Row, 4)
			w.Measure(rows, nil, c, 1<<40)
			for _, r := range rows {
				// Optional columns have a hash of their own.
				io.WriteString(h, strings.Replace(fmt.Sprintf("%+v\n", r), " Extra:<nil>}", "}", 1))
			}
		}
		if got := fmt.Sprintf("%x", h.Sum(nil)); got != rowsHash {
			t.Errorf("hash of the rows = %s, want %s", got, rowsHash)
		}
	})
}

package sampler

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"nodal/schema"
)

// rowsHash is the SHA-256 of the rows below as text. Rows are the same bit for
// bit on every processor; whoever changes them on purpose raises
// schema.NumericsVersion (or StreamVersion) and this hash.
const rowsHash = "9f87379bf0f51cadcc17b80ec99974edabb2e360f2ee6cceb5e5a0719509b5b0"

func TestRowsAreTheSameOnEveryProcessor(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		h := sha256.New()
		w := NewWorker(Fused, "golden", 2026)
		for _, c := range engineCases() {
			rows := make([]schema.Row, 4)
			w.Measure(rows, nil, c, 1<<40)
			for _, r := range rows {
				fmt.Fprintf(h, "%+v\n", r)
			}
		}
		if got := fmt.Sprintf("%x", h.Sum(nil)); got != rowsHash {
			t.Errorf("hash of the rows = %s, want %s", got, rowsHash)
		}
	})
}

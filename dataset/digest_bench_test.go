package dataset

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"nodal/schema"
)

const benchRows = 122_880

// BenchmarkDigest takes the digest of the rows of a part, a canonical batch at a
// time.
func BenchmarkDigest(b *testing.B) {
	plan, part := benchPlan(benchRows)
	rows := rowsOf(plan, part)[:2048]
	for i := range rows {
		shareTexts(&rows[i], &rows[0])
	}
	b.Run(fmt.Sprintf("rows=%d", benchRows), func(b *testing.B) {
		d := newRowDigest()
		b.ReportAllocs()
		for b.Loop() {
			d.reset()
			for range benchRows / len(rows) {
				d.add(rows)
			}
			d.sum()
		}
		reportEach(b, benchRows, "ns/row")
	})
}

// BenchmarkReadBack reads a part back and compares it, and beside it takes the
// SHA-256 of the file.
func BenchmarkReadBack(b *testing.B) {
	plan, part := benchPlan(benchRows)
	rows := rowsOf(plan, part)
	file, size := onDisk(b, encode(b, rows))
	want := measured(newRowDigest(), rows)
	rows = nil
	b.Run(fmt.Sprintf("rows=%d", benchRows), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := readBack(file, size, want); err != nil {
				b.Fatal(err)
			}
		}
		reportEach(b, benchRows, "ns/row")
	})
	b.Run(fmt.Sprintf("sha256/rows=%d", benchRows), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := hashFile(file, size); err != nil {
				b.Fatal(err)
			}
		}
		reportEach(b, benchRows, "ns/row")
	})
}

// onDisk writes a file and opens it.
func onDisk(b *testing.B, content memoryFile) (file *os.File, size int64) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "part")
	if err := os.WriteFile(path, content, 0o666); err != nil {
		b.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { file.Close() })
	return file, int64(len(content))
}

func benchPlan(rows int64) (*Plan, Part) {
	return NewPlan("bench", 7, nil, []schema.Configuration{configuration(8, rows, 0)}, "1"),
		Part{Units: []Unit{{Count: rows}}}
}

// reportEach reports the time of one of n things done in every iteration.
func reportEach(b *testing.B, n int, unit string) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), unit)
}

// shareTexts lets the texts of a row lie where those of another do, as in the
// rows of a run. They must be equal.
func shareTexts(row, other *schema.Row) {
	row.Sweep, row.CaseName, row.ConfigID, row.Hidden = other.Sweep, other.CaseName, other.ConfigID, other.Hidden
	row.Activation, row.OutputActivation = other.Activation, other.OutputActivation
	row.Weights, row.Biases = other.Weights, other.Biases
}

package dataset

import (
	"fmt"
	"os"
	"testing"

	"nodal/schema"
)

// BenchmarkWriteRows writes parts of one batch, from opening the file to its
// publication, and reports what a row costs in time and on disk.
func BenchmarkWriteRows(b *testing.B) {
	for _, rows := range []int64{64, 16384, 122_880} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			plan := NewPlan("bench", 7, nil, []schema.Configuration{configuration(8, rows, 0)}, "1")
			part := Part{Units: []Unit{{Count: rows}}}
			batch := rowsOf(plan, part)
			var size int64
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				root := b.TempDir()
				d, err := Create(root, plan, Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				w, err := d.NewPart(part)
				if err != nil {
					b.Fatal(err)
				}
				if err := w.WriteRows(batch); err != nil {
					b.Fatal(err)
				}
				if err := w.Publish(); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				info, err := os.Stat(pathOf(root, networksFolder, plan, 0))
				if err != nil {
					b.Fatal(err)
				}
				size = info.Size()
				d.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
			b.ReportMetric(float64(size)/float64(rows), "bytes/row")
		})
	}
}

// BenchmarkReadRows reads a part back.
func BenchmarkReadRows(b *testing.B) {
	const rows = 65_536
	plan := NewPlan("bench", 7, nil, []schema.Configuration{configuration(8, rows, 0)}, "1")
	root := b.TempDir()
	d, err := Create(root, plan, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for part := range plan.Parts() {
		w, err := d.NewPart(part)
		if err != nil {
			b.Fatal(err)
		}
		if err := w.WriteRows(rowsOf(plan, part)); err != nil {
			b.Fatal(err)
		}
		if err := w.Publish(); err != nil {
			b.Fatal(err)
		}
	}
	r, err := Open(root, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for batch, err := range r.Rows() {
			if err != nil {
				b.Fatal(err)
			}
			n += len(batch)
		}
		if n != rows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}

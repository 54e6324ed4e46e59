package dataset_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
)

// What a directory of many parts costs, apart from the networks in them. The parts
// hold one network each and lie on the file system of the temporary folder.

// scaleParts is how many parts the directory of these benchmarks has. NODAL_PARTS sets
// another number; docs/scale.md has the figures for 100,000.
func scaleParts(b *testing.B) int {
	text := os.Getenv("NODAL_PARTS")
	if text == "" {
		return 1000
	}
	parts, err := strconv.Atoi(text)
	if err != nil || parts < 1 {
		b.Fatalf("NODAL_PARTS: got %q, want a number of parts", text)
	}
	return parts
}

// scalePlan returns a plan of parts of one network.
func scalePlan(b *testing.B, parts int) *dataset.Plan {
	dataset.SmallParts(b, 1)
	return faultPlan(b, fmt.Sprintf(`version: 1
name: scale
seed: 1
networks: %d
grid: {from: -1, to: 1, points: 2}
cases: [{name: a, hidden: [], activation: identity}]
`, parts))
}

// hundred is the shard that these benchmarks look at: it has a hundredth of the parts.
var hundred = dataset.Shard{Index: 50, Count: 100}

// BenchmarkScale draws a directory of many parts and measures what is done to it as a
// whole: by a shard that begins and ends, by the one that completes it, and by readers.
func BenchmarkScale(b *testing.B) {
	parts := scaleParts(b)
	plan := scalePlan(b, parts)
	path := filepath.Join(b.TempDir(), "out")
	b.Run(fmt.Sprintf("parts=%d/step=publish", parts), func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			if err := os.RemoveAll(path); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			scaleRun(b, path, plan)
		}
		b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(b.N*parts), "µs/part")
		b.ReportMetric(float64(sizeOf(b, filepath.Join(path, "_nodal", "journal")))/float64(parts), "journal-B/part")
		b.ReportMetric(float64(sizeOf(b, filepath.Join(path, "_nodal", "manifest.json")))/float64(parts), "manifest-B/part")
	})
	mark := filepath.Join(path, "_SUCCESS")
	shard := dataset.Options{Shard: hundred}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"begin-complete", func() error { return begin(path, plan, shard) }},
		{"begin-shard", func() error {
			return errors.Join(os.Remove(mark), begin(path, plan, shard))
		}},
		{"begin-whole", func() error { return begin(path, plan, dataset.Options{}) }},
		{"finish", func() error {
			d, err := dataset.Create(path, plan, shard)
			if err != nil {
				return err
			}
			return errors.Join(d.Finish(), d.Close())
		}},
		{"verify-quick", func() error { return verifyAll(path, dataset.Quick) }},
		{"verify-bytes", func() error { return verifyAll(path, dataset.Bytes) }},
	} {
		b.Run(fmt.Sprintf("parts=%d/step=%s", parts, step.name), func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				b.StopTimer()
				if _, err := os.Stat(mark); err != nil {
					scaleRun(b, path, plan)
				}
				if step.name == "finish" {
					if err := os.Remove(mark); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				if err := step.do(); err != nil {
					b.Fatal(err)
				}
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N*parts), "B/part")
		})
	}
}

// scaleRun draws what is missing and completes the dataset.
func scaleRun(b *testing.B, path string, plan *dataset.Plan) {
	b.Helper()
	d, err := dataset.Create(path, plan, dataset.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := sampler.Run(b.Context(), d, sampler.Options{Workers: 1}); err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(d.Finish(), d.Close()); err != nil {
		b.Fatal(err)
	}
}

// begin opens a dataset as a run does, and closes it.
func begin(path string, plan *dataset.Plan, o dataset.Options) error {
	d, err := dataset.Create(path, plan, o)
	if err != nil {
		return err
	}
	return d.Close()
}

// verifyAll looks at every part.
func verifyAll(path string, depth dataset.Depth) error {
	v, err := dataset.Verify(path, depth, dataset.Options{})
	if err != nil {
		return err
	}
	for report, err := range v.Parts() {
		if err != nil || report.Missing || len(report.Problems) > 0 {
			return fmt.Errorf("%s: %v %w", report.Name, report.Problems, err)
		}
	}
	return nil
}

// sizeOf returns the bytes of a file, or of all files in a folder.
func sizeOf(b *testing.B, path string) (bytes int64) {
	b.Helper()
	err := filepath.Walk(path, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}

// BenchmarkOperations counts the file operations of a part: those that a run of 20
// parts does more than one of 10, by name.
func BenchmarkOperations(b *testing.B) {
	counts := func(parts int) map[string]int {
		disk := crashdisk.New()
		if err := runOn(b, disk, scalePlan(b, parts), dataset.Options{}); err != nil {
			b.Fatal(err)
		}
		found := make(map[string]int)
		for _, op := range disk.Log() {
			found[op.Name]++
		}
		return found
	}
	var ten, twenty map[string]int
	for b.Loop() {
		ten, twenty = counts(10), counts(20)
	}
	for name, count := range twenty {
		b.ReportMetric(float64(count-ten[name])/10, name+"/part")
	}
}

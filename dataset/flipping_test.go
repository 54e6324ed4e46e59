package dataset_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
)

// flipping is a disk that writes one bit wrong, of one write to a part, and says
// that all is well.
type flipping struct {
	disk.FS
	write int // of which write, counting down
	bit   uint64
	done  bool
}

func (f *flipping) Create(path string) (disk.File, error) {
	file, err := f.FS.Create(path)
	if err != nil || !strings.Contains(path, "/.part-") {
		return file, err
	}
	return flippingFile{file, f}, nil
}

type flippingFile struct {
	disk.File
	disk *flipping
}

// spoilt returns p, or a copy with a bit flipped if it is the turn of this write.
func (f flippingFile) spoilt(p []byte) []byte {
	f.disk.write--
	if f.disk.write != 0 || len(p) == 0 {
		return p
	}
	p = append([]byte(nil), p...)
	p[f.disk.bit/8%uint64(len(p))] ^= 1 << (f.disk.bit % 8)
	f.disk.done = true
	return p
}

func (f flippingFile) Write(p []byte) (int, error) { return f.File.Write(f.spoilt(p)) }
func (f flippingFile) WriteAt(p []byte, at int64) (int, error) {
	return f.File.WriteAt(f.spoilt(p), at)
}

// TestWrongBytesAreNotPublished checks that a part which the disk gives back
// otherwise than it was written is discarded, whichever bit it is, and that the
// next run draws it.
func TestWrongBytesAreNotPublished(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	random := rand.New(rand.NewPCG(1, 2))
	flips := 0
	for write := 1; ; write++ {
		ended := false
		for range 20 {
			memory := crashdisk.New()
			fsys := &flipping{FS: memory, write: write, bit: random.Uint64()}
			d, err := dataset.Create(root, plan, dataset.Options{FS: fsys})
			if err != nil {
				t.Fatal(err)
			}
			err = sampler.Run(t.Context(), d, sampler.Options{Workers: 1})
			d.Close()
			if ended = !fsys.done; ended {
				break
			}
			flips++
			if err == nil {
				t.Errorf("write %d, bit %d: published", write, fsys.bit)
			}
			wantWhole(t, memory, want)
			if err := runOn(t, memory, plan, dataset.Options{}); err != nil {
				t.Fatal(err)
			}
			wantFiles(t, memory, want)
		}
		if ended {
			break
		}
	}
	if flips < 100 {
		t.Errorf("%d flips", flips)
	}
}

package analysis

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"nodal/internal/python"
)

// Regions of every class against scipy.ndimage.label, on 500 fields for each
// connectivity: networks' kind of smooth fields, patches and noise, of two to
// five classes.
func TestCountAgainstSciPy(t *testing.T) {
	python := python.Interpreter(t, "regions against scipy.ndimage.label")
	rng := rand.New(rand.NewPCG(9, 9))
	var input bytes.Buffer
	var want []string // what Count says: the same lines as label.py prints
	var l Labeller
	for n := range 500 {
		grid := rectangle(1+rng.IntN(60), 1+rng.IntN(60))
		s := ShapeOf(grid)
		classes := 2 + rng.IntN(4)
		var m []uint8
		if n%2 == 0 {
			m = randomMap(rng, s, classes, []float64{0, .6, .9}[n/2%3])
		} else {
			p, _, _ := classify(randomField(uint64(n), grid, classes, false), s, classes)
			m = unpack(p)
		}
		for _, connectivity := range []int{4, 6, 8} {
			for _, v := range []int{s.Rows, s.Columns, classes, connectivity} {
				input.Write(binary.LittleEndian.AppendUint32(nil, uint32(v)))
			}
			input.Write(m)
			regions, _, _ := count(&l, m, s, outputsFor(classes)[0], connectivity)
			want = append(want, strings.Trim(fmt.Sprint(regions), "[]"))
		}
	}
	label := exec.Command(python, "testdata/label.py")
	label.Stdin, label.Stderr = &input, os.Stderr
	output, err := label.Output()
	if err != nil {
		t.Fatalf("%s testdata/label.py: %v", python, err)
	}
	got := strings.Split(strings.TrimSpace(string(output)), "\n")
	if len(got) != len(want) {
		t.Fatalf("scipy answered %d maps, want %d", len(got), len(want))
	}
	for n := range want {
		if got[n] != want[n] {
			t.Errorf("map %d, connectivity %d: regions %s, scipy has %s", n/3, []int{4, 6, 8}[n%3], want[n], got[n])
		}
	}
}

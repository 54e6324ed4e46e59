package npz

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"nodal/internal/python"
)

// expected is an array as testdata/read.py has to find it.
type expected struct {
	Name  string   `json:"name"`
	Type  string   `json:"type"`
	Shape []int    `json:"shape"`
	Bits  []uint64 `json:"bits"` // of each value
}

func TestNumPyReads(t *testing.T) {
	python := python.Interpreter(t, ".npz files read by NumPy")
	var arrays []Array
	var want []expected
	for _, shape := range [][]int{nil, {1}, {5}, {0}, {2, 3}, {3, 0}, {0, 3}, {2, 3, 4}, {1, 1, 9000}, {2, 1, 3, 2}} {
		suffix := "_" + string(rune('A'+len(want)/4))
		expect(&arrays, &want, "f4"+suffix, "float32", shape, float32Values, func(x float32) uint64 { return uint64(math.Float32bits(x)) })
		expect(&arrays, &want, "F8"+suffix, "float64", shape, float64Values, math.Float64bits)
		expect(&arrays, &want, "i8"+suffix, "int64", shape, []int64{math.MinInt64, -1, 0, 1 << 40, math.MaxInt64}, func(x int64) uint64 { return uint64(x) })
		expect(&arrays, &want, "_0u1"+suffix, "uint8", shape, []uint8{0, 1, 127, 128, 255}, func(x uint8) uint64 { return uint64(x) })
	}
	folder := t.TempDir()
	file, err := os.Create(filepath.Join(folder, "arrays.npz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := Write(file, arrays...); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "want.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(python, "testdata/read.py", folder).CombinedOutput()
	if err != nil {
		t.Fatalf("%s testdata/read.py: %v\n%s", python, err, output)
	}
	t.Logf("%s", output)
}

var (
	float32Values = []float32{0, float32(math.Copysign(0, -1)), 1.5, -math.MaxFloat32, math.SmallestNonzeroFloat32, float32(math.Inf(1)), float32(math.NaN())}
	float64Values = []float64{math.Pi, math.Copysign(0, -1), -math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(-1), math.NaN()}
)

// expect adds an array of a shape that repeats the values, and what it is expected to be.
func expect[T Value](arrays *[]Array, want *[]expected, name, kind string, shape []int, values []T, bits func(T) uint64) {
	n := 1
	for _, axis := range shape {
		n *= axis
	}
	e := expected{Name: name, Type: kind, Shape: append([]int{}, shape...), Bits: []uint64{}}
	x := make([]T, n)
	for i := range x {
		x[i] = values[i%len(values)]
		e.Bits = append(e.Bits, bits(x[i]))
	}
	*arrays = append(*arrays, Of(name, x, shape...))
	*want = append(*want, e)
}

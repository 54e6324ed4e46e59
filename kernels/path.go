package kernels

import (
	"fmt"
	"slices"
)

// Path names one of the implementations of the kernels. All give the same bits.
type Path int

// The paths, from the one that every processor runs to the fastest.
const (
	Portable Path = iota // Go, the definition of every result
	AVX2                 // AVX2 and FMA, 8 values at a time
	AVX512               // AVX-512 F, BW, DQ and VL, 16 values at a time
)

var pathNames = [...]string{Portable: "portable", AVX2: "avx2", AVX512: "avx512"}

// String returns the name that [ParsePath] takes.
func (p Path) String() string {
	if p < 0 || int(p) >= len(pathNames) {
		return fmt.Sprintf("Path(%d)", int(p))
	}
	return pathNames[p]
}

// active is the path that every kernel takes. [Use] sets it before any work
// starts; nothing changes it while kernels run.
var active = bestPath()

// ActivePath returns the path that kernels take: the fastest of [Paths], unless
// [Use] chose another.
func ActivePath() Path { return active }

// Paths returns the paths that this program can take on this processor, the
// fastest first. Built for another than amd64, or with the tag purego, it has only
// [Portable].
func Paths() []Path {
	var paths []Path
	for p := bestPath(); p >= Portable; p-- {
		paths = append(paths, p)
	}
	return paths
}

// Use makes every kernel take path p. It panics if p is none of [Paths], and must
// not be called while a kernel runs.
func Use(p Path) {
	if p < Portable || p > bestPath() {
		panic(fmt.Sprintf("kernels: Use: path %v, want one of %v", p, Paths()))
	}
	active = p
}

// ParsePath returns the path of that name, "avx512", "avx2" or "portable", if
// it is one of [Paths]. An empty name is the fastest path.
func ParsePath(name string) (Path, error) {
	if name == "" {
		return bestPath(), nil
	}
	p := Path(slices.Index(pathNames[:], name))
	switch {
	case p < Portable:
		return 0, fmt.Errorf("got %q, want %s, %s or %s", name, AVX512, AVX2, Portable)
	case p > bestPath():
		return 0, fmt.Errorf("got %q, which this program cannot take on this processor; want one of %v", name, Paths())
	}
	return p, nil
}

package kernels

import (
	"fmt"
	"slices"
	"strings"
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

func (p Path) String() string { return pathNames[p] }

// active is the path that every kernel takes. [Use] sets it before any work
// starts; nothing changes it while kernels run.
var active = bestPath()

// ActivePath returns the path that kernels take: the fastest that the processor
// has, unless [Use] chose another.
func ActivePath() Path { return active }

// Paths returns the paths that this processor has, the fastest first.
func Paths() []Path {
	var paths []Path
	for p := bestPath(); p >= Portable; p-- {
		paths = append(paths, p)
	}
	return paths
}

// Use makes every kernel take path p. It panics if the processor lacks it, and
// must not be called while a kernel runs.
func Use(p Path) {
	if p < Portable || p > bestPath() {
		panic(fmt.Sprintf("kernels: Use: this processor has no path %v", p))
	}
	active = p
}

// ParsePath returns the path of that name, "avx512", "avx2" or "portable", if
// this processor has it. An empty name is the fastest path.
func ParsePath(name string) (Path, error) {
	if name == "" {
		return bestPath(), nil
	}
	p := Path(slices.Index(pathNames[:], name))
	switch {
	case p < Portable:
		return 0, fmt.Errorf("got %q, want %s, %s or %s", name, AVX512, AVX2, Portable)
	case p > bestPath():
		var have []string
		for _, p := range Paths() {
			have = append(have, p.String())
		}
		return 0, fmt.Errorf("got %q, which this processor lacks; it has %s", name, strings.Join(have, ", "))
	}
	return p, nil
}

package kernels

import (
	"fmt"
	"os"
	"testing"
)

// TestMain runs the tests on the path that NODAL_CPU names, the fastest if it
// names none; tests that compare paths walk all of them whatever it says.
func TestMain(m *testing.M) {
	path, err := ParsePath(os.Getenv("NODAL_CPU"))
	if err != nil {
		panic("NODAL_CPU: " + err.Error())
	}
	Use(path)
	os.Exit(m.Run())
}

// eachPath runs f once on every path that the processor has.
func eachPath(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	before := ActivePath()
	defer Use(before)
	for _, p := range Paths() {
		Use(p)
		t.Run("path="+p.String(), f)
	}
}

func TestPathString(t *testing.T) {
	for p, want := range map[Path]string{
		Portable: "portable", AVX2: "avx2", AVX512: "avx512", -1: "Path(-1)", AVX512 + 1: "Path(3)",
	} {
		if got := p.String(); got != want {
			t.Errorf("Path(%d) is called %q, want %q", int(p), got, want)
		}
	}
}

func TestUsePanics(t *testing.T) {
	for _, p := range []Path{-1, Paths()[0] + 1} {
		func() {
			defer func() {
				want := fmt.Sprintf("kernels: Use: path %v, want one of %v", p, Paths())
				if got := recover(); got != want {
					t.Errorf("panic %v, want %q", got, want)
				}
			}()
			Use(p)
		}()
	}
}

func TestParsePath(t *testing.T) {
	for _, p := range Paths() {
		if got, err := ParsePath(p.String()); got != p || err != nil {
			t.Errorf("ParsePath(%q) = %v, %v", p, got, err)
		}
	}
	if got, err := ParsePath(""); got != Paths()[0] || err != nil {
		t.Errorf("ParsePath of nothing = %v, %v, want the fastest", got, err)
	}
	for _, name := range []string{"AVX2", "sse", "avx512 ", "0"} {
		if got, err := ParsePath(name); err == nil {
			t.Errorf("ParsePath(%q) = %v, want an error", name, got)
		}
	}
}

package kernels

import (
	"strings"
	"testing"
)

// A peak is only as true as the number of operations that a round is said to do.
func TestMultiplyAdds(t *testing.T) {
	all := functions(t, "peak_amd64.s")
	if len(all) != 2 {
		t.Errorf("peak_amd64.s has %d functions, want one for AVX2 and one for AVX-512", len(all))
	}
	for _, function := range all {
		name, body, _ := strings.Cut(function, "(")
		if got := strings.Count(body, "VFMADD231PS"); got != peakChains {
			t.Errorf("%s does %d multiply-adds per round, want %d", name, got, peakChains)
		}
	}
	lanes := map[Path]int{AVX512: 16, AVX2: 8, Portable: 4}
	eachPath(t, func(t *testing.T) {
		const rounds = 3
		if got, want := MultiplyAdds(rounds), rounds*peakChains*lanes[ActivePath()]*2; got != want {
			t.Errorf("MultiplyAdds(%d) = %d, want %d", rounds, got, want)
		}
	})
}

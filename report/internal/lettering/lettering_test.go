package lettering

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// Text is cut and wrapped so that it fits, and nothing is lost where there is room.
func TestWrap(t *testing.T) {
	f := New(10, 0, nil)
	const text = "one two three four five"
	for _, tt := range []struct {
		name string
		room vg.Length
		most int
		want string
	}{
		{"room for all", 200, 2, text},
		{"two lines", 60, 2, "one two|three four f…"},
		{"three lines", 55, 3, "one two|three four|five"},
		{"long words", 20, 2, "one|tw…"},
		{"no room", 1, 2, "|"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines := f.Wrap(text, tt.room, tt.most)
			if got := strings.Join(lines, "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			for _, line := range lines {
				if f.Width(line) > tt.room+0.1 {
					t.Errorf("%q is %g wide, want at most %g", line, float64(f.Width(line)), float64(tt.room))
				}
			}
		})
	}
}

// Ones stand as far apart as other digits.
func TestUnkerned(t *testing.T) {
	f := New(10, 0, nil)
	if a, b := f.Width("1-11-111"), f.Width("1-12-121"); math.Abs(float64(a-b)) > 1e-9 {
		t.Errorf("%g and %g wide, want the same", float64(a), float64(b))
	}
	if got := strings.Join(Unkerned("1-11-9"), "|"); got != "1-1|1-9" {
		t.Errorf("got %q", got)
	}
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		name      string
		low, high float64
		most      int
		least     float64
		want      string
	}{
		{"around zero", -6, 6, 7, 0, "−6 −4 −2 0 2 4 6"},
		{"few", -6, 6, 4, 0, "−5 0 5"},
		{"decimals", 0, 1, 6, 0, "0 0.2 0.4 0.6 0.8 1.0"},
		{"whole numbers", 0, 2, 9, 1, "0 1 2"},
		{"thousands", 0, 40000, 5, 0, "0 10,000 20,000 30,000 40,000"},
		{"large", -1e30, 2e30, 4, 0, "−1e30 0 1e30 2e30"},
		{"small", 1e-7, 2.5e-7, 4, 0, "1e−7 1.5e−7 2e−7 2.5e−7"},
		{"far from zero", 1e20, 1e20 + 1e5, 5, 0, "1e20"},
	} {
		var texts []string
		for _, tick := range Ticks(tt.low, tt.high, tt.most, tt.least) {
			texts = append(texts, tick.Text)
		}
		if got := strings.Join(texts, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

package schema

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// parse returns the sweep in a text that has to be right.
func parse(t testing.TB, text string) *Sweep {
	t.Helper()
	s, err := ParseSweep("sweep.yaml", []byte(text), Limits{})
	if err != nil {
		t.Fatalf("ParseSweep: %v\n%s", err, text)
	}
	return s
}

// withCase returns a sweep file with the given lines in its only case, which
// begins on line 6.
func withCase(lines ...string) string {
	return "version: 1\nname: s\nseed: 1\nnetworks: 10\ngrid: {from: -6, to: 6, points: 101}\ncases: [{name: c, " +
		strings.Join(lines, ", ") + "}]\n"
}

func TestDesignExample(t *testing.T) {
	data, err := os.ReadFile("testdata/design.yaml") // the example of the design, to the letter
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseSweep("design.yaml", data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "depth-vs-width" || s.Seed != 7 {
		t.Errorf("name %q, seed %d", s.Name, s.Seed)
	}
	counts := map[string]int{}
	for _, c := range s.Configurations() {
		counts[c.Case]++
	}
	for name, want := range map[string]int{"article": 2 * 2, "grid-of-shapes": 4 * 4 * 2 * 2, "equal-units": 4 * 2} {
		if counts[name] != want {
			t.Errorf("case %s has %d configurations, want %d", name, counts[name], want)
		}
	}
	all := s.Configurations()
	first, last := all[0], all[len(all)-1]
	if got, want := first.Canonical(), "layers=1-100-1 activation=tanh output_activation=tanh weights=uniform(low=-1,high=1) "+
		"biases=uniform(low=-1,high=1) grid=[-6,6]:1001 connectivity=6"; got != want {
		t.Errorf("first configuration\n got %s\nwant %s", got, want)
	}
	if got, want := last.Canonical(), "layers=2-64-64-64-64-1 activation=relu output_activation=identity "+
		"weights=normal(std=2,scale=fan_in) biases=normal(std=0.5) grid=[-1,1]:128x[-1,1]:128 connectivity=6"; got != want {
		t.Errorf("last configuration\n got %s\nwant %s", got, want)
	}
	if first.Networks != 2000 || first.KeepFields != 16 {
		t.Errorf("networks %d, keep_fields %d", first.Networks, first.KeepFields)
	}
}

func TestForms(t *testing.T) {
	const article = "weights=uniform(low=-1,high=1) biases=uniform(low=-1,high=1)"
	for _, tt := range []struct {
		name string
		text string
		want []string // canonical forms, without what is as in the first row
	}{
		{"defaults", withCase("hidden: [3]"), []string{"layers=1-3-1 activation=tanh output_activation=tanh " + article}},
		{"no hidden layer", withCase("hidden: []"), []string{"layers=1-1 activation=tanh output_activation=tanh " + article}},
		{"one architecture", withCase("hidden: [11, 9]"), []string{"layers=1-11-9-1 activation=tanh output_activation=tanh " + article}},
		{"architectures", withCase("hidden: [[11, 9], [], [100]]"), []string{
			"layers=1-1 activation=tanh output_activation=tanh " + article,
			"layers=1-100-1 activation=tanh output_activation=tanh " + article,
			"layers=1-11-9-1 activation=tanh output_activation=tanh " + article,
		}},
		{"output follows activation", withCase("hidden: []", "activation: [relu, tanh]"), []string{
			"layers=1-1 activation=tanh output_activation=tanh " + article,
			"layers=1-1 activation=relu output_activation=relu " + article,
		}},
		{"output crosses activation", withCase("hidden: []", "activation: [relu, tanh]", "output_activation: [tanh, identity]"), []string{
			"layers=1-1 activation=tanh output_activation=identity " + article,
			"layers=1-1 activation=tanh output_activation=tanh " + article,
			"layers=1-1 activation=relu output_activation=identity " + article,
			"layers=1-1 activation=relu output_activation=tanh " + article,
		}},
		{"named laws", withCase("hidden: []", "weights: [he_normal, {distribution: lecun_normal, gain: 2}]", "biases: none"), []string{
			"layers=1-1 activation=tanh output_activation=tanh weights=he_normal(gain=1) biases=none",
			"layers=1-1 activation=tanh output_activation=tanh weights=lecun_normal(gain=2) biases=none",
		}},
		{"crossing inside a law", withCase("hidden: []", "weights: {distribution: normal, std: [2, .5], scale: [fan_in, none]}", "biases: {distribution: none}"), []string{
			"layers=1-1 activation=tanh output_activation=tanh weights=normal(std=0.5) biases=none",
			"layers=1-1 activation=tanh output_activation=tanh weights=normal(std=0.5,scale=fan_in) biases=none",
			"layers=1-1 activation=tanh output_activation=tanh weights=normal(std=2) biases=none",
			"layers=1-1 activation=tanh output_activation=tanh weights=normal(std=2,scale=fan_in) biases=none",
		}},
		{"distributions of one kind", withCase("hidden: []", "weights: {distribution: [he_normal, xavier_normal], gain: 1.5}", "biases: none"), []string{
			"layers=1-1 activation=tanh output_activation=tanh weights=xavier_normal(gain=1.5) biases=none",
			"layers=1-1 activation=tanh output_activation=tanh weights=he_normal(gain=1.5) biases=none",
		}},
		{"negative zero", withCase("hidden: []", "weights: {distribution: uniform, low: -0, high: 1}", "biases: {distribution: uniform, low: -1, high: -0.0}"), []string{
			"layers=1-1 activation=tanh output_activation=tanh weights=uniform(low=0,high=1) biases=uniform(low=-1,high=0)",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range parse(t, tt.text).Configurations() {
				got = append(got, c.Canonical())
			}
			for i := range tt.want {
				tt.want[i] += " grid=[-6,6]:101 connectivity=6"
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("configurations\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestSettings(t *testing.T) {
	s := parse(t, `
version: 1
name: settings
seed: 9223372036854775807
networks: 5
keep_fields: 8
connectivity: 4
cases:
  - {name: a, inputs: 2, hidden: [], grid: {from: [-1, 0], to: 2, points: [3, 4]}}
  - {name: b, hidden: [], networks: 100, keep_fields: 0, connectivity: 8, grid: {from: -1e-3, to: .5, points: 2}}
`)
	all := s.Configurations()
	if len(all) != 2 || s.Seed != 1<<63-1 {
		t.Fatalf("%d configurations, seed %d", len(all), s.Seed)
	}
	a, b := all[0], all[1]
	if a.Networks != 5 || a.KeepFields != 5 || a.Connectivity != 4 || a.Grid.String() != "[-1,2]:3x[0,2]:4" {
		t.Errorf("case a: %+v", a)
	}
	if b.Networks != 100 || b.KeepFields != 0 || b.Connectivity != 8 || b.Grid.String() != "[-0.001,0.5]:2" {
		t.Errorf("case b: %+v", b)
	}
}

// A byte order mark and line ends of another system say nothing about a sweep.
func TestLineEnds(t *testing.T) {
	text := withCase("hidden: [3]")
	want := parse(t, text).Canonical()
	for name, variant := range map[string]string{
		"byte order mark": "\ufeff" + text,
		"CRLF":            strings.ReplaceAll(text, "\n", "\r\n"),
		"CR":              strings.ReplaceAll(text, "\n", "\r"),
		"document marks":  "---\n" + text + "...\n",
	} {
		if got := parse(t, variant).Canonical(); !bytes.Equal(got, want) {
			t.Errorf("%s: canonical form\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestReadSweep(t *testing.T) {
	dir := t.TempDir()
	good, large := filepath.Join(dir, "good.yaml"), filepath.Join(dir, "large.yaml")
	write(t, good, withCase("hidden: [3]"))
	write(t, large, "#"+strings.Repeat(" ", 2<<20))
	if s, err := ReadSweep(good, Limits{}); err != nil || len(s.Configurations()) != 1 {
		t.Errorf("ReadSweep(good) = %v, %v", s, err)
	}
	_, err := ReadSweep(large, Limits{})
	if want := large + ":1:1: file: got 2097153 bytes, want at most 1 MiB (1048576 bytes)"; err == nil || err.Error() != want {
		t.Errorf("ReadSweep(large) = %v, want %s", err, want)
	}
	var es Errors
	if !errors.As(err, &es) {
		t.Errorf("ReadSweep(large) = %T, want Errors", err)
	}
	if _, err := ReadSweep(filepath.Join(dir, "none.yaml"), Limits{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("ReadSweep(none) = %v, want not exist", err)
	}
	if _, err := ReadSweep(dir, Limits{}); err == nil || errors.As(err, &es) {
		t.Errorf("ReadSweep(folder) = %v, want the system's error", err)
	}
}

// A file without an end is not read to its end.
func TestReadSweepEndless(t *testing.T) {
	const endless = "/dev/zero"
	if _, err := os.Stat(endless); err != nil {
		t.Skip("no", endless, "here")
	}
	_, err := ReadSweep(endless, Limits{})
	if want := endless + ":1:1: file: got 1048577 bytes, want at most 1 MiB (1048576 bytes)"; err == nil || err.Error() != want {
		t.Errorf("ReadSweep(%s) = %v, want %s", endless, err, want)
	}
}

// A sweep whose canonical form would be too large to read again is refused.
func TestCanonicalTooLarge(t *testing.T) {
	var b strings.Builder
	b.WriteString("version: 1\nname: s\nseed: 1\nnetworks: 1\ngrid: {from: 0, to: 1, points: 5}\ncases:\n")
	b.WriteString("- {name: other, hidden: [], networks: 2, grid: {from: 0, to: 2, points: 5}}\n")
	for i := range 12_000 {
		fmt.Fprintf(&b, "- {name: c%d, hidden: [%d]}\n", i, i+1)
	}
	_, err := ParseSweep("f.yaml", []byte(b.String()), Limits{})
	if want := "bytes in canonical form, want at most 1 MiB"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("ParseSweep = %v, want %s", err, want)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Texts made to cost far more than they look like are refused cheaply.
func TestBombs(t *testing.T) {
	const head = "version: 1\nname: s\nseed: 1\nnetworks: 10\ngrid: {from: -6, to: 6, points: 101}\ncases:\n"
	aliases := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 30 {
		item := "*a" + string(rune('0'+i%10))
		aliases += "b" + item[2:] + ": &b" + item[2:] + " [" + strings.Repeat(item+", ", 9) + "x]\n"
	}
	for _, tt := range []struct{ name, text string }{
		{"nested brackets", strings.Repeat("[", 100_000)},
		{"nested brackets as a value", "cases: " + strings.Repeat("[", 100_000)},
		{"closed brackets", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)},
		{"nested mappings", strings.Repeat("{a: ", 100_000)},
		{"nested items", strings.Repeat("- ", 100_000)},
		{"nested keys", strings.Repeat("? ", 100_000)},
		{"aliases", aliases},
		{"configurations", head + "  - {name: a, depth: [" + strings.Repeat("1, ", 9_000) + "2], width: [" + strings.Repeat("1, ", 9_000) + "2]}"},
		{"layers", head + "  - {name: a, depth: [" + strings.Repeat("1024, ", 900) + "2], width: [" + strings.Repeat("1, ", 60) + "2]}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			s, err := ParseSweep("bomb.yaml", []byte(tt.text), Limits{})
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Fatalf("ParseSweep accepted it: %v", s)
			}
			if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got >= 64 {
				t.Errorf("ParseSweep allocated %d MiB, want less than 64", got)
			}
		})
	}
}

package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// To look at the pages: NODAL_PAGES=folder go test -run Look
func TestLook(t *testing.T) {
	folder := os.Getenv("NODAL_PAGES")
	if folder == "" {
		t.Skip("NODAL_PAGES names no folder to write pages to")
	}
	for _, n := range []int{0, 3, 30, 300} {
		d := synthetic(n)
		if n == 0 {
			d = nothing()
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("page-%d.html", n)), written(t, d), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// nothing returns the data of a sweep without networks.
func nothing() *Data { return &Data{Sweep: "nothing-yet", Palette: "safe", Planned: 5000} }

// written returns the page of d.
func written(t *testing.T, d *Data) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read returns the page of d as text.
func read(t *testing.T, d *Data) string {
	t.Helper()
	return string(written(t, d))
}

func TestHooks(t *testing.T) {
	page := read(t, synthetic(30))
	for _, hook := range []string{
		`data-chart="comparison"`, `data-chart="distribution"`, `data-chart="theory"`, `data-chart="scatter"`, `data-chart="convergence"`, `data-chart="heatmap"`,
		`id="configurations"`, `id="filter"`, `id="shown" aria-live="polite"`, `id="viewer"`, `id="scheme"`,
		`class="picture" data-kind="curve"`, `class="picture" data-kind="surface"`, `class="skip" href="#main"`, `<main id="main"`, `aria-sort`, `.dataset.ready = "true"`,
	} {
		if !strings.Contains(page, hook) {
			t.Errorf("the page lacks %s", hook)
		}
	}
}

// Nothing in the page asks for anything from elsewhere: addresses are those of XML
// namespaces, of its own parts and of data, and the policy forbids the rest.
func TestNoNetwork(t *testing.T) {
	page := read(t, synthetic(3))
	for _, address := range regexp.MustCompile(`https?://[^\s"'<>]*`).FindAllString(page, -1) {
		if address != "http://www.w3.org/2000/svg" {
			t.Errorf("the page holds the address %s", address)
		}
	}
	for _, m := range regexp.MustCompile(`(?i)\b(?:src|href|action|data)\s*=\s*["']?([^"'\s>]*)`).FindAllStringSubmatch(documentOf(page), -1) {
		if !strings.HasPrefix(m[1], "#") && !strings.HasPrefix(m[1], "data:") {
			t.Errorf("the page leads to %q", m[1])
		}
	}
	for _, call := range []string{"fetch(", "XMLHttpRequest", "import(", "WebSocket", "EventSource", "sendBeacon", "@import", "url(", "eval(", "new Function"} {
		if strings.Contains(page, call) {
			t.Errorf("the page holds %s", call)
		}
	}
	if policy := "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"; !strings.Contains(page, policy) {
		t.Errorf("the page lacks the policy %s", policy)
	}
}

// documentOf returns the page without the insides of scripts and styles.
func documentOf(page string) string {
	return regexp.MustCompile(`(?s)(<(?:script|style)[^>]*>).*?(</(?:script|style)>)`).ReplaceAllString(page, "$1$2")
}

func TestTagsMatch(t *testing.T) {
	void := []string{"meta", "link", "input", "br", "img"}
	for _, d := range []*Data{nothing(), synthetic(3), synthetic(30), hostile()} {
		var open []string
		for _, m := range regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>`).FindAllStringSubmatch(documentOf(read(t, d)), -1) {
			switch name := m[2]; {
			case slices.Contains(void, name):
			case m[1] == "":
				open = append(open, name)
			case len(open) == 0 || open[len(open)-1] != name:
				t.Fatalf("%s: </%s> closes %v", d.Sweep, name, open)
			default:
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("%s: %v stay open", d.Sweep, open)
		}
	}
}

func TestIdentifiersAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(documentOf(read(t, synthetic(30))), -1) {
		if seen[m[1]] {
			t.Errorf("two elements are called %s", m[1])
		}
		seen[m[1]] = true
	}
	if len(seen) < 20 {
		t.Errorf("%d identifiers found", len(seen))
	}
}

// attack is text that ends scripts, attributes and comments.
const attack = `</script><script>alert(1)</script><!--"'><img src=x onerror=alert(1)>{{.}}\u2028` + "\u2028`${x}`"

// hostile returns data whose texts are all an attack.
func hostile() *Data {
	d := synthetic(3)
	d.Sweep, d.Statistics = attack, []string{attack, attack + "1", attack + "2", attack + "3", attack + "4"}
	d.Notices = []Notice{{true, attack}}
	d.Answers = []Answer{{attack, []string{attack}, true}}
	d.Queries, d.Provenance = []Query{{attack, attack}}, []Fact{{attack, attack}}
	d.Overflowed = []Overflowed{{attack, attack, attack, []int64{1}, 1}}
	c := &d.Configurations[0]
	c.ID, c.Case, c.Layers, c.Activation, c.OutputActivation, c.Weights, c.Biases, c.Grid, c.UnresolvedText = attack, attack, attack, attack, attack, attack, attack, attack, attack
	c.Statistics[0].Text = attack
	p := &c.Gallery[0]
	p.ID, p.Caption, p.Alt, p.Command = attack, attack, attack, attack
	for i := range d.Comparisons {
		x := &d.Comparisons[i]
		x.Kind, x.Setting, x.Side, x.Baseline, x.Measure, x.Text, x.Sentence = attack, attack, attack, attack, attack, attack, attack
	}
	return d
}

func TestTextsStayTexts(t *testing.T) {
	page := read(t, hostile())
	clean := read(t, synthetic(3))
	for _, tag := range []string{"<script", "</script", "<!--", "<img"} {
		if got, want := strings.Count(page, tag), strings.Count(clean, tag); got != want {
			t.Errorf("%s occurs %d times, want %d", tag, got, want)
		}
	}
	data := regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`).FindStringSubmatch(page)
	var w wire
	if err := json.Unmarshal([]byte(data[1]), &w); err != nil {
		t.Fatal(err)
	}
	if w.Configurations[0].Case != attack || w.Comparisons[0].Sentence != attack {
		t.Errorf("a text comes back as %q", w.Configurations[0].Case)
	}
}

// The script counts pictures as the page does, and their values come back.
func TestPictures(t *testing.T) {
	d := synthetic(30)
	page := read(t, d)
	var pictures []wirePicture
	text := regexp.MustCompile(`(?s)<script type="application/json" id="pictures">(.*?)</script>`).FindStringSubmatch(page)[1]
	if err := json.Unmarshal([]byte(text), &pictures); err != nil {
		t.Fatal(err)
	}
	buttons := regexp.MustCompile(`data-kind="(\w+)" data-picture="(\d+)" aria-label="([^"]*)"`).FindAllStringSubmatch(page, -1)
	if len(buttons) != len(pictures) || len(pictures) != 30+3*5 {
		t.Fatalf("%d buttons, %d pictures", len(buttons), len(pictures))
	}
	for _, b := range buttons {
		var i int
		fmt.Sscan(b[2], &i)
		if kind := map[int]string{1: "curve", 2: "surface"}[len(pictures[i].Axes)]; kind != b[1] {
			t.Errorf("picture %d is a %s, its button says %s", i, kind, b[1])
		}
		if want := pictures[i].Caption + ", " + pictures[i].Title; !strings.HasPrefix(b[3], want) {
			t.Errorf("picture %d is %q, its button says %q", i, want, b[3])
		}
	}
	for i, c := range d.Configurations {
		p := pictures[i]
		if got := decodeValues(t, p.Values, p.Axes[len(p.Axes)-1].Points); !slices.Equal(got, c.Gallery[0].Values) {
			t.Errorf("the values of picture %d do not come back", i)
		}
	}
}

func TestSize(t *testing.T) {
	page := read(t, synthetic(300))
	t.Logf("300 configurations, a picture each: %d bytes", len(page))
	if len(page) >= MaxBytes {
		t.Errorf("%d bytes, want fewer than %d", len(page), MaxBytes)
	}
}

func TestSameBytes(t *testing.T) {
	if read(t, synthetic(3)) != read(t, synthetic(3)) {
		t.Error("the same data give two pages")
	}
}

func TestErrors(t *testing.T) {
	if err := Write(io.Discard, &Data{Palette: "pink"}); err == nil || !strings.Contains(err.Error(), "pink") {
		t.Errorf("an unknown palette: %v", err)
	}
	full := errors.New("disk full")
	if err := Write(broken{full}, nothing()); !errors.Is(err, full) {
		t.Errorf("a writer that fails: %v", err)
	}
}

// broken is a writer that fails.
type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func TestRun(t *testing.T) {
	d := &Data{Seed: 7, Planned: 4000, Published: 3000, Nonfinite: 3, Configurations: make([]Configuration, 2)}
	d.Configurations[1].Networks = 3000
	if got, want := d.run(), "3,000 networks in 1 of 2 configurations, seed 7; 75 % of the 4,000 planned; 3 overflowed (0.1 %)."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (&Overflowed{Networks: []int64{3, 1204}, All: 12}).listed(), "3, 1,204 and 10 more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{3, 300} {
		b.Run(fmt.Sprintf("configurations=%d", n), func(b *testing.B) {
			d := synthetic(n)
			var size int
			for b.Loop() {
				var page bytes.Buffer
				if err := Write(&page, d); err != nil {
					b.Fatal(err)
				}
				size = page.Len()
			}
			b.ReportMetric(float64(size), "page-bytes")
		})
	}
}

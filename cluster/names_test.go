package cluster

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestJobName(t *testing.T) {
	for _, tt := range []struct{ name, sweep, want string }{
		{"as it is", "article", "nodal-article"},
		{"hyphens inside", "a--b", "nodal-a--b"},
		{"the longest that is not cut", strings.Repeat("a", 51), "nodal-" + strings.Repeat("a", 51)},
		{"cut", strings.Repeat("a", 52), "nodal-" + strings.Repeat("a", 42) + "-6c1b3dc7"},
		{"cut at a hyphen", strings.Repeat("a", 41) + "--" + strings.Repeat("b", 21), "nodal-" + strings.Repeat("a", 41) + "-dacdd3f4"},
		{"a hyphen first", "-a", "nodal-a-c2748917"},
		{"a hyphen last", "a-", "nodal-a-9baf4407"},
		{"nothing but hyphens", "--", "nodal-d8156bae"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := jobName(tt.sweep); got != tt.want {
				t.Errorf("jobName(%q) = %q, want %q", tt.sweep, got, tt.want)
			}
		})
	}
}

// Whatever a sweep is called, pod 99,999 has a host name, and no other sweep the name.
func TestJobNamesAreLegalAndDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sweep := rapid.StringMatching(`[a-c-]{1,64}`)
		a, b := sweep.Draw(t, "a"), sweep.Draw(t, "b")
		if host := jobName(a) + "-99999"; !dnsLabel.MatchString(host) || len(host) > 63 {
			t.Errorf("the last pod of %q would be called %q", a, host)
		}
		if a != b && jobName(a) == jobName(b) {
			t.Errorf("%q and %q are both called %q", a, b, jobName(a))
		}
	})
}

func TestImageTag(t *testing.T) {
	legal := regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`)
	for version, want := range map[string]string{
		"0.1.0": "0.1.0", "1.2.0+rc.1": "1.2.0-rc.1", "": "latest", "-.x": "x", "v1 (ä)": "v1----", strings.Repeat("9", 200): strings.Repeat("9", 128),
	} {
		if got := ImageTag(version); got != want || !legal.MatchString(got) {
			t.Errorf("ImageTag(%q) = %q, want %q", version, got, want)
		}
	}
}

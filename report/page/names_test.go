package page

import "testing"

func TestNames(t *testing.T) {
	if got := words("turning_points"); got != "turning points" {
		t.Errorf("got %q", got)
	}
	for layers, want := range map[string]string{
		"1-100-1":                         "1-100-1",
		"2-16-16-16-16-16-16-16-1":        "2-16-16-16-16-16-16-16-1",
		"2-16-17-18-19-20-21-22-23-24-10": "2-16-17-18-…-22-23-24-10",
	} {
		if got := shortLayers(layers); got != want {
			t.Errorf("%s: got %q, want %q", layers, got, want)
		}
	}
}

package main

import (
	"regexp"
	"strings"
	"testing"

	"nodal/sampler"
)

// The table of all shapes takes many seconds; a corner of it has the same form.
func TestBenchShapes(t *testing.T) {
	var out strings.Builder
	if err := benchShapes(&out, sampler.MeasureMachine(), []int{1, 3}, []int{4, 16}, 0.0002); err != nil {
		t.Fatal(err)
	}
	cell := ` +[0-9.,]+ \([0-9]+ %\)`
	var want string
	for _, head := range []string{"1 → [width × depth] → 1, tanh, 1,001 points", "2 → [width × depth] → 1, tanh, 128 × 128 points"} {
		want += regexp.QuoteMeta(head+": microseconds per network on one core (share of the bound)\n") +
			` *width +depth 1 +depth 3 *\n` + ` *4` + cell + cell + ` *\n *16` + cell + cell + ` *\n\n`
	}
	if got := out.String(); !regexp.MustCompile("^" + want + "$").MatchString(got) {
		t.Errorf("got\n%s\nwant it to match\n%s", got, want)
	}
}

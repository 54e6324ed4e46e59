// Command gen writes the assembly of package kernels with avo: one file of
// instructions and one of Go declarations per family of kernels. It is a module
// of its own, so that nodal does not depend on its generator.
//
//	go run . -family elementwise -out ../elementwise_amd64.s -stubs ../elementwise_stubs_amd64.go -pkg kernels
//
// The headers of what it writes say "main.go" for the dot: avo knows no better.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/mmcloughlin/avo/build"
)

// families maps the names of families to the functions that write their
// kernels; each file adds its own.
var families = map[string]func(){}

// family stands beside avo's own flags. They are parsed once.
var family = flag.String("family", "", "write the kernels of this `name`")

func main() {
	flag.Parse()
	write, ok := families[*family]
	if !ok {
		names := slices.Sorted(maps.Keys(families))
		fmt.Fprintf(os.Stderr, "gen: -family %q, want one of %s\n", *family, strings.Join(names, ", "))
		os.Exit(2)
	}
	build.ConstraintExpr("amd64,!purego")
	write()
	build.Generate()
}

// Command gen writes the assembly of package kernels with avo: one file of
// instructions and one of Go declarations per family of kernels. It is a module
// of its own, so that nodal does not depend on its generator.
//
//	go run . -family elementwise -out ../elementwise_amd64.s -stubs ../elementwise_stubs_amd64.go -pkg kernels
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/mmcloughlin/avo/build"
)

// families maps the names of families to the functions that write their
// kernels; each file adds its own.
var families = map[string]func(){}

func main() {
	family := ""
	if len(os.Args) > 2 && os.Args[1] == "-family" {
		// avo owns the command line; the family comes first and is taken out.
		family = os.Args[2]
		os.Args = slices.Delete(os.Args, 1, 3)
	}
	write, ok := families[family]
	if !ok {
		names := []string{}
		for name := range families {
			names = append(names, name)
		}
		slices.Sort(names)
		fmt.Fprintf(os.Stderr, "gen: family %q, want -family %s first\n", family, strings.Join(names, "|"))
		os.Exit(2)
	}
	build.ConstraintExpr("amd64,!purego")
	write()
	build.Generate()
}

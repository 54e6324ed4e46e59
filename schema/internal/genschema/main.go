// Genschema writes sweep.schema.json, the JSON Schema by which editors check
// and complete sweep files, from the types of package schema. Run it with
// "go generate ./schema".
package main

import (
	"fmt"
	"os"
)

func main() {
	text, err := generate()
	if err == nil {
		err = os.WriteFile("sweep.schema.json", text, 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "genschema:", err)
		os.Exit(1)
	}
}

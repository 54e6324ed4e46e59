package schema

import (
	_ "embed"
	"slices"
)

//go:embed sweep.schema.json
var schemaFile []byte

//go:embed starter.yaml
var starterSweep []byte

// SchemaFile returns the JSON Schema by which editors check and complete sweep
// files, the text of sweep.schema.json.
func SchemaFile() []byte { return slices.Clone(schemaFile) }

// StarterSweep returns a small commented sweep file to begin with. Its first
// line names the JSON Schema, expected beside it as sweep.schema.json.
func StarterSweep() []byte { return slices.Clone(starterSweep) }

package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"

	"nodal/schema"
)

// generate returns the JSON Schema of a sweep file. Names, bounds and defaults
// come from the tags of the types, texts from the comments of the source files,
// which have to be in the working folder.
func generate() ([]byte, error) {
	r := &jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, Mapper: forms}
	if err := r.AddGoComments("nodal/schema", ".", jsonschema.WithFullComment()); err != nil {
		return nil, err
	}
	root := r.Reflect(&schema.Sweep{})
	root.Version = "http://json-schema.org/draft-07/schema#" // the newest that all editors know; nothing here needs more
	root.Title = "nodal sweep"
	root.Description = "Describes which random networks nodal draws and on which inputs it looks at them."
	law := r.Reflect(&schema.LawSet{}) // forms only refers to it
	law.Version, law.Definitions = "", nil
	root.Definitions["LawSet"] = law
	r.Mapper = func(t reflect.Type) *jsonschema.Schema {
		if t == reflect.TypeFor[schema.NetworkCount]() {
			return nil
		}
		return forms(t)
	}
	count := r.Reflect(&schema.NetworkCount{})
	root.Definitions["Until"] = count.Definitions["Until"]
	count.Version, count.Definitions = "", nil
	root.Definitions["NetworkCount"] = count
	for _, definition := range root.Definitions {
		definition.Description = "" // the comments of types speak to Go programmers
	}
	c := root.Definitions["Case"]
	spread(root, schema.Sweep{})
	spread(root.Definitions["GridSpec"], schema.GridSpec{})
	spread(c, schema.Case{})
	spread(law, schema.LawSet{})
	spread(count, schema.NetworkCount{})
	spread(root.Definitions["Until"], schema.Until{})

	requireHereOrInCases(root, "networks", "grid")
	requireOneShape(c)
	requireLawKeys(law)
	weights, _ := c.Properties.Get("weights")
	excludeNone(weights)

	text, err := json.Marshal(root)
	if err != nil {
		return nil, err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, text, "", "  "); err != nil {
		return nil, err
	}
	indented.WriteByte('\n')
	return indented.Bytes(), nil
}

// forms describes single values of the types that reflection cannot see
// through. The tags of a field apply to what it returns, so lists are made
// later, by spread.
func forms(t reflect.Type) *jsonschema.Schema {
	switch reflect.New(t).Interface().(type) {
	case *schema.OneOrMany[int64], *schema.PerAxis[int64], *schema.Architectures, *schema.NetworkCount:
		return &jsonschema.Schema{Type: "integer"}
	case *schema.OneOrMany[float64], *schema.PerAxis[float64]:
		return &jsonschema.Schema{Type: "number"}
	case *schema.MeasuredColumn:
		return names(schema.MeasuredColumns())
	case *schema.OneOrMany[schema.Activation]:
		return names(schema.Activations())
	case *schema.OneOrMany[schema.OptionalColumn]:
		return names(schema.OptionalColumns())
	case *schema.OneOrMany[schema.Distribution]:
		return names(schema.Distributions())
	case *schema.OneOrMany[schema.Scale]:
		return names(schema.ScaleNames())
	case *schema.OneOrMany[schema.LawSet]:
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{names(bareLaws()), {Ref: "#/$defs/LawSet"}}}
	}
	return nil
}

func names[T ~string](values []T) *jsonschema.Schema {
	enum := make([]any, len(values))
	for i, v := range values {
		enum[i] = string(v)
	}
	return &jsonschema.Schema{Type: "string", Enum: enum}
}

// bareLaws returns the distributions that need no numbers.
func bareLaws() []schema.Distribution {
	return slices.DeleteFunc(schema.Distributions(), func(d schema.Distribution) bool {
		required, _ := d.Keys()
		return len(required) > 0
	})
}

// spread turns the single values of list fields into what the file may hold:
// one value or a list of them.
func spread(s *jsonschema.Schema, of any) {
	for _, f := range reflect.VisibleFields(reflect.TypeOf(of)) {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		property, ok := s.Properties.Get(key)
		if !ok {
			continue
		}
		property.Description = strings.Join(strings.Fields(property.Description), " ")
		text, preset := property.Description, property.Default
		single := *property
		single.Description, single.Default = "", nil
		var lists []*jsonschema.Schema
		switch name := f.Type.Name(); {
		case f.Type == reflect.TypeFor[*schema.NetworkCount]():
			lists = []*jsonschema.Schema{&single, {Ref: "#/$defs/NetworkCount"}}
		case strings.HasPrefix(name, "OneOrMany["):
			lists = []*jsonschema.Schema{&single, list(&single, 1, schema.MaxList)}
		case strings.HasPrefix(name, "PerAxis["):
			lists = []*jsonschema.Schema{&single, list(&single, 2, 2)}
		case name == "Architectures":
			widths := list(&single, 0, schema.MaxDepth)
			lists = []*jsonschema.Schema{widths, list(widths, 1, schema.MaxList)}
		default:
			continue
		}
		*property = jsonschema.Schema{Description: text, Default: preset, AnyOf: lists}
	}
}

func list(item *jsonschema.Schema, fewest, most uint64) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "array", Items: item, MinItems: &fewest, MaxItems: &most}
}

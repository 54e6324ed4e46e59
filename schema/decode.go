package schema

import (
	"fmt"
	"reflect"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// decoder fills the types of the format from a tree and reports everything
// that does not fit.
type decoder struct {
	report
	places map[string]place // where the value of a field stands, by its path
	broken map[string]bool  // fields with a mistake in them or below
}

func newDecoder(file string) *decoder {
	return &decoder{
		report: report{file: file},
		places: map[string]place{},
		broken: map[string]bool{},
	}
}

// valueDecoder is a type with a form of its own in the file.
type valueDecoder interface {
	decode(d *decoder, n *yaml.Node, path string, r rule)
}

// value decodes n into what target points to, leaving it as it is where n does
// not fit.
func (d *decoder) value(target any, n *yaml.Node, path string, r rule) {
	d.places[path] = placeOf(n)
	if !d.forbidden(n, path) {
		d.content(target, n, path, r)
	}
}

// content is value for a node whose place is known and which has nothing
// forbidden.
func (d *decoder) content(target any, n *yaml.Node, path string, r rule) {
	switch t := target.(type) {
	case valueDecoder:
		t.decode(d, n, path, r)
	case *int64:
		d.whole(t, n, path, r)
	case *float64:
		d.number(t, n, path, r)
	case *string:
		d.text(t, n, path, r)
	case *Activation:
		*t = Activation(d.name(n, path, texts(Activations())))
	case *OptionalColumn:
		*t = OptionalColumn(d.name(n, path, texts(OptionalColumns())))
	case *MeasuredColumn:
		*t = MeasuredColumn(d.name(n, path, texts(MeasuredColumns())))
	case *Distribution:
		*t = Distribution(d.name(n, path, texts(Distributions())))
	case *Scale:
		if name := d.name(n, path, ScaleNames()); name != noScale {
			*t = Scale(name)
		}
	default:
		d.composite(reflect.ValueOf(target).Elem(), n, path, r)
	}
}

// composite decodes a struct, a pointer or a plain list.
func (d *decoder) composite(v reflect.Value, n *yaml.Node, path string, r rule) {
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(v, n, path)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.content(v.Interface(), n, path, r)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.fail(n, path, "a list")
		} else if d.length(n, path, r.items, "items") {
			v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
			for i, item := range n.Content {
				d.value(v.Index(i).Addr().Interface(), item, itemPath(path, i), r)
			}
		}
	default:
		panic(fmt.Sprintf("schema: no decoder for %v", v.Type()))
	}
}

// mapping decodes the keys of a struct.
func (d *decoder) mapping(v reflect.Value, n *yaml.Node, path string) {
	fields := fieldsOf(v.Type())
	if n.Kind != yaml.MappingNode {
		d.fail(n, path, "a mapping with the keys "+enumerate(keysOf(fields), "or"))
		return
	}
	values := d.entries(n, path, fields)
	for _, f := range fields {
		if value, ok := values[f.key]; ok {
			d.value(v.FieldByIndex(f.index).Addr().Interface(), value, keyPath(path, f.key), f.rule)
		} else if f.required {
			d.failAt(placeOf(n), keyPath(path, f.key), "nothing", "this key, which is required")
		}
	}
}

// entries returns the values of a mapping by key, after reporting keys that are
// unknown, given twice or no plain names.
func (d *decoder) entries(n *yaml.Node, path string, fields []field) map[string]*yaml.Node {
	values := make(map[string]*yaml.Node, len(fields))
	first := make(map[string]place, len(fields))
	valid := keysOf(fields)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := placeOf(key)
		if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
			d.failAt(at, ownPath(path), describe(key)+" as a key", enumerate(valid, "or"))
			continue
		}
		name := shown(key.Value)
		if earlier, twice := first[key.Value]; twice {
			d.failAt(at, keyPath(path, name), fmt.Sprintf("the key twice, on lines %d and %d", earlier.line, at.line), "each key once")
			continue
		}
		first[key.Value] = at
		if d.forbidden(key, keyPath(path, name)) {
			continue
		}
		if !contains(fields, key.Value) {
			d.failAt(at, keyPath(path, name), "the unknown key "+name, enumerate(valid, "or")+DidYouMean(key.Value, valid))
			continue
		}
		values[key.Value] = value
	}
	return values
}

func contains(fields []field, key string) bool {
	for _, f := range fields {
		if f.key == key {
			return true
		}
	}
	return false
}

// forbidden reports the parts of YAML that a sweep file does without: aliases
// and anchors, because they can hide a file far larger than its text, and tags.
// It tells whether nothing is left to decode.
func (d *decoder) forbidden(n *yaml.Node, path string) bool {
	if n.Anchor != "" {
		d.failAt(placeOf(n), ownPath(path), "the anchor &"+shown(n.Anchor), "the value alone")
	}
	switch {
	case n.Kind == yaml.AliasNode:
		d.failAt(placeOf(n), ownPath(path), "the alias *"+shown(n.Value), "the value itself")
		return true
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		d.failAt(placeOf(n), ownPath(path), "the tag "+shown(n.Tag), "the value alone")
		return true
	}
	return false
}

// length reports a list with too few or too many items.
func (d *decoder) length(n *yaml.Node, path string, limits [2]int, noun string) bool {
	count := len(n.Content)
	switch {
	case count < limits[0]:
		d.fail(n, path, "a list that is not empty") // no list needs more than one
	case count > limits[1]:
		d.failAt(placeOf(n), path, fmt.Sprintf("%d %s", count, noun), fmt.Sprintf("at most %d", limits[1]))
	default:
		return true
	}
	return false
}

// fail reports that the value n does not fit.
func (d *decoder) fail(n *yaml.Node, path, want string) {
	d.failAt(placeOf(n), ownPath(path), describe(n), want)
}

// failAt reports a mistake in the field and marks it and all it is part of as
// broken.
func (d *decoder) failAt(at place, path, got, want string) {
	d.add(at, path, got, want)
	d.broken[path] = true
	for i, c := range path {
		if c == '.' || c == '[' {
			d.broken[path[:i]] = true
		}
	}
}

// describe says what a node is, for the "got" of a message.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		if len(n.Content) == 0 {
			return "an empty list"
		}
		return "a list"
	case yaml.AliasNode:
		return "the alias *" + shown(n.Value)
	}
	switch {
	case n.Style&quoted != 0:
		return strconv.Quote(cut(n.Value))
	case n.Value == "":
		return "nothing"
	}
	return shown(n.Value)
}

func placeOf(n *yaml.Node) place { return place{max(n.Line, 1), max(n.Column, 1)} }

func keyPath(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func itemPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// ownPath names the field of a message; the file as a whole has no path.
func ownPath(path string) string {
	if path == "" {
		return "file"
	}
	return path
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

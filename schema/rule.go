package schema

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// rule is what the tags of a field say about its values.
type rule struct {
	least, most string   // bounds as they are written; "" if there is none
	above       string   // exclusive lower bound
	values      []string // the only whole numbers allowed, if any
	pattern     *regexp.Regexp
	length      [2]int // fewest and most characters
	items       [2]int // fewest and most list items
	preset      string // value if the field is not given; "" if there is none
}

// field is a key of a mapping in the file and the struct field it fills.
type field struct {
	key      string
	index    []int // for reflect.Value.FieldByIndex
	required bool
	rule     rule
}

// knownFields holds the result of fieldsOf by type: a sweep may have thousands
// of cases.
var knownFields sync.Map

// fieldsOf returns the keys of a struct of the format, in the order of its
// fields, those of embedded structs in their place. The result is shared.
func fieldsOf(t reflect.Type) []field {
	if fields, ok := knownFields.Load(t); ok {
		return fields.([]field)
	}
	var fields []field
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("json")
		if !ok {
			continue
		}
		key, options, _ := strings.Cut(tag, ",")
		fields = append(fields, field{key, f.Index, options != "omitempty", parseRule(f.Tag.Get("jsonschema"))})
	}
	knownFields.Store(t, fields)
	return fields
}

// keysOf returns the keys of a struct of the format.
func keysOf(fields []field) []string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return keys
}

// parseRule reads a jsonschema tag. It panics on a keyword that the decoder
// would not enforce.
func parseRule(tag string) rule {
	r := rule{length: [2]int{0, math.MaxInt}, items: [2]int{0, math.MaxInt}}
	if tag == "" {
		return r
	}
	for _, keyword := range strings.Split(tag, ",") {
		name, value, _ := strings.Cut(keyword, "=")
		switch name {
		case "minimum":
			r.least = value
		case "maximum":
			r.most = value
		case "exclusiveMinimum":
			r.above = value
		case "enum":
			r.values = append(r.values, value)
		case "pattern":
			r.pattern = regexp.MustCompile(value)
		case "minLength":
			r.length[0] = mustInt(value)
		case "maxLength":
			r.length[1] = mustInt(value)
		case "minItems":
			r.items[0] = mustInt(value)
		case "maxItems":
			r.items[1] = mustInt(value)
		case "default":
			r.preset = value
		default:
			panic(fmt.Sprintf("schema: unknown keyword %q in a tag", name))
		}
	}
	return r
}

func mustInt(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(fmt.Sprintf("schema: bad number %q in a tag", text))
	}
	return n
}

// wantWhole says which whole numbers the rule allows.
func (r rule) wantWhole() string {
	if len(r.values) > 0 {
		return enumerate(r.values, "or")
	}
	return fmt.Sprintf("a whole number from %s to %s", r.least, r.most)
}

// wantNumber says which numbers the rule allows, and how to write them.
func (r rule) wantNumber() string {
	lower := "from " + r.least
	if r.above != "" {
		lower = "above " + r.above
	}
	return fmt.Sprintf("a number %s to %s, written like 6, 0.5 or -1e-3", lower, r.most)
}

// wantText says which texts the rule allows.
func (r rule) wantText() string {
	letters := strings.TrimSuffix(strings.TrimPrefix(r.pattern.String(), "^"), "+$")
	return fmt.Sprintf("%d to %d characters from %s", r.length[0], r.length[1], letters)
}

package schema

import (
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// YAML 1.1, YAML 1.2 and Go each read some of 010, 1_000, 0x10, +1 and 1. in
// their own way, so only the forms that mean one thing everywhere are numbers
// here.
var (
	wholeForm  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	numberForm = regexp.MustCompile(`^-?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)
)

// quoted is the styles of scalars that are text whatever they contain.
const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

// whole decodes a whole number.
func (d *decoder) whole(target *int64, n *yaml.Node, path string, r rule) {
	value, err := strconv.ParseInt(n.Value, 10, 64)
	ok := d.plain(n) && wholeForm.MatchString(n.Value) && err == nil
	if ok && len(r.values) > 0 {
		ok = slices.Contains(r.values, strconv.FormatInt(value, 10))
	} else if ok {
		ok = value >= wholeBound(r.least) && value <= wholeBound(r.most)
	}
	if !ok {
		d.fail(n, path, r.wantWhole())
		return
	}
	*target = value
}

// number decodes a finite number. Negative zero becomes zero, so that one
// configuration has one canonical form.
func (d *decoder) number(target *float64, n *yaml.Node, path string, r rule) {
	value, err := strconv.ParseFloat(n.Value, 64)
	ok := d.plain(n) && numberForm.MatchString(n.Value) && err == nil && value <= numberBound(r.most)
	if r.above != "" {
		ok = ok && value > numberBound(r.above)
	} else {
		ok = ok && value >= numberBound(r.least)
	}
	if !ok {
		d.fail(n, path, r.wantNumber())
		return
	}
	if value == 0 {
		value = 0
	}
	*target = value
}

// text decodes a text. What YAML takes for a number or a truth value has to be
// quoted, since other tools that read the file would not see a text.
func (d *decoder) text(target *string, n *yaml.Node, path string, r rule) {
	want := r.wantText()
	if n.Kind == yaml.ScalarNode && n.Style&quoted == 0 && n.Tag != "!!str" && n.Tag != "!!timestamp" {
		d.fail(n, path, want+", in quotes if it could be read as a number or a truth value")
		return
	}
	length := len([]rune(n.Value))
	if n.Kind != yaml.ScalarNode || length < r.length[0] || length > r.length[1] || !r.pattern.MatchString(n.Value) {
		d.fail(n, path, want)
		return
	}
	*target = n.Value
}

// name decodes one of the valid names and returns it, or "" after reporting.
func (d *decoder) name(n *yaml.Node, path string, valid []string) string {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		if slices.Contains(valid, n.Value) {
			return n.Value
		}
		d.fail(n, path, enumerate(valid, "or")+DidYouMean(n.Value, valid))
		return ""
	}
	d.fail(n, path, enumerate(valid, "or"))
	return ""
}

// plain tells whether a node is a scalar without quotes.
func (d *decoder) plain(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&quoted == 0
}

func wholeBound(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic("schema: bad bound " + text + " in a tag")
	}
	return value
}

func numberBound(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("schema: bad bound " + text + " in a tag")
	}
	return value
}

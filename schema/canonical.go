package schema

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// normalise puts lists and cases in order and drops what says nothing, so that
// sweeps which differ only in the way they are written become equal.
func (s *Sweep) normalise() {
	for i := range s.Cases {
		s.Cases[i].normalise()
	}
	slices.SortFunc(s.Cases, func(a, b Case) int { return strings.Compare(a.Name, b.Name) })
}

func (c *Case) normalise() {
	for _, list := range []OneOrMany[int64]{c.Inputs, c.Outputs, c.Depth, c.Width, c.Units, c.Parameters} {
		slices.Sort(list)
	}
	slices.SortFunc(c.Hidden, func(a, b []int64) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
	})
	slices.SortFunc(c.Activation, compareActivations)
	slices.SortFunc(c.OutputActivation, compareActivations)
	if len(c.Activation) == 1 && slices.Equal(c.Activation, c.OutputActivation) {
		c.OutputActivation = nil
	}
	for _, laws := range []OneOrMany[LawSet]{c.Weights, c.Biases} {
		for i := range laws {
			laws[i].normalise()
		}
		slices.SortFunc(laws, compareLawSets)
	}
	c.Grid = c.Grid.normalised()
	slices.SortFunc(c.Columns, compareOptionalColumns)
}

func (l *LawSet) normalise() {
	slices.SortFunc(l.Distribution, compareDistributions)
	for _, list := range []OneOrMany[float64]{l.Low, l.High, l.Std, l.Gain} {
		slices.Sort(list)
	}
	slices.Sort(l.Scale)
	if slices.Equal(l.Gain, OneOrMany[float64]{1}) {
		l.Gain = nil
	}
	if slices.Equal(l.Scale, OneOrMany[Scale]{Unscaled}) {
		l.Scale = nil
	}
}

func compareLawSets(a, b LawSet) int {
	return cmp.Or(
		slices.CompareFunc(a.Distribution, b.Distribution, compareDistributions),
		slices.Compare(a.Low, b.Low),
		slices.Compare(a.High, b.High),
		slices.Compare(a.Std, b.Std),
		slices.Compare(a.Gain, b.Gain),
		slices.Compare(a.Scale, b.Scale),
	)
}

// normalised returns the grid with single values for axes that are alike.
func (g *GridSpec) normalised() *GridSpec {
	return &GridSpec{From: merged(g.From), To: merged(g.To), Points: merged(g.Points)}
}

func merged[T comparable](p PerAxis[T]) PerAxis[T] {
	if len(p) == 2 && p[0] == p[1] {
		return p[:1]
	}
	return p
}

// Canonical returns a sweep file of version 1 with the same configurations. It
// has no comments, a fixed order of keys, lists and cases, and no key at its
// default; a setting stands at the top if all cases share it, else in every
// case. Files that differ only in comments, layout or order have the same
// canonical text.
func (s *Sweep) Canonical() []byte {
	shared := Sweep{Version: s.Version, Name: s.Name, Seed: s.Seed, Settings: s.Cases[0].Settings}
	cases := slices.Clone(s.Cases)
	top, own := reflect.ValueOf(&shared.Settings).Elem(), func(i int) reflect.Value { return reflect.ValueOf(&cases[i].Settings).Elem() }
	for f := range top.NumField() {
		alike := true
		for i := range cases {
			alike = alike && reflect.DeepEqual(own(i).Field(f).Interface(), top.Field(f).Interface())
		}
		if !alike {
			top.Field(f).SetZero()
			continue
		}
		for i := range cases {
			own(i).Field(f).SetZero()
		}
	}
	var b bytes.Buffer
	b.WriteString(strings.Join(entries(shared), "\n") + "\ncases:\n")
	for _, c := range cases {
		b.WriteString("  - " + strings.Join(entries(c), "\n    ") + "\n")
	}
	return b.Bytes()
}

// entries returns the "key: value" pairs of a struct of the format, in the
// order of its fields, without those at their default and those that are lists
// of mappings.
func entries(s any) []string {
	v := reflect.ValueOf(s)
	defaults := reflect.New(v.Type())
	fill(defaults.Interface())
	var pairs []string
	for _, f := range fieldsOf(v.Type()) {
		value := v.FieldByIndex(f.index)
		optional := !f.required && (value.IsZero() || reflect.DeepEqual(value.Interface(), defaults.Elem().FieldByIndex(f.index).Interface()))
		if _, cases := value.Interface().([]Case); !cases && !optional {
			pairs = append(pairs, f.key+": "+flow(value))
		}
	}
	return pairs
}

// flow returns a value of the format on one line.
func flow(v reflect.Value) string {
	switch value := v.Interface().(type) {
	case Architectures:
		lists := make([]string, len(value))
		for i, widths := range value {
			lists[i] = "[" + strings.Join(flows(reflect.ValueOf(widths)), ", ") + "]"
		}
		if len(lists) == 1 {
			return lists[0]
		}
		return "[" + strings.Join(lists, ", ") + "]"
	case LawSet:
		if pairs := entries(value); len(pairs) > 1 || len(value.Distribution) > 1 {
			return "{" + strings.Join(pairs, ", ") + "}"
		}
		return string(value.Distribution[0])
	case NetworkCount:
		if value.Until == nil {
			return strconv.FormatInt(value.Max, 10)
		}
		return "{" + strings.Join(entries(value), ", ") + "}"
	case GridSpec, Until:
		return "{" + strings.Join(entries(value), ", ") + "}"
	case Scale:
		if value == Unscaled {
			return noScale
		}
		return string(value)
	}
	switch v.Kind() {
	case reflect.Pointer:
		return flow(v.Elem())
	case reflect.Slice:
		if v.Len() == 1 {
			return flow(v.Index(0))
		}
		return "[" + strings.Join(flows(v), ", ") + "]"
	case reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return formatFloat(v.Float())
	case reflect.String:
		return plainText(v.String())
	}
	panic(fmt.Sprintf("schema: no text for %v", v.Type()))
}

// flows returns the items of a slice.
func flows(v reflect.Value) []string {
	items := make([]string, v.Len())
	for i := range items {
		items[i] = flow(v.Index(i))
	}
	return items
}

// notPlain matches names that YAML may read as something else than text: those
// that do not start with a letter, and the words of any version of YAML.
var notPlain = regexp.MustCompile(`^([^a-z].*|y|n|yes|no|on|off|true|false|null)$`)

// plainText returns a name, in quotes if it needs them.
func plainText(name string) string {
	if notPlain.MatchString(name) {
		return strconv.Quote(name)
	}
	return name
}

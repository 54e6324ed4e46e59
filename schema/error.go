package schema

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Error is one mistake in a sweep file: where it stands, which field it is in,
// what was found there and what belongs there.
type Error struct {
	File         string
	Line, Column int    // both from 1; columns count characters
	Field        string // path of the field, such as "cases[1].weights.std[0]"
	Got, Want    string
}

// Error returns "file:line:column: field: got …, want …".
func (e Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s: got %s, want %s", e.File, e.Line, e.Column, e.Field, e.Got, e.Want)
}

// Errors is every mistake of one sweep file, in the order of their places.
type Errors []Error

// Error returns one line per mistake.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single mistakes, for errors.As.
func (es Errors) Unwrap() []error {
	errs := make([]error, len(es))
	for i, e := range es {
		errs[i] = e
	}
	return errs
}

// place is a position in the file, both numbers from 1.
type place struct{ line, column int }

func (p place) String() string { return fmt.Sprintf("%d:%d", p.line, p.column) }

// report collects the mistakes of one file.
type report struct {
	file string
	errs Errors
}

func (r *report) add(at place, field, got, want string) {
	r.errs = append(r.errs, Error{r.file, at.line, at.column, field, got, want})
}

// err returns the mistakes in the order of their places, or nil if there are
// none.
func (r *report) err() error {
	if len(r.errs) == 0 {
		return nil
	}
	slices.SortStableFunc(r.errs, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.errs
}

// maxShown is how many characters of a value a message shows.
const maxShown = 40

// cut shortens a value for a message.
func cut(value string) string {
	if runes := []rune(value[:min(len(value), 4*maxShown+4)]); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return value
}

// shown returns a value for a message: cut, and quoted where it is empty or
// holds characters that cannot be seen.
func shown(value string) string {
	value = cut(value)
	if value == "" || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(value)
	}
	return value
}

// oneOf returns "a", "a or b", "a, b or c" and so on.
func oneOf(values []string) string {
	if len(values) < 2 {
		return strings.Join(values, "")
	}
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

// allOf returns "a", "a and b", "a, b and c" and so on.
func allOf(values []string) string {
	if len(values) < 2 {
		return strings.Join(values, "")
	}
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " and " + values[last]
}

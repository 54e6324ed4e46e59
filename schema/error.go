package schema

import (
	"cmp"
	"errors"
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
	Memory       bool // nothing is wrong but that it needs more memory than [Limits] allow
}

// Error returns "file:line:column: field: got …, want …".
func (e Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s: got %s, want %s", e.File, e.Line, e.Column, e.Field, e.Got, e.Want)
}

// Errors is every mistake of one sweep file, up to ten thousand, in the order of
// their places.
type Errors []Error

// maxPrinted is how many mistakes the text of Errors shows.
const maxPrinted = 100

// Error returns one line per mistake for the first hundred, and a last line that
// counts the others.
func (es Errors) Error() string {
	var lines []string
	for _, e := range es[:min(len(es), maxPrinted)] {
		lines = append(lines, e.Error())
	}
	if more := len(es) - maxPrinted; more > 0 {
		lines = append(lines, fmt.Sprintf("… and %d more mistakes", more))
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

// OnlyMemory reports whether an error is that of a sweep file in which nothing is
// wrong but the memory that it needs.
func OnlyMemory(err error) bool {
	var es Errors
	return errors.As(err, &es) && !slices.ContainsFunc(es, func(e Error) bool { return !e.Memory })
}

// place is a position in the file, both numbers from 1.
type place struct{ line, column int }

// compare orders places as a reader meets them.
func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.line, q.line), cmp.Compare(p.column, q.column))
}

// String returns "line:column".
func (p place) String() string { return fmt.Sprintf("%d:%d", p.line, p.column) }

// maxMistakes is how many mistakes are kept; a file of 1 MiB can hold more than a
// hundred thousand.
const maxMistakes = 10_000

// report collects the mistakes of one file.
type report struct {
	file    string
	errs    Errors
	dropped int // beyond maxMistakes
}

func (r *report) add(at place, field, got, want string) {
	if len(r.errs) == maxMistakes {
		r.dropped++
		return
	}
	r.errs = append(r.errs, Error{File: r.file, Line: at.line, Column: at.column, Field: field, Got: got, Want: want})
}

// err returns the mistakes in the order of their places, or nil if there are
// none. If some were dropped, one more mistake, at the beginning of the file,
// says so.
func (r *report) err() error {
	if len(r.errs) == 0 {
		return nil
	}
	if r.dropped > 0 {
		got := fmt.Sprintf("%d mistakes, of which %d are kept", len(r.errs)+r.dropped, len(r.errs))
		r.errs = slices.Insert(r.errs, 0, Error{File: r.file, Line: 1, Column: 1, Field: "file", Got: got, Want: "none"})
	}
	slices.SortStableFunc(r.errs, func(a, b Error) int {
		return place{a.Line, a.Column}.compare(place{b.Line, b.Column})
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

// enumerate returns "a", "a or b", "a, b or c" and so on, with the given word
// before the last value.
func enumerate(values []string, word string) string {
	if len(values) < 2 {
		return strings.Join(values, "")
	}
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " " + word + " " + values[last]
}

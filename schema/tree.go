package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// maxText is the size of the largest sweep file, in bytes.
const maxText = 1 << 20

// maxNesting is how deep mappings and lists may nest. The format itself needs
// eight levels; the parser's work grows with the depth it has to remember.
const maxNesting = 32

// parseTree returns the tree of the file's only document, with every value's
// place, or nil after reporting why there is none. Nothing is expanded: an
// alias stays a node of its own, refused later by the decoder.
func parseTree(r *report, data []byte) *yaml.Node {
	if len(data) > maxText {
		r.add(place{1, 1}, "file", tooLong(int64(len(data))), wantText)
		return nil
	}
	if !checkText(r, data) {
		return nil
	}
	limits := yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthFunc(checkNesting)))
	loader, err := yaml.NewLoader(bytes.NewReader(data), limits)
	if err != nil {
		panic(fmt.Sprintf("schema: YAML loader: %v", err)) // the options are constants
	}
	var document yaml.Node
	if err := loader.Load(&document); err == io.EOF {
		r.add(place{1, 1}, "file", "no content", wantSweep)
		return nil
	} else if err != nil {
		reportSyntax(r, err, data)
		return nil
	}
	var second yaml.Node
	if err := loader.Load(&second); err == nil {
		r.add(place{second.Line, second.Column}, "file", "a second document", "one document")
	} else if err != io.EOF {
		reportSyntax(r, err, data)
	}
	return document.Content[0]
}

const (
	wantSweep = "a mapping with the keys version, name, seed and cases"
	wantText  = "at most 1 MiB (1048576 bytes)"
)

func tooLong(size int64) string { return fmt.Sprintf("%d bytes", size) }

// checkNesting ends the parse at the first bracket or indentation too deep.
func checkNesting(depth int, _ *yaml.DepthContext) error {
	if depth > maxNesting {
		return fmt.Errorf("lists and mappings nested more than %d deep", maxNesting)
	}
	return nil
}

// checkText reports the first byte that is not UTF-8 text, which the parser
// would refuse without saying where.
func checkText(r *report, data []byte) bool {
	at := place{1, 1}
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			r.add(at, "file", fmt.Sprintf("the byte 0x%02x, which is not UTF-8", data[i]), "UTF-8 text")
			return false
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c >= 0x7f && c < 0xa0 && c != 0x85, c == 0xfffe, c == 0xffff:
			r.add(at, "file", fmt.Sprintf("the control character U+%04X", c), "text")
			return false
		case c == '\n', c == '\r' && !bytes.HasPrefix(data[i+1:], []byte("\n")):
			at = place{at.line + 1, 1}
		case i > 0 || c != '\ufeff': // a byte order mark takes no column
			at.column++
		}
		i += size
	}
	return true
}

// reportSyntax reports the parser's error at its place, in the text data.
func reportSyntax(r *report, err error, data []byte) {
	at, got := place{1, 1}, err.Error()
	var syntax *yaml.LoadError
	if errors.As(err, &syntax) {
		got = syntax.Message
		if syntax.ContextMsg != "" {
			got += " " + syntax.ContextMsg
		}
		if syntax.Mark.Line > 0 {
			at = place{syntax.Mark.Line, max(syntax.Mark.Column, 1)}
		}
	}
	r.add(at, "file", "a syntax error: "+got, "YAML"+hint(got, lineOf(data, at.line)))
}

// hint says in plain words what a syntax error of the parser mostly comes from,
// given the line it points to, or "".
func hint(message string, line []byte) string {
	indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
	if bytes.ContainsRune(indent, '\t') {
		return "; indent with spaces, not tabs"
	}
	switch {
	case strings.HasPrefix(message, "did not find expected '-' indicator"),
		strings.HasPrefix(message, "did not find expected key"):
		return "; check the indentation"
	case strings.HasPrefix(message, "mapping values are not allowed in this context"):
		return "; check the indentation, and for a second colon"
	}
	return ""
}

// lineOf returns line n of the text, from 1, or nil if it has fewer lines.
func lineOf(data []byte, n int) []byte {
	for line := range bytes.Lines(data) {
		if n--; n == 0 {
			return line
		}
	}
	return nil
}

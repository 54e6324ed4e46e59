package cluster

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// yamlBlock returns text as a YAML scalar behind a key, which ends in a line break: as it
// stands, in a literal block each line of which begins with indent, two columns more
// than the key, or quoted in one line if that would change it. Readers get every byte
// of it back. It panics on what is not UTF-8, which no sweep file is.
func yamlBlock(text, indent string) string {
	if !utf8.ValidString(text) {
		panic("cluster: yamlBlock: text that is not UTF-8")
	}
	if !staysLiteral(text) {
		return yamlQuoted(text) + "\n"
	}
	chomp := "" // one line break at the end stays
	switch {
	case !strings.HasSuffix(text, "\n"):
		chomp = "-"
		text += "\n"
	case strings.HasSuffix(text, "\n\n"):
		chomp = "+"
	}
	var b strings.Builder
	b.WriteString("|2" + chomp + "\n") // the 2 is there for text that begins with spaces
	for line := range strings.Lines(text) {
		if line != "\n" {
			b.WriteString(indent)
		}
		b.WriteString(line)
	}
	return b.String()
}

// staysLiteral reports whether a literal block keeps text: it has no line breaks but \n,
// nothing that YAML takes for no character of a text, and a line that is not blank,
// without which it would be all indentation.
func staysLiteral(text string) bool {
	if strings.Trim(text, " \t\n") == "" {
		return false
	}
	for _, r := range text {
		switch {
		case r == '\n', r == '\t':
		case r < ' ', r >= 0x7f && r < 0xa0, r == '\u2028', r == '\u2029', r == '\ufeff', r&0xfffe == 0xfffe:
			return false
		}
	}
	return true
}

// yamlQuoted returns text as a YAML scalar between double quotes, in ASCII. Go's escapes
// are YAML's as well.
func yamlQuoted(text string) string { return strconv.QuoteToASCII(text) }

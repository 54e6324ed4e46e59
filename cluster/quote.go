package cluster

import "strings"

// shellQuoted returns a word of a POSIX shell that stands for text, whatever it holds:
// between single quotes nothing is special.
func shellQuoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// shellWord is shellQuoted, without the quotes where text does not need them.
func shellWord(text string) string {
	for _, r := range text {
		plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("%+,-./:=@_", r)
		if !plain {
			return shellQuoted(text)
		}
	}
	return text
}

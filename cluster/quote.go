package cluster

import "strings"

// quote returns a word of the shell that stands for text, whatever it holds.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

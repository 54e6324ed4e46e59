package page

import "strings"

// words returns the name of a column as people read it: "turning points".
func words(column string) string { return strings.ReplaceAll(column, "_", " ") }

func wordsOf(columns []string) []string {
	var all []string
	for _, c := range columns {
		all = append(all, words(c))
	}
	return all
}

const (
	longestLayers = 28 // letters that the table has room for
	keptLayers    = 12 // of longer ones, from the front and from the back
)

// shortLayers returns layers without their middle if they are long: "1-8-8-…-8-8-1".
func shortLayers(layers string) string {
	if len(layers) <= longestLayers {
		return layers
	}
	front, back := layers[:keptLayers], layers[len(layers)-keptLayers:]
	if i := strings.LastIndex(front, "-"); i > 0 {
		front = front[:i+1]
	}
	if i := strings.Index(back, "-"); i >= 0 {
		back = back[i:]
	}
	return front + "…" + back
}

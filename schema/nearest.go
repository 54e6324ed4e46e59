package schema

import "strings"

// synonyms are names that people know from elsewhere and that no edit distance
// would lead to ours.
var synonyms = map[string]string{
	"linear":          string(Identity),
	"sigmoid":         string(Logistic),
	"swish":           string(SiLU),
	"heaviside":       string(Step),
	"sine":            string(Sin),
	"glorot_uniform":  string(XavierUniform),
	"glorot_normal":   string(XavierNormal),
	"kaiming_uniform": string(HeUniform),
	"kaiming_normal":  string(HeNormal),
	"zero":            string(None),
	"zeros":           string(None),
}

// DidYouMean returns " (did you mean x?)" for the valid name x that is nearest
// to got, or "" if none is near.
func DidYouMean(got string, valid []string) string {
	if name := nearest(strings.ToLower(got), valid); name != "" {
		return " (did you mean " + name + "?)"
	}
	return ""
}

// nearest returns the valid name that got is a synonym of, else the shortest that it
// is short for, else the one with the smallest edit distance, the first of equals; "" if
// fewer than a third of the letters agree.
func nearest(got string, valid []string) string {
	const longest = 64 // no valid name is longer, and the distance costs the product of the lengths
	if len(got) > longest {
		return ""
	}
	best, bestDistance, whole := "", 0, ""
	for _, name := range valid {
		if synonyms[got] == name {
			return name
		}
		if len(got) >= 3 && strings.HasPrefix(name, got) && (whole == "" || len(name) < len(whole)) {
			whole = name
		}
		distance := editDistance(got, name)
		near := 3*distance <= 2*max(len(got), len(name))
		if near && (best == "" || distance < bestDistance) {
			best, bestDistance = name, distance
		}
	}
	if whole != "" {
		return whole
	}
	return best
}

// editDistance returns the smallest number of single-byte insertions, deletions
// and substitutions that turn a into b (Levenshtein 1966), by the dynamic
// programme of Wagner and Fischer 1974 with one row kept.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitution := diagonal
			if a[i] != b[j] {
				substitution++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitution, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

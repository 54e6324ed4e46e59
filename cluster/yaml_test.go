package cluster

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// awkwardTexts are what YAML is known to change.
var awkwardTexts = []string{
	"", " ", "\n", "\n\n", " \n", "\t", "\t\n ", "  \n\n",
	"a", "a\n", "a\n\n", "a\n\n\n", "a\n ", "a\n  \n", "a \n", "a\t\n", "a\n\t",
	" a", "  a\nb\n", "\n a\nb", "\n\n\na", "   \n a\n", "\ta\n",
	"# comment\na: 1 # more\n", "---\na: 1\n...\n", "a: |\n  b\n\n  c\n", "%YAML 1.2\n---\n", "- &a *a !!x\n",
	"a: \"b\\n\"\n", "a: 'b'\n", "a\r\nb\r\n", "a\rb", "\ufeffa: 1\n", "a\u0085b\n", "a\u2028b\u2029c\n", "ä ≥ 東 😀\n", "a\u00a0b \u3000\n",
	"\x00", "\a\b\v\f\x1b\x7f", "\ufffd\n", "\ue000\n", "\uffff", "{{.Name}} $(HOME) $$ \\ %s\n",
}

func TestYAMLKeepsText(t *testing.T) {
	for _, text := range awkwardTexts {
		keeps(t, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		keeps(t, rapid.StringOf(rapid.SampledFrom([]rune("a:#-'\"|> \t\n\n\n\r\u0085\ufeff😀"))).Draw(t, "text"))
	})
}

// keeps fails unless a reader gets text back, and what comes behind it too.
func keeps(t interface{ Errorf(string, ...any) }, text string) {
	document := "data:\n  text: " + yamlBlock(text, "    ") + "  behind: 1\n---\nnext: 2\n"
	decoder := yaml.NewDecoder(strings.NewReader(document))
	var first struct {
		Data struct {
			Text   string
			Behind int
		}
	}
	var second struct{ Next int }
	if err := decoder.Decode(&first); err != nil {
		t.Errorf("%q: %v in\n%s", text, err, document)
	} else if err := decoder.Decode(&second); err != nil {
		t.Errorf("%q: %v behind\n%s", text, err, document)
	} else if first.Data.Text != text || first.Data.Behind != 1 || second.Next != 2 {
		t.Errorf("%q became %+v and %+v in\n%s", text, first, second, document)
	}
}

// A sweep file as people write it is to be read in the manifest.
func TestYAMLIsReadable(t *testing.T) {
	if got, want := yamlBlock("a: 1\n\n  # b\t\n", "    "), "|2\n    a: 1\n\n      # b\t\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

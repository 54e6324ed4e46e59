package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Configuration is everything that decides which functions are drawn and how
// they are seen: layer sizes, activations, laws, grid and connectivity. Case,
// Networks, KeepFields, Until and Columns say where it came from, how much to draw
// and what else to measure; they are not part of its identity.
type Configuration struct {
	Case             string     `json:"case"` // name of the case it came from
	Inputs           int        `json:"inputs"`
	Outputs          int        `json:"outputs"`
	Hidden           []int      `json:"hidden"` // widths of the hidden layers, first to last
	Activation       Activation `json:"activation"`
	OutputActivation Activation `json:"output_activation"`
	Weights          Law        `json:"weights"`
	Biases           Law        `json:"biases"`
	Grid             Grid       `json:"grid"`            // one axis per input
	Connectivity     int        `json:"connectivity"`    // 4, 6 or 8
	Networks         int64      `json:"networks"`        // how many to draw, at most if there is an Until
	KeepFields       int64      `json:"keep_fields"`     // how many of the first to store in full
	Until            *Until     `json:"until,omitempty"` // when fewer are enough, or nil

	Columns []OptionalColumn `json:"columns,omitempty"` // optional columns to measure, all of which apply
}

// Canonical returns the text that identifies the configuration, the same for
// every way of writing it in a sweep file.
func (c Configuration) Canonical() string {
	return fmt.Sprintf("layers=%s activation=%s output_activation=%s weights=%s biases=%s grid=%s connectivity=%d",
		joinInts(c.Layers(), "-"), c.Activation, c.OutputActivation, c.Weights, c.Biases, c.Grid, c.Connectivity)
}

// ID returns the first 12 hexadecimal digits of the SHA-256 of Canonical.
func (c Configuration) ID() string {
	sum := sha256.Sum256([]byte(c.Canonical()))
	return hex.EncodeToString(sum[:6])
}

// Layers returns the layer sizes from the inputs to the outputs.
func (c Configuration) Layers() []int {
	layers := make([]int, 0, len(c.Hidden)+2)
	layers = append(layers, c.Inputs)
	layers = append(layers, c.Hidden...)
	return append(layers, c.Outputs)
}

// LayersText returns the layer sizes as people read them, "1-11-9-1".
func (c Configuration) LayersText() string { return joinInts(c.Layers(), "-") }

// Depth returns the number of hidden layers.
func (c Configuration) Depth() int { return len(c.Hidden) }

// Width returns the size of the widest hidden layer, 0 if there is none.
func (c Configuration) Width() int {
	width := 0
	for _, n := range c.Hidden {
		width = max(width, n)
	}
	return width
}

// Units returns the number of hidden units in all.
func (c Configuration) Units() int {
	units := 0
	for _, n := range c.Hidden {
		units += n
	}
	return units
}

// Parameters returns the number of weights and biases.
func (c Configuration) Parameters() int64 {
	layers := c.Layers()
	var parameters int64
	for l, n := range layers[1:] {
		parameters += (int64(layers[l]) + 1) * int64(n)
	}
	return parameters
}

// HiddenText returns the hidden widths as the rows hold them: "11-9", or "" if
// there are none.
func (c Configuration) HiddenText() string { return joinInts(c.Hidden, "-") }

func joinInts(values []int, separator string) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = strconv.Itoa(v)
	}
	return strings.Join(texts, separator)
}

package schema

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSplits(t *testing.T) {
	for _, tt := range []struct {
		name, shape, want string
	}{
		{"width", "depth: 3, width: 7", "7-7-7"},
		{"units even", "depth: 4, units: 48", "12-12-12-12"},
		{"units uneven", "depth: 5, units: 48", "10-10-10-9-9"},
		{"units one each", "depth: 3, units: 3", "1-1-1"},
		{"parameters exact", "depth: 1, parameters: 301", "100"},                 // 3·100 + 1
		{"parameters nearest below", "depth: 1, parameters: 302", "100"},         // 301 and 304
		{"parameters nearest above", "depth: 1, parameters: 303", "101"},         // 301 and 304
		{"parameters nearest of two layers", "depth: 2, parameters: 10", "2-2"},  // 6 and 13
		{"parameters tie goes down", "depth: 1, outputs: 2, parameters: 8", "1"}, // 6 and 10
		{"parameters too few", "depth: 5, parameters: 1", "1-1-1-1-1"},
		{"parameters with inputs and outputs", "inputs: 2, outputs: 3, depth: 2, parameters: 387", "16-16"}, // 48 + 272 + 51 = 371, next 17: 51 + 306 + 54 = 411
		{"parameters up to the widest", "depth: 1, parameters: 196609", "65536"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := parse(t, withCase(tt.shape)).Configurations()[0].HiddenText(); got != tt.want {
				t.Errorf("%s gives %s, want %s", tt.shape, got, tt.want)
			}
		})
	}
}

func TestSplitUnitsLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		depth := rapid.Int64Range(1, 50).Draw(t, "depth")
		units := rapid.Int64Range(depth, 5000).Draw(t, "units")
		hidden := splitUnits(depth, units)
		sum := 0
		for l, width := range hidden {
			sum += width
			if l > 0 && width > hidden[l-1] || hidden[0]-width > 1 {
				t.Fatalf("splitUnits(%d, %d) = %v is not even, larger first", depth, units, hidden)
			}
		}
		if int64(len(hidden)) != depth || int64(sum) != units {
			t.Fatalf("splitUnits(%d, %d) = %v", depth, units, hidden)
		}
	})
}

// nearestWidth agrees with trying every width.
func TestNearestWidthLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs := rapid.Int64Range(1, 2).Draw(t, "inputs")
		outputs := rapid.Int64Range(1, 5).Draw(t, "outputs")
		depth := rapid.Int64Range(1, 6).Draw(t, "depth")
		parameters := rapid.Int64Range(1, 20_000).Draw(t, "parameters")
		best, distance := int64(0), int64(1<<62)
		for w := int64(1); w < 10_000; w++ {
			off := equalParameters(inputs, outputs, depth, w) - parameters
			if off = max(off, -off); off < distance {
				best, distance = w, off
			}
		}
		if got := nearestWidth(inputs, outputs, depth, parameters); got != best {
			t.Fatalf("nearestWidth(%d, %d, %d, %d) = %d, want %d", inputs, outputs, depth, parameters, got, best)
		}
		c := Configuration{Inputs: int(inputs), Outputs: int(outputs), Hidden: equalWidths(depth, best)}
		if c.Parameters() != equalParameters(inputs, outputs, depth, best) {
			t.Fatalf("equalParameters differs from Configuration.Parameters: %v", c.Layers())
		}
	})
}

func TestNearestWidthEnds(t *testing.T) {
	for _, tt := range []struct{ parameters, want int64 }{
		{1, 1}, {1 << 62, MaxWidth + 1}, {equalParameters(1, 1, 1024, MaxWidth), MaxWidth},
	} {
		if got := nearestWidth(1, 1, 1024, tt.parameters); got != tt.want {
			t.Errorf("nearestWidth(1, 1, 1024, %d) = %d, want %d", tt.parameters, got, tt.want)
		}
	}
}

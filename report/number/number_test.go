package number

import (
	"math"
	"testing"
)

func TestFormats(t *testing.T) {
	for _, tt := range []struct{ name, got, want string }{
		{"count", Count(1234567), "1,234,567"},
		{"small count", Count(999), "999"},
		{"whole", Short(114), "114"},
		{"large", Short(1882.4), "1882"},
		{"fraction", Short(0.08256), "0.0826"},
		{"half up", Decimal(0.91455, 4), "0.9146"},
		{"half up beside one", Decimal(1.91455, 4), "1.9146"},
		{"negative", Decimal(-0.25, 1), "-0.3"},
		{"no share", Share(0, 10), "0"},
		{"share", Share(12, 1000), "1.2 %"},
		{"negative count", Count(-123456), "-123,456"},
		{"large share", Share(1, 4), "25 %"},
		{"two digits of error", PlusMinus(1.02617, .0041), "1.0262 ± 0.0041"},
		{"large error", PlusMinus(1234.5, 77), "1235 ± 77"},
		{"no error", PlusMinus(2, 0), "2 ± 0"},
		{"unknown error", PlusMinus(2.5, math.Inf(1)), "2.5 ± ?"},
		{"one network", Estimated(2.5, 0, 1), "2.5 ± ?"},
		{"two networks", Estimated(2.5, .5, 2), "2.50 ± 0.50"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

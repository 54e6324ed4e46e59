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
		{"rounds to a thousand", Short(999.6), "1000"},
		{"rounds below it", Short(999.4), "999"},
		{"huge", PlusMinus(4059836436225418000000000000, 172811500412347000000000000), "4.06e+27 ± 1.7e+26"},
		{"tiny", PlusMinus(1.234e-9, 1.2e-10), "1.23e-09 ± 1.2e-10"},
		{"zero with a tiny error", PlusMinus(0, 1.2e-10), "0.0e-10 ± 1.2e-10"},
		{"sure to six decimals", PlusMinus(.5, 1e-9), "0.500000 ± 0.000000"},
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

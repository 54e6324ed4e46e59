package surface

import "testing"

func TestReduce(t *testing.T) {
	plane := func(x, y float64) float64 { return x - 2*y }
	for _, tt := range []struct {
		name                             string
		rows, columns, toRows, toColumns int
		f                                func(x, y float64) float64
		tolerance                        float64
	}{
		{"a constant", 50, 70, 7, 12, func(x, y float64) float64 { return 0.25 }, 1e-6},
		{"the same grid", 5, 6, 5, 6, plane, 0},
		{"columns only", 5, 600, 5, 60, plane, 0.02},
		{"rows only", 600, 5, 60, 5, plane, 0.02},
		{"a plane, but for half a new cell at the border", 601, 401, 61, 41, plane, 0.026},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := reduce(sampled(tt.rows, tt.columns, tt.f), nil, tt.rows, tt.columns, tt.toRows, tt.toColumns)
			want := sampled(tt.toRows, tt.toColumns, tt.f)
			if len(got) != len(want) {
				t.Fatalf("%d points, want %d", len(got), len(want))
			}
			for i := range want {
				near(t, "point", float64(got[i]), float64(want[i]), tt.tolerance)
			}
		})
	}
}

package schema

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Columns returns the names of the columns of [Row] in Parquet files, in the order
// of its fields, without the optional ones.
func Columns() []string {
	t := reflect.TypeFor[Row]()
	names := make([]string, t.NumField()-1) // Extra is last
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("parquet"), ",")
	}
	return names
}

// columns are the names of a row's columns; the measured ones begin, after the
// status, with number measured.
var (
	columns  = Columns()
	measured = slices.Index(columns, "classes")
)

// broken returns the error for a column that breaks a law.
func broken(column string, got any, want string, arguments ...any) error {
	return fmt.Errorf("%s: got %s, want %s", column, literal(got), fmt.Sprintf(want, arguments...))
}

// phrase is words in the place of a value, which literal does not quote.
type phrase string

// literal returns a value as text, strings in quotes.
func literal(v any) string {
	if text, ok := v.(string); ok {
		return strconv.Quote(text)
	}
	return fmt.Sprint(v)
}

// breaking returns the first error of check, which is given one column after the
// other, from number from on: its name, its number and its value. It says which
// column breaks a law that one of them is known to break; to look for that in
// this way would be slow.
func breaking(r *Row, from int, check func(name string, i int, v reflect.Value) error) error {
	row := reflect.ValueOf(r).Elem()
	for i := from; i < len(columns); i++ {
		if err := check(columns[i], i, row.Field(i)); err != nil {
			return err
		}
	}
	panic("schema: a law is broken by no column")
}

// describedAs reports whether the columns that the networks of a configuration
// share are those of want, floats bit for bit.
func (r *Row) describedAs(want *Row) bool {
	return r.Sweep == want.Sweep && r.CaseName == want.CaseName && r.ConfigID == want.ConfigID && r.Seed == want.Seed &&
		r.Inputs == want.Inputs && r.Outputs == want.Outputs &&
		r.Depth == want.Depth && r.Width == want.Width && r.Units == want.Units &&
		r.Hidden == want.Hidden && r.Parameters == want.Parameters &&
		r.Activation == want.Activation && r.OutputActivation == want.OutputActivation &&
		r.Weights == want.Weights && r.Biases == want.Biases &&
		same(r.WeightStd, want.WeightStd) && same(r.BiasStd, want.BiasStd) &&
		same(r.GridFrom, want.GridFrom) && same(r.GridTo, want.GridTo) &&
		r.Resolution == want.Resolution && r.GridPoints == want.GridPoints && r.Connectivity == want.Connectivity
}

// same reports whether two floats have the same bits.
func same(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }

// misdescribed names the first column that is not as describedAs wants it.
func (l *Laws) misdescribed(r *Row) error {
	wanted := reflect.ValueOf(&l.want).Elem()
	return breaking(r, 0, func(name string, i int, v reflect.Value) error {
		want := wanted.Field(i)
		if name == "network" || v.Equal(want) && !(v.CanFloat() && !same(v.Float(), want.Float())) {
			return nil
		}
		return broken(name, v.Interface(), "%s", literal(want.Interface()))
	})
}

// listed reports whether the lists have one entry per class.
func (l *Laws) listed(r *Row) bool {
	return len(r.ClassFraction) == l.classes && len(r.ClassRegions) == l.classes && len(r.ClassIslands) == l.classes
}

// mislisted names the first list that is not as listed wants it.
func (l *Laws) mislisted(r *Row) error {
	return breaking(r, measured, func(name string, _ int, v reflect.Value) error {
		if v.Kind() == reflect.Slice && v.Len() != l.classes {
			return broken(name, v.Interface(), "%d entries, one per class", l.classes)
		}
		return nil
	})
}

// blank reports whether the measured columns but for the status hold nothing, as
// those of a nonfinite network do.
func (r *Row) blank() bool {
	counts := r.Crossings | r.CrossingsHalf | r.RegionsHalf | r.BorderChanges | r.Regions | r.Islands | r.Zeros | r.TurningPoints
	sizes := math.Float64bits(r.LargestRegion) | math.Float64bits(r.BoundaryLength) |
		math.Float64bits(r.ValueMin) | math.Float64bits(r.ValueMax) | math.Float64bits(r.ValueMean) | math.Float64bits(r.ValueStd) |
		math.Float64bits(r.TotalVariation) | math.Float64bits(r.MaxSlope) | math.Float64bits(r.Roughness) |
		math.Float64bits(r.MarginMean) | math.Float64bits(r.MarginMin)
	for c := range r.ClassFraction {
		counts |= r.ClassRegions[c] | r.ClassIslands[c]
		sizes |= math.Float64bits(r.ClassFraction[c])
	}
	return r.Classes == 0 && !r.Resolved && counts == 0 && sizes == 0
}

// notBlank names the first column that is not as blank wants it.
func (r *Row) notBlank() error {
	if r.blank() {
		return broken("optional columns", phrase("values"), "NULL, for the status is %q", StatusNonfinite)
	}
	return breaking(r, measured, func(name string, _ int, v reflect.Value) error {
		if !holdsNothing(v) {
			return broken(name, v.Interface(), "nothing but zeros, for the status is %q", StatusNonfinite)
		}
		return nil
	})
}

// holdsNothing reports whether a column is zero, or a list of zeros; -0 is not.
func holdsNothing(v reflect.Value) bool {
	switch {
	case v.CanFloat():
		return same(v.Float(), 0)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			if !holdsNothing(v.Index(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

const (
	signBit  = 1 << 63
	infinity = 0x7ff << 52 // bits of +Inf
)

// numbered reports whether all measured floats are finite and none is -0, and
// whether what counts or measures a size is not negative. It leaves the lists
// aside, whose entries have bounds of their own.
func (r *Row) numbered() bool {
	counts := r.Crossings | r.CrossingsHalf | r.RegionsHalf | r.BorderChanges | r.Regions | r.Islands | r.Zeros | r.TurningPoints
	// Of floats without a sign, the largest has the largest bits.
	sizes := max(math.Float64bits(r.LargestRegion), math.Float64bits(r.BoundaryLength), math.Float64bits(r.ValueStd),
		math.Float64bits(r.TotalVariation), math.Float64bits(r.MaxSlope), math.Float64bits(r.Roughness),
		math.Float64bits(r.MarginMean), math.Float64bits(r.MarginMin))
	return counts >= 0 && sizes < infinity && proper(r.ValueMin) && proper(r.ValueMax) && proper(r.ValueMean)
}

// proper reports whether x is finite and not -0.
func proper(x float64) bool {
	b := math.Float64bits(x)
	return b&^signBit < infinity && b != signBit
}

// misnumbered names the first column that is not as numbered wants it.
func (r *Row) misnumbered() error {
	return breaking(r, measured, func(name string, _ int, v reflect.Value) error {
		signed := name == "value_min" || name == "value_max" || name == "value_mean"
		switch {
		case v.CanFloat() && !proper(v.Float()):
			return broken(name, v.Interface(), "a finite number, 0 without a sign")
		case v.CanFloat() && v.Float() < 0 && !signed, v.Kind() == reflect.Int64 && v.Int() < 0:
			return broken(name, v.Interface(), "at least 0")
		}
		return nil
	})
}

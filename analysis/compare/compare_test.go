package compare

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nodal/schema"
)

// someRows returns rows of random numbers, one in ten nonfinite, of configurations
// that have every kind of comparison.
func someRows(networks int) ([]schema.Configuration, []schema.Row) {
	cs := []schema.Configuration{made(100), made(11, 9), made(20), made(15, 15), activated(schema.ReLU, schema.Identity, made(100))}
	random := rand.New(rand.NewPCG(5, 5))
	var rows []schema.Row
	for i := range cs {
		cs[i].Networks = int64(networks)
		for n := range networks {
			r := schema.Row{ConfigID: cs[i].ID(), Network: int64(n), Status: schema.StatusNonfinite}
			if random.IntN(10) > 0 {
				r = schema.Row{
					ConfigID: r.ConfigID, Network: r.Network, Status: schema.StatusOK, Resolved: random.IntN(50) > 0,
					Crossings: random.Int64N(4), TurningPoints: random.Int64N(9), ValueMin: -random.Float64(), ValueMax: random.ExpFloat64(), Roughness: random.ExpFloat64() * 1e6,
				}
			}
			rows = append(rows, r)
		}
	}
	return cs, rows
}

// Every bit of a table is the same for any order of the rows and any batches.
func TestOrderOfRows(t *testing.T) {
	cs, rows := someRows(1700)
	o := Options{Resamples: 200, Seed: 1}
	want, err := Rows(yielded(rows, 1024), cs, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Groups) != 4 {
		t.Fatalf("%d groups, want one of each kind", len(want.Groups))
	}
	random := rand.New(rand.NewPCG(6, 6))
	for _, size := range []int{1, 7, 5000} {
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		got, err := Rows(yielded(rows, size), cs, o)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(Group{}, "Measures"), cmp.AllowUnexported(Group{})); d != "" {
			t.Errorf("shuffled, %d rows at a time (-want +got):\n%s", size, d)
		}
	}
}

// Another seed gives other intervals of the same means.
func TestSeed(t *testing.T) {
	cs, rows := someRows(100)
	var tables []*Table
	for seed := range int64(2) {
		table, err := Rows(yielded(rows, 50), cs, Options{Resamples: 200, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, table)
	}
	a, b := tables[0].Groups[0].Sides[1].Comparisons[0], tables[1].Groups[0].Sides[1].Comparisons[0]
	if a.Ratio.Value != b.Ratio.Value || a.Ratio.Low == b.Ratio.Low || a.Difference.High == b.Difference.High {
		t.Errorf("seeds 0 and 1: %+v and %+v, want one value and other intervals", a, b)
	}
}

// What is kept of the rows does not grow with their number.
func TestMemoryIsBounded(t *testing.T) {
	few, many := newTally(500), newTally(1e12)
	if len(few.counts) != 500 || len(many.counts) != 500 || len(many.sums[0]) != 500 {
		t.Errorf("%d and %d blocks, want 500", len(few.counts), len(many.counts))
	}
}

func TestMeasured(t *testing.T) {
	for _, tt := range []struct {
		name   string
		o      Options
		inputs int
		want   string
	}{
		{"one input", Options{}, 1, "crossings two_or_more turning_points range roughness"},
		{"two inputs", Options{}, 2, "crossings two_or_more turning_points range roughness regions islands boundary_length"},
		{"brief, one input", Options{Brief: true}, 1, "crossings two_or_more turning_points range roughness"},
		{"brief, two inputs", Options{Brief: true}, 2, "roughness regions islands boundary_length"},
		{"named, in their order", Options{Brief: true, Measures: []string{"islands", "range"}}, 1, "range islands"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, place := range measured(tt.o, tt.inputs) {
				got = append(got, measures[place].Name)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%v, want %s", got, tt.want)
			}
		})
	}
}

// Each measure reads its column.
func TestMeasureValues(t *testing.T) {
	r := schema.Row{Crossings: 2, TurningPoints: 3, ValueMin: -4, ValueMax: 1, Roughness: 6, Regions: 7, Islands: 8, BoundaryLength: 9}
	want := []float64{2, 1, 3, 5, 6, 7, 8, 9}
	for i, m := range measures {
		if got := m.value(&r); got != want[i] {
			t.Errorf("%s = %v, want %v", m.Name, got, want[i])
		}
	}
	r.Crossings = 1
	if got := measures[1].value(&r); got != 0 {
		t.Errorf("two_or_more of one crossing = %v, want 0", got)
	}
}

func TestErrors(t *testing.T) {
	broken := errors.New("broken part")
	for _, tt := range []struct {
		name string
		o    Options
		rows []schema.Row
		err  error
		want string
	}{
		{"misspelled", Options{Measures: []string{"crossing"}, Resamples: 200}, nil, nil, `measure: got "crossing", want one of crossings, two_or_more,`},
		{"the nearest", Options{Measures: []string{"roughnes"}, Resamples: 200}, nil, nil, "(did you mean roughness?)"},
		{"twice", Options{Measures: []string{"range", "range"}, Resamples: 200}, nil, nil, `measure: got "range" twice`},
		{"kind", Options{Kinds: []string{"equal_parameter"}, Resamples: 200}, nil, nil, "(did you mean equal_parameters?)"},
		{"few resamples", Options{Resamples: 199}, nil, nil, "resamples: got 199, want a whole number from 200 to 1000000"},
		{"foreign row", Options{Resamples: 200}, []schema.Row{{ConfigID: "cafe"}}, nil, `configuration "cafe", which is not in the plan`},
		{"a network too many", Options{Resamples: 200}, []schema.Row{{ConfigID: made(4).ID(), Network: 400}}, nil, "which has 400 in the plan"},
		{"error among the rows", Options{Resamples: 200}, nil, broken, "broken part"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := func(yield func([]schema.Row, error) bool) { yield(tt.rows, tt.err) }
			if _, err := Rows(rows, []schema.Configuration{made(4), made(2, 2)}, tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %s", err, tt.want)
			}
		})
	}
}

func BenchmarkRows(b *testing.B) {
	cs, rows := someRows(20_000)
	for b.Loop() {
		if _, err := Rows(yielded(rows, 1024), cs, Options{Resamples: DefaultResamples}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(rows)), "ns/row")
}

package analysis

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nodal/schema"
)

// The group columns are the scalar columns of schema.Row from case_name to
// status that are not of a single network, with their names, types and values.
func TestGroupColumns(t *testing.T) {
	row := describedRow(t)
	v := reflect.ValueOf(&row).Elem()
	var names []string
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("parquet"), ",")
		if slices.Contains([]string{"sweep", "seed", "network"}, name) {
			continue
		}
		c := groupColumns[len(names)]
		names = append(names, name)
		switch f := v.Field(i); f.Kind() { // a value of its own
		case reflect.String:
			f.SetString(name)
		case reflect.Float64:
			f.SetFloat(float64(i))
		default:
			f.SetInt(int64(i))
		}
		if got := c.value(&row); got != v.Field(i).Interface() || reflect.TypeOf(c.Zero()) != field.Type || c.Name != name {
			t.Errorf("group column %s is %v of kind %v, want column %s, %v of %v",
				c.Name, got, c.Zero(), name, v.Field(i).Interface(), field.Type.Kind())
		}
		other := row
		if !c.equal(&row, &other) {
			t.Errorf("%s of a row differs from its copy's", name)
		}
		if reflect.ValueOf(&other).Elem().Field(i).SetZero(); c.equal(&row, &other) {
			t.Errorf("%s of a row equals that of another with a zero", name)
		}
		if name == "status" {
			break
		}
	}
	if !slices.Equal(GroupColumns(), names) {
		t.Errorf("GroupColumns() = %v, want %v", GroupColumns(), names)
	}
}

func TestSummarizeErrors(t *testing.T) {
	broken := errors.New("broken part")
	for _, tt := range []struct {
		name string
		by   []string
		want string
	}{
		{"misspelled", []string{"activtion"}, `(did you mean activation?)`},
		{"another column", []string{"depth", "regions"}, `group by: got "regions", want one of case_name, config_id,`},
		{"empty name", []string{""}, `group by: got ""`},
		{"twice", []string{"depth", "width", "depth"}, `group by: got "depth" twice`},
		{"error among the rows", nil, "broken part"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := func(yield func([]schema.Row, error) bool) {
				_ = yield([]schema.Row{{}}, nil) && yield(nil, broken)
			}
			if _, err := Summarize(rows, tt.by); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Summarize(%q) gives error %v, want one with %s", tt.by, err, tt.want)
			}
		})
	}
}

// batches yields rows a few at a time, from memory that it overwrites.
func batches(rows []schema.Row, size int) iter.Seq2[[]schema.Row, error] {
	return func(yield func([]schema.Row, error) bool) {
		buffer := make([]schema.Row, size)
		for from := 0; from < len(rows); from += size {
			n := copy(buffer, rows[from:])
			if !yield(buffer[:n], nil) {
				return
			}
			clear(buffer)
		}
	}
}

// someRows returns the rows of five configurations, three of which share their
// activation; every tenth network is nonfinite.
func someRows(n int) []schema.Row {
	rng := rand.New(rand.NewPCG(10, 10))
	var rows []schema.Row
	for c := range 5 {
		for k := range n {
			r := schema.Row{
				CaseName: "case", ConfigID: fmt.Sprint("id", c), Network: int64(k), Depth: int32(c % 2), WeightStd: float64(c) / 3,
				Activation: []string{"tanh", "relu"}[c/3], Status: schema.StatusOK,
			}
			if k%10 == 9 {
				r.Status = schema.StatusNonfinite
			} else {
				r.Resolved = k%4 != 0
				r.Crossings = int64(rng.ExpFloat64() * 3)
				r.Regions = 1 << rng.IntN(40)
				r.Islands = int64(c)
				r.TurningPoints = int64(rng.IntN(1000))
				r.ValueMin, r.ValueMax = -rng.Float64(), rng.Float64()*math.Exp(5*rng.NormFloat64())
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// Every grouping against sorting the values of each group, with the rows in
// their order and shuffled.
func TestSummarizeAgainstSort(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 11))
	for _, n := range []int{1, 2, 3, 21, 400} {
		for _, by := range [][]string{nil, {"config_id"}, {"activation"}, {"activation", "depth"}, {"weight_std"}, {"case_name"}, {"status"}} {
			rows := someRows(n)
			for _, order := range []string{"in order", "shuffled"} {
				if order == "shuffled" {
					rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
				}
				table, err := Summarize(batches(rows, 7), by)
				if err != nil {
					t.Fatal(err)
				}
				want := summarizeBySorting(t, rows, by)
				if diff := cmp.Diff(want, table.Groups, cmp.Comparer(func(a, b float64) bool {
					return math.Abs(a-b) <= 1e-12*max(math.Abs(a), math.Abs(b))
				}), cmpopts.IgnoreUnexported(Statistic{})); diff != "" {
					t.Fatalf("n=%d by %v, %s (-want +got):\n%s", n, by, order, diff)
				}
			}
		}
	}
}

// summarizeBySorting is Summarize with all values in memory, and two passes.
func summarizeBySorting(t *testing.T, rows []schema.Row, by []string) []Summary {
	t.Helper()
	sorted := by != nil
	if !sorted {
		by = configurationColumns()
	}
	columns, err := columnsNamed(by)
	if err != nil {
		t.Fatal(err)
	}
	var summaries []Summary
	values := map[int][][]float64{} // by summary and statistic
	for _, r := range rows {
		var key []any
		for _, c := range columns {
			key = append(key, c.value(&r))
		}
		at := slices.IndexFunc(summaries, func(s Summary) bool { return slices.Equal(s.Key, key) })
		if at < 0 {
			at = len(summaries)
			summaries = append(summaries, Summary{Key: key})
			values[at] = make([][]float64, 5)
		}
		s := &summaries[at]
		s.Networks++
		switch {
		case r.Status != schema.StatusOK:
			s.Nonfinite++
			continue
		case !r.Resolved:
			s.Unresolved++
		}
		for i, x := range []float64{float64(r.Crossings), float64(r.Regions), float64(r.Islands), float64(r.TurningPoints), r.ValueMax - r.ValueMin} {
			values[at][i] = append(values[at][i], x)
		}
	}
	for at := range summaries {
		for i, name := range []string{"crossings", "regions", "islands", "turning_points", "range"} {
			summaries[at].Statistics = append(summaries[at].Statistics, statisticBySorting(name, values[at][i]))
		}
	}
	if sorted {
		slices.SortStableFunc(summaries, func(a, b Summary) int { return keyOrder(a.Key, b.Key) })
	}
	return summaries
}

// keyOrder compares keys by the types that occur in the tests.
func keyOrder(a, b []any) int {
	for i := range a {
		var order int
		switch x := a[i].(type) {
		case string:
			order = strings.Compare(x, b[i].(string))
		case int32:
			order = int(x - b[i].(int32))
		case float64:
			order = int(math.Copysign(1, x-b[i].(float64)))
			if x == b[i].(float64) {
				order = 0
			}
		}
		if order != 0 {
			return order
		}
	}
	return 0
}

func statisticBySorting(name string, x []float64) Statistic {
	s := Statistic{Name: name, Networks: int64(len(x))}
	n := float64(len(x))
	for _, v := range x {
		s.Mean += v
	}
	if len(x) > 0 {
		s.Mean /= n
	}
	if len(x) > 1 {
		for _, v := range x {
			s.StandardError += (v - s.Mean) * (v - s.Mean) / (n - 1) / n
		}
		s.StandardError = math.Sqrt(s.StandardError)
	}
	slices.Sort(x)
	if name == "range" {
		for p := range x {
			x[p] = coarse(x[p])
		}
	}
	s.Q05, s.Q50, s.Q95 = sortedQuantile(x, .05), sortedQuantile(x, .5), sortedQuantile(x, .95)
	return s
}

func sortedQuantile(x []float64, p float64) float64 {
	if len(x) == 0 {
		return 0
	}
	position := p * float64(len(x)-1)
	low := int(position)
	high := min(low+1, len(x)-1)
	return x[low] + (position-float64(low))*(x[high]-x[low])
}

// Groups by named columns come in the order of their values, not of their
// texts; groups by configuration as they appear.
func TestSummarizeOrder(t *testing.T) {
	var rows []schema.Row
	for i, width := range []int32{100, 9, 64, 9} {
		rows = append(rows, schema.Row{ConfigID: fmt.Sprint(4 - i), Width: width, WeightStd: float64(i%2) - 10, Activation: []string{"tanh", "relu"}[i/2]})
	}
	for _, tt := range []struct {
		name string
		by   []string
		want string
	}{
		{"numbers", []string{"width"}, "[9] [64] [100]"},
		{"real numbers", []string{"weight_std"}, "[-10] [-9]"},
		{"texts", []string{"activation"}, "[relu] [tanh]"},
		{"first column first", []string{"width", "activation"}, "[9 relu] [9 tanh] [64 relu] [100 tanh]"},
		{"other way round", []string{"activation", "width"}, "[relu 9] [relu 64] [tanh 9] [tanh 100]"},
		{"by identifier", []string{"config_id"}, "[1] [2] [3] [4]"},
		{"by configuration", nil, "[4] [3] [2] [1]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table, err := Summarize(batches(rows, 3), tt.by)
			if err != nil {
				t.Fatal(err)
			}
			var keys []string
			for _, g := range table.Groups {
				if tt.by == nil {
					g.Key = g.Key[1:2] // config_id
				}
				keys = append(keys, fmt.Sprint(g.Key))
			}
			if got := strings.Join(keys, " "); got != tt.want {
				t.Errorf("groups by %v: %s, want %s", tt.by, got, tt.want)
			}
		})
	}
}

// A summary by configuration has every column that describes one, in the order
// of schema.Row.
func TestConfigurationColumns(t *testing.T) {
	table, err := Summarize(batches(nil, 1), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range table.Columns {
		got = append(got, c.Name)
	}
	want := slices.DeleteFunc(GroupColumns(), func(name string) bool { return name == "status" })
	if !slices.Equal(got, want) || len(got) != 20 {
		t.Errorf("columns of a summary by configuration: %v, want %v", got, want)
	}
}

// A group of overflowed networks has no statistics, and says so.
func TestSummarizeNonfinite(t *testing.T) {
	rows := []schema.Row{{Status: schema.StatusNonfinite}, {Status: schema.StatusNonfinite}}
	table, err := Summarize(batches(rows, 2), nil)
	if err != nil {
		t.Fatal(err)
	}
	g := table.Groups[0]
	if g.Networks != 2 || g.Nonfinite != 2 || g.Finite() != 0 {
		t.Errorf("%d networks, %d nonfinite, %d finite, want 2, 2, 0", g.Networks, g.Nonfinite, g.Finite())
	}
	for _, s := range g.Statistics {
		if !cmp.Equal(s, Statistic{Name: s.Name}, cmpopts.IgnoreUnexported(s)) || len(s.Bins(10).Counts) > 0 {
			t.Errorf("statistic of no network: %+v", s)
		}
	}
}

// The histograms of ten times as many networks are not ten times as large.
func TestSummarizeMemoryIsBounded(t *testing.T) {
	size := func(n int) int {
		rng := rand.New(rand.NewPCG(13, 13))
		g := newGroup(&schema.Row{}, nil)
		for range n {
			g.add(&schema.Row{Status: schema.StatusOK, Crossings: int64(rng.IntN(50)), ValueMax: 1 + rng.Float64()/16})
		}
		total := 0
		for _, s := range g.spread {
			total += len(s.values)
		}
		return total
	}
	few, many := size(40_000), size(400_000)
	if limit := 50 + 3 + 1<<12 + 1; many > limit || few < limit*9/10 {
		t.Errorf("%d and %d values kept of 40,000 and 400,000 networks, want up to %d", few, many, limit)
	}
}

func BenchmarkSummarize(b *testing.B) {
	rows := someRows(2000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Summarize(batches(rows, 512), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(rows)), "ns/row")
}

// Optional columns are summarised where some network has them, over those that do.
func TestSummarizeOptionalColumns(t *testing.T) {
	number := func(n int64) *int64 { return &n }
	x, y := .25, .75
	rows := []schema.Row{
		{ConfigID: "a", Status: schema.StatusOK, Extra: &schema.Extra{Pieces: number(3), CrossingsExpected: &x}},
		{ConfigID: "a", Status: schema.StatusOK, Extra: &schema.Extra{Pieces: number(5), CrossingsExpected: &y}},
		{ConfigID: "a", Status: schema.StatusOK, Extra: &schema.Extra{CrossingsExpected: &y}},
		{ConfigID: "a", Status: schema.StatusNonfinite, Extra: &schema.Extra{}},
		{ConfigID: "b", Status: schema.StatusOK, Extra: &schema.Extra{}},
	}
	table, err := Summarize(func(yield func([]schema.Row, error) bool) { yield(rows, nil) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := append(StatisticNames(), "pieces", "crossings_expected"); !slices.Equal(table.Statistics, want) {
		t.Fatalf("statistics %v, want %v", table.Statistics, want)
	}
	a, b := table.Groups[0].Statistics, table.Groups[1].Statistics
	if p := a[5]; p.Networks != 2 || p.Mean != 4 || p.StandardError != 1 || p.Q50 != 4 {
		t.Errorf("pieces %+v, want 4 ± 1 over 2 networks", p)
	}
	if e := a[6]; e.Networks != 3 || math.Abs(e.Mean-7./12) > 1e-15 || e.Q50 != .75 {
		t.Errorf("crossings expected %+v, want 7/12 over 3 networks", e)
	}
	if b[5].Networks != 0 || b[6].Networks != 0 {
		t.Errorf("statistics of a configuration without them: %+v, %+v", b[5], b[6])
	}
}

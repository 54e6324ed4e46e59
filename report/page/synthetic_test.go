package page

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"nodal/report/number"
)

// synthetic returns what a sweep of some configurations might give, the same each time:
// one and two inputs, one output and three, pictures of real random networks, made-up
// numbers.
func synthetic(configurations int) *Data {
	s := &maker{rng: rand.New(rand.NewPCG(7, uint64(configurations)))}
	d := &Data{
		Sweep: "depth-vs-width", Palette: "article", Seed: 7,
		Statistics: []string{"crossings", "regions", "islands", "turning points", "range"},
		Columns:    []string{"boundary_length", "roughness"},
		Notices: []Notice{
			{true, "The dataset is not finished: 98 % of the planned networks are there."},
			{false, "The grids of some configurations are too coarse for their counts; see below."},
		},
		Queries: []Query{
			{"DuckDB", `duckdb -c "SELECT case_name, hidden, count(*) AS networks, avg(crossings), avg(regions) FROM 'out/depth-vs-width/networks/*.parquet' GROUP BY ALL ORDER BY ALL"`},
			{"pandas", "import pandas as pd\nrows = pd.read_parquet(\"out/depth-vs-width/networks\")\nprint(rows.groupby([\"case_name\", \"hidden\"])[[\"crossings\", \"regions\"]].mean())"},
		},
		Provenance: []Fact{{"Sweep file", "sweeps/depth-vs-width.yaml"}, {"Plan", "5d41402abc4b2a76b9719d911017c592"}, {"Numerics version", "3"}, {"Engine", "fused"}},
	}
	for i := range configurations {
		c := s.configuration(i)
		d.Configurations = append(d.Configurations, c)
		d.Published += c.Networks
		d.Nonfinite += c.Nonfinite
		if c.Nonfinite > 0 {
			d.Overflowed = append(d.Overflowed, Overflowed{c.ID, c.Case, c.Layers, []int64{3, 17, 1204}, c.Nonfinite})
		}
	}
	d.Finite = d.Published - d.Nonfinite
	d.Planned = d.Published + d.Published/50
	d.Comparisons, d.Answers = s.comparisons(configurations)
	for i := range d.Configurations {
		c := &d.Configurations[i]
		d.Theory = append(d.Theory, s.prediction(c, i))
		if i < 12 {
			d.Convergence = append(d.Convergence, s.convergence(c))
		}
		if i < 3 {
			d.Zoo = append(d.Zoo, s.exhibit(c, d.Statistics[i]))
		}
	}
	return d
}

// maker makes data up.
type maker struct{ rng *rand.Rand }

var (
	depths      = []int{1, 2, 3, 4}
	widths      = []int{4, 8, 16, 32, 64}
	activations = []string{"tanh", "relu", "sin"}
)

// configuration returns configuration i: depth, width, activation, inputs and outputs
// change in turns.
func (s *maker) configuration(i int) Configuration {
	depth, width := depths[i%4], widths[i/4%5]
	activation := activations[i/20%3]
	inputs, outputs := 1+i%2, []int{1, 1, 3}[i/60%3]
	if i == 2 {
		outputs = 3
	}
	if i < 3 {
		inputs = 1 + i%2
	}
	layers := fmt.Sprint(inputs)
	for range depth {
		layers += fmt.Sprintf("-%d", width)
	}
	c := Configuration{
		ID: fmt.Sprintf("%012x", s.rng.Uint64()>>16), Case: fmt.Sprintf("%s-%dd-shapes", activation, inputs), Layers: layers + fmt.Sprintf("-%d", outputs),
		Activation: activation, OutputActivation: []string{activation, "identity", "logistic"}[i/180%3],
		Weights: "normal(std=2,scale=fan_in)", Biases: "normal(std=0.5)", Grid: "[-6,6]:256", Inputs: inputs, Outputs: outputs,
		Depth: depth, Width: width, Units: depth * width, Parameters: int64(inputs*width + (depth-1)*width*width + width*outputs),
		Networks: 20000, Unresolved: int64(20 * depth * depth), Coarse: i%11 == 5,
		BoundaryLength: Mean{8 + 6*math.Sqrt(float64(depth*width))*s.near(), 0.2, true},
		Roughness:      Mean{0.2 * float64(depth) * math.Sqrt(float64(width)) * s.near(), 0.02 * float64(depth), true},
	}
	c.Columns = []Column{{c.BoundaryLength, number.PlusMinus(c.BoundaryLength.Value, c.BoundaryLength.Error)}, {c.Roughness, number.PlusMinus(c.Roughness.Value, c.Roughness.Error)}}
	c.UnresolvedText = number.Share(c.Unresolved, c.Networks)
	if i%17 == 9 {
		c.Nonfinite = 12
	}
	for k := range 5 {
		c.Statistics = append(c.Statistics, s.measured(k, depth, width))
	}
	c.Gallery = append(c.Gallery, s.picture(&c, int64(i)))
	return c
}

// near returns a factor near 1.
func (s *maker) near() float64 { return math.Exp(0.1 * s.rng.NormFloat64()) }

// measured returns the distribution of statistic k: counts, but for the last.
func (s *maker) measured(k, depth, width int) Measured {
	whole := k < 4
	centre := []float64{0.9, 1.9, 0.3, 2, 1.4}[k] * math.Sqrt(float64(depth)) * math.Pow(float64(width), 0.15)
	values := make([]float64, 2000)
	for i := range values {
		values[i] = centre * math.Exp(0.5*s.rng.NormFloat64())
		if whole {
			values[i] = math.Round(values[i])
		}
	}
	slices.Sort(values)
	var sum, squares float64
	for _, v := range values {
		sum += v
		squares += v * v
	}
	n := float64(len(values))
	mean := sum / n
	standardError := math.Sqrt((squares/n - mean*mean) / n)
	return Measured{
		Mean: Mean{mean, standardError, true}, Text: number.PlusMinus(mean, standardError),
		Q05: values[len(values)/20], Q50: values[len(values)/2], Q95: values[len(values)*19/20], Histogram: histogram(values, whole),
	}
}

// histogram counts sorted values.
func histogram(values []float64, whole bool) Histogram {
	h := Histogram{Whole: whole}
	low, high, bins := values[0], values[len(values)-1], 40
	if whole {
		bins = int(high-low) + 1
		low, high = low-0.5, high+0.5
	}
	for i := range bins + 1 {
		h.Edges = append(h.Edges, low+(high-low)*float64(i)/float64(bins))
	}
	h.Counts = make([]int64, bins)
	for _, v := range values {
		h.Counts[min(int((v-low)/(high-low)*float64(bins)), bins-1)]++
	}
	return h
}

func (s *maker) comparisons(n int) ([]Comparison, []Answer) {
	kinds := []string{"Equal units", "Equal parameters"}
	measures := []string{"crossings", "two or more crossings", "turning points", "range", "roughness"}
	var all []Comparison
	var answers []Answer
	for _, kind := range kinds {
		answer := Answer{Question: "Does depth buy more than width at " + map[bool]string{true: "equal units?", false: "equal parameters?"}[kind == kinds[0]]}
		for setting := range max(n/12, 1) {
			for _, depth := range depths[1:] {
				sentence := ""
				for k, measure := range measures {
					c := s.comparison(kind, measure, setting, depth, k)
					sentence = c.Sentence
					all = append(all, c)
				}
				answer.Sentences = append(answer.Sentences, sentence)
			}
		}
		answers = append(answers, answer)
	}
	answers = append(answers, Answer{Question: "What do the same weights make under another activation?", Paired: true, Sentences: []string{"ReLU makes 0.83 times as many crossings as tanh, with rougher curves."}})
	return all, answers
}

func (s *maker) comparison(kind, measure string, setting, depth, k int) Comparison {
	ratio := math.Pow(float64(depth), []float64{0.05, 0.6, 0.5, -0.2, -0.9}[k]) * s.near()
	low, high := ratio*0.96, ratio*1.05
	activation := activations[setting%3]
	side := fmt.Sprintf("%d layers of %d", depth, 96/depth)
	text := fmt.Sprintf("%.2f (%.2f to %.2f)", ratio, low, high)
	c := Comparison{
		Kind: kind, Setting: fmt.Sprintf("%s, weights normal(std=2,scale=fan_in), 1 input, 1 output, biases normal(std=0.5), grid [-6,6]:%d", activation, 101+setting),
		Side: side, Baseline: "1 layer of 96", Measure: measure, Networks: 20000, Depth: depth, Ratio: Interval{ratio, low, high, true}, Text: text,
		Sentence: fmt.Sprintf("%s: %s against 1 layer of 96, it depends on the measure: two or more crossings 1.76 times as often and 1.43 times as many turning points, but %.2f times the mean %s.", activation, side, ratio, measure),
	}
	if k == 1 && depth == 4 && setting == 0 {
		c.Ratio, c.Text = Interval{}, "no ratio: the baseline has none"
	}
	return c
}

func (s *maker) prediction(c *Configuration, i int) Prediction {
	p := Prediction{ID: c.ID, Case: c.Case, Layers: c.Layers, Activation: c.Activation, Column: "crossings", Networks: c.Networks, Measured: c.Statistics[0].Mean}
	if i%10 == 8 {
		p.Column, p.Note = "", "no theory of three outputs"
		return p
	}
	p.Z, p.HasZ = 1.5*s.rng.NormFloat64()*(1+float64(i%7)/4), true
	p.Predicted, p.HasPrediction, p.OnGrid = p.Measured.Value-p.Z*p.Measured.Error, true, i%2 == 0
	return p
}

func (s *maker) convergence(c *Configuration) Convergence {
	v := Convergence{ID: c.ID, Case: c.Case, Layers: c.Layers, Activation: c.Activation, Column: "crossings", Networks: 400}
	for k := range 4 {
		v.Resolution = append(v.Resolution, 256<<k-k)
		v.Means = append(v.Means, Mean{c.Statistics[0].Value * (1 - 0.2*math.Pow(0.4, float64(k))), 0.03, true})
	}
	return v
}

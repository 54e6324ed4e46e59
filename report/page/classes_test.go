package page

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/sampler"
	"nodal/schema"
)

// The classes that the page's script decides on are those of the pre-activations, of real
// networks with every output activation, on all but a thousandth of the points: values are
// whole steps, and classes meet between two.
func TestClassesAreThoseOfPreActivations(t *testing.T) {
	for _, activation := range schema.Activations() {
		for _, outputs := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s-%d", activation, outputs), func(t *testing.T) {
				wrong, points := 0, 0
				for _, d := range drawings(t, activation, outputs) {
					want, _ := d.Classes()
					for p, class := range shownClasses(t, pictureOf(d), string(activation)) {
						points++
						if class != want[p] {
							wrong++
						}
					}
				}
				if wrong*1000 > points {
					t.Errorf("%d of %d points have another class", wrong, points)
				}
			})
		}
	}
}

// drawings draws networks of one input and of two.
func drawings(t *testing.T, output schema.Activation, outputs int) []*sampler.Drawing {
	t.Helper()
	text := fmt.Sprintf(`
version: 1
name: classes
seed: 5
networks: 1
cases:
  - {name: line, outputs: %[1]d, hidden: [9, 9], activation: tanh, weights: {distribution: normal, std: 4, scale: fan_in}, biases: {distribution: normal, std: 1}, output_activation: %[2]s, grid: {from: -3, to: 3, points: 201}}
  - {name: plane, inputs: 2, outputs: %[1]d, hidden: [9, 9], activation: tanh, weights: {distribution: normal, std: 4, scale: fan_in}, biases: {distribution: normal, std: 1}, output_activation: %[2]s, grid: {from: -3, to: 3, points: 48}}
`, outputs, output)
	sweep, err := schema.ParseSweep("classes.yaml", []byte(text), schema.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	plan := dataset.NewPlan(sweep.Name, sweep.Seed, sweep.Canonical(), sweep.Configurations(), sampler.Fused.Numerics())
	redrawer, err := sampler.NewRedrawer(plan)
	if err != nil {
		t.Fatal(err)
	}
	var all []*sampler.Drawing
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		for network := range int64(8) {
			all = append(all, redrawer.Draw(c, network, c.Grid))
		}
	}
	return all
}

// pictureOf returns the picture of a drawing, with scores where values do not tell.
func pictureOf(d *sampler.Drawing) *Picture {
	c := &d.Configuration
	p := &Picture{Outputs: c.Outputs, Low: float64(slices.Min(d.Out)), High: float64(slices.Max(d.Out))}
	for _, a := range c.Grid {
		p.Axes = append(p.Axes, Axis{a.From, a.To, a.Points})
	}
	for _, v := range d.Out {
		step := 0.0
		if p.High > p.Low {
			step = math.Round((float64(v) - p.Low) / (p.High - p.Low) * math.MaxUint16)
		}
		p.Values = append(p.Values, uint16(step))
	}
	if _, told := c.OutputActivation.Level(); !told || c.Outputs > 1 {
		pre := make([]float64, len(d.Pre))
		for i, f := range d.Pre {
			pre[i] = float64(f)
		}
		p.Scores = scoresOf(pre)
	}
	return p
}

// shownClasses decides on classes as the script does, from what the page holds.
func shownClasses(t *testing.T, p *Picture, output string) []uint8 {
	t.Helper()
	w := wiredPicture(p, output)
	width := p.Axes[len(p.Axes)-1].Points
	var scores []float32
	if w.Scores != "" {
		for _, step := range decodeValues(t, w.Scores, width) {
			scores = append(scores, float32(int16(step))+.5)
		}
	} else {
		step := float64(w.High-w.Low) / math.MaxUint16
		for _, word := range decodeValues(t, w.Values, width) {
			scores = append(scores, float32(float64(w.Low)+step*float64(word)-float64(*w.Level)))
		}
	}
	class, margin := make([]uint8, p.points()), make([]float32, p.points())
	analysis.ClassPoints(class, margin, scores, p.Outputs)
	return class
}

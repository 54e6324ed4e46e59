package theory

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"os"
	"os/exec"
	"testing"

	"nodal/internal/python"
	"nodal/schema"
)

// ask is a question to testdata/theory.py, the name of a function there and its
// arguments, with the answer that the package has.
type ask struct {
	name string
	with map[string]any
	got  []Value
}

// The theory against SciPy's adaptive quadrature of its definitions, to a millionth
// of every number.
func TestAgainstSciPy(t *testing.T) {
	python := python.Interpreter(t, "theory against SciPy's quadrature")
	var asks []ask
	for _, some := range []func(*testing.T) []ask{askKernels, askUniform, askLines, askPlanes, askGrids, askMeanFields, askClasses, askChords} {
		asks = append(asks, some(t)...)
	}
	var questions []map[string]any
	for _, a := range asks {
		a.with["name"] = a.name
		questions = append(questions, a.with)
	}
	input, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	reference := exec.Command(python, "testdata/theory.py")
	reference.Stdin, reference.Stderr = bytes.NewReader(input), os.Stderr
	output, err := reference.Output()
	if err != nil {
		t.Fatalf("%s testdata/theory.py: %v", python, err)
	}
	var answers [][]float64
	if err := json.Unmarshal(output, &answers); err != nil || len(answers) != len(asks) {
		t.Fatalf("%d answers to %d questions: %v", len(answers), len(asks), err)
	}
	for i, a := range asks {
		if len(a.got) != len(answers[i]) {
			t.Fatalf("%v: %d numbers, SciPy has %d", a.with, len(a.got), len(answers[i]))
		}
		for k, want := range answers[i] {
			got := a.got[k].Value
			if !(math.Abs(got-want) <= 1e-6*math.Abs(want)+1e-14) { // rounding where it is 0
				t.Errorf("%v, number %d: %.12g, SciPy has %.12g", a.with, k, got, want)
			}
		}
	}
}

// limit returns the limit of networks with hidden layers of ten units, normal
// weights of the given variance over fan-in and normal biases, and a question about
// it without a name.
func limit(t *testing.T, a schema.Activation, depth int, weights, biases float64, grid ...schema.Axis) (*Process, func(name string, with map[string]any, got ...Value) ask) {
	t.Helper()
	c := schema.Configuration{
		Inputs: len(grid), Outputs: 1, Activation: a, OutputActivation: a, Grid: grid, Connectivity: 6,
		Weights: schema.Law{Distribution: schema.Normal, Std: math.Sqrt(weights), Scale: schema.FanIn},
		Biases:  schema.Law{Distribution: schema.Normal, Std: math.Sqrt(biases)},
	}
	layers := [][2]float64{{weights / float64(len(grid)), biases}}
	for range depth {
		c.Hidden = append(c.Hidden, 10)
		layers = append(layers, [2]float64{weights, biases})
	}
	p, err := New(c)
	if err != nil {
		t.Fatalf("%s: %v", c.Canonical(), err)
	}
	return p, func(name string, with map[string]any, got ...Value) ask {
		with["activation"], with["layers"] = a, layers
		return ask{name, with, got}
	}
}

// must returns a value that there has to be.
func must(t *testing.T) func(Value, error) Value {
	return func(v Value, err error) Value {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
		return v
	}
}

// exactly wraps numbers that come without an error.
func exactly(numbers ...float64) (values []Value) {
	for _, x := range numbers {
		values = append(values, Value{Value: x})
	}
	return values
}

// Every activation; the second pair of points is near enough for cancellation to
// show.
func askKernels(t *testing.T) (asks []ask) {
	for _, a := range schema.Activations() {
		for _, at := range []struct {
			depth           int
			weights, biases float64
			x, y            []float64
		}{
			{3, 2, .3, []float64{.4}, []float64{.9}},
			{1, 1.5, .1, []float64{.3, -.8}, []float64{.35, -.75}},
			{1, 4, .05, []float64{-4, 3}, []float64{-5, -1}},
		} {
			axes := []schema.Axis{{From: -5, To: 5, Points: 3}, {From: -5, To: 5, Points: 3}}
			p, question := limit(t, a, at.depth, at.weights, at.biases, axes[:len(at.x)]...)
			asks = append(asks, question("kernel_and_angle", map[string]any{"x": at.x, "y": at.y},
				exactly(p.Kernel(at.x, at.x), p.Kernel(at.x, at.y), p.Kernel(at.y, at.y), p.Angle(at.x, at.y))...))
		}
	}
	return asks
}

// First weights uniform, with one input.
func askUniform(t *testing.T) (asks []ask) {
	for _, a := range []schema.Activation{schema.Tanh, schema.ReLU, schema.Erf, schema.Sin, schema.GELU} {
		for _, biases := range []float64{0, .3} {
			const bound, x, y = .8, -.4, .9
			c := configuration(a, 1, schema.Law{Distribution: schema.Uniform, Low: -bound, High: bound}, normal(biases), schema.Axis{From: x, To: y, Points: 3})
			p := process(t, c)
			with := map[string]any{"activation": a, "bound": bound, "x": x, "y": y,
				"layers": []any{biases, [2]float64{float64(c.Hidden[0]) * bound * bound / 3, biases}}}
			k := func(x, y float64) float64 { return p.Kernel([]float64{x}, []float64{y}) }
			asks = append(asks, ask{"uniform_kernel", with, exactly(k(x, x), k(x, y), k(y, y), p.Angle([]float64{x}, []float64{y}))})
			if biases > 0 && (a == schema.Tanh || a == schema.ReLU) {
				with = maps.Clone(with)
				delete(with, "x")
				delete(with, "y")
				with["start"], with["end"] = x, y
				asks = append(asks, ask{"uniform_crossings", with, []Value{must(t)(p.Crossings())}})
			}
		}
	}
	return asks
}

func askLines(t *testing.T) (asks []ask) {
	for _, of := range []struct {
		a               schema.Activation
		depth           int
		weights, biases float64
		from, to        float64
	}{
		{schema.Erf, 1, 4, .05, -5, 5},
		{schema.Erf, 2, 3, .2, -1, 2},
		{schema.Tanh, 1, 4, .05, -5, 5},
		{schema.Tanh, 3, 2, .3, -1, 1},
		{schema.ReLU, 1, 2, 1, -1, 1},
		{schema.ReLU, 3, 2, 1, -1, 1},
		{schema.LeakyReLU, 2, 2, .1, -3, 1},
		{schema.Sin, 2, 2, .1, -1, 1},
		{schema.GELU, 2, 2, .1, -1, 1},
		{schema.Logistic, 1, 9, .1, -3, 3},
		{schema.Identity, 2, 2, .1, -1, 3},
	} {
		p, question := limit(t, of.a, of.depth, of.weights, of.biases, schema.Axis{From: of.from, To: of.to, Points: 11})
		ends := map[string]any{"start": []float64{of.from}, "end": []float64{of.to}}
		asks = append(asks, question("crossings", ends, must(t)(p.Crossings())))
		ends = map[string]any{"x": []float64{of.from}, "y": []float64{of.to}}
		asks = append(asks, question("ends_differ", ends, p.EndsDiffer()))
	}
	p, question := limit(t, schema.ReLU, 3, 2, 1, schema.Axis{From: -1, To: 2, Points: 11})
	for l := 1; l <= 3; l++ {
		with := map[string]any{"layer": l, "units": 10, "start": []float64{-1}, "end": []float64{2}}
		asks = append(asks, question("breakpoints", with, must(t)(p.Breakpoints(l))))
	}
	return asks
}

func askPlanes(t *testing.T) (asks []ask) {
	for _, of := range []struct {
		a               schema.Activation
		depth           int
		weights, biases float64
		low, high       [2]float64
	}{
		{schema.Tanh, 1, 4, .5, [2]float64{-1, 0}, [2]float64{.5, 1}},
		{schema.ReLU, 2, 2, .5, [2]float64{-1, -.5}, [2]float64{.5, 2}},
		{schema.Erf, 2, 1, .5, [2]float64{0, -.5}, [2]float64{1, 0}},
	} {
		p, question := limit(t, of.a, of.depth, of.weights, of.biases,
			schema.Axis{From: of.low[0], To: of.high[0], Points: 11}, schema.Axis{From: of.low[1], To: of.high[1], Points: 11})
		for name, got := range map[string]Value{
			"boundary_length": must(t)(p.BoundaryLength()),
			"border_changes":  must(t)(p.BorderChanges()),
		} {
			asks = append(asks, question(name, map[string]any{"low": of.low, "high": of.high}, got))
		}
	}
	return asks
}

func askGrids(t *testing.T) (asks []ask) {
	for _, a := range []schema.Activation{schema.Tanh, schema.ReLU} {
		p, question := limit(t, a, 1, 4, .05, schema.Axis{From: -1, To: 1, Points: 3}, schema.Axis{From: -1, To: .5, Points: 4})
		asks = append(asks, question("on_grid",
			map[string]any{"low": [2]float64{-1, -1}, "high": [2]float64{1, .5}, "points": [2]int{3, 4}},
			p.CrossingsOnGrid(), p.BorderChangesOnGrid(), p.EulerCharacteristicOnGrid()))
	}
	return asks
}

func askMeanFields(t *testing.T) (asks []ask) {
	there := func(v Value, ok bool) Value {
		t.Helper()
		if !ok {
			t.Error("there is no such number")
		}
		return v
	}
	for _, m := range []MeanField{
		{schema.Tanh, 2.5, .05}, {schema.Tanh, 1.5, .05}, {schema.Erf, 2, .1}, {schema.Erf, .5, .1},
		{schema.ReLU, 1, .5}, {schema.GELU, 1, .5}, {schema.Logistic, 9, .1}, {schema.Sin, 1, .2},
	} {
		asks = append(asks, ask{"mean_field",
			map[string]any{"activation": m.Activation, "weight": m.WeightVariance, "bias": m.BiasVariance},
			[]Value{there(m.Variance()), there(m.Chi()), there(m.CorrelationDepth()), there(m.VarianceDepth())}})
	}
	for _, a := range []schema.Activation{schema.Tanh, schema.Erf} {
		asks = append(asks, ask{"edge_of_chaos", map[string]any{"activation": a, "bias": .05}, []Value{there(EdgeOfChaos(a, .05))}})
	}
	return asks
}

func askClasses(*testing.T) (asks []ask) {
	for _, outputs := range []int{3, 10, 100} {
		for _, angle := range []float64{1e-3, .5, 2.5} {
			asks = append(asks, ask{"class_change", map[string]any{"outputs": outputs, "angle": angle}, []Value{ClassChange(outputs, angle)}})
		}
		asks = append(asks, ask{"class_change_rate", map[string]any{"outputs": outputs}, []Value{ClassChangeRate(outputs)}})
	}
	return asks
}

func askChords(*testing.T) (asks []ask) {
	for _, of := range triples {
		got := ExpectedChord(1, .7, of.variance, of.angle)
		if of.variance[0]*of.variance[1] == 0 || got.Error > 1e-7*got.Value { // no ratios of values; not so exact
			continue
		}
		asks = append(asks, ask{"expected_chord",
			map[string]any{"step0": 1, "step1": .7, "variance": of.variance, "angle": of.angle}, []Value{got}})
	}
	for _, of := range [][3]float64{{1, .3, 2}, {1, 1, 1}, {3, -1e-3, 1e-6}} {
		asks = append(asks, ask{"mean_norm", map[string]any{"a": of[0], "b": of[1], "c": of[2]}, exactly(MeanNorm(of[0], of[1], of[2]))})
	}
	return asks
}

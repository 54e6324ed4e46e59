package piecewise

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"

	"nodal/schema"
)

// unit weights and bias, the bias last.
type u = []float32

func net(a schema.Activation, layers ...[]u) *network {
	n := &network{activation: a}
	for _, l := range layers {
		n.add(l...)
	}
	return n
}

func TestWalkByHand(t *testing.T) {
	const relu, step = schema.ReLU, schema.Step
	both := []u{{1, 0}, {-1, 0}} // x and -x, after a ReLU they add up to |x|
	for _, tt := range []struct {
		name     string
		net      *network
		from, to float64
		want     Counts
	}{
		{"passes zero", net(relu, []u{{1, -0.25}}), -1, 1, Counts{[]int64{}, 1, 1}},
		{"zero everywhere", net(relu, []u{{0, 0}}), -1, 1, Counts{[]int64{}, 1, 0}},
		{"zero where it begins", net(relu, []u{{-1, 0}}), 0, 1, Counts{[]int64{}, 1, 0}},
		{"zero where it ends", net(relu, []u{{1, 0}}), -1, 0, Counts{[]int64{}, 1, 0}},
		{"one point", net(relu, both, []u{{1, 1, 0}}), 0, 0, Counts{[]int64{0}, 1, 0}},
		{"any activation without units", net(schema.Tanh, []u{{1, 0}}), -1, 1, Counts{[]int64{}, 1, 1}},

		{"two outputs", net(relu, []u{{-1, 0}, {1, 0}}), -1, 1, Counts{[]int64{}, 1, 1}},
		{"equal outputs", net(relu, []u{{1, 0}, {1, 0}}), -1, 1, Counts{[]int64{}, 1, 0}},
		{"the last output between the others", net(relu, []u{{-1, 0}, {1, 0}, {0, 0.5}}), -1, 1, Counts{[]int64{}, 1, 2}},
		{"three outputs meet", net(relu, []u{{-1, 0}, {1, 0}, {0, 0}}), -1, 1, Counts{[]int64{}, 1, 1}},
		{"the steepest of two that overtake at once", net(relu, []u{{0, 0}, {1, 0}, {2, 0}}), -1, 1, Counts{[]int64{}, 1, 1}},
		{"outputs part after a tie", net(relu, []u{{1, 0}}, []u{{0, 0}, {1, 0}}), -1, 1, Counts{[]int64{1}, 2, 1}},
		{"outputs where it begins", net(relu, []u{{-1, 0}, {1, 0}}), 0, 1, Counts{[]int64{}, 1, 0}},

		{"bends twice over", net(relu, both, []u{{1, 1, -0.5}}), -1, 1, Counts{[]int64{2}, 2, 2}},
		{"touches zero from below", net(relu, both, []u{{-1, -1, 0}}), -1, 1, Counts{[]int64{2}, 2, 0}},
		{"touches zero from above", net(relu, both, []u{{1, 1, 0}}), -1, 1, Counts{[]int64{2}, 2, 0}},
		{"comes down to zero and stays", net(relu, []u{{-1, 0}}, []u{{1, 0}}), -1, 1, Counts{[]int64{1}, 2, 0}},
		{"comes up to zero and stays", net(relu, []u{{-1, 0}}, []u{{-1, 0}}), -1, 1, Counts{[]int64{1}, 2, 1}},
		{"zero between negative stretches", net(relu, []u{{1, 0}, {-1, -0.5}}, []u{{-1, -1, 0}}), -1, 1, Counts{[]int64{2}, 3, 2}},
		{"switches where the line begins", net(relu, both, []u{{1, 1, 0}}), 0, 1, Counts{[]int64{0}, 1, 0}},
		{"switches where the line ends", net(relu, both, []u{{1, 1, 0}}), -1, 0, Counts{[]int64{0}, 1, 0}},

		{"the same unit twice", net(relu, []u{{1, -0.5}, {1, -0.5}}, []u{{1, 1, -0.25}}), -1, 1, Counts{[]int64{2}, 2, 1}},
		{"units that cancel", net(relu, []u{{1, -0.5}, {1, -0.5}}, []u{{1, -1, -0.25}}), -1, 1, Counts{[]int64{2}, 1, 0}},
		{"a unit nobody hears", net(relu, []u{{1, 0}}, []u{{0, -0.25}}), -1, 1, Counts{[]int64{1}, 1, 0}},
		{"a dead unit above", net(relu, []u{{1, 0}}, []u{{-1, -1}}, []u{{1, 0.25}}), -1, 1, Counts{[]int64{1, 0}, 1, 0}},
		{"a dead unit above, on one side", net(relu, []u{{1, 0}, {1, 0.75}}, []u{{-1, 1, -0.5}}, []u{{1, 0}}), -1, 1,
			Counts{[]int64{2, 1}, 3, 0}},
		{"one layer follows another at zero", net(relu, []u{{1, 0}}, []u{{-1, 0}}, []u{{1, 0}}), -1, 1, Counts{[]int64{1, 1}, 1, 0}},
		{"a unit touches zero", net(relu, both, []u{{-1, -1, 0}}, []u{{1, 0}}), -1, 1, Counts{[]int64{2, 0}, 1, 0}},

		{"leaky bends and passes zero", net(schema.LeakyReLU, []u{{1, 0}}, []u{{1, 0}}), -1, 1, Counts{[]int64{1}, 2, 1}},
		{"leaky slope is 0.01 in float32", net(schema.LeakyReLU, []u{{1, 0}}, []u{{1, 0.01}}), -1, 1, Counts{[]int64{1}, 2, 0}},
		{"leaky slope is not less", net(schema.LeakyReLU, []u{{1, 0}}, []u{{1, 0.01}}), -1.0000001, 1, Counts{[]int64{1}, 2, 1}},
		{"identity", net(schema.Identity, both, both2, []u{{1, -1, 0.5}}), -1, 1, Counts{[]int64{0, 0}, 1, 1}},

		{"up and down", net(step, []u{{1, -0.25}, {1, -0.75}}, []u{{1, -1, -0.5}}), 0, 1, Counts{[]int64{2}, 3, 2}},
		{"jumps on one side of zero", net(step, []u{{1, -0.25}, {1, -0.75}}, []u{{1, -1, 0.5}}), 0, 1, Counts{[]int64{2}, 3, 0}},
		{"a jump down to zero", net(step, []u{{-1, 0}}, []u{{1, 0}}), -1, 1, Counts{[]int64{1}, 2, 0}},
		{"jumps that cancel", net(step, []u{{1, 0}, {-1, 0}}, []u{{1, 1, -0.5}}), -1, 1, Counts{[]int64{2}, 1, 0}},
		{"a unit follows a jump", net(step, []u{{1, 0}}, []u{{1, -0.5}}, []u{{1, -0.5}}), -1, 1, Counts{[]int64{1, 1}, 2, 1}},
		{"a unit above at one point", net(step, []u{{1, 0}, {-1, 0}}, []u{{1, 1, -1.5}}, []u{{1, -0.5}}), -1, 1,
			Counts{[]int64{2, 0}, 1, 0}},
		{"outputs jump", net(step, []u{{1, 0}, {1, -0.5}}, []u{{0, 0, 0.5}, {1, 0, 0}, {0, 2, 0}}), -1, 1, Counts{[]int64{2}, 3, 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkCounts(t, "walk", tt.net.walk(t, tt.from, tt.to), tt.want)
			if tt.from < tt.to {
				checkCounts(t, "exact", exactCounts(tt.net, tt.from, tt.to), tt.want)
			}
		})
	}
}

var both2 = []u{{1, -1, 0}, {-1, 1, 0.25}}

func TestUnitsOfPiecewiseLinearActivations(t *testing.T) {
	want := map[schema.Activation]bool{schema.Identity: true, schema.ReLU: true, schema.LeakyReLU: true, schema.Step: true}
	for _, a := range schema.Activations() {
		if _, known := units[a]; known != want[a] || a.PiecewiseLinear() != want[a] {
			t.Errorf("%s: units %v, piecewise linear %v, want %v", a, known, a.PiecewiseLinear(), want[a])
		}
	}
}

func TestWalkOutOfBounds(t *testing.T) {
	inf, nan, most := float32(math.Inf(1)), float32(math.NaN()), float32(math.MaxFloat32)
	tower := net(schema.ReLU, []u{{most, 0}}) // MaxFloat32 to the power of 9 overflows, to that of 7 it does not
	for range 6 {
		tower.add(u{most, 0})
	}
	ordinary := net(schema.ReLU, []u{{1, 0}}, []u{{1, 0}})
	w := NewWalker([]int{1, 1, 1}, schema.ReLU)
	for _, tt := range []struct {
		name string
		net  *network
		want bool
	}{
		{"weight +Inf", net(schema.ReLU, []u{{inf, 0}}, []u{{1, 0}}), false},
		{"weight -Inf of a dead unit", net(schema.ReLU, []u{{0, -1}}, []u{{-inf, 0}}), false},
		{"bias NaN", net(schema.ReLU, []u{{1, nan}}, []u{{1, 0}}), false},
		{"ordinary", ordinary, true},
	} {
		if _, ok := w.Walk(tt.net.weights, tt.net.biases, -1, 1); ok != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, ok, tt.want)
		}
	}
	got := tower.walk(t, -1, 1)
	checkCounts(t, "seven layers of the largest weight", got, Counts{[]int64{1, 0, 0, 0, 0, 0}, 2, 0})
	for range 2 {
		tower.add(u{most, 0})
	}
	if _, ok := NewWalker(tower.layers, schema.ReLU).Walk(tower.weights, tower.biases, -1, 1); ok {
		t.Error("nine layers of the largest weight do not overflow")
	}
	if _, ok := w.Walk(ordinary.weights, ordinary.biases, -1, 1); !ok {
		t.Error("an ordinary network after all these: false")
	}
}

func TestPromises(t *testing.T) {
	n := net(schema.ReLU, []u{{1, 0}}, []u{{1, 0}})
	walk := func(from, to float64) func() {
		return func() { NewWalker(n.layers, n.activation).Walk(n.weights, n.biases, from, to) }
	}
	for name, broken := range map[string]func(){
		"two inputs":      func() { NewWalker([]int{2, 1}, schema.ReLU) },
		"no outputs":      func() { NewWalker([]int{1}, schema.ReLU) },
		"an empty layer":  func() { NewWalker([]int{1, 0, 1}, schema.ReLU) },
		"a smooth unit":   func() { NewWalker([]int{1, 3, 1}, schema.Tanh) },
		"backwards":       walk(1, -1),
		"from NaN":        walk(math.NaN(), 1),
		"from infinity":   walk(math.Inf(-1), 0),
		"to infinity":     walk(0, math.Inf(1)),
		"too few layers":  func() { NewWalker([]int{1, 1, 1}, schema.ReLU).Walk(n.weights[:1], n.biases, 0, 1) },
		"another network": func() { NewWalker([]int{1, 2, 1}, schema.ReLU).Walk(n.weights, n.biases, 0, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			broken()
		})
	}
}

// The last bits too are those of products rounded before they are added, whether or
// not the compiler may fuse them: the hash is that of a build that may not
// (GOAMD64=v1).
func TestBits(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 19))
	hash := fnv.New64a()
	for _, a := range activations {
		n := random(r, a, 1, 1, 1, 20, 20, 20, 2)
		for l := range n.weights { // thousandths, which any machine makes alike
			for i := range n.weights[l] {
				n.weights[l][i] = float32(r.IntN(2001)-1000) / 1000
			}
			for i := range n.biases[l] {
				n.biases[l][i] = float32(r.IntN(2001)-1000) / 1000
			}
		}
		w := NewWalker(n.layers, a)
		counts, _ := w.Walk(n.weights, n.biases, -1, 1)
		fmt.Fprintf(hash, "%v %x\n", counts, w.outputs)
	}
	const want = "b267dbfb8ddb6c38"
	if got := fmt.Sprintf("%x", hash.Sum(nil)); got != want {
		t.Errorf("hash %s, want %s", got, want)
	}
}

// A walk knows nothing of the one before.
func TestWalkAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 29))
	for _, a := range activations {
		w := NewWalker([]int{1, 9, 9, 2}, a)
		for range 20 {
			n := random(r, a, 2, 0.5, 1, 9, 9, 2)
			got, _ := w.Walk(n.weights, n.biases, -1, 1)
			checkCounts(t, string(a), got, n.walk(t, -1, 1))
		}
	}
}

func TestWalkAllocatesNothing(t *testing.T) {
	n := random(rand.New(rand.NewPCG(1, 1)), schema.ReLU, 1.4, 1, 1, 30, 30, 2)
	w := NewWalker(n.layers, n.activation)
	if got := testing.AllocsPerRun(10, func() { w.Walk(n.weights, n.biases, -1, 1) }); got != 0 {
		t.Errorf("%v allocations", got)
	}
}

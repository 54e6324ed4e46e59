package schema

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// The range of every activation, as far out as its error.
func TestReach(t *testing.T) {
	inf := math.Inf(1)
	ranges := map[Activation][2]float64{
		Identity: {-inf, inf}, Logistic: {0, 1}, Tanh: {-1, 1}, ReLU: {0, inf}, Erf: {-1, 1}, LeakyReLU: {-inf, inf},
		GELU: {-0.169971207, inf}, SiLU: {-0.278464543, inf}, Sin: {-1, 1}, Gaussian: {0, 1}, Softplus: {0, inf}, ELU: {-1, inf}, Step: {0, 1},
	}
	for _, a := range Activations() {
		want, known := ranges[a]
		lowest, highest := a.reach()
		close := func(got, want float64) bool { return got == want || math.Abs(got-want) <= 1.4e-7 }
		if !known || !close(lowest, want[0]) || !close(highest, want[1]) || lowest > want[0] || highest < want[1] {
			t.Errorf("%s: from %v to %v, want %v", a, lowest, highest, want)
		}
	}
}

// A description that is not the configuration's is refused, column by column; and
// the number of the network is no part of it.
func TestLawsOfTheDescription(t *testing.T) {
	for i, name := range columns[:measured-1] { // without the status
		l := lawfulRows()["plane"]
		v := reflect.ValueOf(&l.row).Elem().Field(i)
		switch v.Kind() {
		case reflect.String:
			v.SetString(v.String() + "x")
		case reflect.Float64:
			v.SetFloat(math.Copysign(math.Nextafter(v.Float(), 9), -1)) // grid_from and bias_std are 0
		default:
			v.SetInt(v.Int() + 1)
		}
		err := l.check()
		if name == "network" {
			if err != nil {
				t.Errorf("another network: %v", err)
			}
			continue
		}
		if err == nil || !strings.HasPrefix(err.Error(), name+": got ") {
			t.Errorf("another %s: error %v", name, err)
		}
	}
	l := lawfulRows()["plane"]
	l.row.GridFrom = math.Copysign(0, -1)
	if err := l.check(); err == nil || err.Error() != "grid_from: got -0, want 0" {
		t.Errorf("grid_from -0: error %v", err)
	}
}

// No measured float is NaN, infinite or -0, and no size below 0.
func TestLawsOfNumbers(t *testing.T) {
	for i := measured; i < len(columns); i++ {
		bad := []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), -1}
		for _, x := range bad {
			l := lawfulRows()["line"]
			switch v := reflect.ValueOf(&l.row).Elem().Field(i); {
			case v.CanFloat() && (x != -1 || !strings.HasPrefix(columns[i], "value_m")):
				v.SetFloat(x)
			case v.CanInt():
				v.SetInt(-1)
			default: // the lists have laws of their own
				continue
			}
			if err := l.check(); err == nil || !strings.HasPrefix(err.Error(), columns[i]+": got ") {
				t.Errorf("%s %v: error %v", columns[i], x, err)
			}
		}
	}
}

// A nonfinite row holds nothing, not even -0.
func TestLawsOfNonfiniteRows(t *testing.T) {
	for i := measured; i < len(columns); i++ {
		l := lawfulRows()[StatusNonfinite]
		switch v := reflect.ValueOf(&l.row).Elem().Field(i); x := v.Interface().(type) {
		case bool:
			v.SetBool(true)
		case float64:
			v.SetFloat(math.Copysign(0, -1))
		case []float64:
			x[1] = math.Copysign(0, -1)
		case []int64:
			x[1] = 1
		default:
			v.SetInt(1)
		}
		if err := l.check(); err == nil || !strings.HasPrefix(err.Error(), columns[i]+": got ") {
			t.Errorf("%s: error %v", columns[i], err)
		}
	}
}

func TestCheckAllocates(t *testing.T) {
	for name, l := range lawfulRows() {
		laws := NewLaws(l.configuration, "s", 7)
		if n := testing.AllocsPerRun(10, func() { laws.Check(&l.row) }); n != 0 {
			t.Errorf("%s: %v allocations, want 0", name, n)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for name, l := range lawfulRows() {
		laws := NewLaws(l.configuration, "s", 7)
		b.Run("row="+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := laws.Check(&l.row); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

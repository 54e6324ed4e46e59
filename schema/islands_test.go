package schema

import "testing"

func TestForbidsIslands(t *testing.T) {
	for _, tt := range []struct {
		name            string
		inputs, outputs int
		hidden          []int
		activation      Activation
		want            bool
	}{
		{"as wide as the plane", 2, 1, []int{2, 2}, Tanh, true},
		{"narrower", 2, 2, []int{2, 1, 2}, ReLU, true},
		{"a bump: two lines and one more close a triangle", 2, 1, []int{3}, Tanh, false},
		{"one wide layer among narrow ones", 2, 1, []int{2, 3, 2}, Tanh, false},
		{"not monotone", 2, 1, []int{2}, Gaussian, false},
		{"nearly monotone", 2, 1, []int{2}, GELU, false},
		{"falls before it rises", 2, 1, []int{2}, SiLU, false},
		{"periodic", 2, 1, []int{2}, Sin, false},
		{"cells of two lines", 2, 1, []int{2, 2}, Step, true},
		{"two of three affine functions above the third", 2, 3, []int{2}, Logistic, true},
		{"three half-planes around a triangle", 2, 4, []int{2}, Logistic, false},
		{"affine, whatever the activation", 2, 1, nil, Sin, true},
		{"affine, four classes", 2, 4, nil, Identity, false},
		{"a chain of units on a line", 1, 1, []int{1, 1, 1}, Erf, true},
		{"two units make a hill", 1, 1, []int{2}, Erf, false},
		{"the middle one of three lines", 1, 3, nil, Identity, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Configuration{Inputs: tt.inputs, Outputs: tt.outputs, Hidden: tt.hidden, Activation: tt.activation}
			if got := c.ForbidsIslands(); got != tt.want {
				t.Errorf("ForbidsIslands of %v %s = %t, want %t", c.Layers(), tt.activation, got, tt.want)
			}
		})
	}
}

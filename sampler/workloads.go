package sampler

import "nodal/schema"

// Workload is a standard configuration to measure speed with.
type Workload struct {
	Name          string
	Configuration schema.Configuration
}

// Workloads returns the four standard workloads: a wide shallow and a narrow deep
// network on a line, and two deep ones in the plane. Weights are normal with
// standard deviation 2 (tanh) or √2 (ReLU) over √fan-in, biases normal with 1/2,
// and the output has no activation.
func Workloads() []Workload {
	return []Workload{
		{"W1", workload(schema.Tanh, 2, 1, 1, 1001, 5, 100)},
		{"W2", workload(schema.Tanh, 2, 1, 1, 1001, 5, 11, 9)},
		{"W3", workload(schema.Tanh, 2, 2, 1, 128, 1, 32, 32, 32)},
		{"W4", workload(schema.ReLU, 1.4142135623730951, 2, 3, 256, 1, 64, 64)},
	}
}

// Shape returns a configuration like the standard ones: depth hidden layers of
// width tanh units on 1,001 points of a line, or on 128 × 128 points in the plane.
func Shape(inputs, depth, width int) schema.Configuration {
	hidden := make([]int, depth)
	for i := range hidden {
		hidden[i] = width
	}
	if inputs == 1 {
		return workload(schema.Tanh, 2, 1, 1, 1001, 5, hidden...)
	}
	return workload(schema.Tanh, 2, 2, 1, 128, 1, hidden...)
}

func workload(activation schema.Activation, gain float64, inputs, outputs, points int, extent float64, hidden ...int) schema.Configuration {
	c := schema.Configuration{
		Case:             "bench",
		Inputs:           inputs,
		Outputs:          outputs,
		Hidden:           hidden,
		Activation:       activation,
		OutputActivation: schema.Identity,
		Weights:          schema.Law{Distribution: schema.Normal, Std: gain, Scale: schema.FanIn},
		Biases:           schema.Law{Distribution: schema.Normal, Std: 0.5},
		Connectivity:     6,
	}
	for range inputs {
		c.Grid = append(c.Grid, schema.Axis{From: -extent, To: extent, Points: points})
	}
	return c
}

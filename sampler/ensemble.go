package sampler

import (
	"nodal/kernels"
	"nodal/sampler/rng"
	"nodal/schema"
)

// Ensemble holds the weights and biases of B networks of one architecture,
// layer by layer.
type Ensemble struct {
	Layers  []int       // sizes from the inputs to the outputs
	Weights [][]float32 // Weights[l] [B,N,K], K = Layers[l], N = Layers[l+1]
	Biases  [][]float32 // Biases[l] [B,N]

	stream  rng.Stream
	weights []schema.Law // weights[l], the law as it stands in layer l
	biases  []schema.Law
	words   []uint32  // random words of a tensor, of several networks or of a piece of one
	memory  []float32 // of all weights and biases
}

// drawWords bounds the random words at a time, a multiple of 4: 16 KiB, half of a
// first-level cache.
const drawWords = 4096

// NewEnsemble returns room for size networks of configuration c, which
// [Ensemble.Draw] fills with the networks of the given sweep seed.
func NewEnsemble(c *schema.Configuration, seed int64, size int) *Ensemble {
	e := new(Ensemble)
	e.reset(c, seed, size)
	return e
}

// reset makes room for size networks of configuration c in the memory that e has,
// as far as it goes: sweeps of many small configurations would otherwise spend
// their time on the garbage collector.
func (e *Ensemble) reset(c *schema.Configuration, seed int64, size int) {
	e.Layers = c.Layers()
	e.stream = rng.NewStream(schema.StreamVersion, seed, e.Layers)
	e.Weights, e.Biases, e.weights, e.biases = e.Weights[:0], e.Biases[:0], e.weights[:0], e.biases[:0]
	e.memory = resized(e.memory, size*int(c.Parameters()))
	free := e.memory
	take := func(n int) []float32 {
		taken := free[:n:n]
		free = free[n:]
		return taken
	}
	largest := 0
	for l, fanIn := range e.Layers[:len(e.Layers)-1] {
		fanOut := e.Layers[l+1]
		e.Weights = append(e.Weights, take(size*fanOut*fanIn))
		e.Biases = append(e.Biases, take(size*fanOut))
		e.weights = append(e.weights, c.Weights.At(fanIn, fanOut))
		e.biases = append(e.biases, c.Biases.At(fanIn, fanOut))
		largest = max(largest, fanOut*fanIn)
	}
	e.words = resized(e.words, min(size*largest, drawWords))
}

// resized returns a slice of n elements of any value, s or its memory if that is
// large enough.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// Draw fills the first count places with networks first … first+count-1.
//
// Element i of tensor t of a network is the quantile of its law at word i of
// stream (seed, layer sizes, t, network), where t = 2l for the weights of layer
// l in row-major order and 2l+1 for its biases. Activations, grid and the
// parameters of the laws do not enter the stream, so configurations that differ
// only in these draw the same networks: two gains give the same weights up to
// the ratio of the gains.
func (e *Ensemble) Draw(first int64, count int) {
	for l := range e.Weights {
		k, n := e.Layers[l], e.Layers[l+1]
		e.draw(e.Weights[l][:count*n*k], n*k, e.weights[l], uint32(2*l), first)
		e.draw(e.Biases[l][:count*n], n, e.biases[l], uint32(2*l+1), first)
	}
}

// draw fills one tensor of size elements of consecutive networks, one after the
// other. The law is one that [schema.Law.At] returned. Values are computed in float64
// and rounded once to float32; those of a uniform law lie between low and high
// rounded to float32, both included.
func (e *Ensemble) draw(tensors []float32, size int, law schema.Law, id uint32, network int64) {
	if law.Distribution == schema.None {
		clear(tensors)
		return
	}
	if size > len(e.words) { // each network in pieces
		for ; len(tensors) > 0; tensors = tensors[size:] {
			for i := 0; i < size; i += len(e.words) {
				piece := tensors[i:min(i+len(e.words), size)]
				e.fill(piece, len(piece), law, id, int64(i), network)
			}
			network++
		}
		return
	}
	for networks := len(e.words) / size; len(tensors) > 0; network += int64(networks) {
		piece := tensors[:min(networks*size, len(tensors))]
		e.fill(piece, size, law, id, 0, network)
		tensors = tensors[len(piece):]
	}
}

// fill fills n elements, from the one at first on, of one tensor of consecutive
// networks.
func (e *Ensemble) fill(values []float32, n int, law schema.Law, id uint32, first, network int64) {
	words := e.words[:len(values)]
	e.stream.Words(words, n, id, first, network)
	if law.Distribution == schema.Uniform {
		kernels.Uniforms(values, words, law.Low, law.High)
		return
	}
	kernels.Normals(values, words, law.Std)
}

// layer returns the weights [N,K] and biases [N] of layer l of network b.
func (e *Ensemble) layer(b, l int) (w, bias []float32) {
	k, n := e.Layers[l], e.Layers[l+1]
	return e.Weights[l][b*n*k : (b+1)*n*k], e.Biases[l][b*n : (b+1)*n]
}

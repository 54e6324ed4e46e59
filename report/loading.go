package report

import (
	"fmt"
	"strings"

	"nodal/schema"
)

// activation is how other programs write an activation of x.
type activation struct {
	numpy  string // %s is x
	scipy  bool   // needs scipy.special
	module string // PyTorch's, "" if it has none
}

var activations = map[schema.Activation]activation{
	schema.Identity:  {numpy: "%s", module: "Identity()"},
	schema.Logistic:  {numpy: "1 / (1 + np.exp(-(%s)))", module: "Sigmoid()"},
	schema.Tanh:      {numpy: "np.tanh(%s)", module: "Tanh()"},
	schema.ReLU:      {numpy: "np.maximum(%s, 0)", module: "ReLU()"},
	schema.Erf:       {numpy: "scipy.special.erf(%s)", scipy: true},
	schema.LeakyReLU: {numpy: "(lambda x: np.where(x >= 0, x, x / 100))(%s)", module: "LeakyReLU(0.01)"},
	schema.GELU:      {numpy: "(lambda x: x * scipy.special.ndtr(x))(%s)", scipy: true, module: "GELU()"},
	schema.SiLU:      {numpy: "(lambda x: x / (1 + np.exp(-x)))(%s)", module: "SiLU()"},
	schema.Sin:       {numpy: "np.sin(%s)"},
	schema.Gaussian:  {numpy: "np.exp(-(%s)**2)"},
	schema.Softplus:  {numpy: "np.logaddexp(0, %s)", module: "Softplus()"},
	schema.ELU:       {numpy: "(lambda x: np.where(x >= 0, x, np.expm1(np.minimum(x, 0))))(%s)", module: "ELU()"},
	schema.Step:      {numpy: "np.where(%s >= 0, 1.0, 0.0)"},
}

// NumPyLines returns the lines of Python that load the weights in a file and evaluate
// the network at x [inputs,points]: three, and one more if the output has an activation
// of its own.
func NumPyLines(c *schema.Configuration, path string) string {
	hidden, output := activations[c.Activation], activations[c.OutputActivation]
	imports := "import numpy as np"
	if output.scipy || c.Depth() > 0 && hidden.scipy {
		imports = "import numpy as np, scipy.special"
	}
	layer := func(l string) string { return fmt.Sprintf(`w[%[1]s.weight"] @ x + w[%[1]s.bias"][:, None]`, l) }
	text := fmt.Sprintf("%s\nw, x = np.load(%s), %s\n", imports, literal(path), inputs(c))
	loop := func(layers int, a activation) string {
		return fmt.Sprintf("for l in range(%d): x = %s\n", layers, fmt.Sprintf(a.numpy, layer(`f"{2 * l}`)))
	}
	if c.Activation == c.OutputActivation || c.Depth() == 0 {
		return text + loop(c.Depth()+1, output)
	}
	return text + loop(c.Depth(), hidden) + fmt.Sprintf("x = %s\n", fmt.Sprintf(output.numpy, layer(fmt.Sprintf(`"%d`, 2*c.Depth()))))
}

// TorchLines returns the three lines of Python that load the weights in a file into a
// PyTorch network, "" if PyTorch has no module of an activation.
func TorchLines(c *schema.Configuration, path string) string {
	layers := c.Layers()
	var modules []string
	for l := range layers[1:] {
		a := activations[c.Activation]
		if l == c.Depth() {
			a = activations[c.OutputActivation]
		}
		if a.module == "" {
			return ""
		}
		modules = append(modules, fmt.Sprintf("nn.Linear(%d, %d), nn.%s", layers[l], layers[l+1], a.module))
	}
	return fmt.Sprintf(`import numpy as np, torch; from torch import nn
net = nn.Sequential(%s)
net.load_state_dict({name: torch.from_numpy(w) for name, w in np.load(%s).items()})
`, strings.Join(modules, ", "), literal(path))
}

// inputs returns the grid's points as NumPy writes them, [inputs,points].
func inputs(c *schema.Configuration) string {
	axis := func(a schema.Axis) string { return fmt.Sprintf("np.linspace(%g, %g, %d)", a.From, a.To, a.Points) }
	if len(c.Grid) == 1 {
		return axis(c.Grid[0]) + "[None]"
	}
	return fmt.Sprintf("np.stack(np.meshgrid(%s, %s, indexing=\"ij\")).reshape(2, -1)", axis(c.Grid[0]), axis(c.Grid[1]))
}

// literal returns a text as a Python literal.
func literal(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}

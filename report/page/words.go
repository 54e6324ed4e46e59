package page

import (
	"fmt"

	"nodal/report/number"
)

// activations returns the activation, and that of the output if it is another.
func (c *Configuration) activations() string {
	if c.OutputActivation == "" || c.OutputActivation == c.Activation {
		return c.Activation
	}
	return c.Activation + ", " + c.OutputActivation + " output"
}

// title returns the layers and activations of a configuration.
func (c *Configuration) title() string { return c.Layers + ", " + c.activations() }

func (e *Exhibit) title() string { return e.Layers + ", " + e.Activation + ": " + e.Column }

// run says in one line what was run.
func (d *Data) run() string {
	line := fmt.Sprintf("%s in %s, seed %d", count(d.Published, "network"), count(int64(len(d.Configurations)), "configuration"), d.Seed)
	if d.Planned > d.Published {
		line += fmt.Sprintf("; %s of the %s planned", number.Share(d.Published, d.Planned), number.Count(d.Planned))
	}
	if d.Nonfinite > 0 {
		line += fmt.Sprintf("; %s overflowed (%s)", number.Count(d.Nonfinite), number.Share(d.Nonfinite, d.Published))
	}
	return line + "."
}

// count returns a number of things, "1 input", "2,000 networks". The thing forms its plural with s.
func count(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return number.Count(n) + " " + thing + "s"
}

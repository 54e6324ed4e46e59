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

func (e *Exhibit) title() string { return e.Layers + ", " + e.Activation + ": " + words(e.Column) }

// finite returns the number of networks whose numbers count.
func (c *Configuration) finite() int64 { return c.Networks - c.Nonfinite }

// unresolved returns the share of unresolved networks, "-" where no network is finite.
func (c *Configuration) unresolved() string {
	if c.finite() == 0 {
		return "-"
	}
	return c.UnresolvedText
}

// run says in one line what was run.
func (d *Data) run() string {
	if d.Published == 0 {
		return fmt.Sprintf("No networks yet of the %s planned, seed %d.", number.Count(d.Planned), d.Seed)
	}
	line := fmt.Sprintf("%s in %s, seed %d", count(d.Published, "network"), d.drawn(), d.Seed)
	if d.Planned > d.Published {
		line += fmt.Sprintf("; %s of the %s planned", number.Share(d.Published, d.Planned), number.Count(d.Planned))
	}
	if d.Nonfinite > 0 {
		line += fmt.Sprintf("; %s overflowed (%s)", number.Count(d.Nonfinite), number.Share(d.Nonfinite, d.Published))
	}
	return line + "."
}

// drawn returns the number of configurations that have networks, and of how many if they
// are fewer than planned.
func (d *Data) drawn() string {
	some := 0
	for i := range d.Configurations {
		if d.Configurations[i].Networks > 0 {
			some++
		}
	}
	all := count(int64(len(d.Configurations)), "configuration")
	if some == len(d.Configurations) {
		return all
	}
	return fmt.Sprintf("%d of %s", some, all)
}

// count returns a number of things, "1 input", "2,000 networks". The thing forms its plural with s.
func count(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return number.Count(n) + " " + thing + "s"
}

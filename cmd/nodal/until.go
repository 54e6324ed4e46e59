package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/dataset/disk"
	"nodal/report/number"
	"nodal/sampler"
	"nodal/schema"
)

// atCheckpoint returns what a run does at a checkpoint: it says what was decided,
// and refuses to go on where the next stage will not fit the disk.
func atCheckpoint(cmd *cobra.Command, d *dataset.Directory, out string, shard dataset.Shard, force bool) func(sampler.Checkpoint) error {
	return func(c sampler.Checkpoint) error {
		fmt.Fprintln(cmd.ErrOrStderr(), checkpointText(c))
		free, known := disk.Free(out)
		if c.Open == 0 || !known {
			return nil
		}
		return checkSpace(cmd.ErrOrStderr(), out, d.Plan().Missing(out, shard), free, force)
	}
}

// checkpointText says what a checkpoint decided, such as "checkpoint 4,000: 12 of 18
// configurations are certain, going on to 8,000".
func checkpointText(c sampler.Checkpoint) string {
	text := fmt.Sprintf("checkpoint %s: %s of %s certain", number.Count(c.Networks), number.Count(int64(c.Certain)),
		are(c.Certain+c.Uncertain+c.Open))
	if c.Uncertain > 0 {
		text += fmt.Sprintf(", %s at the maximum", number.Count(int64(c.Uncertain)))
	}
	if w := c.Worst; w != nil {
		text += fmt.Sprintf(" (%s %s of %s%s)", w.Configuration.Until.Column, number.PlusMinus(w.Mean, w.StandardError),
			named(&w.Configuration), atWorst(c))
	}
	if c.Open > 0 {
		text += ", going on to " + number.Count(c.Next)
	}
	return text
}

// are returns such as "18 configurations are".
func are(n int) string { return counted(int64(n), "configuration is", "configurations are") }

// atWorst marks the least certain of several.
func atWorst(c sampler.Checkpoint) string {
	if c.Uncertain > 1 {
		return " at worst"
	}
	return ""
}

// named names a configuration for a person: case, layer sizes, activation.
func named(c *schema.Configuration) string {
	return fmt.Sprintf("%s %s %s", c.Case, c.LayersText(), c.Activation)
}

// maxUncertain is how many configurations are named that never became certain.
const maxUncertain = 3

// printUncertain names configurations that have all networks that they may and are
// not certain.
func printUncertain(w io.Writer, plan *dataset.Plan) {
	var names []string
	for _, checkpoint := range plan.Checkpoints {
		for _, i := range checkpoint.Uncertain {
			names = append(names, named(&plan.Configurations[i]))
		}
	}
	if len(names) == 0 {
		return
	}
	text := strings.Join(names[:min(len(names), maxUncertain)], ", ")
	if more := len(names) - maxUncertain; more > 0 {
		text += fmt.Sprintf(" and %s more", number.Count(int64(more)))
	}
	fmt.Fprintf(w, "%s not certain after all networks that the sweep allows: %s\n", are(len(names)), text)
}

// printUntil says what a plan draws networks for, a line for each case that says.
func printUntil(w io.Writer, plan *dataset.Plan) {
	last := ""
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		if c.Until == nil || c.Case == last {
			continue
		}
		last = c.Case
		fmt.Fprintf(w, "%s: %s networks of a configuration, until the standard error of %s is at most %.3g %% of its mean\n", c.Case,
			formatRange(dataset.Target(*c, 0), c.Networks), c.Until.Column, 100*c.Until.RelativeError)
	}
}

// formatRange returns "1,000 to 1,000,000", or one number for a range of one.
func formatRange(least, most int64) string {
	if least == most {
		return number.Count(most)
	}
	return number.Count(least) + " to " + number.Count(most)
}

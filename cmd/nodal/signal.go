package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"nodal/dataset"
	"nodal/report/number"
	"nodal/sampler"
)

// oneSignal is how long further signals belong to the first. timeout(1) and some
// job schedulers signal the process and then its whole group, so that it comes
// twice within a millisecond; nobody presses Ctrl-C twice in this time.
const oneSignal = 50 * time.Millisecond

// stopSignal returns a channel that is closed by the first of stopSignals. A
// second one ends the process at once with code 75; what it leaves behind, the
// next run removes. It holds until [releaseSignals] or the end of the process.
func stopSignal(w io.Writer, out string) <-chan struct{} {
	first := nextSignal()
	context.AfterFunc(first, func() {
		time.Sleep(oneSignal)
		context.AfterFunc(nextSignal(), func() {
			fmt.Fprintf(w, "nodal: %s: stopped at once; run the same command again to continue\n", out)
			os.Exit(exitInterrupted)
		})
	})
	return first.Done()
}

// releaseSignals lets stopSignals end the process again.
func releaseSignals() { signal.Reset(stopSignals...) }

// nextSignal returns a context that the next of stopSignals ends. They no longer kill
// the process.
func nextSignal() context.Context {
	ctx, _ := signal.NotifyContext(context.Background(), stopSignals...)
	return ctx
}

// printRest says what a run does that was asked to stop, unless it is nothing.
func printRest(w io.Writer, rest sampler.Rest, grace time.Duration) {
	if rest.Networks == 0 {
		return
	}
	takes := "about " + formatDuration(max(rest.Time, 100*time.Millisecond)) // not "0.0s"
	if rest.Time == 0 || rest.Time > grace {
		takes = "at most " + formatDuration(grace)
	}
	fmt.Fprintf(w, "stopping: finishing %s networks, %s (Ctrl-C again to stop at once)\n", number.Count(rest.Networks), takes)
}

// interrupted returns the error of a run that was asked to stop: nil if nothing is
// missing all the same and no checkpoint is to be decided, else errInterrupted with
// how far the dataset is.
func interrupted(d *dataset.Directory) error {
	missing := 0
	for part := range d.Parts() {
		has, err := d.Has(part)
		if err != nil {
			return err
		}
		if !has {
			missing++
		}
	}
	parts, networks := d.Published()
	plan := d.Plan()
	all := plan.PartCount()
	if missing == 0 && (plan.Settled() || parts < all) {
		return nil
	}
	upTo := ""
	if !plan.Settled() {
		upTo = " up to the next checkpoint"
	}
	return fmt.Errorf("%w with %s of %s parts (%s of %s networks%s) published; run the same command again to continue", errInterrupted,
		number.Count(int64(parts)), number.Count(int64(all)), number.Count(networks), number.Count(plan.Networks()), upTo)
}

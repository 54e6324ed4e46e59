package analysis

import (
	"iter"

	"nodal/schema"
)

// Rows is what a dataset yields: batches whose memory is reused, and an error in the
// end if there was one.
type Rows = iter.Seq2[[]schema.Row, error]

// Together gives the same rows to several readers, so that a dataset is read once. Each
// reader is called with a sequence of its own, which it may range over once, and they
// take turns batch by batch, in one goroutine. Reading ends when every reader has
// returned. Together returns the first error in the order of the readers; they see an
// error of the rows and are to return it.
func Together(rows Rows, readers ...func(Rows) error) error {
	var batch struct {
		rows  []schema.Row
		err   error
		ended bool
	}
	all := make([]*turn, len(readers))
	for i, read := range readers {
		all[i] = newTurn(func(pause func() bool) error {
			return read(func(yield func([]schema.Row, error) bool) {
				for pause() && !batch.ended && yield(batch.rows, batch.err) {
				}
			})
		})
		defer all[i].stop()
	}
	if takeTurns(all) { // each up to its first batch
		for batch.rows, batch.err = range rows {
			if !takeTurns(all) {
				break
			}
		}
	}
	batch.ended = true
	takeTurns(all)
	for _, t := range all {
		if t.err != nil {
			return t.err
		}
	}
	return nil
}

// turn is a function that runs until it pauses, as often as it is asked to.
type turn struct {
	next func() (struct{}, bool)
	stop func()
	err  error // that the function returned
}

// newTurn returns f, not yet begun. Its pause returns false if the function is to end.
func newTurn(f func(pause func() bool) error) *turn {
	t := new(turn)
	t.next, t.stop = iter.Pull(func(yield func(struct{}) bool) {
		t.err = f(func() bool { return yield(struct{}{}) })
	})
	return t
}

// takeTurns runs each function up to its next pause and reports whether any paused.
func takeTurns(all []*turn) (paused bool) {
	for _, t := range all {
		if _, ok := t.next(); ok {
			paused = true
		}
	}
	return paused
}

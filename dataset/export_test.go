package dataset

import (
	"os"
	"sync"
	"testing"
	"time"

	"nodal/schema"
)

// The rows of this package's own tests are made up and keep no laws. The tests
// that do real runs ask for them with Lawful.
func TestMain(m *testing.M) {
	checkLaws = func(*schema.Laws, *schema.Row) error { return nil }
	os.Exit(m.Run())
}

// Lawful has rows held against their laws for the time of a test.
func Lawful(t testing.TB) {
	before := checkLaws
	checkLaws = (*schema.Laws).Check
	t.Cleanup(func() { checkLaws = before })
}

// SmallParts lets parts have no more rows than that for the time of a test.
func SmallParts(t testing.TB, rows int64) {
	before := partRows
	partRows = rows
	t.Cleanup(func() { partRows = before })
}

// LookAt looks at one file of a part alone, as closely as the verification does.
func (v *Verification) LookAt(part Part, kind Kind) error {
	e, known := v.ledger.Lookup(part.Name())
	switch {
	case known && kind == Networks:
		return v.known(part, kind, e.Networks)
	case known:
		return v.known(part, kind, *e.Fields)
	case v.depth == Quick:
		_, err := v.skimFooter(part, kind)
		return err
	}
	_, err := v.vetFile(part, kind)
	return err
}

// EncodeCheckpoint returns the text of the file of checkpoint k of a plan.
func EncodeCheckpoint(plan *Plan, k int, c Checkpoint) []byte { return encodeCheckpoint(plan, k, c) }

// SmallStages has the first checkpoint come after that many networks for the time
// of a test.
func SmallStages(t testing.TB, networks int64) {
	before := firstCheckpoint
	firstCheckpoint = networks
	t.Cleanup(func() { firstCheckpoint = before })
}

// Hasten lets runs wait for their turn a thousand times faster for the time of a test,
// and returns how long they would have waited in all.
func Hasten(t testing.TB) *time.Duration {
	var mutex sync.Mutex
	waited := new(time.Duration)
	before := pause
	pause = func(d time.Duration) {
		mutex.Lock()
		*waited += d
		mutex.Unlock()
		time.Sleep(d / 1000)
	}
	t.Cleanup(func() { pause = before })
	return waited
}

// Impatient lets runs wait for no lock for the time of a test.
func Impatient(t testing.TB) {
	before := lockPatience
	lockPatience = 0
	t.Cleanup(func() { lockPatience = before })
}

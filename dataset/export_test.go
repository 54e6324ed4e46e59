package dataset

import (
	"os"
	"testing"

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

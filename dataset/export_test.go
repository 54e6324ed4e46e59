package dataset

import "testing"

// SmallParts lets parts have no more rows than that for the time of a test.
func SmallParts(t testing.TB, rows int64) {
	before := partRows
	partRows = rows
	t.Cleanup(func() { partRows = before })
}

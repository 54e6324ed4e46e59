package dataset

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// TestVerifyOtherVersion checks that a dataset with the columns of another version
// is not taken for a damaged one.
func TestVerifyOtherVersion(t *testing.T) {
	d := write(t, severalParts())
	d.Close()
	plan := *d.plan
	plan.RowVersion++
	plan.hash = plan.computeHash()
	text, err := plan.encode()
	if err == nil {
		err = os.WriteFile(planPath(d.path), text, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	_, err = Verify(d.path, Bytes, Options{})
	if different := (*DifferentSweepError)(nil); !errors.As(err, &different) || !strings.Contains(err.Error(), "row version: 2 there, 1 wanted") {
		t.Errorf("got %v, want a DifferentSweepError that names the row version", err)
	}
}

package python

import (
	"os"
	"os/exec"
	"testing"
)

// Chromium returns the browser that Playwright drives: the one named by
// NODAL_CHROMIUM, or else Chromium or Chrome on the path, where make test installs
// it if it may.
//
// Without one the test is skipped, and under CI it fails; what says what was
// not run then.
func Chromium(t testing.TB, what string) string {
	t.Helper()
	if chromium := os.Getenv("NODAL_CHROMIUM"); chromium != "" {
		return chromium
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("NOT RUN: %s: no Chromium; install it, or set NODAL_CHROMIUM", what)
	}
	t.Skipf("NOT RUN: %s: no Chromium; install it, or set NODAL_CHROMIUM", what)
	return ""
}

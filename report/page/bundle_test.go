package page

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// The bundle is the one that its README names, and the page holds its bytes.
func TestBundle(t *testing.T) {
	readme, err := os.ReadFile("third_party/plotly-gl3d/README.md")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(plotly)
	if !strings.Contains(string(readme), fmt.Sprintf("%x", sum)) {
		t.Errorf("SHA-256 is %x; the README names another", sum)
	}
	packed, err := base64.StdEncoding.DecodeString(bundle())
	if err != nil {
		t.Fatal(err)
	}
	script, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil || !bytes.Equal(script, plotly) {
		t.Errorf("the page holds another script (error %v)", err)
	}
}

package ledger

import (
	"crypto/sha256"
	"strings"
	"testing"
)

func TestSuccess(t *testing.T) {
	want := Success{Plan: planA, Manifest: sha256.Sum256(nil)}
	text := want.Encode()
	golden := `{"plan":"` + planA + `","manifest":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}` + "\n"
	if string(text) != golden {
		t.Errorf("%s, want %s", text, golden)
	}
	if got, ok := DecodeSuccess(text); !ok || got != want {
		t.Errorf("decodeSuccess = %+v, %v", got, ok)
	}
	for _, bad := range []string{
		"", "\n", "{}\n", golden[:len(golden)-1], golden + "\n", " " + golden, golden + golden,
		strings.ToUpper(golden), strings.Replace(golden, "1a2b", "1A2b", 1), strings.Replace(golden, "e3b0", "E3b0", 1),
		strings.Replace(golden, ":", ": ", 1), strings.Replace(golden, "e3b0", "", 1), strings.Replace(golden, "1a2b", "", 1),
		strings.Replace(golden, "}", `,"x":1}`, 1), strings.Repeat("\x00", len(golden)),
	} {
		if got, ok := DecodeSuccess([]byte(bad)); ok {
			t.Errorf("decodeSuccess(%q) = %+v", bad, got)
		}
	}
	for i := range text {
		if got, ok := DecodeSuccess(text[:i]); ok {
			t.Errorf("%d bytes: %+v", i, got)
		}
		for bit := range 8 {
			text[i] ^= 1 << bit
			if got, ok := DecodeSuccess(text); ok && got == want {
				t.Errorf("byte %d, bit %d: the same", i, bit)
			}
			text[i] ^= 1 << bit
		}
	}
}

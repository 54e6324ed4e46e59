package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// success is the content of _SUCCESS, which says that the dataset of a plan is
// complete and which manifest lists it. It is one line,
// {"plan":"64 digits","manifest":"SHA-256 of the manifest"}.
type success struct {
	plan     string // hash
	manifest [sha256.Size]byte
}

// encode returns the text of the file. It panics if the plan's hash is malformed.
func (s success) encode() []byte {
	if !isHash(s.plan) {
		panic(fmt.Sprintf("dataset: success: %q is not the hash of a plan", s.plan))
	}
	return fmt.Appendf(nil, `{"plan":"%s","manifest":"%s"}`+"\n", s.plan, hex.EncodeToString(s.manifest[:]))
}

// decodeSuccess reads the text of _SUCCESS. It reports false for any text but
// the one that encode gives, such as none: the dataset is not known to be
// complete then.
func decodeSuccess(text []byte) (success, bool) {
	var s success
	x := exact{rest: text}
	x.literal(`{"plan":"`)
	s.plan = x.quoted()
	x.literal(`,"manifest":"`)
	x.bytes(s.manifest[:])
	x.literal("\"}\n")
	if !x.done() || !isHash(s.plan) {
		return success{}, false
	}
	return s, true
}

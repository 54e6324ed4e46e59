package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Success is the content of _SUCCESS, which says that the dataset of a plan is
// complete and which manifest lists it. It is one line,
// {"plan":"64 digits","manifest":"SHA-256 of the manifest"}.
type Success struct {
	Plan     string // hash
	Manifest [sha256.Size]byte
}

// Encode returns the text of the file. It panics if the plan's hash is malformed.
func (s Success) Encode() []byte {
	if !isHash(s.Plan) {
		panic(fmt.Sprintf("ledger: Success.Encode: %q is not the hash of a plan", s.Plan))
	}
	return fmt.Appendf(nil, `{"plan":"%s","manifest":"%s"}`+"\n", s.Plan, hex.EncodeToString(s.Manifest[:]))
}

// DecodeSuccess reads the text of _SUCCESS. It reports false for any text but
// the one that Encode gives, such as none: the dataset is not known to be
// complete then.
func DecodeSuccess(text []byte) (Success, bool) {
	var s Success
	x := exact{rest: text}
	x.literal(`{"plan":"`)
	s.Plan = x.quoted()
	x.literal(`,"manifest":"`)
	x.bytes(s.Manifest[:])
	x.literal("\"}\n")
	if !x.done() || !isHash(s.Plan) {
		return Success{}, false
	}
	return s, true
}

package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
)

// Sum is what is known of a file that was published: its length, the SHA-256 of
// its bytes, and its rows. In JSON it is
// {"bytes":123,"sha256":"64 lower-case digits","rows":45}.
type Sum struct {
	Bytes  int64
	SHA256 [sha256.Size]byte
	Rows   int64
}

// MarshalJSON returns the JSON of a sum. The error is never set.
func (s Sum) MarshalJSON() ([]byte, error) { return s.appendJSON(nil), nil }

// UnmarshalJSON reads the JSON of a sum. Keys that it does not know, counts
// below zero and a SHA-256 of another form are errors.
func (s *Sum) UnmarshalJSON(text []byte) error {
	var in struct {
		Bytes  int64  `json:"bytes"`
		SHA256 string `json:"sha256"`
		Rows   int64  `json:"rows"`
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return err
	}
	if in.Bytes < 0 || in.Rows < 0 {
		return fmt.Errorf("bytes %d and rows %d, want no number below zero", in.Bytes, in.Rows)
	}
	if !isHash(in.SHA256) {
		return fmt.Errorf("sha256 is %.80q, want 64 lower-case hexadecimal digits", in.SHA256)
	}
	*s = Sum{Bytes: in.Bytes, Rows: in.Rows}
	_, err := hex.Decode(s.SHA256[:], []byte(in.SHA256))
	return err
}

// appendJSON appends the JSON of a sum.
func (s Sum) appendJSON(text []byte) []byte {
	text = append(text, `{"bytes":`...)
	text = strconv.AppendInt(text, s.Bytes, 10)
	text = append(text, `,"sha256":"`...)
	text = hex.AppendEncode(text, s.SHA256[:])
	text = append(text, `","rows":`...)
	text = strconv.AppendInt(text, s.Rows, 10)
	return append(text, '}')
}

// sum reads what appendJSON wrote of a file. A file of a part is never empty.
func (x *exact) sum() Sum {
	var s Sum
	x.literal(`{"bytes":`)
	s.Bytes = x.number()
	x.literal(`,"sha256":"`)
	x.bytes(s.SHA256[:])
	x.literal(`","rows":`)
	s.Rows = x.number()
	x.literal(`}`)
	x.failed = x.failed || s.Bytes == 0
	return s
}

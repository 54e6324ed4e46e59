package ledger

import (
	"encoding/hex"
	"math"
)

// Journal and manifest are JSON for everybody else, but this program reads back
// only the one text in which it writes a value: no other spacing, order, letter
// case or number format. So a text means one thing or nothing, a key cannot come
// twice, and reading takes no memory that the text could ask for.

// exact reads such a text from its start. After something unexpected failed is
// set, and what the methods return means nothing.
type exact struct {
	rest   []byte
	failed bool
}

// optional reads want if it comes next, and reports whether it did.
func (x *exact) optional(want string) bool {
	if len(x.rest) < len(want) || string(x.rest[:len(want)]) != want {
		return false
	}
	x.rest = x.rest[len(want):]
	return true
}

// literal reads want.
func (x *exact) literal(want string) {
	if !x.optional(want) {
		x.failed = true
	}
}

// number reads a whole number from 0 to 2^63-1 without leading zeros.
func (x *exact) number() int64 {
	var n int64
	digits := 0
	for ; digits < len(x.rest) && '0' <= x.rest[digits] && x.rest[digits] <= '9'; digits++ {
		d := int64(x.rest[digits] - '0')
		if n > (math.MaxInt64-d)/10 {
			x.failed = true
			return 0
		}
		n = 10*n + d
	}
	if digits == 0 || digits > 1 && x.rest[0] == '0' {
		x.failed = true
		return 0
	}
	x.rest = x.rest[digits:]
	return n
}

// quoted reads the rest of a string whose opening quote was read, and its
// closing quote. Control characters, quotes and backslashes cannot be in it.
func (x *exact) quoted() string {
	for i, c := range x.rest {
		switch {
		case c == '"':
			s := string(x.rest[:i])
			x.rest = x.rest[i+1:]
			return s
		case c < ' ' || c == '\\' || c > '~':
			x.failed = true
			return ""
		}
	}
	x.failed = true
	return ""
}

// bytes reads two lower-case hexadecimal digits for each byte of b.
func (x *exact) bytes(b []byte) {
	if len(x.rest) < 2*len(b) || !isHex(x.rest[:2*len(b)]) {
		x.failed = true
		return
	}
	hex.Decode(b, x.rest[:2*len(b)]) // cannot fail: they are digits
	x.rest = x.rest[2*len(b):]
}

// done reports whether all of the text was read and as expected.
func (x *exact) done() bool { return !x.failed && len(x.rest) == 0 }

// isHex reports whether a text consists of lower-case hexadecimal digits.
func isHex[T string | []byte](text T) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// isHash reports whether a text is a SHA-256 in lower-case hexadecimal.
func isHash(text string) bool { return len(text) == 64 && isHex(text) }

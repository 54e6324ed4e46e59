package ledger

import (
	"fmt"
	"strconv"
	"strings"
)

// Entry says that a part was published, and what its files are.
type Entry struct {
	Part     string // stem of the files, part-<plan8>-<seq6>
	Networks Sum
	Fields   *Sum // nil if the part keeps no fields
}

// appendJSON appends the JSON of an entry, in one line:
// {"part":"part-…","networks":{…},"fields":{…}}, without fields if it has none.
// It panics if the entry cannot be that of a part: a bad name, no bytes, fewer
// than no rows.
func (e Entry) appendJSON(text []byte) []byte {
	if _, ok := parseName(e.Part); !ok || !e.Networks.real() || e.Fields != nil && !e.Fields.real() {
		panic(fmt.Sprintf("ledger: entry of %q: not what a published part is: %+v", e.Part, e))
	}
	text = append(text, `{"part":"`...)
	text = append(text, e.Part...)
	text = append(text, `","networks":`...)
	text = e.Networks.appendJSON(text)
	if e.Fields != nil {
		text = append(text, `,"fields":`...)
		text = e.Fields.appendJSON(text)
	}
	return append(text, '}')
}

// real reports whether a file of a part can have that length and those rows.
func (s Sum) real() bool { return s.Bytes > 0 && s.Rows >= 0 }

// entry reads what appendJSON wrote.
func (x *exact) entry() Entry {
	var e Entry
	x.literal(`{"part":"`)
	e.Part = x.quoted()
	x.literal(`,"networks":`)
	e.Networks = x.sum()
	if x.optional(`,"fields":`) {
		fields := x.sum()
		e.Fields = &fields
	}
	x.literal(`}`)
	if _, ok := parseName(e.Part); !ok {
		x.failed = true
	}
	return e
}

// partID is the stem of a part's files as numbers: a fifth of the memory.
type partID struct {
	plan, seq uint32 // the first digits of the plan's hash; the part's number
}

// parseName reads a stem such as "part-1f2e3d4c-000017". It reports false for
// any other text, and for numbers that no plan has (2^32 parts are a hundred
// thousand core years).
func parseName(stem string) (partID, bool) {
	plan, seq, ok := strings.Cut(strings.TrimPrefix(stem, "part-"), "-")
	if !ok || len(plan) != 8 || len(seq) < 6 {
		return partID{}, false
	}
	p, err := strconv.ParseUint(plan, 16, 32)
	if err != nil {
		return partID{}, false
	}
	s, err := strconv.ParseUint(seq, 10, 32)
	id := partID{uint32(p), uint32(s)}
	return id, err == nil && id.String() == stem
}

// String returns the stem.
func (p partID) String() string {
	text := append(make([]byte, 0, 32), "part-"...)
	for shift := 28; shift >= 0; shift -= 4 {
		text = append(text, "0123456789abcdef"[p.plan>>shift&15])
	}
	text = append(text, '-')
	digits := strconv.FormatUint(uint64(p.seq), 10)
	text = append(text, "000000"[min(6, len(digits)):]...)
	return string(append(text, digits...))
}

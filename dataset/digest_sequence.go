package dataset

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// sequence is the running hash of a sequence of words. It depends on their
// values and order, not on how they were split over calls.
//
// Four hashes take turns, since one would wait for its own last multiplication.
// Every step is a bijection of the hash for a given word and of the word for a
// given hash: two sequences that differ in a single word never have the same
// sum, and others do with a probability of about 2⁻⁶⁴.
type sequence struct {
	turns quad
	count int64
}

// newSequence returns the hash of no words. It starts at a value other than
// zero, which zeros would not move.
func newSequence() sequence {
	return sequence{turns: quad{firstHash, firstHash, firstHash, firstHash}}
}

// quad are four hashes, the one whose turn it is first. It is a struct, not an
// array, so that the compiler keeps it in registers.
type quad struct{ a, b, c, d uint64 }

// next gives the first hash a word; it then comes last.
func (q quad) next(word uint64) quad {
	return quad{q.b, q.c, q.d, mix(q.a, word)}
}

// round gives every hash a word: four times next.
func (q quad) round(a, b, c, d uint64) quad {
	return quad{mix(q.a, a), mix(q.b, b), mix(q.c, c), mix(q.d, d)}
}

const (
	firstHash = 0xd1b54a32d192ed03 // any but zero
	// multiplier is 2⁶⁴ over the golden ratio, made odd: multiplying by it is a
	// bijection that spreads every bit to all above it.
	multiplier = 0x9e3779b97f4a7c15
	// turn brings the well mixed bits down to where the next multiplication
	// spreads them.
	turn = 29
)

func mix(hash, word uint64) uint64 {
	return bits.RotateLeft64((hash^word)*multiplier, turn)
}

// add appends one word.
func (s *sequence) add(word uint64) {
	s.turns = s.turns.next(word)
	s.count++
}

// The loops below are next for every word, four at a time.

// words64 appends words of eight bytes in the machine's order.
func (s *sequence) words64(data []byte) {
	q := s.turns
	s.count += int64(len(data) / 8)
	for ; len(data) >= 32; data = data[32:] {
		q = q.round(word64(data), word64(data[8:]), word64(data[16:]), word64(data[24:]))
	}
	for ; len(data) >= 8; data = data[8:] {
		q = q.next(word64(data))
	}
	s.turns = q
}

func word64(data []byte) uint64 { return binary.NativeEndian.Uint64(data) }

// words32 appends words of four bytes in the machine's order.
func (s *sequence) words32(data []byte) {
	q := s.turns
	s.count += int64(len(data) / 4)
	for ; len(data) >= 16; data = data[16:] {
		q = q.round(word32(data), word32(data[4:]), word32(data[8:]), word32(data[12:]))
	}
	for ; len(data) >= 4; data = data[4:] {
		q = q.next(word32(data))
	}
	s.turns = q
}

func word32(data []byte) uint64 { return uint64(binary.NativeEndian.Uint32(data)) }

// floats appends the bits of values.
func (s *sequence) floats(values []float32) {
	q := s.turns
	s.count += int64(len(values))
	for ; len(values) >= 4; values = values[4:] {
		q = q.round(bits32(values[0]), bits32(values[1]), bits32(values[2]), bits32(values[3]))
	}
	for _, v := range values {
		q = q.next(bits32(v))
	}
	s.turns = q
}

func bits32(v float32) uint64 { return uint64(math.Float32bits(v)) }

// indexed appends the entries at indexes.
func (s *sequence) indexed(indexes []int32, entries []uint64) error {
	for _, index := range indexes {
		if uint(index) >= uint(len(entries)) {
			return fmt.Errorf("entry %d of a dictionary of %d", index, len(entries))
		}
	}
	q := s.turns
	s.count += int64(len(indexes))
	for ; len(indexes) >= 4; indexes = indexes[4:] {
		q = q.round(entries[indexes[0]], entries[indexes[1]], entries[indexes[2]], entries[indexes[3]])
	}
	for _, index := range indexes {
		q = q.next(entries[index])
	}
	s.turns = q
	return nil
}

// doubles appends the elements of a list and returns its word.
func (s *sequence) doubles(list []float64) uint64 {
	q := s.turns
	for _, v := range list {
		q = q.next(math.Float64bits(v))
	}
	s.turns = q
	s.count += int64(len(list))
	return uint64(len(list))
}

// integers is doubles for whole numbers.
func (s *sequence) integers(list []int64) uint64 {
	q := s.turns
	for _, v := range list {
		q = q.next(uint64(v))
	}
	s.turns = q
	s.count += int64(len(list))
	return uint64(len(list))
}

// levels appends 1 for every value and 0 for every NULL.
func (s *sequence) levels(definitions []byte) {
	for _, level := range definitions {
		s.add(uint64(level))
	}
}

// lengths appends the lengths of lists, of which open is how much of the first
// was seen before, -1 if there is none. It returns the length of the last so
// far: it may go on in the next page.
func (s *sequence) lengths(open int64, repetitions, definitions []byte) int64 {
	q := s.turns
	for i, repetition := range repetitions {
		if repetition == 0 {
			if open >= 0 {
				q = q.next(uint64(open))
				s.count++
			}
			open = 0
		}
		open += int64(definitions[i]) // 0 says that the list is empty
	}
	s.turns = q
	return open
}

package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The library that decodes Parquet's metadata believes the lengths in it: a list
// of a few bytes can claim two thousand million structs, and memory for them is
// taken before the first is read. So the bytes are walked once before it sees
// them. They are Thrift in its compact protocol:
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md

// The types of the compact protocol that Parquet uses: all but maps and UUIDs.
const (
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftInt16  = 4
	thriftInt32  = 5
	thriftInt64  = 6
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftStruct = 12
)

// thriftNesting is how many structs and lists may lie in each other. Metadata of
// Parquet has eight.
const thriftNesting = 12

// thriftField is the largest identifier of a field; Parquet's end below 20.
const thriftField = 64

var errThriftEnd = errors.New("it ends within a value")

// skimmer walks a value without decoding it.
type skimmer struct {
	data  []byte
	at    int
	items uint64 // how many list items may still come
}

// skimThrift walks the struct that data begins with and returns its length. It
// allocates nothing. The error says where a length is larger than what is left,
// lists have more than items members altogether, structs lie too deep or a
// field comes twice. What follows the struct is not looked at.
func skimThrift(data []byte, items int64) (int, error) {
	s := skimmer{data: data, items: uint64(max(items, 0))}
	if err := s.structure(thriftNesting); err != nil {
		return 0, fmt.Errorf("byte %d of %d: %w", s.at, len(data), err)
	}
	return s.at, nil
}

// structure walks fields up to the stop byte.
func (s *skimmer) structure(depth int) error {
	if depth == 0 {
		return fmt.Errorf("structs are nested more than %d deep", thriftNesting)
	}
	for last := int64(0); ; {
		head, err := s.next()
		if err != nil || head == 0 {
			return err
		}
		id := last + int64(head>>4)
		if head>>4 == 0 {
			zigzag, err := s.varint()
			if err != nil {
				return err
			}
			id = int64(zigzag>>1) ^ -int64(zigzag&1)
		}
		if id <= last || id > thriftField {
			return fmt.Errorf("field %d comes after field %d", id, last)
		}
		last = id
		if kind := head & 15; kind != thriftTrue && kind != thriftFalse { // a field's boolean is in its type
			if err := s.value(kind, depth); err != nil {
				return err
			}
		}
	}
}

// value walks one value of the given type.
func (s *skimmer) value(kind byte, depth int) error {
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		return s.skip(1)
	case thriftInt16, thriftInt32, thriftInt64:
		_, err := s.varint()
		return err
	case thriftDouble:
		return s.skip(8)
	case thriftBinary:
		n, err := s.varint()
		if err != nil {
			return err
		}
		return s.skip(n)
	case thriftList, thriftSet:
		return s.list(depth - 1)
	case thriftStruct:
		return s.structure(depth - 1)
	}
	return fmt.Errorf("a value has type %d, which Parquet does not use", kind)
}

// list walks a list or a set.
func (s *skimmer) list(depth int) error {
	if depth == 0 {
		return fmt.Errorf("lists are nested more than %d deep", thriftNesting)
	}
	head, err := s.next()
	if err != nil {
		return err
	}
	n := uint64(head >> 4)
	if n == 15 {
		if n, err = s.varint(); err != nil {
			return err
		}
	}
	if n > s.items {
		return fmt.Errorf("a list claims %d items, at most %d can come", n, s.items)
	}
	s.items -= n
	for range n {
		if err := s.value(head&15, depth); err != nil {
			return err
		}
	}
	return nil
}

// varint walks a number of variable length and returns its bits.
func (s *skimmer) varint() (uint64, error) {
	u, n := binary.Uvarint(s.data[s.at:])
	switch {
	case n < 0:
		return 0, errors.New("a number has more than 64 bits")
	case n == 0:
		return 0, errThriftEnd
	}
	s.at += n
	return u, nil
}

// next walks one byte.
func (s *skimmer) next() (byte, error) {
	if err := s.skip(1); err != nil {
		return 0, err
	}
	return s.data[s.at-1], nil
}

// skip walks n bytes.
func (s *skimmer) skip(n uint64) error {
	if n > uint64(len(s.data)-s.at) {
		return errThriftEnd
	}
	s.at += int(n)
	return nil
}

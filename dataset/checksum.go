package dataset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
)

// A part file carries checksums of all its bytes. Parquet has none for footers,
// page headers and dictionaries, and the library that reads them believes what
// they say: a flipped bit there can claim gigabytes or crash the process. So a
// file is checked before the library sees it: its footer when it is opened, its
// body before pages are read.
//
// The checksums stand in the footer itself, as the value of one metadata key:
// eight hexadecimal digits for the body, all bytes before the footer, and eight
// for the footer with these last eight taken as zeros. They are CRC-32C, which
// finds accidents, not malice.

const (
	magic     = "PAR1"
	maxFooter = 64 << 20 // far above any part's: at most some thousand row groups and the sweep file
	unstamped = "0000000000000000"
)

// stampMark is what comes before the checksums in a footer: the key, and the
// head of a string of 16 bytes in Thrift's compact protocol (field 2 of
// KeyValue, type 8). A control character cannot occur in a sweep file.
var stampMark = []byte(keyChecksum + "\x18\x10")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// frame is the footer of a part file and what surrounds it.
type frame struct {
	body   int64  // bytes before the footer
	footer []byte // Thrift, without the length and the magic at its end
	sums   []byte // the 16 digits, a part of footer
}

// size returns the bytes of the file.
func (f *frame) size() int64 { return f.body + int64(len(f.footer)) + 8 }

// readFrame reads the footer of a file of the given size and finds the
// checksums in it. It checks nothing that they cover.
func readFrame(file io.ReaderAt, size int64) (*frame, error) {
	if size < 12 {
		return nil, fmt.Errorf("it has %d bytes, too few for a Parquet file", size)
	}
	var head [4]byte
	if _, err := file.ReadAt(head[:], 0); err != nil {
		return nil, err
	}
	if string(head[:]) != magic {
		return nil, fmt.Errorf("it begins with %q, want %q", head[:], magic)
	}
	var tail [8]byte
	if _, err := file.ReadAt(tail[:], size-8); err != nil {
		return nil, err
	}
	if string(tail[4:]) != magic {
		return nil, fmt.Errorf("it ends with %q, want %q", tail[4:], magic)
	}
	length := int64(binary.LittleEndian.Uint32(tail[:4]))
	if length > min(size-12, maxFooter) {
		return nil, fmt.Errorf("its footer claims %d of its %d bytes", length, size)
	}
	f := &frame{body: size - 8 - length, footer: make([]byte, length)}
	if _, err := file.ReadAt(f.footer, f.body); err != nil {
		return nil, err
	}
	_, after, found := bytes.Cut(f.footer, stampMark)
	if !found || len(after) < len(unstamped) {
		return nil, fmt.Errorf("its footer has no %s", keyChecksum)
	}
	f.sums = after[:len(unstamped)]
	return f, nil
}

// footerSum returns the digits of the footer's checksum.
func (f *frame) footerSum() string {
	own := f.sums[8:]
	stamped := string(own)
	copy(own, unstamped)
	sum := crc32.Checksum(f.footer, castagnoli)
	copy(own, stamped)
	return digits(sum)
}

// bodySum returns the body's checksum, reading all of it.
func (f *frame) bodySum(file io.ReaderAt) (uint32, error) {
	hash := crc32.New(castagnoli)
	_, err := io.Copy(hash, io.NewSectionReader(file, 0, f.body))
	return hash.Sum32(), err
}

// wholeSum returns the checksum of the whole file from that of its body.
func (f *frame) wholeSum(body uint32) uint32 {
	sum := crc32.Update(body, castagnoli, f.footer)
	end := binary.LittleEndian.AppendUint32(nil, uint32(len(f.footer)))
	return crc32.Update(sum, castagnoli, append(end, magic...))
}

// digits writes a checksum as it stands in a footer.
func digits(sum uint32) string { return fmt.Sprintf("%08x", sum) }

// checkFooter compares the footer with its checksum.
func (f *frame) checkFooter() error {
	if got, want := f.footerSum(), string(f.sums[8:]); got != want {
		return fmt.Errorf("the checksum of its footer is %s, want %s", got, strconv.QuoteToASCII(want))
	}
	return nil
}

// checkBody compares the body with its checksum.
func (f *frame) checkBody(file io.ReaderAt) error {
	got, err := f.bodySum(file)
	if err != nil {
		return err
	}
	if want := string(f.sums[:8]); digits(got) != want {
		return fmt.Errorf("the checksum of its data is %s, want %s", digits(got), want)
	}
	return nil
}

// summed is a writer that takes the checksum of what it hands on.
type summed struct {
	io.Writer
	sum uint32
}

// Write writes p and counts what was written.
func (s *summed) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	s.sum = crc32.Update(s.sum, castagnoli, p[:n])
	return n, err
}

// stamp writes the checksums into a file that was written with unstamped in
// their place, if the file holds what was written: the bytes of that checksum.
func stamp(file interface {
	io.ReaderAt
	io.WriterAt
}, size int64, written uint32) error {
	f, err := readFrame(file, size)
	if err != nil {
		return fmt.Errorf("what was just written: %w", err)
	}
	if string(f.sums) != unstamped {
		return errors.New("what was just written has a checksum already")
	}
	body, err := f.bodySum(file)
	if err != nil {
		return err
	}
	if got := f.wholeSum(body); got != written {
		return fmt.Errorf("the disk gives other bytes than were written: their checksum is %s, want %s", digits(got), digits(written))
	}
	copy(f.sums, digits(body))
	copy(f.sums[8:], f.footerSum())
	_, err = file.WriteAt(f.footer, f.body)
	return err
}

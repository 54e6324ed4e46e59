package dataset

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
)

// readBack reads a stamped part file as a reader would, every page of it
// decompressed and decoded, and compares the digest of its rows with want. It
// returns the SHA-256 of the file. The error says which column differs, or what
// cannot be read. The checksums are compared before anything is decoded, so that
// the library sees no other bytes than it wrote; what makes it panic even so is
// an error.
func readBack(file io.ReaderAt, size int64, want digest) (sum [sha256.Size]byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reading it back: panic: %v", r)
		}
	}()
	w := newWindow(file, size)
	if sum, err = w.checkedSum(); err != nil {
		return sum, fmt.Errorf("reading it back: %w", err)
	}
	got, err := digestOf(w, size)
	if err != nil {
		return sum, fmt.Errorf("reading it back: %w", err)
	}
	return sum, got.differs(want)
}

// hashFile returns the SHA-256 of a file of the given size.
func hashFile(file io.ReaderAt, size int64) (sum [sha256.Size]byte, err error) {
	hash := sha256.New()
	if err := newWindow(file, size).copyTo(0, size, hash); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(hash.Sum(nil)), nil
}

// windowSize is large beside what the library reads at a time, and small beside
// what a part takes to write.
const windowSize = 256 << 10

// window reads a file in large steps for someone who reads it in small ones, in
// order but for an exception now and then.
type window struct {
	file io.ReaderAt
	size int64
	data []byte // bytes of the file
	at   int64  // where they begin
}

func newWindow(file io.ReaderAt, size int64) *window {
	return &window{file: file, size: size, data: make([]byte, 0, max(0, min(windowSize, size)))}
}

// from returns the bytes of the window from offset, at least one, moving it if
// it has none. It returns io.EOF at the end of the file, and
// io.ErrUnexpectedEOF if the file is shorter than it should be.
func (w *window) from(offset int64) ([]byte, error) {
	if skip := offset - w.at; skip >= 0 && skip < int64(len(w.data)) {
		return w.data[skip:], nil
	}
	if offset >= w.size {
		return nil, io.EOF
	}
	w.at, w.data = offset, w.data[:min(windowSize, w.size-offset)]
	if n, err := w.file.ReadAt(w.data, offset); n < len(w.data) {
		w.data = w.data[:0]
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return w.data, nil
}

// ReadAt is that of io.ReaderAt, for one goroutine at a time.
func (w *window) ReadAt(p []byte, offset int64) (n int, err error) {
	for n < len(p) {
		data, err := w.from(offset + int64(n))
		if err != nil {
			return n, err
		}
		n += copy(p[n:], data)
	}
	return n, nil
}

// copyTo gives the bytes from first to end to every hash.
func (w *window) copyTo(first, end int64, hashes ...hash.Hash) error {
	for first < end {
		data, err := w.from(first)
		if err != nil {
			return err
		}
		data = data[:min(int64(len(data)), end-first)]
		for _, h := range hashes {
			h.Write(data) // never fails
		}
		first += int64(len(data))
	}
	return nil
}

// checkedSum compares the checksums of a stamped part file with its bytes and
// returns its SHA-256, reading it once.
func (w *window) checkedSum() (sum [sha256.Size]byte, err error) {
	frame, err := readFrame(w, w.size)
	if err != nil {
		return sum, err
	}
	if err := frame.checkFooter(); err != nil {
		return sum, err
	}
	whole, body := sha256.New(), crc32.New(castagnoli)
	if err := w.copyTo(0, frame.body, whole, body); err != nil {
		return sum, err
	}
	if err := w.copyTo(frame.body, w.size, whole); err != nil {
		return sum, err
	}
	if got, want := digits(body.Sum32()), string(frame.sums[:8]); got != want {
		return sum, fmt.Errorf("the checksum of its data is %s, want %q", got, want)
	}
	return [sha256.Size]byte(whole.Sum(nil)), nil
}

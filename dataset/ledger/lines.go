package ledger

import (
	"bufio"
	"errors"
	"io"
)

// maxLine bounds a line of a journal or a manifest, its newline included. The
// longest that we write has some 400 bytes.
const maxLine = 4 << 10

// lines reads a text line by line and holds no more than maxLine bytes of it.
type lines struct {
	r      *bufio.Reader
	number int // of the line read last, from 1
}

// newLines reads r in pieces of several lines, which a disk that is far away likes
// better. The struct hides from the second reader that the first would do.
func newLines(r io.Reader) *lines {
	pieces := struct{ io.Reader }{bufio.NewReaderSize(r, 8*maxLine)}
	return &lines{r: bufio.NewReaderSize(pieces, maxLine)}
}

// next returns the next line without its newline, valid until the next call,
// and whether it had one: only the last line can lack it. Of a line longer than
// maxLine it returns the first maxLine bytes, which no whole line has, and skips
// the rest. At the end the error is io.EOF; any other is the reader's.
func (l *lines) next() (line []byte, ended bool, err error) {
	line, err = l.r.ReadSlice('\n')
	if len(line) == 0 {
		return nil, false, err
	}
	l.number++
	switch {
	case err == nil:
		return line[:len(line)-1], true, nil
	case errors.Is(err, bufio.ErrBufferFull):
		return l.skip(line)
	case err == io.EOF:
		return line, false, nil
	}
	return nil, false, err
}

// skip reads to the end of a line that begins with head.
func (l *lines) skip(head []byte) (line []byte, ended bool, err error) {
	line = append([]byte(nil), head...) // the reader overwrites its own
	for err = bufio.ErrBufferFull; errors.Is(err, bufio.ErrBufferFull); {
		_, err = l.r.ReadSlice('\n')
	}
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	return line, err == nil, nil
}

package ledger

import (
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"sync"

	"nodal/dataset/disk"
)

// A journal says what a run published, one line a part, so that the next run
// need not read every file again. It is a cache: the truth is a valid part file,
// a journal that is lost costs only time, and none is ever synced. Each run
// writes a file of its own, so that runs at the same time cannot tear each
// other's lines, and old ones stay as a history.
//
// A line is {"crc":"1a2b3c4d","entry":E}, where crc is the CRC-32C of the bytes
// of E. In the first line E is {"journal":1,"plan":"64 digits"}, in the others
// that of a part, see [Entry].

const (
	journalVersion = 1

	crcOpen   = `{"crc":"`
	crcDigits = 8
	entryOpen = `","entry":`
	lineClose = `}`
)

// castagnoli is the polynomial of CRC-32C, which processors compute.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Journal writes the journal of one run. Its methods may be called by several
// goroutines at a time.
type Journal struct {
	fsys disk.FS
	path string
	plan string // hash of the run's plan

	mu     sync.Mutex
	file   disk.File // nil until there is something to say
	headed bool      // the header is in the file
	torn   bool      // the file may end inside a line
	text   []byte    // buffer
}

// NewJournal returns a journal for a run that works on the plan with that hash,
// under a new name <tag>-<8 random digits>.jsonl in folder. Nothing is written
// before the first Add; the folder must be there by then. It panics if tag or
// plan could not be read back.
func NewJournal(fsys disk.FS, folder, tag, plan string) *Journal {
	name := fmt.Sprintf("%s-%08x.jsonl", tag, rand.Uint32())
	if !journalPattern.MatchString(name) || !isHash(plan) {
		panic(fmt.Sprintf("ledger: NewJournal: tag %q or plan %q is malformed", tag, plan))
	}
	return &Journal{fsys: fsys, path: filepath.Join(folder, name), plan: plan}
}

// Add appends the line of a part in one write. After an error, one of the file
// system, the part may or may not be in the journal; the next line starts anew.
func (j *Journal) Add(e Entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.write(e); err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	return nil
}

func (j *Journal) write(e Entry) error {
	if err := j.open(); err != nil {
		return err
	}
	j.text = j.text[:0]
	if j.torn {
		j.text = append(j.text, '\n')
	}
	if !j.headed {
		j.text = appendLine(j.text, appendHeader(nil, j.plan))
	}
	j.text = appendLine(j.text, e.appendJSON(nil))
	n, err := j.file.Write(j.text)
	if err == nil && n < len(j.text) {
		err = fmt.Errorf("%s: %w", j.path, io.ErrShortWrite)
	}
	if err != nil {
		j.torn = true
		return err
	}
	j.headed, j.torn = true, false
	return nil
}

// open opens the file. Another run may have drawn the same name and died in the
// middle of a line.
func (j *Journal) open() error {
	if j.file != nil {
		return nil
	}
	file, err := j.fsys.Append(j.path)
	if err != nil {
		return err
	}
	size, err := file.Size()
	j.file, j.torn = file, size > 0 || err != nil
	return nil
}

// Close closes the file, if there is one. What was written stays, whatever the
// error says.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	file := j.file
	j.file = nil
	if err := file.Close(); err != nil {
		return fmt.Errorf("closing the journal: %w", err)
	}
	return nil
}

// appendHeader appends the header's entry.
func appendHeader(text []byte, plan string) []byte {
	return fmt.Appendf(text, `{"journal":%d,"plan":"%s"}`, journalVersion, plan)
}

// appendLine appends the line of an entry's text.
func appendLine(text, body []byte) []byte {
	text = append(text, crcOpen...)
	text = append(text, crcOf(body)...)
	text = append(text, entryOpen...)
	text = append(text, body...)
	return append(text, lineClose+"\n"...)
}

// crcOf returns the digits of a checksum.
func crcOf(body []byte) string {
	digits := strconv.FormatUint(1<<32|uint64(crc32.Checksum(body, castagnoli)), 16)
	return digits[1:] // the leading one keeps the zeros
}

package ledger

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"nodal/dataset/disk"
)

// journalPattern matches the names of journals.
var journalPattern = regexp.MustCompile(`^[0-9A-Za-z]+-[0-9a-f]{8}\.jsonl$`)

// maxComplaints bounds what is said about one file.
const maxComplaints = 20

// Complaint says what was ignored in the journals, for a person. No Complaint
// puts a row in doubt: what is ignored is only checked again.
type Complaint struct {
	File string // from _nodal on, such as journal/0of1-1a2b3c4d.jsonl
	Line int    // from 1; 0 means the file
	What string
}

// String returns "file:line: what".
func (c Complaint) String() string {
	if c.Line == 0 {
		return c.File + ": " + c.What
	}
	return fmt.Sprintf("%s:%d: %s", c.File, c.Line, c.What)
}

// Wanted narrows what is read of journals.
type Wanted struct {
	Parts map[string]bool // only of these
	Tag   string          // first in the journals with this tag; in others only if those do not tell of all
}

// ReadJournals enters in known what the journals in folder say about parts of
// the plans with the given hashes, in the order of their names, or what is wanted of it
// unless that is nil. What it cannot
// believe it ignores with a complaint: files that are not journals, torn and
// damaged lines, other versions and plans, contradictions. A folder that is not
// there holds no journals. An error is one of the file system.
func ReadJournals(fsys disk.FS, folder string, plans []string, wanted *Wanted, known *Ledger) ([]Complaint, error) {
	found, err := fsys.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the journals: %w", err)
	}
	if wanted != nil {
		slices.SortStableFunc(found, func(a, b fs.DirEntry) int { return wanted.rank(a.Name()) - wanted.rank(b.Name()) })
	}
	var all []Complaint
	for _, f := range found {
		name := f.Name()
		if strings.HasPrefix(name, ".") { // not ours
			continue
		}
		if wanted != nil && wanted.rank(name) > 0 && known.Len() >= len(wanted.Parts) {
			break
		}
		if !journalPattern.MatchString(name) {
			all = append(all, Complaint{File: fmt.Sprintf("journal/%q", name), What: "its name is not that of a journal"})
			continue
		}
		some, err := readJournalFile(fsys, filepath.Join(folder, name), plans, wanted, known)
		if err != nil {
			return nil, fmt.Errorf("reading the journals: %w", err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// rank returns 0 for a journal that is read first, 1 for another.
func (w *Wanted) rank(name string) int {
	if strings.HasPrefix(name, w.Tag+"-") {
		return 0
	}
	return 1
}

// readJournalFile reads one file, unless it has just gone.
func readJournalFile(fsys disk.FS, path string, plans []string, wanted *Wanted, known *Ledger) ([]Complaint, error) {
	name := "journal/" + filepath.Base(path)
	file, err := fsys.Open(path)
	switch {
	case errors.Is(err, disk.ErrNotRegular):
		return []Complaint{{File: name, What: "it is " + disk.ErrNotRegular.Error()}}, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	complaints, err := readJournal(file, name, plans, wanted, known)
	return complaints, errors.Join(err, file.Close())
}

// journalReader is in the middle of one journal.
type journalReader struct {
	plans  []string
	wanted *Wanted // nil: all
	known  *Ledger
	headed bool // a header of one of the plans was read
}

// readJournal enters in known what one journal says, see [ReadJournals]. It
// holds one line of it at a time. An error is one of r.
func readJournal(r io.Reader, name string, plans []string, wanted *Wanted, known *Ledger) ([]Complaint, error) {
	known.nextSource()
	var complaints []Complaint
	text, in, more := newLines(r), journalReader{plans: plans, wanted: wanted, known: known}, 0
	for over := false; !over; {
		line, ended, err := text.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		var what string
		what, over = in.line(line, ended)
		switch {
		case what == "":
		case len(complaints) == maxComplaints:
			more++
		default:
			complaints = append(complaints, Complaint{File: name, Line: text.number, What: what})
		}
	}
	if more > 0 {
		complaints = append(complaints, Complaint{File: name, What: fmt.Sprintf("%d more lines were ignored", more)})
	}
	return complaints, nil
}

// line takes a line, and returns why not and whether the rest of the file is of
// no use. Empty lines are what a writer begins with that could not write.
func (in *journalReader) line(line []byte, ended bool) (what string, over bool) {
	if len(line) == 0 {
		return "", false
	}
	if what := mangled(line); what != "" {
		return what, false
	}
	body, what := unframe(line)
	if what != "" {
		if !ended {
			return "torn: the file ends in the middle of it", false
		}
		return what, false
	}
	x := exact{rest: body}
	if x.optional(`{"journal":`) {
		return in.header(&x)
	}
	e := x.entry()
	switch {
	case !x.done():
		return "its checksum is right, but this version does not know what it says", false
	case !in.headed:
		return "no header before it says which plan it belongs to", false
	case !slices.ContainsFunc(in.plans, func(plan string) bool { return strings.HasPrefix(e.Part, "part-"+plan[:8]) }):
		return "about a part of another plan, " + e.Part, false
	case in.wanted != nil && !in.wanted.Parts[e.Part]:
		return "", false
	}
	switch in.known.Add(e) {
	case Repeated:
		what = "says the same as an earlier line about " + e.Part
	case Contradicted:
		what = "contradicts an earlier line about " + e.Part + ", which will be checked anew"
	}
	return what, false
}

// header takes the rest of a header.
func (in *journalReader) header(x *exact) (what string, over bool) {
	if version := x.number(); x.failed || version != journalVersion {
		return fmt.Sprintf("a journal of another version, want %d; the rest is not read", journalVersion), true
	}
	x.literal(`,"plan":"`)
	plan := x.quoted()
	x.literal(`}`)
	if !x.done() || !slices.Contains(in.plans, plan) {
		return fmt.Sprintf("a journal of another plan, %.8q; the rest is not read", plan), true
	}
	in.headed = true
	return "", false
}

// mangled says what is wrong with a line at first sight.
func mangled(line []byte) string {
	switch {
	case line[0] == 0:
		return "zero bytes, as a power cut leaves them"
	case len(line) == maxLine:
		return fmt.Sprintf("longer than %d bytes", maxLine)
	}
	return ""
}

// unframe returns the entry of a line if its checksum is right, and otherwise
// what is wrong.
func unframe(line []byte) (body []byte, what string) {
	const head = len(crcOpen) + crcDigits + len(entryOpen)
	if len(line) < head+len(lineClose) {
		return nil, "not a line of a journal"
	}
	x := exact{rest: line[:head]}
	x.literal(crcOpen)
	crc := string(x.rest[:crcDigits]) // there are as many, whatever they are
	x.rest = x.rest[len(crc):]
	x.literal(entryOpen)
	body, closed := line[head:len(line)-len(lineClose)], string(line[len(line)-len(lineClose):]) == lineClose
	if !x.done() || !closed || !isHex(crc) {
		return nil, "not a line of a journal"
	}
	if got := crcOf(body); got != crc {
		return nil, fmt.Sprintf("the checksum of its entry is %s, want %s", got, crc)
	}
	return body, ""
}

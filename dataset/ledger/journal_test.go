package ledger

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/dataset/disk"
)

// newTestJournal returns a journal in folder that is closed after the test.
func newTestJournal(t testing.TB, fsys disk.FS, folder string) *Journal {
	j := NewJournal(fsys, folder, "0of1", planA)
	t.Cleanup(func() { j.Close() })
	return j
}

// addAll appends entries and closes the journal.
func addAll(t testing.TB, j *Journal, entries ...Entry) {
	t.Helper()
	for _, e := range entries {
		if err := j.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// madeUpEntries returns the first n entries of planA.
func madeUpEntries(n int) []Entry {
	all := make([]Entry, n)
	for i := range all {
		all[i] = madeUpEntry(planA, i)
	}
	return all
}

// readFolder reads the journals of a folder.
func readFolder(t testing.TB, folder string, plans ...string) (*Ledger, []Complaint) {
	t.Helper()
	var l Ledger
	complaints, err := ReadJournals(disk.OS{}, folder, plans, nil, &l)
	if err != nil {
		t.Fatal(err)
	}
	return &l, complaints
}

// texts returns complaints as they are printed.
func texts(complaints []Complaint) []string {
	var all []string
	for _, c := range complaints {
		all = append(all, c.String())
	}
	return all
}

func TestJournalRoundTrip(t *testing.T) {
	folder := t.TempDir()
	all := madeUpEntries(10)
	addAll(t, newTestJournal(t, disk.OS{}, folder))
	if files, _ := os.ReadDir(folder); len(files) > 0 {
		t.Errorf("a run that published nothing wrote %v", files)
	}
	addAll(t, newTestJournal(t, disk.OS{}, folder), all[:5]...)
	addAll(t, newTestJournal(t, disk.OS{}, folder), all[4:]...)
	l, complaints := readFolder(t, folder, planB, planA)
	wantKnown(t, l, all, all)
	if len(complaints) > 0 {
		t.Errorf("complaints %q", texts(complaints))
	}
	if files, _ := os.ReadDir(folder); len(files) != 2 {
		t.Errorf("files %v, want one for each run", files)
	}
}

// TestJournalText fixes the bytes: later versions have to read them.
func TestJournalText(t *testing.T) {
	folder := t.TempDir()
	j := newTestJournal(t, disk.OS{}, folder)
	e := Entry{Part: "part-1a2b3c4d-000000", Networks: Sum{Bytes: 123, Rows: 45}, Fields: &Sum{Bytes: 6, Rows: 7}}
	addAll(t, j, e)
	got, err := os.ReadFile(j.path)
	if err != nil {
		t.Fatal(err)
	}
	// The checksums were computed bit by bit, elsewhere, from the polynomial.
	zeros := strings.Repeat("0", 64)
	want := `{"crc":"6fa2273b","entry":{"journal":1,"plan":"` + planA + `"}}` + "\n" +
		`{"crc":"4e97e135","entry":{"part":"part-1a2b3c4d-000000","networks":{"bytes":123,"sha256":"` + zeros +
		`","rows":45},"fields":{"bytes":6,"sha256":"` + zeros + `","rows":7}}}` + "\n"
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Errorf("text (-want +got):\n%s", d)
	}
	if name := filepath.Base(j.path); !strings.HasPrefix(name, "0of1-") || len(name) != len("0of1-1a2b3c4d.jsonl") {
		t.Errorf("name %s", name)
	}
}

// shortDisk is a file system whose files take only so many bytes before writes
// fail, in the middle of a line.
type shortDisk struct {
	disk.OS
	room   *int
	silent bool // no error, only a short count
}

type shortFile struct {
	disk.File
	disk shortDisk
}

func (d shortDisk) Append(path string) (disk.File, error) {
	f, err := d.OS.Append(path)
	return shortFile{f, d}, err
}

var errNoRoom = errors.New("no room")

func (f shortFile) Write(p []byte) (int, error) {
	n, err := f.File.Write(p[:min(len(p), *f.disk.room)])
	*f.disk.room -= n
	if err == nil && n < len(p) && !f.disk.silent {
		err = errNoRoom
	}
	return n, err
}

// TestJournalAfterFailedWrite tears the first, or a later, line at every byte
// and goes on: nothing but the torn line may be lost.
func TestJournalAfterFailedWrite(t *testing.T) {
	all := madeUpEntries(3)
	header := len(appendLine(nil, appendHeader(nil, planA)))
	first := header + len(appendLine(nil, all[0].appendJSON(nil)))
	second := len(appendLine(nil, all[1].appendJSON(nil)))
	for room := range first + second {
		folder := t.TempDir()
		left := room
		j := newTestJournal(t, shortDisk{room: &left, silent: room%2 == 1}, folder)
		failed := 0
		for i, e := range all {
			err := j.Add(e)
			if err != nil {
				failed, left = i, 1<<20
				if !errors.Is(err, errNoRoom) && !errors.Is(err, io.ErrShortWrite) {
					t.Fatal(err)
				}
			}
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		l, complaints := readFolder(t, folder, planA)
		want := append(append([]Entry{}, all[:failed]...), all[failed+1:]...)
		if room == first-1 || room == first+second-1 {
			want = all // only the newline was missing
		}
		wantKnown(t, l, all, want)
		if len(complaints) > 1 {
			t.Errorf("room %d: complaints %q", room, texts(complaints))
		}
	}
}

// TestJournalSameName: a run that draws the name of one that died while it
// wrote, wherever that was, loses nothing of its own.
func TestJournalSameName(t *testing.T) {
	all := madeUpEntries(2)
	first := appendLine(appendLine(nil, appendHeader(nil, planA)), all[0].appendJSON(nil))
	for _, tt := range []struct {
		name       string
		there      int // bytes of the first journal
		known      []Entry
		complaints int
	}{
		{"nothing", 0, all[1:], 0},
		{"half a header", 50, all[1:], 1},
		{"half a line", 200, all[1:], 1},
		{"all", len(first), all, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			j := newTestJournal(t, disk.OS{}, folder)
			if err := os.WriteFile(j.path, first[:tt.there], 0o666); err != nil {
				t.Fatal(err)
			}
			addAll(t, j, all[1])
			l, complaints := readFolder(t, folder, planA)
			wantKnown(t, l, all, tt.known)
			if len(complaints) != tt.complaints {
				t.Errorf("complaints %q", texts(complaints))
			}
		})
	}
}

// TestConcurrentAppends writes one file from two journals, each from two
// goroutines.
func TestConcurrentAppends(t *testing.T) {
	folder := t.TempDir()
	all := madeUpEntries(400)
	journals := [2]*Journal{newTestJournal(t, disk.OS{}, folder), newTestJournal(t, disk.OS{}, folder)}
	journals[1].path = journals[0].path
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for i := g; i < len(all); i += 4 {
				if err := journals[g%2].Add(all[i]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	l, complaints := readFolder(t, folder, planA)
	wantKnown(t, l, all, all)
	if len(complaints) > 0 {
		t.Errorf("complaints %q", texts(complaints))
	}
}

// TestJournalErrors names the path when the system fails.
func TestJournalErrors(t *testing.T) {
	root := t.TempDir()
	missing := filepath.Join(root, "missing")
	err := newTestJournal(t, disk.OS{}, missing).Add(madeUpEntry(planA, 0))
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), missing) {
		t.Errorf("add: %v", err)
	}
	file := filepath.Join(root, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadJournals(disk.OS{}, file, nil, nil, &Ledger{}); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("readJournals: %v", err)
	}
	broken := io.MultiReader(strings.NewReader("x\n"), &brokenReader{})
	if _, err := readJournal(broken, "x", nil, nil, &Ledger{}); !errors.Is(err, errBroken) {
		t.Errorf("readJournal: %v", err)
	}
	broken = io.MultiReader(strings.NewReader(strings.Repeat("x", 2*maxLine)), &brokenReader{})
	if _, err := readJournal(broken, "x", nil, nil, &Ledger{}); !errors.Is(err, errBroken) {
		t.Errorf("readJournal of a long line: %v", err)
	}
}

var errBroken = errors.New("broken")

// brokenReader fails once and then is at its end, so that an error that is
// dropped is lost.
type brokenReader struct{ over bool }

func (r *brokenReader) Read([]byte) (int, error) {
	if r.over {
		return 0, io.EOF
	}
	r.over = true
	return 0, errBroken
}

package dataset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// harms are ways to harm the files of part 0. A run mends them, and says so with
// notice unless that is "".
var harms = []struct {
	name   string
	harm   func(networks, fields string) error
	notice string
}{
	{"networks removed", func(n, _ string) error { return os.Remove(n) }, ""},
	{"both removed", func(n, f string) error { return errors.Join(os.Remove(n), os.Remove(f)) }, ""},
	{"fields removed", func(_, f string) error { return os.Remove(f) }, "is missing: its part is drawn again"},
	{"networks empty", func(n, _ string) error { return os.Truncate(n, 0) }, "is damaged (it has 0 bytes"},
	{"networks truncated", func(n, _ string) error { return os.Truncate(n, 100) }, "is damaged (it has 100 bytes"},
	{"fields truncated", func(_, f string) error { return os.Truncate(f, 100) }, "is damaged (it has 100 bytes"},
	{"networks longer", func(n, _ string) error { return add(n, "PAR1") }, "is damaged (it"},
	{"footer flipped", func(n, _ string) error { return flipByte(n, -100) }, "is damaged (the checksum of its footer"},
	{"networks and fields", func(n, f string) error { return errors.Join(os.Truncate(n, 8), os.Truncate(f, 8)) }, "is damaged (it has 8 bytes"},
}

func add(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// flipByte flips a bit of the byte at offset, which counts from the end if it is
// negative.
func flipByte(path string, offset int) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if offset < 0 {
		offset += len(text)
	}
	text[offset] ^= 4
	return os.WriteFile(path, text, 0o666)
}

func TestHarmAndMend(t *testing.T) {
	for _, state := range []string{"complete", "incomplete", "nothing on record"} {
		for _, tt := range harms {
			t.Run(state+"/"+tt.name, func(t *testing.T) {
				plan := severalParts()
				d := write(t, plan)
				d.Close()
				want := contents(t, d.path)
				if state != "complete" {
					remove(t, successPath(d.path))
				}
				if state == "nothing on record" {
					remove(t, journalsPath(d.path))
				}
				if err := tt.harm(pathOf(d.path, networksFolder, plan, 0), pathOf(d.path, fieldsFolder, plan, 0)); err != nil {
					t.Fatal(err)
				}
				notices := runAgain(t, d.path, plan)
				if notice := strings.SplitAfter(tt.notice, "("); !strings.Contains(notices, notice[0]) ||
					state != "nothing on record" && !strings.Contains(notices, tt.notice) {
					t.Errorf("the run said %q, want %q", notices, tt.notice)
				}
				if moved, _ := names(d.fs, filepath.Join(d.path, nodalFolder, quarantine)); len(moved) == 0 && strings.Contains(tt.notice, "damaged") {
					t.Error("nothing was moved to the quarantine")
				}
				wantSame(t, contents(t, d.path), want)
			})
		}
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

// wantSame compares the files of two datasets, journals and quarantine aside.
func wantSame(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name := range got {
		if _, ok := want[name]; !ok && !strings.HasPrefix(name, "_nodal/quarantine/") && !strings.HasPrefix(name, "_nodal/journal/") {
			t.Errorf("there is %s", name)
		}
	}
	for name := range want {
		if got[name] != want[name] && !strings.HasPrefix(name, "_nodal/journal/") {
			t.Errorf("%s is not what it was", name)
		}
	}
}

// runAgain does what a run does and returns what it said.
func runAgain(t *testing.T, root string, plan *Plan) string {
	t.Helper()
	var notices []string
	d, err := Create(root, plan, Options{Notice: func(s string) { notices = append(notices, s) }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := os.Stat(successPath(root)); err == nil && !d.Complete() {
		t.Error("_SUCCESS stands while a part is missing")
	}
	for part := range d.Parts() {
		has, err := d.Has(part)
		if err != nil {
			t.Fatal(err)
		}
		if !has {
			writePart(t, d, part)
		}
	}
	if err := d.Finish(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(notices, "\n")
}

// TestNothingComesBack checks that a run whose dataset was taken away does not
// leave a folder with nothing but a journal, which the next run would refuse.
func TestNothingComesBack(t *testing.T) {
	root := filepath.Join(t.TempDir(), "out")
	plan := severalParts()
	d, err := Create(root, plan, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	remove(t, root)
	for part := range plan.Parts() {
		if err := d.record(ledger.Entry{Part: part.Name(), Networks: ledger.Sum{Bytes: 1, Rows: 1}}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("record: %v, want that the folder is gone", err)
		}
	}
	if _, err := os.Stat(root); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder came back: %v", err)
	}
}

// TestNotFiles checks that a run refuses what somebody put in the place of a
// part or among the parts, and changes nothing.
func TestNotFiles(t *testing.T) {
	for _, tt := range []struct {
		name string
		put  func(path string) error
		want string
	}{
		{"folder", func(p string) error { return errors.Join(os.Remove(p), os.Mkdir(p, 0o777)) }, "not a regular file"},
		{"link", func(p string) error {
			return errors.Join(os.Rename(p, p+".x"), os.Symlink(p+".x", p), os.Rename(p+".x", filepath.Join(filepath.Dir(p), ".x")))
		}, "not a regular file"},
		{"pipe", func(p string) error { return errors.Join(os.Remove(p), makePipe(p)) }, "not a regular file"},
		{"stranger", func(p string) error { return add(p, "") }, ""},
		{"another Parquet file", func(p string) error { return os.Link(p, filepath.Join(filepath.Dir(p), "copy.parquet")) }, "readers would take it for one"},
		{"a text", func(p string) error { return os.WriteFile(filepath.Join(filepath.Dir(p), "README"), nil, 0o666) }, "readers would take it for one"},
	} {
		for _, folder := range []string{networksFolder, fieldsFolder} {
			t.Run(tt.name+"/"+folder, func(t *testing.T) {
				plan := severalParts()
				d := write(t, plan)
				d.Close()
				if err := tt.put(pathOf(d.path, Kind(folder), plan, 0)); err != nil {
					t.Skip(err)
				}
				before := tree(t, d.path)
				done := make(chan error, 1)
				go func() {
					again, err := Create(d.path, plan, Options{})
					if err == nil {
						again.Close()
					}
					done <- err
				}()
				select {
				case err := <-done:
					var damage *IntegrityError
					if (err != nil) != (tt.want != "") || err != nil && (!errors.As(err, &damage) || !strings.Contains(err.Error(), tt.want)) {
						t.Errorf("Create: %v, want an IntegrityError with %q", err, tt.want)
					}
				case <-time.After(10 * time.Second):
					t.Fatal("Create waits for the pipe")
				}
				wantTree(t, d.path, before...)
			})
		}
	}
}

// contents returns the bytes of every file of a dataset.
func contents(t *testing.T, root string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	for _, name := range tree(t, root) {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	return files
}

// TestLostPlan checks that a run writes its plan again if the parts that are
// there are its own.
func TestLostPlan(t *testing.T) {
	for _, tt := range []struct {
		name string
		harm func(path string) error
		want string
	}{
		{"removed", os.Remove, "is lost: the rest of the dataset is there"},
		{"flipped", func(p string) error { return flipByte(p, 200) }, "is lost: "},
		{"truncated", func(p string) error { return os.Truncate(p, 50) }, "is lost: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := write(t, severalParts())
			d.Close()
			want := contents(t, d.path)
			if err := tt.harm(planPath(d.path)); err != nil {
				t.Fatal(err)
			}
			if notices := runAgain(t, d.path, d.plan); !strings.Contains(notices, tt.want) {
				t.Errorf("the run said %q, want %q", notices, tt.want)
			}
			wantSame(t, contents(t, d.path), want)
		})
	}
}

// TestUnreadable checks that what the file system refuses is its own error, not
// taken for damage.
func TestUnreadable(t *testing.T) {
	d := write(t, severalParts())
	d.Close()
	for _, op := range []string{"open", "lstat", "readdir"} {
		_, err := Create(d.path, d.plan, Options{FS: refusing{disk.OS{}, op, networksFolder}})
		var damage *IntegrityError
		if !errors.Is(err, syscall.EIO) || errors.As(err, &damage) {
			t.Errorf("%s: %v, want the file system's error", op, err)
		}
	}
	if !isComplete(t, create(t, d.path, d.plan)) {
		t.Error("the dataset suffered for it")
	}
}

// refusing is a file system that cannot do one operation below a folder.
type refusing struct {
	disk.FS
	op, folder string
}

func (r refusing) refuse(op, path string) error {
	if op == r.op && strings.Contains(path, r.folder) {
		return &fs.PathError{Op: op, Path: path, Err: syscall.EIO}
	}
	return nil
}

func (r refusing) Open(path string) (disk.File, error) {
	if err := r.refuse("open", path); err != nil {
		return nil, err
	}
	return r.FS.Open(path)
}

func (r refusing) Lstat(path string) (fs.FileInfo, error) {
	if err := r.refuse("lstat", path); err != nil {
		return nil, err
	}
	return r.FS.Lstat(path)
}

func (r refusing) ReadDir(path string) ([]fs.DirEntry, error) {
	if err := r.refuse("readdir", path); err != nil {
		return nil, err
	}
	return r.FS.ReadDir(path)
}

package dataset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// These tests damage a dataset, complete or not, and do what the error says.

// harms are ways to harm the files of part 0. The error says want; "" if the
// next run mends the harm without asking.
var harms = []struct {
	name string
	harm func(networks, fields string) error
	want string
}{
	{"networks removed", func(n, _ string) error { return os.Remove(n) }, ""},
	{"both removed", func(n, f string) error { return errors.Join(os.Remove(n), os.Remove(f)) }, ""},
	{"fields removed", func(_, f string) error { return os.Remove(f) }, "is missing: its networks announce 2 fields"},
	{"networks truncated", func(n, _ string) error { return os.Truncate(n, 100) }, "is damaged: it ends with"},
	{"fields truncated", func(_, f string) error { return os.Truncate(f, 100) }, "is damaged: it ends with"},
	{"networks a folder", func(n, _ string) error { return errors.Join(os.Remove(n), os.Mkdir(n, 0o777)) }, "is damaged: it is not a file"},
	{"fields a folder", func(_, f string) error { return errors.Join(os.Remove(f), os.Mkdir(f, 0o777)) }, "is damaged: it is not a file"},
}

func TestHarmAndMend(t *testing.T) {
	for _, finished := range []bool{true, false} {
		for _, tt := range harms {
			t.Run(map[bool]string{true: "complete/", false: "incomplete/"}[finished]+tt.name, func(t *testing.T) {
				plan := severalParts()
				d := write(t, plan)
				d.Close()
				want := contents(t, d.path)
				if !finished {
					if err := os.Remove(successPath(d.path)); err != nil {
						t.Fatal(err)
					}
				}
				networks, fields := partPath(d.path, networksFolder, plan, 0), partPath(d.path, fieldsFolder, plan, 0)
				if err := tt.harm(networks, fields); err != nil {
					t.Fatal(err)
				}
				err := runAgain(t, d.path, plan)
				if tt.want != "" {
					var damage *IntegrityError
					if !errors.As(err, &damage) || !strings.Contains(err.Error(), damage.Path+" "+tt.want) ||
						strings.HasPrefix(tt.name, "fields") != (damage.Path == fields) {
						t.Fatalf("the next run: %v, want an IntegrityError with %q", err, tt.want)
					}
					obey(t, err, networks, fields)
					err = runAgain(t, d.path, plan)
				}
				if err != nil {
					t.Fatal(err)
				}
				got := contents(t, d.path)
				for name := range want {
					if got[name] != want[name] {
						t.Errorf("%s is not what it was", name)
					}
				}
				if len(got) != len(want) {
					t.Errorf("%d files, want %d", len(got), len(want))
				}
			})
		}
	}
}

// runAgain does what a run does.
func runAgain(t *testing.T, root string, plan *Plan) (err error) {
	t.Helper()
	d := create(t, root, plan)
	defer d.Close()
	if done, err := d.Complete(); done || err != nil {
		return err
	}
	if _, err := os.Stat(successPath(root)); err == nil {
		t.Error("_SUCCESS stands while a part is missing")
	}
	for part := range plan.Parts() {
		has, err := d.Has(part)
		if err != nil {
			return err
		}
		if !has {
			writePart(t, d, part)
		}
	}
	return d.Finish()
}

// obey moves away the files that an error says to move away.
func obey(t *testing.T, err error, paths ...string) {
	t.Helper()
	moved := 0
	for _, path := range paths {
		if _, statErr := os.Stat(path); statErr == nil && strings.Contains(err.Error(), path) {
			moved++
			if err := os.Rename(path, filepath.Join(t.TempDir(), "moved")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if moved == 0 || !strings.HasSuffix(err.Error(), " away and run the sweep again") {
		t.Errorf("%v: nothing to move away", err)
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

// TestUnreadable checks that what the file system refuses is its own error, not
// taken for damage: nobody should move a part away for it.
func TestUnreadable(t *testing.T) {
	d := write(t, severalParts())
	path := partPath(d.path, networksFolder, d.plan, 0)
	if err := errors.Join(os.Remove(path), os.Symlink(path, path)); err != nil { // goes round in circles
		t.Skip(err)
	}
	_, hasErr := d.Has(firstPart(d.plan))
	_, completeErr := d.Complete()
	for _, err := range []error{hasErr, completeErr, d.Finish(), readAll(open(t, d.path))} {
		var damage *IntegrityError
		var system *fs.PathError
		if errors.As(err, &damage) || !errors.As(err, &system) || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v, want the file system's error with the path", err)
		}
	}
	if _, err := os.Stat(successPath(d.path)); err != nil {
		t.Error("_SUCCESS was removed for it")
	}
}

package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nodal/schema"
)

// create opens a dataset for writing and closes it after the test.
func create(t testing.TB, root string, plan *Plan) *Directory {
	t.Helper()
	d, err := Create(root, plan, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// isComplete reports whether the dataset is complete.
func isComplete(t testing.TB, d *Directory) bool {
	t.Helper()
	return d.Complete()
}

// writePart publishes a part with its made-up rows and fields.
func writePart(t testing.TB, d *Directory, part Part) {
	t.Helper()
	if err := tryPart(d, part); err != nil {
		t.Fatal(err)
	}
}

func tryPart(d *Directory, part Part) error {
	w, err := d.NewPart(part)
	if err != nil {
		return err
	}
	defer w.Discard()
	if err := w.WriteRows(rowsOf(d.plan, part)); err != nil {
		return err
	}
	if err := w.WriteFields(fieldsOf(d.plan, part)); err != nil {
		return err
	}
	return w.Publish()
}

// tree lists the files below root, folders, locks and journals left out.
func tree(t testing.TB, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(root, path)
			name = filepath.ToSlash(name)
			if !strings.HasPrefix(name, "_nodal/locks/") && !strings.HasPrefix(name, "_nodal/journal/") {
				files = append(files, name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantTree(t testing.TB, root string, want ...string) {
	t.Helper()
	if got := tree(t, root); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("files %v, want %v", got, want)
	}
}

func TestCreateMakesParents(t *testing.T) {
	root := filepath.Join(t.TempDir(), "a", "b", "c")
	plan := smallPlan()
	create(t, root, plan)
	wantTree(t, root, "_nodal/plan.json", "_nodal/sweep.yaml")
	for _, folder := range []string{"networks", "fields"} {
		if info, err := os.Stat(filepath.Join(root, folder)); err != nil || !info.IsDir() {
			t.Errorf("%s: %v", folder, err)
		}
	}
	text, err := os.ReadFile(filepath.Join(root, "_nodal/sweep.yaml"))
	if err != nil || string(text) != plan.Source {
		t.Errorf("sweep.yaml is %q, %v, want %q", text, err, plan.Source)
	}
}

func TestRunFromStartToFinish(t *testing.T) {
	root := t.TempDir()
	plan := severalParts()
	if n := plan.PartCount(); n != 3 {
		t.Fatalf("the plan has %d parts, want 3", n)
	}
	d := create(t, root, plan)
	for part := range plan.Parts() {
		if has, err := d.Has(part); has || err != nil {
			t.Fatalf("Has(%d) = %v, %v before it was written", part.Seq, has, err)
		}
		if err := d.Finish(); !errors.Is(err, ErrIncomplete) || isComplete(t, d) {
			t.Fatalf("Finish with %d parts missing: %v, complete %v", 3-part.Seq, err, isComplete(t, d))
		}
		writePart(t, d, part)
		if has, err := d.Has(part); !has || err != nil {
			t.Fatalf("Has(%d) = %v, %v after it was written", part.Seq, has, err)
		}
	}
	for range 2 { // finishing twice is finishing once
		if err := d.Finish(); err != nil || !isComplete(t, d) {
			t.Fatalf("Finish: %v, complete %v", err, isComplete(t, d))
		}
	}
	plan8 := plan.Hash()[:8]
	wantTree(t, root, "_SUCCESS", "_nodal/manifest.json", "_nodal/plan.json", "_nodal/sweep.yaml",
		"fields/part-"+plan8+"-000000.parquet", "networks/part-"+plan8+"-000000.parquet",
		"networks/part-"+plan8+"-000001.parquet", "networks/part-"+plan8+"-000002.parquet")

	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again := create(t, root, plan)
	if !isComplete(t, again) {
		t.Error("a finished dataset is not complete when it is opened again")
	}
}

func TestFinishNamesWhatIsMissing(t *testing.T) {
	d := create(t, t.TempDir(), severalParts())
	for part := range d.plan.Parts() {
		if part.Seq != 1 {
			writePart(t, d, part)
		}
	}
	err := d.Finish()
	if want := "1 of 3 parts are missing, the first is " + partOf(d.plan, 1).Name(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Finish: %v, want an error with %q", err, want)
	}
	if isComplete(t, d) {
		t.Error("there is a _SUCCESS")
	}
}

func TestCreateContinues(t *testing.T) {
	root := t.TempDir()
	plan := severalParts()
	d := create(t, root, plan)
	var parts []Part
	for part := range plan.Parts() {
		parts = append(parts, part)
	}
	writePart(t, d, parts[1])

	// A run that dies leaves a part under its temporary name.
	w, err := d.NewPart(parts[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteRows(rowsOf(plan, parts[0])); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteFields(fieldsOf(plan, parts[0])); err != nil {
		t.Fatal(err)
	}
	ours := filepath.Join(root, nodalFolder, "."+planName+".0of1.1x.tmp")
	stranger := filepath.Join(root, networksFolder, ".notes.0of1.1x.tmp")
	for _, path := range []string{ours, stranger} {
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if files := tree(t, root); len(files) != 7 { // plan, sweep, part, two temporary files and the two above
		t.Fatalf("files %v", files)
	}
	if matches, _ := filepath.Glob(filepath.Join(root, "networks", "*.parquet")); len(matches) != 1 {
		t.Fatalf("a reader sees %v", matches)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}

	d = create(t, root, plan)
	if _, err := os.Stat(stranger); err != nil {
		t.Errorf("a file that is not nodal's is gone: %v", err)
	}
	for _, folder := range []string{networksFolder, fieldsFolder} {
		if temps, _ := filepath.Glob(filepath.Join(root, folder, ".part-*-*.tmp")); len(temps) > 0 {
			t.Errorf("left over: %v", temps)
		}
	}
	if _, err := os.Stat(ours); err == nil {
		t.Errorf("left over: %s", ours)
	}
	for i, want := range []bool{false, true, false} {
		if has, err := d.Has(parts[i]); has != want || err != nil {
			t.Errorf("Has(%d) = %v, %v, want %v", i, has, err, want)
		}
	}
}

// TestCreateAfterDeathInCreate checks that a folder which a run died in before
// it had written the plan is taken up.
func TestCreateAfterDeathInCreate(t *testing.T) {
	for _, names := range [][]string{
		{"_nodal/"},
		{"_nodal/locks/run.lock"},
		{"_nodal/locks/run.lock", "networks/", "fields/"},
		{"_nodal/locks/run.lock", "networks/", "fields/", "_nodal/.plan.json.0of1.abc.tmp"},
		{"lost+found/", "networks/"},
	} {
		root := t.TempDir()
		populate(t, root, names)
		create(t, root, smallPlan())
		wantTree(t, root, "_nodal/plan.json", "_nodal/sweep.yaml")
	}
}

// populate makes empty files, and folders for the names that end in a slash.
func populate(t testing.TB, root string, names []string) {
	t.Helper()
	for _, name := range names {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o777)
		} else {
			err = os.WriteFile(path, nil, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestCreateLocked(t *testing.T) {
	root := t.TempDir()
	d := create(t, root, smallPlan())
	_, err := Create(root, smallPlan(), Options{})
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), root) {
		t.Errorf("second Create: %v, want ErrLocked with the path", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	create(t, root, smallPlan())
}

func TestCreateReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	root := t.TempDir()
	if err := os.Chmod(root, 0o555); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, "out")
	if _, err := Create(path, smallPlan(), Options{}); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) {
		t.Errorf("Create: %v, want a permission error with the path", err)
	}
	wantTree(t, root)
}

// TestTwiceIsOnce checks that a second run on a complete dataset writes nothing:
// no file or folder changes its time of modification.
func TestTwiceIsOnce(t *testing.T) {
	d := write(t, severalParts())
	d.Close()
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	names := func(visit func(path string)) {
		err := filepath.WalkDir(d.path, func(path string, _ fs.DirEntry, err error) error {
			visit(path)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	names(func(path string) {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	})
	again := create(t, d.path, d.plan)
	if !isComplete(t, again) {
		t.Error("it is not complete")
	}
	if err := again.Finish(); err != nil {
		t.Error(err)
	}
	again.Close()
	names(func(path string) {
		if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was written to: %v", path, err)
		}
	})
}

// TestReadOnly checks that a complete dataset which cannot be written, not even
// locked, is found complete, and one that lacks a part is an error.
func TestReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	for _, whole := range []bool{true, false} {
		t.Run(fmt.Sprintf("whole=%v", whole), func(t *testing.T) {
			d := write(t, severalParts())
			d.Close()
			if !whole {
				if err := os.Remove(pathOf(d.path, networksFolder, d.plan, 1)); err != nil {
					t.Fatal(err)
				}
			}
			setMode(t, d.path, 0o555, 0o444)
			t.Cleanup(func() { setMode(t, d.path, 0o777, 0o666) })

			again, err := Create(d.path, d.plan, Options{})
			if !whole {
				if !errors.Is(err, fs.ErrPermission) {
					t.Errorf("Create: %v, want a permission error", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			if _, err := again.NewPart(firstPart(d.plan)); !again.Complete() || !errors.Is(err, fs.ErrPermission) {
				t.Errorf("complete %v, NewPart: %v, want a permission error", again.Complete(), err)
			}
		})
	}
}

// setMode changes the permissions of everything below root.
func setMode(t *testing.T, root string, folders, files fs.FileMode) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.Chmod(path, folders)
		}
		return os.Chmod(path, files)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNoNetworks(t *testing.T) {
	plan := NewPlan("none", 7, nil, []schema.Configuration{configuration(8, 0, 0)}, "1")
	d := create(t, t.TempDir(), plan)
	if err := d.Finish(); err != nil || !isComplete(t, d) {
		t.Errorf("Finish: %v", err)
	}
	for _, err := range open(t, d.path).Rows() {
		t.Errorf("there are rows, or %v", err)
	}
}

func open(t testing.TB, root string) *Reader {
	t.Helper()
	r, err := Open(root, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

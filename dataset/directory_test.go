package dataset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nodal/schema"
)

// create opens a dataset for writing and closes it after the test.
func create(t testing.TB, root string, plan *Plan) *Directory {
	t.Helper()
	d, err := Create(root, plan)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// writePart publishes a part with its made-up rows and fields.
func writePart(t testing.TB, d *Directory, part Part) {
	t.Helper()
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	if err := w.WriteRows(rowsOf(d.plan, part)); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteFields(fieldsOf(d.plan, part)); err != nil {
		t.Fatal(err)
	}
	if err := w.Publish(); err != nil {
		t.Fatal(err)
	}
}

// tree lists the files below root, folders left out.
func tree(t testing.TB, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(root, path)
			files = append(files, filepath.ToSlash(name))
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
	wantTree(t, root, "_nodal/locks/run.lock", "_nodal/plan.json", "_nodal/sweep.yaml")
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
		if err := d.Finish(); !errors.Is(err, ErrIncomplete) || d.Complete() {
			t.Fatalf("Finish with %d parts missing: %v, complete %v", 3-part.Seq, err, d.Complete())
		}
		writePart(t, d, part)
		if has, err := d.Has(part); !has || err != nil {
			t.Fatalf("Has(%d) = %v, %v after it was written", part.Seq, has, err)
		}
	}
	for range 2 { // finishing twice is finishing once
		if err := d.Finish(); err != nil || !d.Complete() {
			t.Fatalf("Finish: %v, complete %v", err, d.Complete())
		}
	}
	plan8 := plan.Hash()[:8]
	wantTree(t, root, "_SUCCESS", "_nodal/locks/run.lock", "_nodal/plan.json", "_nodal/sweep.yaml",
		"fields/part-"+plan8+"-000000.parquet", "networks/part-"+plan8+"-000000.parquet",
		"networks/part-"+plan8+"-000001.parquet", "networks/part-"+plan8+"-000002.parquet")

	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again := create(t, root, plan)
	if !again.Complete() {
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
	if want := "1 of 3 parts are missing, the first is " + partStem(d.plan, 1); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Finish: %v, want an error with %q", err, want)
	}
	if d.Complete() {
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
	ours := filepath.Join(root, nodalFolder, "."+planName+".1x.tmp")
	stranger := filepath.Join(root, networksFolder, ".notes.1x.tmp")
	for _, path := range []string{ours, stranger} {
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if files := tree(t, root); len(files) != 8 { // lock, plan, sweep, part, two temporary files and the two above
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
		{"_nodal/locks/run.lock", "networks/", "fields/", "_nodal/.plan.json.abc.tmp"},
	} {
		root := t.TempDir()
		populate(t, root, names)
		create(t, root, smallPlan())
		wantTree(t, root, "_nodal/locks/run.lock", "_nodal/plan.json", "_nodal/sweep.yaml")
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
	_, err := Create(root, smallPlan())
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), root) {
		t.Errorf("second Create: %v, want ErrLocked with the path", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	create(t, root, smallPlan())
}

func TestCreateNotDataset(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files []string
		path  string
		want  string
	}{
		{"a file", []string{"out"}, "out", "it is a file"},
		{"somebody's folder", []string{"out/notes.txt"}, "out", "it holds notes.txt"},
		{"somebody's networks", []string{"out/networks/a.parquet"}, "out", "it holds " + filepath.Join("networks", "a.parquet")},
		{"somebody's folder of folders", []string{"out/src/"}, "out", "it holds src"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			populate(t, root, tt.files)
			before := tree(t, root)
			path := filepath.Join(root, tt.path)
			_, err := Create(path, smallPlan())
			if !errors.Is(err, ErrNotDataset) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Create: %v, want ErrNotDataset with the path and %q", err, tt.want)
			}
			wantTree(t, root, before...)
			if _, err := os.Stat(filepath.Join(path, nodalFolder)); err == nil {
				t.Error("Create left its folder")
			}
		})
	}
}

func TestCreateBelowAFile(t *testing.T) {
	root := t.TempDir()
	populate(t, root, []string{"file"})
	path := filepath.Join(root, "file", "out")
	if _, err := Create(path, smallPlan()); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("Create: %v, want an error with the path", err)
	}
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
	if _, err := Create(path, smallPlan()); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) {
		t.Errorf("Create: %v, want a permission error with the path", err)
	}
	wantTree(t, root)
}

func TestCreateDamagedPlan(t *testing.T) {
	root := t.TempDir()
	create(t, root, smallPlan()).Close()
	if err := os.WriteFile(planPath(root), []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	var damage *IntegrityError
	if _, err := Create(root, smallPlan()); !errors.As(err, &damage) || damage.Path != planPath(root) {
		t.Errorf("Create: %v, want an IntegrityError that names plan.json", err)
	}
}

func TestCreateDifferentSweep(t *testing.T) {
	there := func() *Plan { return smallPlan() }
	for _, tt := range []struct {
		name   string
		change func(p *Plan)
		want   []string
	}{
		{"seed", func(p *Plan) { p.Seed = 8 }, []string{"seed 7 there, 8 wanted"}},
		{"name and engine", func(p *Plan) { p.Sweep, p.Numerics = "big", "1-blas" },
			[]string{"numerics 1 there, 1-blas wanted", "name small there, big wanted"}},
		{"networks", func(p *Plan) { p.Configurations[1].Networks = 1000 },
			[]string{"(test [1,16,1] tanh): networks 100 there, 1000 wanted"}},
		{"kept fields and case", func(p *Plan) { p.Configurations[0].KeepFields, p.Configurations[0].Case = 0, "b" },
			[]string{"keep_fields 3 there, 0 wanted", "case test there, b wanted"}},
		{"added", func(p *Plan) { p.Configurations = append(p.Configurations, configuration(32, 1, 0)) },
			[]string{"(test [1,32,1] tanh) is new"}},
		{"removed", func(p *Plan) { p.Configurations = p.Configurations[1:] },
			[]string{"(test [1,8,1] tanh) is no longer in the sweep"}},
		{"source alone", func(p *Plan) { p.Source += "\n" }, []string{"the same configurations"}},
		{"many", func(p *Plan) {
			for i := range 30 {
				p.Configurations = append(p.Configurations, configuration(100+i, 1, 0))
			}
		}, []string{"and 20 more"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			create(t, root, there()).Close()
			before := tree(t, root)
			p := there()
			tt.change(p)
			_, err := Create(root, NewPlan(p.Sweep, p.Seed, []byte(p.Source), p.Configurations, p.Numerics))
			var different *DifferentSweepError
			if !errors.As(err, &different) || different.Path != root {
				t.Fatalf("Create: %v, want a DifferentSweepError with the path", err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v does not say %q", err, want)
				}
			}
			wantTree(t, root, before...)
		})
	}
}

// TestOtherPlanVersion checks that the plan of another version of nodal is told
// from a damaged one, whatever else its plan.json holds.
func TestOtherPlanVersion(t *testing.T) {
	root := t.TempDir()
	create(t, root, smallPlan()).Close()
	text := `{"hash": "x", "plan_version": 99, "sweep": "small", "seed": 7, "numerics": "1", "new": {}}`
	if err := os.WriteFile(planPath(root), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var different *DifferentSweepError
	if _, err := Create(root, smallPlan()); !errors.As(err, &different) || !strings.Contains(err.Error(), "plan version 99 there, 1 wanted") {
		t.Errorf("Create: %v, want a DifferentSweepError that names the version", err)
	}
	if _, err := Open(root); !errors.As(err, &different) || !strings.Contains(err.Error(), "plan version 99") {
		t.Errorf("Open: %v, want a DifferentSweepError that names the version", err)
	}
}

func TestNoNetworks(t *testing.T) {
	plan := NewPlan("none", 7, nil, []schema.Configuration{configuration(8, 0, 0)}, "1")
	d := create(t, t.TempDir(), plan)
	if err := d.Finish(); err != nil || !d.Complete() {
		t.Errorf("Finish: %v", err)
	}
	for _, err := range open(t, d.path).Rows() {
		t.Errorf("there are rows, or %v", err)
	}
}

func open(t testing.TB, root string) *Reader {
	t.Helper()
	r, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

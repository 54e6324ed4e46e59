package dataset

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
			_, err := Create(path, smallPlan(), Options{})
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
	if _, err := Create(path, smallPlan(), Options{}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("Create: %v, want an error with the path", err)
	}
}

// TestLitter checks that a folder is empty in spite of what systems put there.
func TestLitter(t *testing.T) {
	root := t.TempDir()
	populate(t, root, []string{"lost+found/", ".DS_Store", "networks/.DS_Store"})
	d := create(t, root, smallPlan())
	writePart(t, d, firstPart(d.plan))
	if err := d.Finish(); err != nil {
		t.Error(err)
	}
}

func TestDanglingLink(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	if err := os.Symlink("nowhere", path); err != nil {
		t.Skip(err)
	}
	_, createErr := Create(path, smallPlan(), Options{})
	_, openErr := Open(path, Options{})
	for _, err := range []error{createErr, openErr} {
		if !errors.Is(err, ErrNotDataset) || !strings.Contains(err.Error(), path+": ") || !strings.Contains(err.Error(), "a link to something that does not exist") {
			t.Errorf("got %v, want ErrNotDataset with the path and what it links to", err)
		}
	}
}

// TestDamagedPlan checks that what is not a plan is neither overwritten nor
// taken for the plan of another sweep.
func TestDamagedPlan(t *testing.T) {
	for _, text := range []string{"", "{", "null", "{}", "[]", "7", `"plan"`, `{"seed": 8}`,
		`{"plan_version": 2}`, `{"plan_version": 99}`, `{"hash": "x", "plan_version": 0}`, `{"hash": "x", "plan_version": 2}`} {
		t.Run(text, func(t *testing.T) {
			root := t.TempDir()
			create(t, root, smallPlan()).Close()
			if err := os.WriteFile(planPath(root), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			wantPlanDamage(t, root, "is damaged")
		})
	}
}

// TestMissingPlan checks that a dataset which lost its plan is told from a
// folder that is new, and from somebody else's.
func TestMissingPlan(t *testing.T) {
	whole := write(t, severalParts())
	whole.Close()
	for _, tt := range []struct {
		name   string
		remove []string
	}{
		{"the plan alone", []string{"_nodal/plan.json"}},
		{"all of _nodal", []string{"_nodal"}},
		{"all but _SUCCESS", []string{"_nodal", "networks", "fields"}},
		{"all but the networks", []string{"_nodal", "fields", "_SUCCESS"}},
		{"all but the fields", []string{"_nodal", "networks", "_SUCCESS"}},
		{"all but sweep.yaml", []string{"_nodal/plan.json", "_nodal/locks", "networks", "fields", "_SUCCESS"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			if err := os.CopyFS(root, os.DirFS(whole.path)); err != nil {
				t.Fatal(err)
			}
			for _, name := range tt.remove {
				if err := os.RemoveAll(filepath.Join(root, name)); err != nil {
					t.Fatal(err)
				}
			}
			wantPlanDamage(t, root, "is missing")
		})
	}
}

// wantPlanDamage checks that the dataset at root is refused because of its plan,
// and left as it is.
func wantPlanDamage(t *testing.T, root, state string) {
	t.Helper()
	before := tree(t, root)
	_, createErr := Create(root, smallPlan(), Options{})
	_, openErr := Open(root, Options{})
	for _, err := range []error{createErr, openErr} {
		var damage *IntegrityError
		if !errors.As(err, &damage) || damage.Path != planPath(root) || !strings.Contains(err.Error(), state) ||
			!strings.Contains(err.Error(), "move "+root+" away") {
			t.Errorf("got %v, want an IntegrityError which says that plan.json %s", err, state)
		}
	}
	wantTree(t, root, before...)
}

func TestCreateDifferentSweep(t *testing.T) {
	there := func() *Plan { return smallPlan() }
	for _, tt := range []struct {
		name   string
		change func(p *Plan)
		want   []string
	}{
		{"seed", func(p *Plan) { p.Seed = 8 }, []string{"seed: 7 there, 8 wanted"}},
		{"name and engine", func(p *Plan) { p.Sweep, p.Numerics = "big", "1-blas" },
			[]string{"numerics: 1 there, 1-blas wanted", "name: small there, big wanted"}},
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
			_, err := Create(root, NewPlan(p.Sweep, p.Seed, []byte(p.Source), p.Configurations, p.Numerics), Options{})
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
	if _, err := Create(root, smallPlan(), Options{}); !errors.As(err, &different) || !strings.Contains(err.Error(), "plan version: 99 there, 2 wanted") {
		t.Errorf("Create: %v, want a DifferentSweepError that names the version", err)
	}
	if _, err := Open(root, Options{}); !errors.As(err, &different) || !strings.Contains(err.Error(), "plan version: 99") {
		t.Errorf("Open: %v, want a DifferentSweepError that names the version", err)
	}
}

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/sampler"
	"nodal/schema"
)

// command runs nodal and returns what it prints and its exit code.
func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command("nodal", args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// wantCommand runs nodal and checks its exit code, and that what it prints on
// either stream has each of the texts.
func wantCommand(t *testing.T, code int, args []string, texts ...string) {
	t.Helper()
	stdout, stderr, got := command(t, args...)
	ok := got == code
	for _, text := range texts {
		ok = ok && strings.Contains(stdout+stderr, text)
	}
	if !ok {
		t.Errorf("nodal %s: code %d, want %d, and %q\n%s%s", strings.Join(args, " "), got, code, texts, stdout, stderr)
	}
}

// flip flips a bit of a file.
func flip(t *testing.T, path string, at int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		text[(at+len(text))%len(text)] ^= 1
		err = os.WriteFile(path, text, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// partFiles returns the bytes of the files of a dataset that its plan decides:
// all but journals, locks and quarantine.
func partFiles(t *testing.T, root string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	for _, glob := range []string{"_SUCCESS", "networks/*", "fields/*", "_nodal/*.*"} {
		found, err := filepath.Glob(filepath.Join(root, glob))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			below, _ := filepath.Rel(root, path)
			files[below] = string(text)
		}
	}
	return files
}

// A program reads the same report, whole or not, and nothing else on stdout.
func TestVerifyJSON(t *testing.T) {
	v := makeVetted(t)
	decode := func(code int, args ...string) (r findings) {
		t.Helper()
		stdout, stderr, got := command(t, append([]string{"verify", v.root, "--format", "json"}, args...)...)
		decoder := json.NewDecoder(strings.NewReader(stdout))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&r); err != nil || got != code || decoder.More() {
			t.Errorf("%v: code %d, want %d, %v\n%s%s", args, got, code, err, stdout, stderr)
		}
		var keys map[string]any
		if err := json.Unmarshal([]byte(stdout), &keys); err != nil {
			t.Error(err)
		}
		want := []string{"bytes", "damaged", "depth", "different", "finished", "missing", "networks", "notes", "parts", "path", "problems", "recomputed", "seed", "whole"}
		if got := slices.Sorted(maps.Keys(keys)); !slices.Equal(got, want) {
			t.Errorf("keys %v, want %v", got, want)
		}
		for _, list := range []string{"parts", "problems", "notes"} {
			if _, ok := keys[list].([]any); !ok {
				t.Errorf("%s is %v, want a list", list, keys[list])
			}
		}
		return r
	}
	r := decode(exitComplete, "--full", "--recompute", "5", "--seed", "0")
	if !r.Whole || !r.Finished || r.Depth != "rows" || r.Networks != 24 || r.Bytes == 0 || r.Recomputed != 5 || r.Seed != 0 || r.Parts[0].Status != "ok" {
		t.Errorf("a whole dataset: %+v", r)
	}
	flip(t, v.path(dataset.Networks), 1000)
	if err := os.Remove(v.path(dataset.Fields)); err != nil {
		t.Fatal(err)
	}
	r = decode(exitIntegrity)
	if p := r.Parts[0]; r.Whole || r.Damaged != 1 || r.Networks != 0 || p.Status != "damaged" || len(p.Problems) != 2 ||
		p.Problems[0].Path != v.path(dataset.Networks) || p.Problems[0].Missing || p.Problems[1].Path != v.path(dataset.Fields) || !p.Problems[1].Missing {
		t.Errorf("a damaged dataset: %+v", r)
	}
	if r = decode(exitComplete, "--repair"); !r.Whole || r.Parts[0].Status != "ok" || len(r.Notes) != 1 {
		t.Errorf("a repaired dataset: %+v", r)
	}
}

// saboteur damages a file when the first line is written.
type saboteur struct {
	bytes.Buffer
	harm func()
}

func (s *saboteur) Write(p []byte) (int, error) {
	if s.Len() == 0 {
		s.harm()
	}
	return s.Buffer.Write(p)
}

// The line of a part is printed before the next part is looked at.
func TestVerifyAsItGoes(t *testing.T) {
	folder := t.TempDir()
	sweep, root := filepath.Join(folder, "sweep.yaml"), filepath.Join(folder, "out")
	text := "version: 1\nname: long\nseed: 9\nnetworks: 200000\ngrid: {from: -1, to: 1, points: 2}\ncases:\n  - {name: a, hidden: [], activation: identity}\n"
	if err := os.WriteFile(sweep, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	wantCommand(t, exitComplete, []string{"run", sweep, "--out", root, "--progress", "none"})
	found, _ := filepath.Glob(filepath.Join(root, "networks", "*-000001.parquet"))
	if len(found) != 1 {
		t.Fatalf("second parts: %v", found)
	}
	out := &saboteur{harm: func() { os.Remove(found[0]) }}
	r, err := inspect(out, root, verifyFlags{})
	if err != nil || r.Missing != 1 || r.Parts[1].Status != statusMissing {
		t.Errorf("%v, %+v", err, r)
	}
}

// forge publishes the rows and fields of a dataset again under another plan, or
// changed, with checksums, manifest and mark that fit.
func (v vetted) forge(t *testing.T, plan *dataset.Plan, edit func(*schema.Row, *schema.Field)) vetted {
	t.Helper()
	reader, err := dataset.Open(v.root, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	made := vetted{root: filepath.Join(t.TempDir(), "forged"), plan: plan}
	d, err := dataset.Create(made.root, plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	made.part = slices.Collect(plan.Parts())[0]
	w, err := d.NewPart(made.part)
	if err != nil {
		t.Fatal(err)
	}
	for fields, err := range reader.FieldsOf(v.part) {
		for i := range fields {
			edit(nil, &fields[i])
		}
		if err = errors.Join(err, w.WriteFields(fields)); err != nil {
			t.Fatal(err)
		}
	}
	for rows, err := range reader.RowsOf(v.part) {
		for i := range rows {
			edit(&rows[i], nil)
		}
		if err = errors.Join(err, w.WriteRows(rows)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Publish(), d.Finish()); err != nil {
		t.Fatal(err)
	}
	return made
}

// What no law forbids is found by drawing the networks again, and repaired.
func TestVerifyRecompute(t *testing.T) {
	v := makeVetted(t)
	want := partFiles(t, v.root)
	for _, tt := range []struct {
		name string
		edit func(*schema.Row, *schema.Field)
		text string
	}{
		{"row", func(r *schema.Row, _ *schema.Field) {
			if r != nil && r.Network == 7 && r.Outputs == 3 {
				r.Roughness *= 1 + 1e-12
			}
		}, "networks: 1 of 24 networks drawn again differ, such as network 7 of "},
		{"field", func(_ *schema.Row, f *schema.Field) {
			if f != nil && f.Network == 1 && f.Output == 0 {
				f.Values[30] *= 1 - 1e-6
			}
		}, "fields: 2 of 24 networks drawn again differ, such as network 1 of "},
		{"all rows", func(r *schema.Row, _ *schema.Field) {
			if r != nil {
				r.Roughness *= 1 + 1e-12
			}
		}, "networks: 24 of 24 networks drawn again differ"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			forged := v.forge(t, v.plan, tt.edit)
			wantCommand(t, exitComplete, []string{"verify", forged.root, "--full"}, "every row checked")
			wantCommand(t, exitIntegrity, []string{"verify", forged.root, "--quick", "--recompute", "1000"},
				tt.text, "24 networks drawn again", "1 part is damaged; mend it with")
			wantCommand(t, exitComplete, []string{"verify", forged.root, "--repair", "--recompute", "1000", "--workers", "1"},
				tt.text, "after the repair", "24 networks drawn again, all as they were", "is whole")
			if got := partFiles(t, forged.root); !maps.Equal(got, want) {
				t.Errorf("after the repair the files are not what they were: %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
			}
		})
	}
}

// The same seed chooses the same networks, others others, and each at most once.
func TestVerifySeed(t *testing.T) {
	v := makeVetted(t)
	forged := v.forge(t, v.plan, func(r *schema.Row, _ *schema.Field) {
		if r != nil {
			r.Roughness *= 1 + 1e-12
		}
	})
	lines := make(map[string]bool)
	for _, seed := range []string{"0", "1", "2", "3", "18446744073709551615"} {
		args := []string{"verify", forged.root, "--recompute", "1", "--seed", seed}
		stdout, _, _ := command(t, args...)
		again, _, _ := command(t, args...)
		if stdout != again || !strings.Contains(stdout, "1 network drawn again, 1 of them otherwise (--seed "+seed+" ") {
			t.Errorf("seed %s: %s\nand then %s", seed, stdout, again)
		}
		_, which, _ := strings.Cut(stdout, "such as ")
		which, _, _ = strings.Cut(which, ":")
		lines[which] = true
	}
	if len(lines) < 3 {
		t.Errorf("five seeds chose %v", lines)
	}
}

// Rows of another numerics version can be verified, but not drawn again.
func TestVerifyOtherNumerics(t *testing.T) {
	v := makeVetted(t)
	sweep, err := schema.ParseSweep("sweep.yaml", []byte(vetSweep), schema.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	plan := dataset.NewPlan(sweep.Name, sweep.Seed, sweep.Canonical(), sweep.Configurations(), "1")
	old := v.forge(t, plan, func(*schema.Row, *schema.Field) {})
	wantCommand(t, exitComplete, []string{"verify", old.root, "--full"}, "is whole")
	wantCommand(t, exitDifferent, []string{"verify", old.root, "--recompute", "1"}, `the rows have numerics "1"`, "use the one that wrote them", old.root)
	flip(t, old.path(dataset.Networks), 1000)
	want := partFiles(t, old.root)
	wantCommand(t, exitDifferent, []string{"verify", old.root, "--repair"}, `the rows have numerics "1"`, "DAMAGED")
	if !maps.Equal(partFiles(t, old.root), want) {
		t.Error("a repair that cannot be done has changed something")
	}
}

// Rows of the other engine are drawn again by it.
func TestVerifyBLAS(t *testing.T) {
	folder := t.TempDir()
	sweep, root := filepath.Join(folder, "sweep.yaml"), filepath.Join(folder, "out")
	if err := os.WriteFile(sweep, []byte(vetSweep), 0o666); err != nil {
		t.Fatal(err)
	}
	wantCommand(t, exitComplete, []string{"run", sweep, "--out", root, "--engine", string(sampler.BLAS), "--progress", "none"})
	want := partFiles(t, root)
	wantCommand(t, exitComplete, []string{"verify", root, "--full", "--recompute", "24"}, "24 networks drawn again, all as they were")
	found, _ := filepath.Glob(filepath.Join(root, "networks", "*.parquet"))
	flip(t, found[0], 1000)
	wantCommand(t, exitComplete, []string{"verify", root, "--repair"}, "is whole")
	if !maps.Equal(partFiles(t, root), want) {
		t.Error("after the repair the files are not what they were")
	}
}

// A repair waits for nobody: it leaves with code 5 what another run works at.
func TestVerifyRepairLocked(t *testing.T) {
	v := makeVetted(t)
	flip(t, v.path(dataset.Networks), 1000)
	d, err := dataset.Create(v.root, v.plan, dataset.Options{Shard: dataset.Shard{Index: 1, Count: 2}})
	if err != nil {
		t.Fatal(err)
	}
	wantCommand(t, exitIntegrity, []string{"verify", v.root}, "is damaged")
	wantCommand(t, exitLocked, []string{"verify", v.root, "--repair"}, "another run is writing this dataset", v.root)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	wantCommand(t, exitComplete, []string{"verify", v.root, "--repair"}, "is whole")
}

// Nor are networks drawn from the random streams of another version.
func TestVerifyOtherStreams(t *testing.T) {
	v := makeVetted(t)
	plan := *v.plan
	plan.StreamVersion++
	text, err := json.Marshal(plan) // what its hash is of
	if err == nil {
		text = append(fmt.Appendf(nil, `{"hash":"%x",`, sha256.Sum256(text)), text[1:]...)
		err = os.WriteFile(filepath.Join(v.root, "_nodal", "plan.json"), text, 0o666)
	}
	if err == nil {
		err = os.RemoveAll(filepath.Join(v.root, "networks"))
	}
	if err != nil {
		t.Fatal(err)
	}
	want := partFiles(t, v.root)
	wantCommand(t, exitDifferent, []string{"verify", v.root, "--repair"}, "streams 2, this version of nodal has 1 and 1")
	if !maps.Equal(partFiles(t, v.root), want) {
		t.Error("a repair that cannot be done has changed something")
	}
}

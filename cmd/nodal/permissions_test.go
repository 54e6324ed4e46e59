//go:build unix

package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is the user of the tests of permissions where root runs them, to whom
// everything is permitted.
const nobody = 65534

// commons is a folder that nobody can work in, with nodal in it.
type commons struct{ path string }

func newCommons(t *testing.T) commons {
	t.Helper()
	path, err := os.MkdirTemp("", "nodal-commons")
	must(t, err)
	t.Cleanup(func() {
		grant(path)
		os.RemoveAll(path)
	})
	must(t, os.Chmod(path, 0o755))
	self, err := os.Executable()
	must(t, err)
	if program := filepath.Join(path, "nodal"); os.Link(self, program) != nil {
		must(t, copyProgram(self, program))
	}
	c := commons{path}
	if _, err := c.command("version").Output(); err != nil {
		notRun(t, err)
	}
	return c
}

func copyProgram(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}

// command returns nodal as nobody runs it, or whoever runs this test if that is
// not root.
func (c commons) command(args ...string) *exec.Cmd {
	cmd := nodal(args...)
	cmd.Path, cmd.Dir, cmd.Err = filepath.Join(c.path, "nodal"), c.path, nil
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

// own gives a folder and all in it to nobody.
func own(root string) error {
	if os.Getuid() != 0 {
		return nil
	}
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, nobody, nobody))
	})
}

// grant permits the owner of a folder everything in it.
func grant(root string) error {
	os.Chmod(root, 0o755) // or its names cannot be read
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chmod(path, 0o755))
	})
}

// revoke forbids everybody to write in a folder.
func revoke(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return errors.Join(err, os.Chmod(path, 0o444))
		}
		return os.Chmod(path, 0o555)
	})
}

// TestPermissions checks what a run says where it may not do what it has to:
// code 3 and the path. Nothing is changed, and once it is permitted the run
// completes the dataset.
func TestPermissions(t *testing.T) {
	sweepFile, want := prepare(t, faultsSweep)
	part := ""
	for name := range want {
		if strings.HasPrefix(name, "networks/") {
			part = name
		}
	}
	mode := func(name string, mode fs.FileMode) func(string) error {
		return func(out string) error { return os.Chmod(filepath.Join(out, name), mode) }
	}
	without := func(name string, then func(string) error) func(string) error {
		return func(out string) error {
			return errors.Join(os.RemoveAll(filepath.Join(out, name)), os.Remove(filepath.Join(out, successName)), then(out))
		}
	}
	for _, tt := range []struct {
		name   string
		harm   func(out string) error // of a complete dataset
		code   int
		names  string // the path under out that is named
		reason string
	}{
		{"folder above not writable", func(out string) error { return errors.Join(os.RemoveAll(out), os.Chmod(filepath.Dir(out), 0o555)) }, exitResources, "", "permission denied"},
		{"folder above not searchable", func(out string) error { return os.Chmod(filepath.Dir(out), 0o666) }, exitResources, "", "permission denied"},
		{"empty folder not writable", func(out string) error { return errors.Join(os.RemoveAll(out), os.Mkdir(out, 0o555)) }, exitResources, "", "permission denied"},
		{"folder not searchable", mode("", 0o666), exitResources, "", "permission denied"},
		{"folder not writable", without(part, mode("", 0o555)), exitResources, "._SUCCESS", "permission denied"},
		{"networks not writable", without(part, mode("networks", 0o555)), exitResources, "networks", "permission denied"},
		{"networks not readable", mode("networks", 0o333), exitResources, "networks", "permission denied"},
		{"networks not searchable", mode("networks", 0o666), exitResources, "networks", "permission denied"},
		{"fields not searchable", mode("fields", 0o666), exitResources, "fields", "permission denied"},
		{"fields not writable", without("fields", func(out string) error {
			return errors.Join(os.Remove(filepath.Join(out, part)), os.Mkdir(filepath.Join(out, "fields"), 0o555))
		}), exitResources, "fields", "permission denied"},
		{"part not readable", mode(part, 0), exitResources, part, "permission denied"},
		{"part of unknown checksum not readable", without("_nodal/journal", mode(part, 0)), exitResources, part, "permission denied"},
		{"plan not readable", mode("_nodal/plan.json", 0), exitResources, "_nodal/plan.json", "permission denied"},
		{"manifest not readable", mode("_nodal/manifest.json", 0), exitResources, "_nodal/manifest.json", "permission denied"},
		{"mark not readable", mode(successName, 0), exitResources, successName, "permission denied"},
		{"locks not writable", without("_nodal/locks/run.lock", mode("_nodal/locks", 0o555)), exitResources, "_nodal/locks", "permission denied"},
		{"lock not writable", without(part, mode("_nodal/locks/0of1.lock", 0o444)), exitResources, "_nodal/locks/0of1.lock", "permission denied"},
		{"journal not writable", without(part, mode("_nodal/journal", 0o555)), exitResources, "_nodal/journal", "permission denied"},
		{"complete and not writable", revoke, exitComplete, "", "complete already"},
		{"incomplete and not writable", without(part, revoke), exitResources, "", "permission denied"},
		{"unmarked and not writable", without("_nodal/manifest.json", revoke), exitResources, "", "permission denied"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newCommons(t)
			sweep, out := filepath.Join(c.path, "sweep.yaml"), filepath.Join(c.path, "above", "out")
			text, err := os.ReadFile(sweepFile)
			must(t, err)
			must(t, os.WriteFile(sweep, text, 0o644))
			must(t, os.Mkdir(filepath.Dir(out), 0o755))
			must(t, own(c.path))
			if code, output := codeOf(t, c.command("run", sweep, "--out", out)); code != exitComplete {
				t.Fatalf("code %d: %s", code, output)
			}
			must(t, tt.harm(out))
			_, marked := os.Stat(filepath.Join(out, successName))
			if _, err := os.Lstat(out); err == nil {
				must(t, own(out)) // what the harm has made
			}
			code, output := codeOf(t, c.command("run", sweep, "--out", out))
			if code != tt.code || !strings.Contains(output, filepath.Join(out, tt.names)) || !strings.Contains(output, tt.reason) {
				t.Errorf("code %d, want %d, %s and %q: %s", code, tt.code, filepath.Join(out, tt.names), tt.reason, output)
			}
			if tt.code == exitComplete {
				for _, command := range []string{"verify", "summarize"} {
					if code, output := codeOf(t, c.command(command, out)); code != exitComplete {
						t.Errorf("%s: code %d: %s", command, code, output)
					}
				}
			}
			must(t, grant(filepath.Dir(out)))
			if _, err := os.Stat(filepath.Join(out, successName)); marked == nil && err != nil {
				t.Errorf("the dataset was complete and is not any more: %v", err)
			}
			if code, output := codeOf(t, c.command("run", sweep, "--out", out)); code != exitComplete {
				t.Errorf("permitted again: code %d: %s", code, output)
			}
			wantSameDataset(t, datasetFiles(t, out), want)
		})
	}
}

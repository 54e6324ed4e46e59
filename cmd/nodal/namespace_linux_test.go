package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// namespaceVariable is set in a process that may mount what it likes.
const namespaceVariable = "NODAL_TEST_NAMESPACE"

// inNamespace runs the rest of a test in a process whose mounts nobody else sees
// and which end with it. It reports false in the process that waits for that one,
// which is then done.
func inNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(namespaceVariable) == t.Name() {
		must(t, syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
		return true
	}
	self, err := os.Executable()
	must(t, err)
	attributes := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		attributes.Cloneflags |= syscall.CLONE_NEWUSER
		attributes.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		attributes.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	probe := exec.Command("true")
	probe.SysProcAttr = attributes
	if err := probe.Run(); err != nil {
		notRun(t, fmt.Errorf("this machine lets nobody mount: %w", err))
	}
	cmd := exec.Command(self, "-test.run=^"+t.Name()+"$", "-test.v="+fmt.Sprint(testing.Verbose()), "-test.short="+fmt.Sprint(testing.Short()))
	cmd.Env = append(os.Environ(), namespaceVariable+"="+t.Name())
	cmd.SysProcAttr = attributes
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, output)
	} else {
		t.Logf("%s", output)
	}
	return false
}

// smallDisk is a file system in memory, mounted on a folder.
type smallDisk struct{ path string }

// mountSmall mounts an empty file system with the given options, such as
// "size=1m", until the end of the test.
func mountSmall(t *testing.T, options string) smallDisk {
	t.Helper()
	d := smallDisk{t.TempDir()}
	must(t, syscall.Mount("none", d.path, "tmpfs", 0, options))
	t.Cleanup(func() {
		if err := syscall.Unmount(d.path, 0); err != nil {
			t.Errorf("something holds the file system: %v", err)
		}
	})
	return d
}

// remount changes its options.
func (d smallDisk) remount(t *testing.T, options string) {
	t.Helper()
	must(t, syscall.Mount("none", d.path, "tmpfs", syscall.MS_REMOUNT, options))
}

// fill writes a file that leaves room for so many bytes.
func (d smallDisk) fill(t *testing.T, name string, free int64) {
	t.Helper()
	var stat syscall.Statfs_t
	must(t, syscall.Statfs(d.path, &stat))
	ballast := int64(stat.Bavail)*stat.Bsize - free
	file, err := os.Create(name)
	must(t, err)
	_, err = file.Write(make([]byte, ballast))
	must(t, errors.Join(err, file.Close()))
}

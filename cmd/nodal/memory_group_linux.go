package main

import (
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// groupLimits returns the memory limits of the control groups (version 2, and
// version 1's memory controller) that this process is in, and of their parents.
func groupLimits(root fs.FS) []int64 {
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return nil
	}
	var limits []int64
	for line := range strings.Lines(string(groups)) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), ":", 3)
		if len(parts) != 3 {
			continue
		}
		v2 := parts[0] == "0" && parts[1] == ""
		if !v2 && !listed(parts[1], "memory") {
			continue
		}
		files := []string{"memory.limit_in_bytes"}
		if v2 {
			files = []string{"memory.max", "memory.high"}
		}
		for _, mount := range groupMounts(root, v2) {
			limits = append(limits, limitsFrom(root, mount, parts[2], files)...)
		}
	}
	return limits
}

// groupMount is where a hierarchy of control groups is mounted: at is the path of
// the mount, without the slash before it, of the group called root.
type groupMount struct{ at, root string }

// groupMounts returns the mounts of version 2, or of version 1's memory controller,
// which may lie anywhere (proc_pid_mountinfo(5)): the fields are ID, parent, device,
// root, mount point, options, tags, "-", type, source, options of the hierarchy.
func groupMounts(root fs.FS, v2 bool) []groupMount {
	text, err := fs.ReadFile(root, "proc/self/mountinfo")
	if err != nil {
		return nil
	}
	unescape := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
	var mounts []groupMount
	for line := range strings.Lines(string(text)) {
		before, after, found := strings.Cut(line, " - ")
		own, file := strings.Fields(before), strings.Fields(after)
		if !found || len(own) < 5 || len(file) < 3 {
			continue
		}
		if v2 && file[0] == "cgroup2" || !v2 && file[0] == "cgroup" && listed(file[2], "memory") {
			mounts = append(mounts, groupMount{strings.TrimPrefix(unescape.Replace(own[4]), "/"), unescape.Replace(own[3])})
		}
	}
	return mounts
}

// limitsFrom returns the limits of a group and of those above it, as far as the
// mount shows them. In a container that sees its own group alone, at the root of the
// mount, it may be known by the name that it has outside.
func limitsFrom(root fs.FS, mount groupMount, group string, files []string) []int64 {
	below, inside := strings.CutPrefix(path.Clean("/"+group), strings.TrimSuffix(mount.root, "/"))
	if !inside || below != "" && below[0] != '/' {
		below = "/"
	}
	var limits []int64
	for below = path.Clean("/" + below); ; below = path.Dir(below) {
		for _, file := range files {
			if limit, err := readLimit(root, path.Join(mount.at, below, file)); err == nil {
				limits = append(limits, limit)
			}
		}
		if below == "/" {
			return limits
		}
	}
}

// readLimit returns the number in a control file; "max" is an error.
func readLimit(root fs.FS, file string) (int64, error) {
	data, err := fs.ReadFile(root, file)
	if err != nil {
		return 0, err
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64)
	if err == nil && limit <= 0 {
		err = errors.New("no limit")
	}
	return limit, err
}

// listed reports whether a word is in a list with commas.
func listed(list, word string) bool { return strings.Contains(","+list+",", ","+word+",") }

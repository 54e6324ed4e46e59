package crashdisk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"nodal/dataset/disk"
)

// script makes calls in a folder of a file system and notes what they return.
type script struct {
	disk.FS
	folder string
	link   func(target, path string)
	said   []string
}

func (s *script) at(name string) string { return filepath.Join(s.folder, name) }

// say notes the class of an error, and values where there is none.
func (s *script) say(what string, err error, values ...any) {
	s.said = append(s.said, strings.TrimSpace(what+": "+class(err)+" "+strings.TrimSpace(fmt.Sprintln(values...))))
}

func class(err error) string {
	for _, c := range []struct {
		is   error
		name string
	}{
		{nil, "ok"}, {io.EOF, "EOF"}, {fs.ErrExist, "exists"}, {fs.ErrNotExist, "missing"}, {fs.ErrClosed, "closed"},
		{fs.ErrPermission, "not allowed"}, {disk.ErrNotRegular, "not regular"}, {disk.ErrLocked, "locked"},
	} {
		if errors.Is(err, c.is) {
			return c.name
		}
	}
	return "fails"
}

// file makes a file of some bytes and notes only what goes wrong.
func (s *script) file(name, content string) {
	f, err := s.Create(s.at(name))
	if err == nil {
		_, err = f.Write([]byte(content))
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		s.say("file "+name, err)
	}
}

// bytes notes the bytes of a file.
func (s *script) bytes(name string) {
	f, err := s.Open(s.at(name))
	if err != nil {
		s.say("bytes of "+name, err)
		return
	}
	content, err := io.ReadAll(f)
	s.say("bytes of "+name, errors.Join(err, f.Close()), strings.ReplaceAll(string(content), "\x00", "0"))
}

func (s *script) list() {
	entries, err := s.ReadDir(s.folder)
	var names []any
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	s.say("list", err, names...)
}

package crashdisk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/dataset/disk"
)

// The machine's file system and the one in memory answer the same calls alike,
// as the contract of disk.FS says.
func TestConformance(t *testing.T) {
	for _, tt := range conformance {
		t.Run(tt.name, func(t *testing.T) {
			if runtime.GOOS == "windows" && tt.links {
				t.Skip("symbolic links need a privilege")
			}
			real := &script{FS: disk.OS{}, folder: t.TempDir(), link: func(target, path string) {
				must(t, os.Symlink(target, path))
			}}
			d := New()
			d.PutFolder("/d")
			memory := &script{FS: d, folder: "/d", link: d.Symlink}
			for name, s := range map[string]*script{"disk.OS": real, "crashdisk": memory} {
				tt.do(s)
				if diff := cmp.Diff(tt.want, s.said); diff != "" {
					t.Errorf("%s (-want +got)\n%s", name, diff)
				}
			}
		})
	}
}

var conformance = []struct {
	name  string
	links bool // has symbolic links
	do    func(*script)
	want  []string
}{
	{"create is exclusive", false, func(s *script) {
		s.file("a", "x")
		_, err := s.Create(s.at("a"))
		s.say("again", err)
		_, err = s.Create(s.at("no/a"))
		s.say("folder missing", err)
		_, err = s.Create(s.at("a/b"))
		s.say("under a file", err)
		s.bytes("a")
	}, []string{"again: exists", "folder missing: missing", "under a file: fails", "bytes of a: ok x"}},
	{"open takes regular files", true, func(s *script) {
		s.file("a", "x")
		s.say("mkdir", s.Mkdir(s.at("in")))
		s.link("a", s.at("link"))
		s.link("nowhere", s.at("dangling"))
		s.link("in", s.at("folder"))
		s.file("folder/b", "y")
		for _, name := range []string{"in", "link", "dangling", "none"} {
			_, err := s.Open(s.at(name))
			s.say(name, err)
		}
		_, err := s.Create(s.at("dangling"))
		s.say("create", err)
		s.bytes("in/b")
		linked, err := s.Lstat(s.at("link"))
		s.say("lstat", err, linked.Mode().Type())
		led, err := s.Stat(s.at("link"))
		s.say("stat", err, led.Mode().IsRegular(), led.Size())
		_, err = s.Stat(s.at("dangling"))
		s.say("stat dangling", err)
		s.link("loop", s.at("loop"))
		_, err = s.Stat(s.at("loop"))
		s.say("stat loop", err)
	}, []string{
		"mkdir: ok", "in: not regular", "link: not regular", "dangling: not regular", "none: missing", "create: exists",
		"bytes of in/b: ok y", "lstat: ok L---------", "stat: ok true 1", "stat dangling: missing", "stat loop: fails",
	}},
	{"link replaces nothing", false, func(s *script) {
		s.file("a", "x")
		s.file("b", "y")
		s.say("taken", s.Link(s.at("a"), s.at("b")))
		s.say("itself", s.Link(s.at("a"), s.at("a")))
		s.say("missing", s.Link(s.at("none"), s.at("c")))
		s.say("free", s.Link(s.at("a"), s.at("c")))
		s.say("remove", s.Remove(s.at("a")))
		s.bytes("b")
		s.bytes("c")
		s.list()
	}, []string{
		"taken: exists", "itself: exists", "missing: missing", "free: ok", "remove: ok", "bytes of b: ok y", "bytes of c: ok x", "list: ok b c",
	}},
	{"rename replaces a file", false, func(s *script) {
		s.file("a", "x")
		s.file("b", "y")
		s.say("mkdir", s.Mkdir(s.at("in")))
		s.say("over a file", s.Rename(s.at("a"), s.at("b")))
		s.say("over a folder", s.Rename(s.at("b"), s.at("in")))
		s.say("folder over a file", s.Rename(s.at("in"), s.at("b")))
		s.say("into itself", s.Rename(s.at("in"), s.at("in/in")))
		s.say("missing", s.Rename(s.at("a"), s.at("c")))
		s.say("into a folder", s.Rename(s.at("b"), s.at("in/b")))
		s.say("folder", s.Rename(s.at("in"), s.at("out")))
		s.bytes("out/b")
		s.list()
	}, []string{
		"mkdir: ok", "over a file: ok", "over a folder: exists", "folder over a file: fails", "into itself: fails", "missing: missing",
		"into a folder: ok", "folder: ok", "bytes of out/b: ok x", "list: ok out",
	}},
	{"rename between two names of a file does nothing", false, func(s *script) {
		s.file("a", "x")
		s.say("link", s.Link(s.at("a"), s.at("b")))
		s.say("rename", s.Rename(s.at("a"), s.at("b")))
		s.list()
	}, []string{"link: ok", "rename: ok", "list: ok a b"}},
	{"folders", false, func(s *script) {
		s.say("mkdir", s.Mkdir(s.at("in")))
		s.say("again", s.Mkdir(s.at("in")))
		s.say("two at once", s.Mkdir(s.at("no/in")))
		s.file("in/a", "")
		s.say("not empty", s.Remove(s.at("in")))
		s.say("file", s.Remove(s.at("in/a")))
		s.say("sync", s.SyncFolder(s.at("in")))
		s.say("empty", s.Remove(s.at("in")))
		s.say("gone", s.Remove(s.at("in")))
		s.say("sync gone", s.SyncFolder(s.at("in")))
		_, err := s.ReadDir(s.at("in"))
		s.say("list gone", err)
		s.list()
	}, []string{
		"mkdir: ok", "again: exists", "two at once: missing", "not empty: exists", "file: ok", "sync: ok", "empty: ok", "gone: missing",
		"sync gone: missing", "list gone: missing", "list: ok",
	}},
	{"reading and writing", false, func(s *script) {
		f, err := s.Create(s.at("a"))
		s.say("create", err)
		n, err := f.Write([]byte("abcdef"))
		s.say("write", err, n)
		b := make([]byte, 4)
		n, err = f.Read(b)
		s.say("read on", err, n)
		n, err = f.ReadAt(b, 1)
		s.say("read at 1", err, string(b[:n]))
		n, err = f.ReadAt(b, 4)
		s.say("read at 4", err, string(b[:n]))
		n, err = f.ReadAt(b, 9)
		s.say("read at 9", err, n)
		_, err = f.ReadAt(b, -1)
		s.say("read at -1", err)
		n, err = f.WriteAt([]byte("X"), 8)
		s.say("write at 8", err, n)
		_, err = f.WriteAt([]byte("X"), -1)
		s.say("write at -1", err)
		n, err = f.Write([]byte("Y"))
		s.say("write on", err, n)
		size, err := f.Size()
		s.say("size", err, size)
		n, err = f.Read(nil)
		s.say("read nothing", err, n)
		s.say("sync", f.Sync())
		s.say("close", f.Close())
		s.bytes("a")
	}, []string{
		"create: ok", "write: ok 6", "read on: EOF 0", "read at 1: ok bcde", "read at 4: EOF ef", "read at 9: EOF 0", "read at -1: fails",
		"write at 8: ok 1", "write at -1: fails", "write on: ok 1", "size: ok 9", "read nothing: ok 0", "sync: ok", "close: ok",
		"bytes of a: ok abcdefY0X",
	}},
	{"append", false, func(s *script) {
		f, err := s.Append(s.at("a"))
		s.say("make", err)
		g, err := s.Append(s.at("a"))
		s.say("again", err)
		for i, h := range []disk.File{f, g, f} {
			n, err := fmt.Fprint(h, i)
			s.say("write", err, n)
		}
		_, err = f.WriteAt([]byte("X"), 0)
		s.say("write at", err)
		_, err = f.Read(make([]byte, 1))
		s.say("read", err)
		s.say("close", errors.Join(f.Close(), g.Close()))
		_, err = s.Append(s.folder)
		s.say("folder", nil, err != nil)
		s.bytes("a")
	}, []string{
		"make: ok", "again: ok", "write: ok 1", "write: ok 1", "write: ok 1", "write at: fails", "read: fails", "close: ok", "folder: ok true",
		"bytes of a: ok 012",
	}},
	{"a file for reading and a closed one", false, func(s *script) {
		s.file("a", "xy")
		f, err := s.Open(s.at("a"))
		s.say("open", err, f.Name() == s.at("a"))
		_, err = f.Write([]byte("z"))
		s.say("write", err)
		b := make([]byte, 1)
		for range 3 {
			n, err := f.Read(b)
			s.say("read", err, string(b[:n]))
		}
		s.say("close", f.Close())
		s.say("close again", f.Close())
		_, err = f.Read(b)
		s.say("read closed", err)
		s.say("sync closed", f.Sync())
	}, []string{
		"open: ok true", "write: fails", "read: ok x", "read: ok y", "read: EOF", "close: ok", "close again: closed", "read closed: closed",
		"sync closed: closed",
	}},
	{"locks", false, func(s *script) {
		take := func(what string, exclusive bool) io.Closer {
			held, err := s.Lock(s.at("lock"), exclusive)
			s.say(what, err)
			return held
		}
		first := take("exclusive", true)
		take("exclusive again", true)
		take("shared beside exclusive", false)
		s.say("unlock", first.Close())
		s.say("unlock twice", first.Close())
		a, b := take("shared", false), take("shared again", false)
		take("exclusive beside shared", true)
		s.say("unlock one", a.Close())
		take("exclusive beside the other", true)
		s.say("unlock the other", b.Close())
		last := take("exclusive alone", true)
		s.say("unlock", last.Close())
		_, err := s.Lock(s.at("no/lock"), true)
		s.say("folder missing", err)
		s.list()
	}, []string{
		"exclusive: ok", "exclusive again: locked", "shared beside exclusive: locked", "unlock: ok", "unlock twice: ok", "shared: ok",
		"shared again: ok", "exclusive beside shared: locked", "unlock one: ok", "exclusive beside the other: locked", "unlock the other: ok",
		"exclusive alone: ok", "unlock: ok", "folder missing: missing", "list: ok lock",
	}},
}

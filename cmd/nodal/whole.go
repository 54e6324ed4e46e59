package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeWhole writes a file under a temporary name, syncs it and renames it, so that path
// is the old file or the whole new one even after a power cut. Two at once do no harm:
// the last one wins.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	f, err := newBeside(path)
	if err != nil {
		return err
	}
	whole := false
	defer func() {
		if !whole { // write may have panicked
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return namedAfter(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return namedAfter(path, err)
	}
	whole = true
	if folder, err := os.Open(filepath.Dir(path)); err == nil {
		folder.Sync() // where a system can: the file is whole with and without it
		folder.Close()
	}
	return nil
}

// newBeside creates a temporary file beside path, with the permissions of a new file.
func newBeside(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, &fs.PathError{Op: "write", Path: path, Err: errors.New("is a folder; name a file")}
	}
	for i := 0; ; i++ {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d-%d.tmp", filepath.Base(path), os.Getpid(), i))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) && i < 1000 {
			continue
		}
		return f, namedAfter(path, err)
	}
}

// namedAfter gives an error the name of the file that was to be written instead of the
// temporary one's.
func namedAfter(path string, err error) error {
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file):
		return &fs.PathError{Op: "write", Path: path, Err: file.Err}
	case errors.As(err, &link):
		return &fs.PathError{Op: "write", Path: path, Err: link.Err}
	}
	return err
}

// checkWritable returns the error that writing a file would end with, as far as that can
// be known before.
func checkWritable(path string) error {
	f, err := newBeside(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

package crashdisk

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
)

// file is an open file.
type file struct {
	disk                *Disk
	path                string
	node                *node
	read, write, append bool
	epoch               int
	off                 int
	closed              bool
}

func isEOF(err error) bool { return err == io.EOF }

// do carries out an operation of an open file.
func (f *file) do(name string, body func() error, failing func(Fault)) error {
	return f.disk.do(Op{Name: name, Path: f.path}, f.epoch, func() error {
		if f.closed {
			return fs.ErrClosed
		}
		return body()
	}, func(fault Fault) {
		if failing != nil && !f.closed {
			failing(fault)
		}
	})
}

// Name returns the path that was opened.
func (f *file) Name() string { return f.path }

// Size returns the bytes of the file.
func (f *file) Size() (size int64, err error) {
	err = f.do("size", func() error {
		size = int64(len(f.node.data.b))
		return nil
	}, nil)
	return size, err
}

// Read reads on from where the last Read or Write ended.
func (f *file) Read(p []byte) (n int, err error) {
	err = f.do("read", func() error {
		got, err := f.readAt(p, f.off)
		n, f.off = got, f.off+got
		if got > 0 && isEOF(err) {
			err = nil
		}
		return err
	}, nil)
	return n, err
}

// ReadAt reads at an offset, see io.ReaderAt.
func (f *file) ReadAt(p []byte, off int64) (n int, err error) {
	err = f.do("read", func() error {
		if off < 0 {
			return errNegative
		}
		got, err := f.readAt(p, int(min(off, int64(len(f.node.data.b)))))
		n = got
		return err
	}, nil)
	return n, err
}

func (f *file) readAt(p []byte, off int) (int, error) {
	if !f.read {
		return 0, syscall.EBADF
	}
	n := 0
	if off < len(f.node.data.b) {
		n = copy(p, f.node.data.b[off:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Write writes on from where the last Read or Write ended, or at the end of a
// file that was opened by Append.
func (f *file) Write(p []byte) (n int, err error) {
	return f.writing(p, func(p []byte) error {
		if f.append {
			f.off = len(f.node.data.b)
		}
		if err := f.writeAt(p, f.off); err != nil {
			return err
		}
		f.off += len(p)
		return nil
	})
}

// WriteAt writes at an offset; not to a file that was opened by Append.
func (f *file) WriteAt(p []byte, off int64) (n int, err error) {
	return f.writing(p, func(p []byte) error {
		switch {
		case off < 0:
			return errNegative
		case f.append:
			return errAppend
		}
		return f.writeAt(p, int(off))
	})
}

var (
	errNegative = errors.New("negative offset")
	errAppend   = errors.New("WriteAt to a file opened by Append")
)

// writing carries out a write that may be cut short.
func (f *file) writing(p []byte, write func([]byte) error) (n int, err error) {
	err = f.do("write", func() error {
		err := write(p)
		if err == nil {
			n = len(p)
		}
		return err
	}, func(fault Fault) {
		if half := p[:len(p)/2]; fault.Short && write(half) == nil {
			n = len(half)
		}
	})
	return n, err
}

func (f *file) writeAt(p []byte, off int) error {
	if !f.write {
		return syscall.EBADF
	}
	f.disk.checkWrite(f)
	f.disk.m.write(f.node, p, off)
	return nil
}

// Sync makes the bytes of the file durable; if it fails it loses them.
func (f *file) Sync() error {
	return f.do("sync", func() error {
		f.disk.checkSync(f)
		f.node.sync()
		return nil
	}, func(Fault) {
		f.disk.checkSync(f)
		f.node.lose()
	})
}

// Close closes the file, also where it fails.
func (f *file) Close() error {
	return f.do("close", func() error {
		f.closed = true
		return nil
	}, func(Fault) { f.closed = true })
}

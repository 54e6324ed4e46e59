package dataset

import (
	"io"
	"sync"

	"github.com/parquet-go/parquet-go"
)

// spares keeps the Parquet writers of finished part files for the parts to
// come. A run then needs the same memory for its first part and for its last: a
// new writer would fill buffers of its own while those of the one before still
// lie in the library's pools.
type spares[T any] struct {
	mutex sync.Mutex
	idle  []*parquet.GenericWriter[T]
}

// take returns a writer on output. One that was used before keeps its metadata
// pairs: whoever takes it sets all of them again.
func (s *spares[T]) take(output io.Writer, plan *Plan) *parquet.GenericWriter[T] {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	last := len(s.idle) - 1
	if last < 0 {
		return parquet.NewGenericWriter[T](output, writerOptions(plan)...)
	}
	writer := s.idle[last]
	s.idle = s.idle[:last]
	writer.Reset(output)
	return writer
}

// give takes back a writer that was closed without an error.
func (s *spares[T]) give(writer *parquet.GenericWriter[T]) {
	// Reset of parquet-go v0.32.0 blanks the row groups of the file before, and
	// with them the column names, which they share with the writer. So there
	// are to be none.
	clear(writer.File().Metadata().RowGroups)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.idle = append(s.idle, writer)
}

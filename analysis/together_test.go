package analysis

import (
	"errors"
	"slices"
	"testing"

	"nodal/schema"
)

// numbered yields batches of rows numbered from 0, in memory that is reused, and then
// an error unless it is nil.
func numbered(batches, size int, failure error) Rows {
	return func(yield func([]schema.Row, error) bool) {
		rows := make([]schema.Row, size)
		for b := range batches {
			for i := range rows {
				rows[i].Network = int64(b*size + i)
			}
			if !yield(rows, nil) {
				return
			}
		}
		if failure != nil {
			yield(nil, failure)
		}
	}
}

// reader gathers the numbers of rows until it has some, and hands on errors.
func reader(got *[]int64, most int) func(Rows) error {
	return func(rows Rows) error {
		for batch, err := range rows {
			if err != nil {
				return err
			}
			for i := range batch {
				*got = append(*got, batch[i].Network)
			}
			if len(*got) >= most {
				break
			}
		}
		return nil
	}
}

func TestTogether(t *testing.T) {
	all := []int64{0, 1, 2, 3, 4, 5}
	failure := errors.New("disk on fire")
	var a, b, c []int64
	if err := Together(numbered(3, 2, nil), reader(&a, 100), func(Rows) error { return nil }, reader(&b, 3), reader(&c, 100)); err != nil {
		t.Error(err)
	}
	if !slices.Equal(a, all) || !slices.Equal(b, all[:4]) || !slices.Equal(c, all) {
		t.Errorf("readers saw %v, %v and %v, want all, the first two batches, all of %v", a, b, c, all)
	}

	read := 0
	counted := func(yield func([]schema.Row, error) bool) {
		for batch, err := range numbered(100, 1, nil) {
			if read++; !yield(batch, err) {
				return
			}
		}
	}
	a = nil
	if err := Together(counted, reader(&a, 3)); err != nil || read != 3 {
		t.Errorf("read %d batches, error %v; want 3 once every reader has enough", read, err)
	}

	a, b = nil, nil
	if err := Together(numbered(1, 2, failure), reader(&a, 100), reader(&b, 100)); !errors.Is(err, failure) || len(a) != 2 || len(b) != 2 {
		t.Errorf("error %v after %v and %v, want %v after two rows each", err, a, b, failure)
	}
	mine := errors.New("enough")
	if err := Together(numbered(3, 2, nil), reader(&a, 100), func(Rows) error { return mine }); !errors.Is(err, mine) {
		t.Errorf("error %v, want %v", err, mine)
	}
	if err := Together(numbered(3, 2, failure)); err != nil {
		t.Errorf("without readers: %v", err)
	}
}

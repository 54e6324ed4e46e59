package dataset

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

// networks reads the rows of a networks file, holds them against the plan and
// writes them to again.
func (v *vetting) networks(again io.Writer) error {
	expect := &cursor{plan: v.plan, units: v.part.Units}
	var kept int64
	accept := func(rows []schema.Row) error {
		for i := range rows {
			c, err := expect.accept(&rows[i])
			if err != nil {
				return err
			}
			if rows[i].Network < c.KeepFields && rows[i].Status == schema.StatusOK {
				kept += int64(c.Outputs)
			}
		}
		return nil
	}
	var err error
	if rows := make([]schema.Row, writeRows); v.plan.wide() {
		err = rewrite(v, again, make([]wideRow, writeRows), func(wide []wideRow) error { return accept(narrowed(rows, wide)) })
	} else {
		err = rewrite(v, again, rows, accept)
	}
	if err == nil && kept != v.vetted.Fields {
		err = fmt.Errorf("%s is %d, its rows keep %d", keyFields, v.vetted.Fields, kept)
	}
	return err
}

// checkLaws holds the values of a row against their laws. It is a variable for
// tests, whose made-up rows keep none.
var checkLaws = (*schema.Laws).Check

// accept is next for rows that come from outside: it returns the row's
// configuration, or an error if row is not that of the next network or not of
// the plan.
func (c *cursor) accept(row *schema.Row) (*schema.Configuration, error) {
	if len(c.units) == 0 {
		return nil, fmt.Errorf("network %d of %.80q comes after the last of the part", row.Network, row.ConfigID)
	}
	unit := c.units[0]
	configuration := &c.plan.Configurations[unit.Configuration]
	if c.done == 0 {
		c.id = configuration.ID()
		c.laws = schema.NewLaws(*configuration, c.plan.Sweep, c.plan.Seed)
	}
	if want := unit.First + c.done; row.ConfigID != c.id || row.Network != want {
		return nil, fmt.Errorf("it has network %d of %.80q, want network %d of %s", row.Network, row.ConfigID, want, c.id)
	}
	if row.Sweep != c.plan.Sweep || row.Seed != c.plan.Seed {
		return nil, fmt.Errorf("network %d of %s is of sweep %.80q with seed %d, want %s with seed %d",
			row.Network, row.ConfigID, row.Sweep, row.Seed, c.plan.Sweep, c.plan.Seed)
	}
	if err := checkLaws(c.laws, row); err != nil {
		return nil, fmt.Errorf("network %d of %s: %w", row.Network, row.ConfigID, err)
	}
	if c.done++; c.done == unit.Count {
		c.units, c.done = c.units[1:], 0
	}
	return configuration, nil
}

// fields reads the rows of a fields file, one at a time since they can be large,
// holds them against the plan and writes them to again.
func (v *vetting) fields(again io.Writer) error {
	expect := &fieldCursor{plan: v.plan, units: v.part.Units}
	var group int64 // bytes of values in the open row group, as PartWriter counts them
	err := rewriteWith(v, again, make([]schema.Field, 1), func(writer *parquet.GenericWriter[schema.Field], fields []schema.Field) error {
		if err := expect.accept(&fields[0]); err != nil {
			return err
		}
		if _, err := writer.Write(fields); err != nil {
			return err
		}
		if group += 4 * int64(len(fields[0].Values)); group < groupValues {
			return nil
		}
		group = 0
		return writer.Flush()
	})
	if err == nil && expect.output > 0 {
		err = fmt.Errorf("it ends after output %d of network %d of %s", expect.output-1, expect.network, expect.id)
	}
	return err
}

// fieldCursor walks the fields that a part can keep. Networks without finite
// values keep none, so any of them may be passed over.
type fieldCursor struct {
	plan    *Plan
	units   []Unit
	id      string // config_id of units[0]; "" if not known yet
	network int64  // of the next field, if output > 0; else the least that may come
	output  int    // of the next field
}

// accept returns an error if field cannot be the next one.
func (c *fieldCursor) accept(field *schema.Field) error {
	for len(c.units) > 0 {
		unit := c.units[0]
		configuration := &c.plan.Configurations[unit.Configuration]
		if c.id == "" {
			c.id, c.network = configuration.ID(), unit.First
		}
		end := unit.First + keptNetworks(configuration, unit)
		if field.ConfigID == c.id && field.Network >= c.network && field.Network < end {
			return c.take(field, configuration)
		}
		if c.output > 0 {
			break
		}
		c.units, c.id = c.units[1:], ""
	}
	return fmt.Errorf("it has output %d of network %d of %.80q, which is not kept or comes elsewhere", field.Output, field.Network, field.ConfigID)
}

// take accepts a field of the unit that the cursor is in.
func (c *fieldCursor) take(field *schema.Field, configuration *schema.Configuration) error {
	if int(field.Output) != c.output || c.output > 0 && field.Network != c.network {
		return fmt.Errorf("it has output %d of network %d of %s, want output %d", field.Output, field.Network, c.id, c.output)
	}
	if points := configuration.Grid.Points(); len(field.Values) != points {
		return fmt.Errorf("output %d of network %d of %s has %d values, want %d", field.Output, field.Network, c.id, len(field.Values), points)
	}
	for i, y := range field.Values {
		if math.IsNaN(float64(y)) || math.IsInf(float64(y), 0) {
			return fmt.Errorf("output %d of network %d of %s: value %d is %v", field.Output, field.Network, c.id, i, y)
		}
	}
	c.network = field.Network
	if c.output++; c.output == configuration.Outputs {
		c.network, c.output = field.Network+1, 0
	}
	return nil
}

// rewrite reads the rows of the file, as many at a time as buffer has, and writes
// those that accept has no error for to again.
func rewrite[T any](v *vetting, again io.Writer, buffer []T, accept func([]T) error) error {
	return rewriteWith(v, again, buffer, func(writer *parquet.GenericWriter[T], rows []T) error {
		if err := accept(rows); err != nil {
			return err
		}
		_, err := writer.Write(rows)
		return err
	})
}

// rewriteWith reads the rows of the file, as many at a time as buffer has, hands
// them to write with a writer on again, and ends the file that it writes. It has
// the metadata of the file being read, checksums too.
func rewriteWith[T any](v *vetting, again io.Writer, buffer []T, write func(*parquet.GenericWriter[T], []T) error) error {
	table, err := parquet.OpenFile(v.file, v.frame.size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return err
	}
	writer := parquet.NewGenericWriter[T](again, writerOptions(v.plan)...)
	for _, pair := range v.meta.KeyValueMetadata {
		writer.SetKeyValueMetadata(pair.Key, pair.Value)
	}
	for _, group := range table.RowGroups() {
		reader := parquet.NewGenericRowGroupReader[T](group)
		for left := group.NumRows(); left > 0; {
			rows := buffer[:min(left, int64(len(buffer)))]
			if err := readFull(reader, rows); err != nil {
				return err
			}
			if err := write(writer, rows); err != nil {
				return err
			}
			left -= int64(len(rows))
		}
		if err := reader.Close(); err != nil {
			return err
		}
	}
	return writer.Close()
}

// readFull fills rows, however few the reader gives at a time: the bytes that are
// written from them depend on it.
func readFull[T any](reader *parquet.GenericReader[T], rows []T) error {
	for len(rows) > 0 {
		n, err := reader.Read(rows)
		if rows = rows[n:]; err == nil && n == 0 {
			err = io.ErrUnexpectedEOF
		}
		if err != nil && len(rows) > 0 {
			return fmt.Errorf("reading its rows: %w", err)
		}
	}
	return nil
}

// comparison is a writer that compares what is written with a file, and hashes
// it: what was hashed is what the file has.
type comparison struct {
	file   io.ReaderAt
	at     int64
	hash   hash.Hash
	buffer [32 << 10]byte
}

func compareWith(file io.ReaderAt) *comparison { return &comparison{file: file, hash: sha256.New()} }

// Write fails where p differs from what the file has there.
func (c *comparison) Write(p []byte) (int, error) {
	for done := 0; done < len(p); {
		part := p[done:min(done+len(c.buffer), len(p))]
		there := c.buffer[:len(part)]
		switch n, err := c.file.ReadAt(there, c.at); {
		case n < len(there) && err != io.EOF:
			return done, err
		case !bytes.Equal(there[:n], part):
			return done, fmt.Errorf("its rows are written otherwise, somewhere in bytes %d to %d", c.at, c.at+int64(len(part))-1)
		}
		c.hash.Write(part)
		c.at += int64(len(part))
		done += len(part)
	}
	return len(p), nil
}

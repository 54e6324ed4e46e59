package dataset

import (
	"math"
	"slices"

	"github.com/parquet-go/parquet-go"

	"nodal/dataset/ledger"
	"nodal/schema"
)

// wideRow is a row as the files of a plan with optional columns hold it. Files of
// other plans hold a [schema.Row] alone. The fields after the row are those of
// [schema.Extra]: embedded, parquet-go v0.32.0 would read 0 for their NULLs (its
// issue #163).
type wideRow struct {
	schema.Row
	Pieces            *int64   `parquet:"pieces,optional"`
	Breakpoints       *int64   `parquet:"breakpoints,optional"`
	BreakpointsFirst  *int64   `parquet:"breakpoints_first,optional"`
	CrossingsExact    *int64   `parquet:"crossings_exact,optional"`
	CrossingsExpected *float64 `parquet:"crossings_expected,optional"`
}

func widen(r *schema.Row) wideRow {
	w := wideRow{Row: *r}
	if e := r.Extra; e != nil {
		w.Pieces, w.Breakpoints, w.BreakpointsFirst, w.CrossingsExact, w.CrossingsExpected =
			e.Pieces, e.Breakpoints, e.BreakpointsFirst, e.CrossingsExact, e.CrossingsExpected
	}
	return w
}

// narrow returns the row with its optional columns.
func (w *wideRow) narrow() schema.Row {
	row := w.Row
	row.Extra = &schema.Extra{Pieces: w.Pieces, Breakpoints: w.Breakpoints, BreakpointsFirst: w.BreakpointsFirst,
		CrossingsExact: w.CrossingsExact, CrossingsExpected: w.CrossingsExpected}
	return row
}

// wide reports whether the files of the plan have optional columns.
func (p *Plan) wide() bool {
	return slices.ContainsFunc(p.Configurations, func(c schema.Configuration) bool { return len(c.Columns) > 0 })
}

// columns says whether files have optional columns.
func (p *Plan) columns() string {
	if p.wide() {
		return "in the files"
	}
	return "none"
}

// rowSchema returns the columns of the plan's networks.
func (p *Plan) rowSchema() *parquet.Schema {
	if p.wide() {
		return parquet.SchemaOf(new(wideRow))
	}
	return parquet.SchemaOf(new(schema.Row))
}

// rowTable is the file of a part's networks on its way, with optional columns or
// without.
type rowTable interface {
	write(rows []schema.Row) error
	set(key, value string)
	seal() error
	publish() error
	discard()
	count() int64       // of the rows written
	digits() ledger.Sum // of the file, once it is sealed
}

// newRowTable begins the networks file of a part.
func newRowTable(d *Directory, part Part) (rowTable, error) {
	if !part.Plan.wide() {
		return newPartTable(d, networksFolder, part, &d.rowWriters, newRowDigest())
	}
	table, err := newPartTable(d, networksFolder, part, &d.wideWriters, newWideDigest())
	if err != nil {
		return nil, err
	}
	return &wideTable{partTable: table}, nil
}

// wideTable is a file with optional columns.
type wideTable struct {
	*partTable[wideRow]
	rows []wideRow // memory for those being written
}

// write appends rows, each with its optional columns.
func (t *wideTable) write(rows []schema.Row) error {
	t.rows = widened(t.rows[:0], rows)
	return t.partTable.write(t.rows)
}

// widened appends rows with their optional columns to wide.
func widened(wide []wideRow, rows []schema.Row) []wideRow {
	for i := range rows {
		wide = append(wide, widen(&rows[i]))
	}
	return wide
}

// narrowed returns the rows of wide ones, in the memory of rows.
func narrowed(rows []schema.Row, wide []wideRow) []schema.Row {
	rows = rows[:0]
	for i := range wide {
		rows = append(rows, wide[i].narrow())
	}
	return rows
}

// openRows opens the networks file of a part that is on record, see openPart.
func openRows(s *store, part Part) (*partFile, error) {
	if part.Plan.wide() {
		return openPart[wideRow](s, part, Networks, part.Networks())
	}
	return openPart[schema.Row](s, part, Networks, part.Networks())
}

// yieldRows yields the rows of an open networks file as yieldFile does.
func (r *Reader) yieldRows(file *partFile, err error, yield func([]schema.Row, error) bool) {
	rows := scratch(&r.rows)
	if file == nil || err != nil || !file.part.Plan.wide() {
		yieldFile(file, err, rows, yield)
		return
	}
	yieldFile(file, nil, scratch(&r.wide), func(wide []wideRow, err error) bool {
		return yield(narrowed(rows, wide), err)
	})
}

// wideDigest is the digest of rows with optional columns. Make it with
// newWideDigest.
type wideDigest struct {
	row    *rowDigest
	extras digest // of a column's words each says whether it is NULL, its elements are the values
}

var _ digester[wideRow] = (*wideDigest)(nil)

func newWideDigest() *wideDigest {
	d := &wideDigest{row: newRowDigest()}
	d.reset()
	return d
}

// reset begins again.
func (d *wideDigest) reset() {
	d.row.reset()
	d.extras = newDigest(extraNames())
}

// extraNames returns the names of the optional columns.
func extraNames() []string {
	var names []string
	for _, c := range schema.OptionalColumns() {
		names = append(names, string(c))
	}
	return names
}

// add appends rows.
func (d *wideDigest) add(rows []wideRow) {
	for i := range rows {
		d.row.row(&rows[i].Row)
		e := &rows[i]
		counts := [...]*int64{e.Pieces, e.Breakpoints, e.BreakpointsFirst, e.CrossingsExact}
		for c, count := range counts {
			if d.present(c, count != nil) {
				d.extras[c].elements.add(uint64(*count))
			}
		}
		last := len(counts)
		if d.present(last, e.CrossingsExpected != nil) {
			d.extras[last].elements.add(math.Float64bits(*e.CrossingsExpected))
		}
	}
}

// present notes whether a column has a value, and returns it.
func (d *wideDigest) present(column int, is bool) bool {
	d.extras[column].words.add(truth(is))
	return is
}

// sum returns the digest of the rows so far.
func (d *wideDigest) sum() digest { return append(d.row.sum(), d.extras...) }

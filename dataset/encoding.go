package dataset

import (
	"fmt"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

// How rows become bytes. Everything here is covered by PlanVersion.
const (
	// writeRows is how many rows go to the Parquet writer at a time. It looks at
	// its page sizes after every call, so the bytes depend on this number: it is
	// the canonical batch.
	writeRows = 64
	// groupRows is the size of a row group of networks, which a writer holds in
	// memory as encoded columns, and a multiple of writeRows.
	groupRows = 8_192
	// groupValues is how many bytes of field values make a row group.
	groupValues = 16 << 20
)

// The keys of a part file's metadata.
const (
	keyRowVersion    = "nodal.row_version"
	keyStreamVersion = "nodal.stream_version"
	keyNumerics      = "nodal.numerics"
	keyPlan          = "nodal.plan"       // hash of the plan
	keyPart          = "nodal.part"       // number of the part
	keyRows          = "nodal.rows"       // rows of this file
	keyFields        = "nodal.fields"     // rows of the part's fields file, 0 if it has none
	keySweepFile     = "nodal.sweep_file" // the sweep file in canonical form
	keyChecksum      = "nodal.checksum"   // of the body and of the footer, see checksum.go
)

// writerOptions returns the encoding of the part files of a plan. The creator
// is spelt out, since the library's default names the build.
func writerOptions(plan *Plan) []parquet.WriterOption {
	version := fmt.Sprintf("%d.%d.%d", plan.RowVersion, plan.StreamVersion, plan.PlanVersion)
	return []parquet.WriterOption{
		parquet.CreatedBy("nodal", version, "numerics "+plan.Numerics),
		parquet.Compression(codec),
		// Version 1 pages are what every reader knows best, and no larger here.
		parquet.DataPageVersion(1),
		// The values of a field are smooth: split by byte they take 40 % less. The
		// doubles of a row come from many networks and gain nothing.
		parquet.DefaultEncodingFor(parquet.Float, &parquet.ByteStreamSplit),
		// Columns of whole numbers are constant, ascending or small: as differences
		// they are short before the compressor sees them, and a row takes a third
		// less time than in plain encoding.
		parquet.DefaultEncodingFor(parquet.Int32, &parquet.DeltaBinaryPacked),
		parquet.DefaultEncodingFor(parquet.Int64, &parquet.DeltaBinaryPacked),
		parquet.MaxRowsPerRowGroup(groupRows),
		parquet.SkipPageBounds(unbounded(plan)...),
	}
}

// unbounded returns the columns whose least and greatest values are not
// recorded, since no query skips pages by them: measured numbers with a
// fraction, which spread over their range in every page, and the texts but for
// those that name the configuration. Recording them takes a tenth of the time of
// a row.
func unbounded(plan *Plan) []string {
	var columns []string
	if plan.wide() {
		columns = append(columns, string(schema.ColumnCrossingsExpected))
	}
	row := reflect.TypeFor[schema.Row]()
	for i, name := range schema.Columns() {
		switch kind := row.Field(i).Type.Kind(); {
		case name == "config_id" || name == "case_name":
		case kind == reflect.Float64 || kind == reflect.String:
			columns = append(columns, name)
		}
	}
	return columns
}

package dataset

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

// Whoever writes files with rows of their own cannot make them pass.
func TestVetHoldsRowsAgainstThePlan(t *testing.T) {
	plan := vetPlan(5)
	part, _ := plan.Part(partOf(plan, 0).Name())
	for _, tt := range []struct {
		name, want string
		rows       func([]schema.Row)
		fields     func([]schema.Field)
	}{
		{"undisturbed", "", nil, nil},
		{"network twice", "want network 2", func(r []schema.Row) { r[2].Network = 1 }, nil},
		{"networks swapped", "want network 0", func(r []schema.Row) { r[0], r[1] = r[1], r[0] }, nil},
		{"other configuration", "want network 4 of", func(r []schema.Row) { r[4].ConfigID = "abcdefabcdef" }, nil},
		{"other sweep", "is of sweep", func(r []schema.Row) { r[4].Sweep = "other" }, nil},
		{"other seed", "with seed 8", func(r []schema.Row) { r[4].Seed = 8 }, nil},
		{"a law broken", "a law", func(r []schema.Row) { r[4].Zeros = -1 }, nil},
		{"field announced and not there", "its rows keep 5", func(r []schema.Row) { r[0].Status = schema.StatusNonfinite }, nil},
		{"field of another network", "which is not kept", nil, func(f []schema.Field) { f[4].Network, f[5].Network = 4, 4 }},
		{"field twice", "comes elsewhere", nil, func(f []schema.Field) { f[2], f[3] = f[0], f[1] }},
		{"output missing", "want output 1", nil, func(f []schema.Field) { f[1] = f[3] }},
		{"last output missing", "it ends after output 0", nil, func(f []schema.Field) { f[6].Network, f[6].ConfigID = 2, f[0].ConfigID }},
		{"value missing", "has 100 values, want 101", nil, func(f []schema.Field) { f[3].Values = f[3].Values[1:] }},
		{"not a number", "value 7 is NaN", nil, func(f []schema.Field) { f[3].Values[7] = float32(math.NaN()) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			law := checkLaws
			defer func() { checkLaws = law }()
			checkLaws = func(_ *schema.Laws, row *schema.Row) error {
				if row.Zeros < 0 {
					return errors.New("a law")
				}
				return nil
			}
			rows, fields, kind := rowsOf(plan, part), fieldsOf(plan, part), Networks
			if tt.rows != nil {
				tt.rows(rows)
			}
			if tt.fields != nil {
				kind = Fields
				if tt.fields(fields); tt.name == "last output missing" {
					fields = append(fields[:4], fields[6])
				}
			}
			_, err := vetBytes(written(t, plan, part, rows, fields, kind), plan, kind)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Vet = %v, want an error with %q", err, tt.want)
			}
		})
	}
}

// written returns the file of a part as our writer makes it of these rows, which
// need not be the part's.
func written(t *testing.T, plan *Plan, part Part, rows []schema.Row, fields []schema.Field, kind Kind) []byte {
	t.Helper()
	var buffer bytes.Buffer
	var err error
	pairs := [][2]string{{keyRowVersion, strconv.Itoa(plan.RowVersion)}, {keyStreamVersion, strconv.Itoa(plan.StreamVersion)},
		{keyNumerics, plan.Numerics}, {keyPlan, plan.Hash()}, {keyPart, strconv.Itoa(part.Seq)}, {keyChecksum, unstamped}, {keySweepFile, plan.Source}}
	if kind == Fields {
		pairs = append(pairs, [2]string{keyRows, strconv.Itoa(len(fields))})
		w := parquet.NewGenericWriter[schema.Field](&buffer, writerOptions(plan)...)
		for _, pair := range pairs {
			w.SetKeyValueMetadata(pair[0], pair[1])
		}
		for i := range fields {
			_, err = w.Write(fields[i : i+1])
		}
		err = errors.Join(err, w.Close())
	} else {
		pairs = append(pairs, [2]string{keyFields, strconv.Itoa(len(fields))}, [2]string{keyRows, strconv.Itoa(len(rows))})
		w := parquet.NewGenericWriter[schema.Row](&buffer, writerOptions(plan)...)
		for _, pair := range pairs {
			w.SetKeyValueMetadata(pair[0], pair[1])
		}
		_, err = w.Write(rows)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return restamp(buffer.Bytes())
}

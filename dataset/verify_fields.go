package dataset

import (
	"fmt"
	"math"

	"nodal/schema"
)

// agree holds the fields of a part against its rows: every finite network that
// the plan keeps has fields, the others have none, and the extremes of its values
// are those of its row. Both files are sound on their own.
func (v *Verification) agree(part Part) error {
	if !part.keepsFields() {
		return nil
	}
	wanted, err := v.extremesInRows(part)
	if err != nil {
		return err
	}
	found, err := v.extremesInFields(part)
	if err != nil {
		return err
	}
	for id, got := range found {
		want, known := wanted[id]
		switch {
		case !known:
			return v.damage(part, Fields, fmt.Errorf("it has network %d of %s, of which no fields are kept", id.network, id.configuration))
		case got != want:
			return v.damage(part, Fields, fmt.Errorf("the values of network %d of %s are %v to %v, its row says %v to %v",
				id.network, id.configuration, got.least, got.largest, want.least, want.largest))
		}
		delete(wanted, id)
	}
	for id := range wanted {
		return v.damage(part, Fields, fmt.Errorf("it lacks network %d of %s", id.network, id.configuration))
	}
	return nil
}

// networkID is a network of a dataset.
type networkID struct {
	configuration string
	network       int64
}

// extremes are the least and the largest value of all outputs of a network.
type extremes struct{ least, largest float64 }

// extremeRow is what agree needs of a row: decoding the rest takes much longer.
type extremeRow struct {
	ConfigID string  `parquet:"config_id"`
	Network  int64   `parquet:"network"`
	Status   string  `parquet:"status"`
	ValueMin float64 `parquet:"value_min"`
	ValueMax float64 `parquet:"value_max"`
}

// extremesInRows returns what the rows of a part say about the networks that
// have fields.
func (v *Verification) extremesInRows(part Part) (map[networkID]extremes, error) {
	keep := make(map[string]int64)
	for _, u := range part.Units {
		c := &part.Plan.Configurations[u.Configuration]
		keep[c.ID()] = c.KeepFields
	}
	file, err := openRows(&v.store, part)
	if err != nil {
		return nil, err
	}
	all := make(map[networkID]extremes)
	yieldFile(file, nil, make([]extremeRow, readRows), func(rows []extremeRow, failed error) bool {
		for _, row := range rows {
			if row.Network < keep[row.ConfigID] && row.Status == schema.StatusOK {
				all[networkID{row.ConfigID, row.Network}] = extremes{row.ValueMin, row.ValueMax}
			}
		}
		err = failed
		return true
	})
	return all, err
}

// extremesInFields returns what the values of the fields of a part are between.
func (v *Verification) extremesInFields(part Part) (map[networkID]extremes, error) {
	all := make(map[networkID]extremes)
	for fields, err := range v.Reader().FieldsOf(part) {
		if err != nil {
			return nil, err
		}
		for i := range fields {
			id := networkID{fields[i].ConfigID, fields[i].Network}
			of, seen := all[id]
			if !seen {
				of = extremes{math.Inf(1), math.Inf(-1)}
			}
			for _, y := range fields[i].Values {
				of.least, of.largest = min(of.least, float64(y)), max(of.largest, float64(y))
			}
			all[id] = of
		}
	}
	return all, nil
}

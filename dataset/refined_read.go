package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

// Refined returns the refined networks of a part, at most as many as the part has,
// nothing if they were not refined, and the limit of their grids as text. They are
// networks of the part, in its order, each once. The error is an [*IntegrityError]
// for a damaged file.
func (r *Reader) Refined(part Part) (rows []schema.Refined, limit string, err error) {
	return r.readRefined(part)
}

func (s *store) readRefined(part Part) (_ []schema.Refined, limit string, err error) {
	file, err := s.openRefined(part)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	defer file.Close() // opened for reading: nothing to lose
	rows, err := file.decode()
	if err == nil {
		err = checkRefined(part, rows)
	}
	if err != nil {
		return nil, "", s.refinedDamage(part, err)
	}
	return rows, file.limit, nil
}

// decode returns all rows. What makes the library panic is an error.
func (f *refinedFile) decode() (_ []schema.Refined, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("it makes the reader fail: %v", r)
		}
	}()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	table, err := parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	reader := parquet.NewGenericReader[schema.Refined](table)
	rows := make([]schema.Refined, f.rows)
	for n := 0; n < len(rows); {
		k, err := reader.Read(rows[n:])
		if n += k; err != nil && !(err == io.EOF && n == len(rows)) {
			return nil, err
		}
	}
	return rows, reader.Close()
}

// checkRefined holds refined networks against the part: they are some of its own, in
// order, on grids that doubling leads to, with counts that belong together.
func checkRefined(part Part, rows []schema.Refined) error {
	units, last := part.Units, int64(-1)
	for i := range rows {
		r := &rows[i]
		for len(units) > 0 && part.Plan.Configurations[units[0].Configuration].ID() != r.ConfigID {
			units, last = units[1:], -1
		}
		if len(units) == 0 {
			return fmt.Errorf("it has network %d of %.80q, which is not in its turn", r.Network, r.ConfigID)
		}
		unit := units[0]
		if r.Network < unit.First || r.Network >= unit.First+unit.Count || r.Network <= last {
			return fmt.Errorf("it has network %d of %s, which is not in its turn", r.Network, r.ConfigID)
		}
		last = r.Network
		if err := r.Check(&part.Plan.Configurations[unit.Configuration]); err != nil {
			return fmt.Errorf("network %d of %s: %w", r.Network, r.ConfigID, err)
		}
	}
	return nil
}

// verifyRefined looks at what lies in the folder of refined networks: files of the
// plan's parts and nothing else, each as closely as the verification looks. Every row
// against its part means that they are the unresolved networks, and what they were.
func (v *Verification) verifyRefined() error {
	folder := filepath.Join(v.path, refinedFolder)
	found, err := names(v.fs, folder)
	if err != nil || len(found) == 0 {
		return err
	}
	there := make(map[string]bool)
	for _, name := range found {
		if !strings.HasPrefix(name, ".") && !litter[name] {
			there[name] = true
		}
	}
	for part := range v.plan.Parts() {
		name := part.Name() + partSuffix
		if !there[name] {
			continue
		}
		delete(there, name)
		damaged := (*IntegrityError)(nil)
		if err := v.verifyRefinedPart(part); errors.As(err, &damaged) {
			v.Problems = append(v.Problems, damaged)
		} else if err != nil {
			return err
		}
	}
	for _, name := range found {
		if there[name] {
			v.Problems = append(v.Problems, &IntegrityError{Path: filepath.Join(folder, name),
				Reason: "it is of no part of this dataset, but readers would take it for one", Remedy: "move it away"})
		}
	}
	return nil
}

func (v *Verification) verifyRefinedPart(part Part) error {
	if v.depth == Quick {
		_, err := v.skimFooter(part, RefinedRows)
		return err
	}
	refined, _, err := v.readRefined(part)
	if err != nil || v.depth < Rows {
		return err
	}
	if there, err := exists(v.fs, partPath(v.path, Networks, part)); !there || err != nil {
		return err // a missing part is told where parts are looked at
	}
	for rows, err := range v.Reader().RowsOf(part) {
		if err != nil { // told there as well
			return nil
		}
		for i := range rows {
			row := &rows[i]
			if row.Status != schema.StatusOK || row.Resolved {
				continue
			}
			if len(refined) == 0 || !refined[0].Of(row) {
				return v.refinedDamage(part, fmt.Errorf("it lacks network %d of %s, or has other numbers of it", row.Network, row.ConfigID))
			}
			refined = refined[1:]
		}
	}
	if len(refined) > 0 {
		return v.refinedDamage(part, fmt.Errorf("it has network %d of %s, which its own grid resolves", refined[0].Network, refined[0].ConfigID))
	}
	return nil
}

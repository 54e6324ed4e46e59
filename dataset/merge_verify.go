package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// Verify looks at every part of the sources as a [Verification] of that depth does.
// Of the target it reads what the sources have too, and looks at the rest as a run
// does, at sizes and footers. What is unfinished is no error.
//
// The error is an [*IntegrityError] if a part is damaged, or if two datasets have
// other bytes of the same. What is not copied (manifests, sweep files, damaged files
// of refined networks) is only told.
func (m *Merge) Verify() error {
	for n := range m.sources {
		if err := m.verifySource(n); err != nil {
			return advised(m.sources[n].Path, err)
		}
	}
	if m.target.plan == nil {
		return nil
	}
	return m.verifyTarget()
}

// verifySource looks at one source.
func (m *Merge) verifySource(n int) error {
	s := m.sources[n]
	v, err := Verify(s.Path, max(m.o.Depth, Bytes), m.o.Options)
	if err != nil {
		return err
	}
	if v.plan.Hash() != s.plan.Hash() {
		return &DifferentSweepError{Path: s.Path, Differences: []string{"another run has extended it meanwhile"}}
	}
	v.plan = s.plan // a run that is at work there may know more by now
	if err := m.judge(v); err != nil {
		return err
	}
	i, missing, total := 0, 0, s.plan.PartCount()
	for report, err := range v.Parts() {
		if err != nil {
			return err
		}
		if len(report.Problems) > 0 {
			return report.Problems[0]
		}
		if report.Missing {
			missing++
		} else {
			e, _ := v.ledger.Lookup(report.Name)
			if err := m.enter(n, i, e); err != nil {
				return err
			}
			s.Parts++
		}
		i++
		if err := m.step(MergeStep{Path: s.Path, Done: i, Total: total}); err != nil {
			return err
		}
	}
	if missing == 0 && m.o.Depth == Rows && m.o.Decisions != nil {
		wrong, err := m.o.Decisions(v.Reader())
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			return wrong[0]
		}
	}
	return nil
}

// judge returns the first problem of a dataset as a whole that concerns what a merge
// copies, and tells of the others.
func (m *Merge) judge(v *Verification) error {
	unused := map[string]bool{sweepPath(v.path): true, manifestPath(v.path): true, successPath(v.path): true}
	refined := filepath.Join(v.path, refinedFolder) + string(filepath.Separator)
	for _, problem := range v.Problems {
		switch {
		case strings.HasPrefix(problem.Path, refined):
			m.o.Notice(fmt.Sprintf("%s: %s; it is not copied", problem.Path, problem.Cause()))
		case unused[problem.Path]:
			m.o.Notice(fmt.Sprintf("%s: %s; the parts are read all the same", problem.Path, problem.Cause()))
		default:
			return problem
		}
	}
	return nil
}

// enter enters part i, which source n has.
func (m *Merge) enter(n, i int, e ledger.Entry) error {
	before, known := m.known.Lookup(e.Part)
	if !known {
		m.known.Set(e)
		m.origin[i] = int32(n)
		return nil
	}
	if kind, differ := unequal(before, e); differ {
		return conflict(namedPath(m.sources[n].Path, kind, e.Part), namedPath(m.sources[m.origin[i]].Path, kind, e.Part))
	}
	return nil
}

// unequal reports whether two entries of a part are of other files, and which.
func unequal(a, b ledger.Entry) (Kind, bool) {
	switch {
	case a.Networks != b.Networks:
		return Networks, true
	case (a.Fields == nil) != (b.Fields == nil), a.Fields != nil && *a.Fields != *b.Fields:
		return Fields, true
	}
	return "", false
}

// namedPath returns where a file of the part of that name lies.
func namedPath(root string, kind Kind, part string) string {
	return filepath.Join(root, string(kind), part+partSuffix)
}

// conflict returns the error for two sound files of a part that differ.
func conflict(path, other string) *IntegrityError {
	return &IntegrityError{Path: path,
		Reason: fmt.Sprintf("it has other bytes than %s, though each is sound by itself", other),
		Remedy: "find out which holds other rows than are drawn with nodal verify --recompute, and move that one away"}
}

// verifyTarget looks at the target.
func (m *Merge) verifyTarget() error {
	t := &m.target
	if _, _, err := t.load(nil); err != nil {
		return err
	}
	strangers, there, err := t.strangers()
	if err != nil {
		return err
	}
	if len(strangers) > 0 {
		return strangers[0]
	}
	i, total := 0, t.plan.PartCount()
	for part := range t.plan.Parts() {
		if there.has(part) {
			if err := m.enterTarget(i, part); err != nil {
				return err
			}
		}
		i++
		if err := m.step(MergeStep{Path: t.path, Done: i, Total: total}); err != nil {
			return err
		}
	}
	return nil
}

// enterTarget enters part i, of which the target has a networks file.
func (m *Merge) enterTarget(i int, part Part) error {
	if e, known := m.known.Lookup(part.Name()); known {
		if err := m.sameInTarget(part, Networks, e.Networks, m.origin[i]); err != nil {
			return err
		}
		if e.Fields != nil {
			if err := m.target.announced(part, m.sameInTarget(part, Fields, *e.Fields, m.origin[i])); err != nil {
				return err
			}
		}
		m.origin[i] = inTarget
		return nil
	}
	e, present, err := m.target.look(part)
	if err != nil || !present {
		return err
	}
	m.known.Set(e)
	m.origin[i] = inTarget
	return nil
}

// sameInTarget checks that a file of the target has the bytes that source n has. If
// it has others, it is damaged or the two are in conflict.
func (m *Merge) sameInTarget(part Part, kind Kind, want ledger.Sum, n int32) error {
	t := &m.target
	got, err := t.sumOf(part, kind)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return err
	case err != nil:
		return t.damage(part, kind, err)
	case got.Bytes == want.Bytes && got.SHA256 == want.SHA256:
		return nil
	}
	if _, known := t.ledger.Lookup(part.Name()); known {
		var file disk.File
		if file, _, err = t.openRecorded(part, kind); err == nil {
			err = file.Close()
		}
	} else {
		_, err = t.vetFile(part, kind)
	}
	if err != nil {
		return err
	}
	return conflict(partPath(t.path, kind, part), partPath(m.sources[n].Path, kind, part))
}

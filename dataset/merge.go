package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// MergeOptions says how to merge.
type MergeOptions struct {
	Options // FS, Vet, Notice and NoLocks

	// Depth is how closely the datasets are looked at: [Bytes], or [Rows].
	Depth Depth

	// Step is called after every part that was looked at and before every one that is
	// copied; an error of it ends the merge. May be nil.
	Step func(MergeStep) error

	// Decisions, unless it is nil, says at depth Rows which checkpoints of a dataset
	// without missing parts its rows decide otherwise.
	Decisions func(*Reader) ([]*IntegrityError, error)
}

// MergeStep is how far a merge is.
type MergeStep struct {
	Path        string // the dataset that is looked at; when copying, the one that is written
	Copying     bool
	Done, Total int   // parts
	Bytes       int64 // copied
}

// MergeSource is a dataset that is merged into another.
type MergeSource struct {
	Path    string
	Parts   int   // that it has
	Taken   int   // those that were copied from it; the others were there
	Bytes   int64 // of their files
	Refined int   // files of refined networks that were copied

	plan *Plan
}

// Merge brings the parts of several datasets together in one, the target: what the
// shards of a sweep have drawn in folders of their own. Call [OpenMerge], Verify and
// Copy, in this order; whatever stops it, the same merge again goes on.
//
// Nothing is changed before every dataset was looked at. The sources are only read.
// A part is copied under the commit protocol of a run, so that a reader of the target
// sees whole parts only; where several have a part, it is the same bytes in all.
type Merge struct {
	o        MergeOptions
	target   store // plan is nil if it is no dataset yet
	sources  []*MergeSource
	plan     *Plan
	planPath string        // the dataset that has this plan
	known    ledger.Ledger // the sound parts of all
	origin   []int32       // where the parts of plan are, in its order: an index into sources, or one of these
}

const (
	nowhere  = -1
	inTarget = -2
)

// OpenMerge reads the plans of the target at out, which may be missing or an empty
// folder, and of the datasets at the paths, at least one. It changes nothing, and
// neither does Verify. Its errors are those of [Open] for the paths and those of
// [Create] for out, and an [*UnmergeableError] if they are not of one sweep and what
// extends it.
func OpenMerge(out string, paths []string, o MergeOptions) (*Merge, error) {
	o.Options = o.Options.withDefaults()
	m := &Merge{o: o, target: store{fs: o.FS, path: out, vet: o.Vet}}
	var all placed
	for _, path := range paths {
		s := &store{fs: o.FS, path: path}
		if err := s.readable(); err != nil {
			return nil, lostPlan(err)
		}
		if err := s.checkAhead(s.plan); err != nil {
			return nil, err
		}
		m.sources = append(m.sources, &MergeSource{Path: path, plan: s.plan})
		one, err := placed{path, s.plan}, error(nil)
		if all.plan != nil {
			one, err = furthest(all, one)
		}
		if err != nil {
			return nil, err
		}
		all = one
	}
	all, err := m.openTarget(all)
	if err != nil {
		return nil, err
	}
	m.plan, m.planPath = all.plan, all.path
	m.origin = make([]int32, m.plan.PartCount())
	for i := range m.origin {
		m.origin[i] = nowhere
	}
	return m, nil
}

// openTarget checks that the target is or can become a dataset of a plan, and returns
// the one that it will have.
func (m *Merge) openTarget(all placed) (placed, error) {
	d := &Directory{store: m.target, merges: all.path}
	there, _, err := d.admit(all.plan, false)
	if d.lostPlan != nil {
		err = lostPlan(d.lostPlan)
	}
	if err != nil || there == nil {
		return all, err
	}
	m.target.plan = there
	if all, err = furthest(placed{m.target.path, there}, all); err != nil {
		return all, err
	}
	return all, m.tryLocks(there.Hash() != all.plan.Hash())
}

// tryLocks returns [ErrLocked] if another run holds a lock that the merge needs, so
// that nobody waits in vain for the end of a verification. The locks are given back
// at once and none is made.
func (m *Merge) tryLocks(alone bool) error {
	if m.o.NoLocks {
		return nil
	}
	d := &Directory{store: m.target}
	for _, lock := range []struct {
		name      string
		exclusive bool
	}{{runLock, alone}, {Shard{Count: 1}.String(), true}} {
		if there, err := exists(d.fs, lockPath(d.path, lock.name)); !there || err != nil {
			continue
		}
		held, err := d.lock(lock.name, lock.exclusive)
		if err == nil {
			err = held.Close()
		}
		if errors.Is(err, disk.ErrLocked) {
			return fmt.Errorf("%s: %w; wait for it to end", d.path, ErrLocked)
		}
	}
	return nil
}

// Plan returns the plan that the target will have: the longest of all.
func (m *Merge) Plan() *Plan { return m.plan }

// Sources returns what is merged, in the order of the paths.
func (m *Merge) Sources() []*MergeSource { return m.sources }

// Missing yields the parts that no dataset has, after Verify or Copy.
func (m *Merge) Missing() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		i := 0
		for part := range m.plan.Parts() {
			if m.origin[i] == nowhere && !yield(part) {
				return
			}
			i++
		}
	}
}

// Need returns an upper estimate of the room that Copy needs, after Verify.
func (m *Merge) Need() (need Size, err error) {
	i := 0
	for part := range m.plan.Parts() {
		if m.origin[i] >= 0 {
			e, _ := m.known.Lookup(part.Name())
			need.Bytes += e.Networks.Bytes + fileBytes + journalBytes
			need.Files++
			if e.Fields != nil {
				need.Bytes += e.Fields.Bytes + fileBytes
				need.Files++
			}
		}
		i++
	}
	for _, s := range m.sources {
		size, err := m.refinedSize(s)
		if err != nil {
			return Size{}, err
		}
		need.Bytes, need.Files = need.Bytes+size.Bytes, need.Files+size.Files
	}
	if need.Files > 0 {
		frame := m.plan.frame()
		need.Bytes, need.Files = need.Bytes+frame.Bytes, need.Files+frame.Files
	}
	return need, nil
}

// step reports how far the merge is.
func (m *Merge) step(s MergeStep) error {
	if m.o.Step == nil {
		return nil
	}
	return m.o.Step(s)
}

// advised adds to damage of a source what can be done about it there.
func advised(path string, err error) error {
	problem := (*IntegrityError)(nil)
	if !errors.As(err, &problem) || problem.Remedy != "" {
		return err
	}
	told := *problem
	told.Remedy = fmt.Sprintf("move it away and run its shard again, or have all that %s lacks drawn by nodal verify %s --repair", path, path)
	if told.Missing {
		told.Remedy = fmt.Sprintf("run its shard again, or have all that %s lacks drawn by nodal verify %s --repair", path, path)
	}
	return &told
}

// gone turns the absence of a file that was there into damage.
func gone(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return &IntegrityError{Path: path, Missing: true, Reason: "it was there a moment ago"}
}

package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"nodal/schema"
)

// Some configurations want networks until a mean is certain. They are drawn in
// stages, and what the rows of one stage decide is a checkpoint: the configurations
// of which the next stage draws more. Rows are a function of the plan and the
// decision is one of the rows, so a plan has one series of checkpoints, whoever
// decides, whenever and however often.

// firstCheckpoint is how many networks the first checkpoint waits for; every other
// waits for twice as many as the one before. It is a variable for the tests alone,
// which want small stages.
var firstCheckpoint = int64(1000)

// Checkpoint is what the rows that were drawn up to it decide. Configurations that
// are in neither list are certain, or were before.
type Checkpoint struct {
	Open      []int `json:"open"`      // configurations that go on: indices into Plan.Configurations, ascending
	Uncertain []int `json:"uncertain"` // those that have all the networks that they may and are not certain
}

// Target returns how many networks a configuration has when checkpoint k, from 0,
// is decided, if it goes on until then: 1,000·2ᵏ, and at most Networks. One without
// Until has all of its networks at once.
func Target(c schema.Configuration, k int) int64 {
	if c.Until == nil || k > 40 { // no Networks is beyond 1,000·2⁴⁰
		return c.Networks
	}
	return min(firstCheckpoint<<k, c.Networks)
}

// Undecided returns the configurations that the next checkpoint decides upon, as
// indices into Configurations; none if the plan will draw no more than it says.
func (p *Plan) Undecided() []int {
	if k := len(p.Checkpoints); k > 0 {
		return p.Checkpoints[k-1].Open
	}
	var all []int
	for i := range p.Configurations {
		if p.Configurations[i].Until != nil {
			all = append(all, i)
		}
	}
	return all
}

// Settled reports whether no checkpoint is to come.
func (p *Plan) Settled() bool { return len(p.Undecided()) == 0 }

// after returns the plan as it goes on after the next checkpoint.
func (p *Plan) after(c Checkpoint) *Plan {
	next := *p
	next.Checkpoints = append(slices.Clip(p.Checkpoints), c)
	return &next
}

// Longest returns the plan as it ends if nothing more becomes certain: an upper
// bound of what it draws.
func (p *Plan) Longest() *Plan {
	for k := len(p.Checkpoints); !p.Settled(); k++ {
		var c Checkpoint
		for _, i := range p.Undecided() {
			if Target(p.Configurations[i], k) < p.Configurations[i].Networks {
				c.Open = append(c.Open, i)
			} else {
				c.Uncertain = append(c.Uncertain, i)
			}
		}
		p = p.after(c)
	}
	return p
}

// Before returns the plan as it was before checkpoint k was decided.
func (p *Plan) Before(k int) *Plan {
	before := *p
	before.Checkpoints = slices.Clip(p.Checkpoints[:k])
	return &before
}

// undecided returns the plan before its first checkpoint, that of the sweep.
func (p *Plan) undecided() *Plan {
	if len(p.Checkpoints) == 0 {
		return p
	}
	before := *p
	before.Checkpoints = nil
	return &before
}

// allows reports whether c can be the next checkpoint: it divides what is not
// decided, and only what may have more networks goes on.
func (p *Plan) allows(c Checkpoint) bool {
	k := len(p.Checkpoints)
	candidates := p.Undecided()
	inOrder := func(list []int, ok func(schema.Configuration) bool) bool {
		for n, i := range list {
			_, known := slices.BinarySearch(candidates, i)
			if !known || n > 0 && i <= list[n-1] || !ok(p.Configurations[i]) {
				return false
			}
		}
		return true
	}
	return len(candidates) > 0 &&
		inOrder(c.Open, func(c schema.Configuration) bool { return Target(c, k) < c.Networks }) &&
		inOrder(c.Uncertain, func(c schema.Configuration) bool { return Target(c, k) == c.Networks })
}

// targets returns how many networks of each configuration the plan draws as far as
// it is decided, those that a base has aside.
func (p *Plan) targets() []int64 {
	targets := make([]int64, len(p.Configurations))
	for i, c := range p.Configurations {
		targets[i] = Target(c, 0)
	}
	for k, checkpoint := range p.Checkpoints {
		for _, i := range checkpoint.Open {
			targets[i] = Target(p.Configurations[i], k+1)
		}
	}
	return targets
}

// checkpointFile is the text of a checkpoint's file: one line of JSON with its own
// SHA-256, taken while Hash is empty.
type checkpointFile struct {
	Hash   string `json:"hash"`
	Plan   string `json:"plan"`
	Number int    `json:"checkpoint"`
	Checkpoint
}

// encodeCheckpoint returns the text of the file of checkpoint k of a plan, which
// has only one text.
func encodeCheckpoint(plan *Plan, k int, c Checkpoint) []byte {
	file := checkpointFile{Plan: plan.Hash(), Number: k, Checkpoint: Checkpoint{
		Open: append([]int{}, c.Open...), Uncertain: append([]int{}, c.Uncertain...)}} // nil is another text
	for range 2 {
		text, err := json.Marshal(file)
		if err != nil {
			panic(fmt.Sprintf("dataset: encodeCheckpoint: %v", err))
		}
		if file.Hash != "" {
			return append(text, '\n')
		}
		sum := sha256.Sum256(text)
		file.Hash = hex.EncodeToString(sum[:])
	}
	panic("unreachable")
}

// checkpointPath returns where checkpoint k of a plan lies. The name tells the
// checkpoints of a plan from those of one that it extends.
func checkpointPath(root string, plan *Plan, k int) string {
	return filepath.Join(root, nodalFolder, fmt.Sprintf("checkpoint-%s-%02d.json", plan.Hash()[:8], k))
}

// maxCheckpoint bounds the file of a checkpoint: ten bytes for each of a million
// configurations, and the rest.
const maxCheckpoint = 16 << 20

// decided returns the plan as far as the checkpoints on disk decide it. A
// checkpoint that is damaged is like one that is not there: the rows decide it
// again. What is wrong with it is told nevertheless.
func (s *store) decided(plan *Plan) (_ *Plan, damaged *IntegrityError, err error) {
	for plan = plan.undecided(); !plan.Settled(); {
		k := len(plan.Checkpoints)
		path := checkpointPath(s.path, plan, k)
		text, err := readSmall(s.fs, path, maxCheckpoint)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil && isSystem(err) {
			return nil, nil, err
		}
		var file checkpointFile
		if err == nil {
			err = json.Unmarshal(text, &file)
		}
		if err != nil || !plan.allows(file.Checkpoint) || !bytes.Equal(text, encodeCheckpoint(plan, k, file.Checkpoint)) {
			return plan, &IntegrityError{Path: path, Reason: "it is not what a run writes there"}, nil
		}
		plan = plan.after(file.Checkpoint)
	}
	return plan, nil, nil
}

// Decide puts the next checkpoint on record, after which the plan has the parts
// that it adds. Every part of the plan has to be there, and none to be written
// meanwhile. It panics if the checkpoint does not divide [Plan.Undecided].
func (d *Directory) Decide(c Checkpoint) error {
	if !d.plan.allows(c) {
		panic(fmt.Sprintf("dataset: Decide: %v does not follow checkpoint %d", c, len(d.plan.Checkpoints)))
	}
	k := len(d.plan.Checkpoints)
	path, text := checkpointPath(d.path, d.plan, k), encodeCheckpoint(d.plan, k, c)
	err := writeOnce(d.fs, path, d.tag, text)
	if errors.Is(err, fs.ErrExist) {
		err = d.agree(path, text)
	}
	if err != nil {
		return fmt.Errorf("recording a checkpoint: %w", err)
	}
	d.plan = d.plan.after(c)
	return d.endTurn()
}

// WrongCheckpoint returns the error for a checkpoint of the dataset's plan, or of one
// that it extends, which the rows decide otherwise.
func (r *Reader) WrongCheckpoint(plan *Plan, k int) *IntegrityError {
	path := planPath(r.path)
	if plan == r.plan {
		path = checkpointPath(r.path, plan, k)
	}
	return &IntegrityError{Path: path, Reason: fmt.Sprintf("the rows decide checkpoint %d otherwise", k),
		Remedy: "draw the sweep in another folder"}
}

// agree makes sure that a checkpoint which is there has the given text: another
// run has come to the same, or the file is damaged and written anew.
func (d *Directory) agree(path string, text []byte) error {
	there, err := readSmall(d.fs, path, maxCheckpoint)
	if err == nil && bytes.Equal(there, text) {
		return nil
	}
	if err != nil && isSystem(err) {
		return err
	}
	if err := d.clear(path); err != nil {
		return err
	}
	return replace(d.fs, path, d.tag, text)
}

// lostCheckpoint says that a dataset was finished with a checkpoint that is not
// there.
func (s *store) lostCheckpoint() *IntegrityError {
	return &IntegrityError{Path: checkpointPath(s.path, s.plan, len(s.plan.Checkpoints)), Missing: true,
		Reason: "the dataset was complete with it"}
}

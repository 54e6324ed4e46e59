package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"nodal/schema"
)

// PlanVersion is the version of everything that turns a sweep into the bytes of
// part files, apart from the rows themselves: [Cost], the bounds of a part, and
// how rows are encoded.
const PlanVersion = 2

// Plan is what a dataset will contain: a pure function of the sweep, the
// engine's numerics and the versions, and of nothing about the machine. Make
// one with [NewPlan] and do not change it.
type Plan struct {
	PlanVersion    int                    `json:"plan_version"`
	RowVersion     int                    `json:"row_version"`
	StreamVersion  int                    `json:"stream_version"`
	Numerics       string                 `json:"numerics"` // numerics version and engine: "3", "3-blas"
	Sweep          string                 `json:"sweep"`    // name of the sweep
	Seed           int64                  `json:"seed"`
	Source         string                 `json:"source"` // the sweep file in canonical form
	Configurations []schema.Configuration `json:"configurations"`

	// Base is the plan that this one extends, or nil. Its parts stay what they
	// are; the parts of this plan are those of the networks that Base lacks.
	Base *Plan `json:"base,omitempty"`

	// Checkpoints are what the rows have decided so far, see [Checkpoint]. They
	// follow from the rest, so they are not part of Hash; those of a base are, since
	// it may have been extended before its last one.
	Checkpoints []Checkpoint `json:"checkpoints,omitempty"`

	hash string
}

// NewPlan returns the plan of a sweep: its name, seed, canonical text and
// configurations in canonical order, and the version of the numbers that the
// engine gives. It panics if a configuration holds a number that JSON cannot
// (NaN or infinite), which a sweep file cannot say.
func NewPlan(name string, seed int64, source []byte, configurations []schema.Configuration, numerics string) *Plan {
	p := &Plan{
		PlanVersion:    PlanVersion,
		RowVersion:     schema.RowVersion,
		StreamVersion:  schema.StreamVersion,
		Numerics:       numerics,
		Sweep:          name,
		Seed:           seed,
		Source:         string(source),
		Configurations: slices.Clone(configurations),
	}
	for i := range p.Configurations {
		// nil and empty are the same network but not the same JSON.
		if c := &p.Configurations[i]; c.Hidden == nil {
			c.Hidden = []int{}
		}
	}
	p.hash = p.computeHash()
	return p
}

// Hash returns the SHA-256 of the plan's canonical JSON in hexadecimal. Two
// plans with the same hash give the same files in the end, byte for byte.
func (p *Plan) Hash() string { return p.hash }

// Networks returns how many networks the plan draws in all as far as it is decided,
// those of its base included.
func (p *Plan) Networks() int64 {
	var n int64
	there := p.Base.counts()
	for i, target := range p.targets() {
		if len(there) > 0 {
			target = max(target, there[p.Configurations[i].ID()])
		}
		n += target
	}
	return n
}

// computeHash hashes the compact JSON of the exported fields in the order of
// their declaration; encoding/json writes numbers in one way only.
func (p *Plan) computeHash() string {
	text, err := json.Marshal(p.undecided())
	if err != nil {
		panic(fmt.Sprintf("dataset: NewPlan: %v", err))
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// planFile is the JSON of plan.json: the plan and its hash, which shows that
// nobody edited it.
type planFile struct {
	Hash string `json:"hash"`
	*Plan
}

// encode returns the text of plan.json.
func (p *Plan) encode() ([]byte, error) {
	text, err := json.MarshalIndent(planFile{p.hash, p}, "", "  ")
	return append(text, '\n'), err
}

// decodePlan reads the text of plan.json. A plan of another PlanVersion comes
// back with the versions, name and seed only: enough to say how it differs.
func decodePlan(text []byte) (*Plan, error) {
	header := struct {
		Hash          string `json:"hash"`
		PlanVersion   int    `json:"plan_version"`
		RowVersion    int    `json:"row_version"`
		StreamVersion int    `json:"stream_version"`
		Numerics      string `json:"numerics"`
		Sweep         string `json:"sweep"`
		Seed          int64  `json:"seed"`
	}{}
	if err := json.Unmarshal(text, &header); err != nil {
		return nil, err
	}
	if header.Hash == "" || header.PlanVersion < 1 {
		return nil, errors.New("it is not a plan")
	}
	if header.PlanVersion != PlanVersion {
		return &Plan{PlanVersion: header.PlanVersion, RowVersion: header.RowVersion,
			StreamVersion: header.StreamVersion, Numerics: header.Numerics,
			Sweep: header.Sweep, Seed: header.Seed}, nil
	}
	file := planFile{Plan: &Plan{}}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, err
	}
	for plan := file.Plan; plan != nil; plan = plan.Base {
		plan.hash = plan.computeHash()
		replayed := plan.undecided()
		for _, c := range plan.Checkpoints {
			if plan == file.Plan || !replayed.allows(c) {
				return nil, errors.New("it has a checkpoint that cannot be")
			}
			replayed = replayed.after(c)
		}
	}
	if file.Plan.hash != file.Hash {
		return nil, fmt.Errorf("its hash is %.8s…, want %.8s…", file.Plan.hash, file.Hash)
	}
	return file.Plan, nil
}

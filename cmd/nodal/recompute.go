package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"nodal/dataset"
	"nodal/report/number"
	"nodal/sampler"
	"nodal/schema"
)

// redrawing draws networks of a dataset again and compares them with what its
// files say.
type redrawing struct {
	recomputer *sampler.Recomputer
	reader     *dataset.Reader
	count      int
	seed       uint64
}

// newRedrawing fails if this version of nodal does not draw the rows of the
// dataset.
func newRedrawing(v *dataset.Verification, f verifyFlags) (*redrawing, error) {
	recomputer, err := sampler.NewRecomputer(v.Plan())
	if err != nil {
		return nil, err
	}
	return &redrawing{recomputer, v.Reader(), f.recompute, f.seed}, nil
}

// redraw draws networks of the parts that are there and sound again. What
// differs is damage to its part.
func (r *findings) redraw(text *reportText, again *redrawing) error {
	chosen := choose(again.count, r.Networks, rand.New(rand.NewPCG(again.seed, 0)))
	first := int64(0) // place of the part's first network among those of all sound parts
	number := 0
	for part := range r.plan.Parts() {
		line := &r.Parts[number]
		if number++; line.Status != statusOK {
			continue
		}
		n, _ := slices.BinarySearch(chosen, first+part.Networks())
		places := chosen[:n]
		for i := range places {
			places[i] -= first
		}
		chosen, first = chosen[n:], first+part.Networks()
		compared, damage, err := again.part(part, places)
		if err != nil {
			return err
		}
		r.Recomputed += compared.drawn
		r.Different += len(compared.different)
		if r.blame(line, damage); len(damage) > 0 {
			text.part(line)
		}
	}
	r.Seed = again.seed
	text.redrawn(r)
	return nil
}

// redrawn prints how many networks were drawn again.
func (t *reportText) redrawn(r *findings) {
	differ := "all as they were"
	if r.Different > 0 {
		differ = number.Count(int64(r.Different)) + " of them otherwise"
	}
	fmt.Fprintf(t.w, "%s drawn again, %s (--seed %d draws the same)\n", counted(int64(r.Recomputed), "network", "networks"), differ, r.Seed)
}

// choose returns k different numbers below n in ascending order, all of them if
// there are no more.
func choose(k int, n int64, random *rand.Rand) []int64 {
	chosen := make(map[int64]bool)
	// Floyd's algorithm: every set of k numbers is as likely.
	for i := max(0, n-int64(k)); i < n; i++ {
		if x := random.Int64N(i + 1); !chosen[x] {
			chosen[x] = true
		} else {
			chosen[i] = true
		}
	}
	numbers := make([]int64, 0, len(chosen))
	for x := range chosen {
		numbers = append(numbers, x)
	}
	slices.Sort(numbers)
	return numbers
}

// networkID is a network of a dataset.
type networkID struct {
	configuration string
	network       int64
}

// part draws the networks at places of a part again, which are ascending. It
// returns what that shows, and the damage that it is.
func (d *redrawing) part(part dataset.Part, places []int64) (_ *comparison, damage []*dataset.IntegrityError, err error) {
	compared := &comparison{different: make(map[networkID]bool), first: make(map[dataset.Kind]string)}
	if len(places) == 0 {
		return compared, nil, nil
	}
	kept, err := d.rows(part, places, compared)
	if err == nil && len(kept) > 0 {
		err = d.fields(part, kept, compared)
	}
	problem := (*dataset.IntegrityError)(nil)
	if errors.As(err, &problem) { // a quick look had not seen it
		damage, err = append(damage, problem), nil
	}
	for _, kind := range []dataset.Kind{dataset.Networks, dataset.Fields} {
		if reason := compared.first[kind]; reason != "" {
			damage = append(damage, d.reader.Damage(part, kind, fmt.Errorf("%d of %s drawn again differ, such as %s",
				len(compared.different), counted(int64(compared.drawn), "network", "networks"), reason)))
		}
	}
	return compared, damage, err
}

// rows compares the rows at places of a part and returns which of their networks
// keep fields.
func (d *redrawing) rows(part dataset.Part, places []int64, compared *comparison) (kept map[networkID]bool, err error) {
	kept = make(map[networkID]bool)
	first := int64(0) // place of rows[0]
	for rows, err := range d.reader.RowsOf(part) {
		if err != nil {
			return nil, err
		}
		for ; len(places) > 0 && places[0] < first+int64(len(rows)); places = places[1:] {
			got := &rows[places[0]-first]
			want, fields, err := d.recomputer.Draw(got)
			if err != nil {
				return nil, d.reader.Damage(part, dataset.Networks, err)
			}
			id := networkID{got.ConfigID, got.Network}
			compared.drawn++
			compared.add(dataset.Networks, id, sampler.Differences(got, &want))
			if len(fields) > 0 {
				kept[id] = true
			}
		}
		first += int64(len(rows))
	}
	return kept, nil
}

// fields compares the fields of networks of a part, one network at a time since
// they may be large.
func (d *redrawing) fields(part dataset.Part, kept map[networkID]bool, compared *comparison) error {
	var id networkID
	var got []schema.Field // of that network
	compare := func() error {
		if len(got) == 0 {
			return nil
		}
		_, want, err := d.recomputer.Draw(&schema.Row{ConfigID: id.configuration, Network: id.network})
		compared.add(dataset.Fields, id, sampler.FieldDifferences(got, want))
		delete(kept, id)
		got = nil
		return err
	}
	for fields, err := range d.reader.FieldsOf(part) {
		if err != nil {
			return err
		}
		for _, field := range fields {
			if next := (networkID{field.ConfigID, field.Network}); next != id {
				if err := compare(); err != nil {
					return err
				}
				id = next
			}
			if kept[id] {
				field.Values = slices.Clone(field.Values) // which the reader reuses
				got = append(got, field)
			}
		}
	}
	if err := compare(); err != nil {
		return err
	}
	for id := range kept { // which no field was of; the networks file says how many there are
		compared.add(dataset.Networks, id, []string{"its fields: got none"})
	}
	return nil
}

// comparison is what drawing networks of a part again has shown.
type comparison struct {
	drawn     int
	different map[networkID]bool
	first     map[dataset.Kind]string // a difference in each file, if there is one
}

// maxDifferences bounds the columns that are named.
const maxDifferences = 3

// add enters the differences of one network, if there are any.
func (c *comparison) add(kind dataset.Kind, id networkID, differences []string) {
	if len(differences) == 0 {
		return
	}
	c.different[id] = true
	if c.first[kind] != "" {
		return
	}
	if more := len(differences) - maxDifferences; more > 0 {
		differences = append(differences[:maxDifferences:maxDifferences], fmt.Sprintf("and %d more", more))
	}
	c.first[kind] = fmt.Sprintf("network %d of %s: %s", id.network, id.configuration, strings.Join(differences, "; "))
}

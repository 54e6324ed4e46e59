package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"nodal/dataset"
	"nodal/sampler"
	"nodal/schema"
)

// recompute draws networks of the parts that are there and sound again and
// compares every column. What differs is damage to its part.
func (r *report) recompute(w io.Writer, dir string, f verifyFlags) error {
	if f.seed == 0 {
		f.seed = rand.Uint64()
	}
	recomputer, err := sampler.NewRecomputer(r.plan)
	if err != nil {
		return err
	}
	reader, err := dataset.Open(dir, dataset.Options{Vet: vetInChild})
	if err != nil {
		return err
	}
	chosen := choose(f.recompute, r.Networks, rand.New(rand.NewPCG(f.seed, 0)))
	first := int64(0) // number of the part's first network among those that are there
	wrong := 0
	number := 0
	for part := range r.plan.Parts() {
		line := &r.Parts[number]
		number++
		if line.Status != "ok" {
			continue
		}
		n, _ := slices.BinarySearch(chosen, first+part.Networks())
		problems, err := recomputePart(recomputer, reader, part, chosen[:n], first)
		if err != nil {
			return err
		}
		if len(problems) > 0 {
			wrong += len(problems)
			line.Status = "DAMAGED"
			r.Damaged++
			line.Problems = append(line.Problems, r.problems(problems)...)
			for _, p := range problems {
				fmt.Fprintf(w, "%s: %s\n", p.Path, p.Cause())
			}
		}
		chosen, first = chosen[n:], first+part.Networks()
		r.Recomputed += n
	}
	r.Whole = r.Whole && wrong == 0
	fmt.Fprintf(w, "%s networks drawn again, %s differ (--seed %d)\n", formatCount(int64(r.Recomputed)), formatCount(int64(wrong)), f.seed)
	return nil
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

// recomputePart draws the chosen networks of a part again; first is the number of
// its first one.
func recomputePart(recomputer *sampler.Recomputer, reader *dataset.Reader, part dataset.Part, chosen []int64, first int64) ([]*dataset.IntegrityError, error) {
	if len(chosen) == 0 {
		return nil, nil
	}
	var problems []*dataset.IntegrityError
	differ := func(kind dataset.Kind, row *schema.Row, differences []string) {
		if len(differences) > 0 {
			problems = append(problems, reader.Damage(part, kind, fmt.Errorf("network %d of %s is drawn otherwise: %s",
				row.Network, row.ConfigID, strings.Join(differences, "; "))))
		}
	}
	kept := make(map[string][]schema.Field) // what the fields file should hold, by network
	for rows, err := range reader.RowsOf(part) {
		if err != nil {
			return nil, err
		}
		for i := range rows {
			if len(chosen) == 0 || first+int64(i) != chosen[0] {
				continue
			}
			chosen = chosen[1:]
			row, fields, err := recomputer.Draw(&rows[i])
			if err != nil {
				return nil, err
			}
			differ(dataset.Networks, &row, sampler.Differences(&rows[i], &row))
			if len(fields) > 0 {
				kept[networkKey(row.ConfigID, row.Network)] = fields
			}
		}
		first += int64(len(rows))
	}
	if len(kept) == 0 {
		return problems, nil
	}
	found := make(map[string][]schema.Field)
	for fields, err := range reader.FieldsOf(part) {
		if err != nil {
			return nil, err
		}
		for _, field := range fields {
			if key := networkKey(field.ConfigID, field.Network); kept[key] != nil {
				field.Values = slices.Clone(field.Values) // which the reader reuses
				found[key] = append(found[key], field)
			}
		}
	}
	for key, want := range kept {
		row := schema.Row{ConfigID: want[0].ConfigID, Network: want[0].Network}
		differ(dataset.Fields, &row, sampler.FieldDifferences(found[key], want))
	}
	return problems, nil
}

func networkKey(configID string, network int64) string {
	return fmt.Sprintf("%s/%d", configID, network)
}

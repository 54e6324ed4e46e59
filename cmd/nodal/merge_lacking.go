package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"nodal/dataset"
	"nodal/report/number"
	"nodal/sampler"
)

// mostNamed is how many missing parts or shards are named one by one.
const mostNamed = 10

// printLacking says what a merged dataset lacks and how to draw it.
func printLacking(w io.Writer, out string, m *dataset.Merge, merged dataset.Merged) error {
	plan := m.Plan()
	upTo := ""
	if !merged.Settled {
		upTo = " up to the next checkpoint"
	}
	fmt.Fprintf(w, "%s is not complete: %s of %s (%s of %s networks%s) are there\n", out, number.Count(int64(merged.Parts)),
		counted(int64(plan.PartCount()), "part", "parts"), number.Count(merged.Networks), number.Count(plan.Networks()), upTo)
	shards, err := m.Shards()
	if err != nil {
		return err
	}
	var parts []string
	lacking, of := 0, make(map[int]bool)
	for part := range m.Missing() {
		if lacking++; lacking <= mostNamed {
			parts = append(parts, part.Name())
		}
		if shards > 0 {
			of[part.Seq%shards] = true
		}
	}
	if lacking > 0 {
		fmt.Fprintf(w, "missing: %s%s\n", enumerated(parts, lacking), ofShards(of, shards))
	}
	engine := ""
	if used, err := sampler.EngineOf(plan.Numerics); err == nil && used != sampler.Fused {
		engine = " --engine " + string(used)
	}
	fmt.Fprintf(w, "the rest is drawn by: nodal run %s --out %s%s\n", filepath.Join(out, "_nodal", "sweep.yaml"), out, engine)
	return nil
}

// ofShards says which of the shards the sources were drawn in draw what is missing.
func ofShards(of map[int]bool, shards int) string {
	if shards == 0 {
		return ""
	}
	var texts []string
	for _, i := range slices.Sorted(maps.Keys(of)) {
		if len(texts) < mostNamed {
			texts = append(texts, fmt.Sprintf("%d/%d", i, shards))
		}
	}
	return " (of --shard " + enumerated(texts, len(of)) + ")"
}

// enumerated joins the first of so many names.
func enumerated(names []string, all int) string {
	text := strings.Join(names, ", ")
	if more := all - len(names); more > 0 {
		text += fmt.Sprintf(" and %s more", number.Count(int64(more)))
	}
	return text
}

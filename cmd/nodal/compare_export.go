package main

import (
	"math"
	"reflect"

	"nodal/analysis/compare"
)

// comparisonRecord is one comparison, of a side with its baseline by one measure,
// with the column names of csv, json and parquet. What is not known is null.
type comparisonRecord struct {
	Kind    string `json:"kind" parquet:"kind"`
	Paired  bool   `json:"paired" parquet:"paired"`
	Measure string `json:"measure" parquet:"measure"`

	Inputs       int32  `json:"inputs" parquet:"inputs"`
	Outputs      int32  `json:"outputs" parquet:"outputs"`
	Weights      string `json:"weights" parquet:"weights"`
	Biases       string `json:"biases" parquet:"biases"`
	Grid         string `json:"grid" parquet:"grid"`
	Connectivity int32  `json:"connectivity" parquet:"connectivity"`

	CaseName         string `json:"case_name" parquet:"case_name"`
	ConfigID         string `json:"config_id" parquet:"config_id"`
	Activation       string `json:"activation" parquet:"activation"`
	OutputActivation string `json:"output_activation" parquet:"output_activation"`
	Hidden           string `json:"hidden" parquet:"hidden"`
	Depth            int32  `json:"depth" parquet:"depth"`
	Units            int32  `json:"units" parquet:"units"`
	Parameters       int64  `json:"parameters" parquet:"parameters"`
	Networks         int64  `json:"networks" parquet:"networks"`
	Nonfinite        int64  `json:"nonfinite" parquet:"nonfinite"`
	Unresolved       int64  `json:"unresolved" parquet:"unresolved"`
	Blocks           int32  `json:"blocks" parquet:"blocks"`

	BaselineCaseName         string `json:"baseline_case_name" parquet:"baseline_case_name"`
	BaselineConfigID         string `json:"baseline_config_id" parquet:"baseline_config_id"`
	BaselineActivation       string `json:"baseline_activation" parquet:"baseline_activation"`
	BaselineOutputActivation string `json:"baseline_output_activation" parquet:"baseline_output_activation"`
	BaselineHidden           string `json:"baseline_hidden" parquet:"baseline_hidden"`
	BaselineDepth            int32  `json:"baseline_depth" parquet:"baseline_depth"`
	BaselineUnits            int32  `json:"baseline_units" parquet:"baseline_units"`
	BaselineParameters       int64  `json:"baseline_parameters" parquet:"baseline_parameters"`
	BaselineNetworks         int64  `json:"baseline_networks" parquet:"baseline_networks"`
	BaselineNonfinite        int64  `json:"baseline_nonfinite" parquet:"baseline_nonfinite"`
	BaselineUnresolved       int64  `json:"baseline_unresolved" parquet:"baseline_unresolved"`
	BaselineBlocks           int32  `json:"baseline_blocks" parquet:"baseline_blocks"`

	Mean             *float64 `json:"mean" parquet:"mean"`
	MeanLow          *float64 `json:"mean_low" parquet:"mean_low"`
	MeanHigh         *float64 `json:"mean_high" parquet:"mean_high"`
	BaselineMean     *float64 `json:"baseline_mean" parquet:"baseline_mean"`
	BaselineMeanLow  *float64 `json:"baseline_mean_low" parquet:"baseline_mean_low"`
	BaselineMeanHigh *float64 `json:"baseline_mean_high" parquet:"baseline_mean_high"`
	Difference       *float64 `json:"difference" parquet:"difference"`
	DifferenceLow    *float64 `json:"difference_low" parquet:"difference_low"`
	DifferenceHigh   *float64 `json:"difference_high" parquet:"difference_high"`
	Ratio            *float64 `json:"ratio" parquet:"ratio"`
	RatioLow         *float64 `json:"ratio_low" parquet:"ratio_low"`
	RatioHigh        *float64 `json:"ratio_high" parquet:"ratio_high"`

	Resamples    int32  `json:"resamples" parquet:"resamples"`
	ResampleSeed int64  `json:"resample_seed" parquet:"resample_seed"`
	Verdict      string `json:"verdict" parquet:"verdict"`
	Sentence     string `json:"sentence" parquet:"sentence"`
}

// comparisonRecords returns a table as a slice of records.
func comparisonRecords(t *compare.Table) reflect.Value {
	all := []comparisonRecord{}
	for g := range t.Groups {
		group := &t.Groups[g]
		for i := range group.Sides[1:] {
			for k := range group.Measures {
				record := newComparisonRecord(group, 1+i, k)
				record.Resamples, record.ResampleSeed = int32(t.Resamples), t.Seed
				all = append(all, record)
			}
		}
	}
	return reflect.ValueOf(all)
}

func newComparisonRecord(g *compare.Group, i, k int) comparisonRecord {
	a, b := &g.Sides[i], &g.Sides[0]
	c, d := &a.Configuration, &b.Configuration
	comparison := &a.Comparisons[k]
	r := comparisonRecord{
		Kind: string(g.Kind), Paired: g.Kind.Paired(), Measure: g.Measures[k].Name,
		Inputs: int32(c.Inputs), Outputs: int32(c.Outputs), Weights: c.Weights.String(), Biases: c.Biases.String(),
		Grid: c.Grid.String(), Connectivity: int32(c.Connectivity),

		CaseName: c.Case, ConfigID: a.ConfigID, Activation: string(c.Activation), OutputActivation: string(c.OutputActivation),
		Hidden: c.HiddenText(), Depth: int32(c.Depth()), Units: int32(c.Units()), Parameters: c.Parameters(),
		Networks: a.Networks, Nonfinite: a.Nonfinite, Unresolved: a.Unresolved, Blocks: int32(a.Blocks),

		BaselineCaseName: d.Case, BaselineConfigID: b.ConfigID, BaselineActivation: string(d.Activation), BaselineOutputActivation: string(d.OutputActivation),
		BaselineHidden: d.HiddenText(), BaselineDepth: int32(d.Depth()), BaselineUnits: int32(d.Units()), BaselineParameters: d.Parameters(),
		BaselineNetworks: b.Networks, BaselineNonfinite: b.Nonfinite, BaselineUnresolved: b.Unresolved, BaselineBlocks: int32(b.Blocks),

		Verdict: string(comparison.Verdict), Sentence: comparison.Sentence,
	}
	r.Mean, r.MeanLow, r.MeanHigh = nullable(a.Means[k])
	r.BaselineMean, r.BaselineMeanLow, r.BaselineMeanHigh = nullable(b.Means[k])
	r.Difference, r.DifferenceLow, r.DifferenceHigh = nullable(comparison.Difference)
	r.Ratio, r.RatioLow, r.RatioHigh = nullable(comparison.Ratio)
	return r
}

// nullable returns the three numbers of an estimate, nil for those not known.
func nullable(e compare.Estimate) (value, low, high *float64) {
	pointer := func(x float64) *float64 {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
		return &x
	}
	return pointer(e.Value), pointer(e.Low), pointer(e.High)
}

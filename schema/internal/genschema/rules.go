package main

import (
	"slices"

	"github.com/invopop/jsonschema"

	"nodal/schema"
)

// requireHereOrInCases demands keys at the top of the file or in every case.
func requireHereOrInCases(sweep *jsonschema.Schema, keys ...string) {
	for _, key := range keys {
		inCases := jsonschema.NewProperties()
		inCases.Set("cases", &jsonschema.Schema{Items: has(key)})
		sweep.AllOf = append(sweep.AllOf, &jsonschema.Schema{
			AnyOf: []*jsonschema.Schema{has(key), {Properties: inCases}},
		})
	}
}

// requireOneShape demands that a case gives its hidden layers in one way.
func requireOneShape(c *jsonschema.Schema) {
	keys := []string{"hidden", "depth", "width", "units", "parameters"}
	for _, shape := range [][]string{{"hidden"}, {"depth", "width"}, {"depth", "units"}, {"depth", "parameters"}} {
		var others []*jsonschema.Schema
		for _, key := range keys {
			if !slices.Contains(shape, key) {
				others = append(others, has(key))
			}
		}
		way := has(shape...)
		way.Not = &jsonschema.Schema{AnyOf: others}
		c.OneOf = append(c.OneOf, way)
	}
}

// requireLawKeys demands the keys that go with a law's distribution. A list of
// distributions is left to nodal.
func requireLawKeys(law *jsonschema.Schema) {
	for _, distribution := range schema.Distributions() {
		required, optional := distribution.Keys()
		is := jsonschema.NewProperties()
		is.Set("distribution", &jsonschema.Schema{Const: string(distribution)})
		allowed := jsonschema.NewProperties()
		for p := law.Properties.Oldest(); p != nil; p = p.Next() {
			if p.Key != "distribution" && !slices.Contains(append(required, optional...), p.Key) {
				allowed.Set(p.Key, jsonschema.FalseSchema)
			}
		}
		law.AllOf = append(law.AllOf, &jsonschema.Schema{
			If:   &jsonschema.Schema{Properties: is, Required: []string{"distribution"}},
			Then: &jsonschema.Schema{Required: required, Properties: allowed},
		})
	}
}

// excludeNone refuses the law that is always zero: none, as a name, in a list
// or in a mapping.
func excludeNone(weights *jsonschema.Schema) {
	none := &jsonschema.Schema{Const: string(schema.None)}
	inMapping := jsonschema.NewProperties()
	inMapping.Set("distribution", &jsonschema.Schema{AnyOf: []*jsonschema.Schema{none, {Type: "array", Contains: none}}})
	zero := []*jsonschema.Schema{none, {Type: "object", Required: []string{"distribution"}, Properties: inMapping}}
	weights.Not = &jsonschema.Schema{AnyOf: append(zero,
		&jsonschema.Schema{Type: "array", Contains: &jsonschema.Schema{AnyOf: zero}})}
}

func has(keys ...string) *jsonschema.Schema { return &jsonschema.Schema{Required: keys} }

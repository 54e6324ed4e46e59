package dataset

import "nodal/schema"

// WriterMemory returns an upper estimate of the bytes that publishing the parts of
// a plan needs, and the plan itself: one part is written at a time, and read back
// when it is written.
//
// A writer holds a row group, whose rows have 12 bytes for each class of the
// largest configuration, and a reader a page. A page of fields has one value at
// least, which is the whole field of an output: it is there as values with two
// bytes of levels each, split by byte, compressed, and once more in the pools that
// such slices grow in.
func WriterMemory(plan *Plan) int64 {
	var classes, values, kept, text int64
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		classes = max(classes, int64(max(2, c.Outputs)))
		if c.KeepFields > 0 {
			points := int64(c.Grid.Points())
			values = max(values, 4*points)
			kept += 4 * points * int64(c.Outputs) * min(c.KeepFields, c.Networks)
		}
		text += configurationMemory(c)
	}
	memory := groupRows*12*classes + 16*int64(len(plan.Source)) + text
	if kept > 0 {
		memory += min(groupValues, kept) + 8*values
	}
	return memory
}

// configurationMemory returns the bytes of a configuration in the plan, and of its
// text while plan.json is written and compared.
func configurationMemory(c *schema.Configuration) int64 {
	return 2<<10 + 64*int64(c.Depth())
}

package report

import (
	"strconv"

	"nodal/report/number"
	"nodal/report/page"
)

// provenance says where the numbers come from. It holds no time and no machine, so that
// the same dataset gives the same report.
func (c *collector) provenance() []page.Fact {
	p := c.plan
	return []page.Fact{
		{Name: "Sweep", Value: p.Sweep},
		{Name: "Seed", Value: strconv.FormatInt(p.Seed, 10)},
		{Name: "Plan (SHA-256)", Value: p.Hash()},
		{Name: "Configurations", Value: number.Count(int64(len(p.Configurations)))},
		{Name: "Networks planned", Value: number.Count(p.Networks())},
		{Name: "Row version", Value: strconv.Itoa(p.RowVersion)},
		{Name: "Stream version", Value: strconv.Itoa(p.StreamVersion)},
		{Name: "Numerics", Value: p.Numerics},
		{Name: "Reported by", Value: "nodal " + c.options.Version},
		{Name: "Sweep file", Value: p.Source},
	}
}

package dataset

import (
	"strconv"
	"strings"
)

// listed is the parts of a plan that have a networks file, going by the names in the
// folder: a truth value for each part. A thousand shards list a hundred thousand parts
// each as they begin and as they end, where a map of names would take ten times as long.
type listed struct {
	plans []*Plan  // the plan and those that it extends
	there [][]bool // by plan, by number of the part
	count int
}

// newListed returns the list of a plan without any part.
func newListed(plan *Plan) *listed {
	l := &listed{}
	for ; plan != nil; plan = plan.Base {
		own := plan.PartCount()
		if plan.Base != nil {
			own -= plan.Base.PartCount()
		}
		l.plans = append(l.plans, plan)
		l.there = append(l.there, make([]bool, own))
	}
	return l
}

// find returns the place of the part of that name, or nil if the plan has none.
func (l *listed) find(name string) *bool {
	for i, plan := range l.plans {
		if seq, ok := plan.sequence(name); ok && seq < len(l.there[i]) {
			return &l.there[i][seq]
		}
	}
	return nil
}

// add enters a part.
func (l *listed) add(part *bool) {
	if !*part {
		l.count++
	}
	*part = true
}

// has reports whether a part of the plan is there.
func (l *listed) has(part Part) bool {
	for i, plan := range l.plans {
		if plan.Hash() == part.Plan.Hash() {
			return part.Seq < len(l.there[i]) && l.there[i][part.Seq]
		}
	}
	return false
}

// sequence returns the number in the name of a part of this plan alone, which need not
// have so many. It takes no other text than [Part.Name] gives.
func (p *Plan) sequence(name string) (seq int, ok bool) {
	digits, ours := strings.CutPrefix(name, "part-"+p.Hash()[:8]+"-")
	if !ours || len(digits) < 6 || len(digits) > 6 && digits[0] == '0' || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	seq, err := strconv.Atoi(digits)
	return seq, err == nil
}

package schema

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v4"
)

// check completes the cases with the settings of the whole file and with
// defaults, and reports values that are right alone but wrong together.
func (d *decoder) check(s *Sweep) {
	d.checkGrid("grid", s.Grid)
	d.checkColumnList("columns", s.Columns)
	fill(s)
	names := map[string]place{}
	for i := range s.Cases {
		c, path := &s.Cases[i], itemPath("cases", i)
		if d.broken[path] && reflect.ValueOf(*c).IsZero() {
			continue // nothing in it was understood
		}
		d.checkName(c.Name, keyPath(path, "name"), names)
		d.checkGrid(keyPath(path, "grid"), c.Grid)
		d.checkColumnList(keyPath(path, "columns"), c.Columns)
		d.checkShape(path)
		d.checkLaws(keyPath(path, "weights"), c.Weights, true)
		d.checkLaws(keyPath(path, "biases"), c.Biases, false)
		c.inherit(s.Settings)
		fill(c)
		d.checkSettings(c, path)
	}
}

// fill gives the fields of a struct that were not given their defaults.
func fill(target any) {
	v := reflect.ValueOf(target).Elem()
	for _, f := range fieldsOf(v.Type()) {
		if value := v.FieldByIndex(f.index); f.rule.preset != "" && value.IsZero() {
			node := &yaml.Node{Kind: yaml.ScalarNode, Value: f.rule.preset}
			newDecoder("").value(value.Addr().Interface(), node, f.key, f.rule)
		}
	}
	if c, ok := target.(*Case); ok {
		// A law of several numbers does not fit into a tag.
		article := OneOrMany[LawSet]{{
			Distribution: OneOrMany[Distribution]{Uniform},
			Low:          OneOrMany[float64]{-1},
			High:         OneOrMany[float64]{1},
		}}
		if c.Weights == nil {
			c.Weights = article
		}
		if c.Biases == nil {
			c.Biases = article
		}
	}
}

// inherit takes the settings that the case does not give from the whole file.
func (s *Settings) inherit(file Settings) {
	if s.Networks == nil {
		s.Networks = file.Networks
	}
	if s.Grid == nil {
		s.Grid = file.Grid
	}
	if s.Connectivity == nil {
		s.Connectivity = file.Connectivity
	}
	if s.KeepFields == nil {
		s.KeepFields = file.KeepFields
	}
	if s.Columns == nil {
		s.Columns = file.Columns
	}
}

// checkName reports a case name that an earlier case has.
func (d *decoder) checkName(name, path string, names map[string]place) {
	at, given := d.places[path]
	if !given || d.broken[path] {
		return
	}
	if first, taken := names[name]; taken {
		d.failAt(at, path, fmt.Sprintf("%s, the name of the case at %s", name, first), "a name of its own")
		return
	}
	names[name] = at
}

// checkSettings reports settings that are missing or do not fit the inputs.
func (d *decoder) checkSettings(c *Case, path string) {
	for _, setting := range []struct {
		key   string
		given bool
	}{{"networks", c.Networks != nil}, {"grid", c.Grid != nil}} {
		if !setting.given {
			d.failAt(d.places[path], keyPath(path, setting.key), "nothing", "this key, here or at the top of the file")
		}
	}
	d.checkDimensions(c, path)
}

// checkDimensions reports a grid that does not fit the inputs of a case. The
// grid may be that of the whole file, so the mistake counts as the case's.
func (d *decoder) checkDimensions(c *Case, path string) {
	gridPath := d.settingPath(path, "grid")
	if c.Grid == nil || d.broken[gridPath] || d.broken[keyPath(path, "inputs")] {
		return
	}
	fail := func(key, got, want string) {
		field := keyPath(gridPath, key)
		d.add(d.places[field], field, got, want)
		d.broken[path] = true
	}
	inputs := slices.Min(c.Inputs)
	for _, axes := range []struct {
		key   string
		count int
	}{{"from", len(c.Grid.From)}, {"to", len(c.Grid.To)}, {"points", len(c.Grid.Points)}} {
		if axes.count > int(inputs) {
			fail(axes.key, "one value for each of two axes", fmt.Sprintf("a single value, since %s (%s) has 1 input", path, c.Name))
		}
	}
	points := c.Grid.Points.axis(0) * c.Grid.Points.axis(1)
	if slices.Max(c.Inputs) == 2 && points > math.MaxInt32 {
		fail("points", fmt.Sprintf("%d points in all for the 2 inputs of %s (%s)", points, path, c.Name), fmt.Sprintf("at most %d", math.MaxInt32))
	}
}

// settingPath returns the path under which a case's setting was given: its own
// or that of the whole file.
func (d *decoder) settingPath(casePath, key string) string {
	own := keyPath(casePath, key)
	if _, given := d.places[own]; given || d.broken[own] {
		return own
	}
	return key
}

// checkGrid reports axes that do not go upwards, or whose neighbouring points
// are the same number in float32.
func (d *decoder) checkGrid(path string, g *GridSpec) {
	from, to, points := keyPath(path, "from"), keyPath(path, "to"), keyPath(path, "points")
	if g == nil || len(g.From) == 0 || len(g.To) == 0 || d.broken[from] || d.broken[to] {
		return
	}
	for i := range max(len(g.From), len(g.To), len(g.Points)) {
		a := Axis{From: g.From.axis(i), To: g.To.axis(i)}
		if a.From >= a.To {
			field := g.To.path(to, i)
			d.failAt(d.places[field], field, formatFloat(a.To), "a number above from ("+formatFloat(a.From)+")")
			continue
		}
		if len(g.Points) == 0 || d.broken[points] {
			continue
		}
		a.Points = int(g.Points.axis(i))
		if most := a.mostPoints(); float64(a.Points) > most {
			field := g.Points.path(points, i)
			want := fmt.Sprintf("at most %.0f, all that float32 can tell apart from %s to %s", most, formatFloat(a.From), formatFloat(a.To))
			d.failAt(d.places[field], field, fmt.Sprint(a.Points), want)
		}
	}
}

// axis returns an axis of the grid.
func (g *GridSpec) axis(i int) Axis {
	return Axis{From: g.From.axis(i), To: g.To.axis(i), Points: int(g.Points.axis(i))}
}

// mostPoints returns the largest number of points at which the step is still
// at least the spacing of float32 at the far end of the axis.
func (a Axis) mostPoints() float64 {
	far := float32(max(math.Abs(a.From), math.Abs(a.To)))
	spacing := float64(math.Nextafter32(far, math.MaxFloat32)) - float64(far)
	return math.Floor(a.Extent()/spacing) + 1
}

// checkShape reports hidden layers that are not given in exactly one way.
func (d *decoder) checkShape(path string) {
	const want = "either hidden alone, or depth with one of width, units and parameters"
	given := func(key string) bool { _, ok := d.places[keyPath(path, key)]; return ok }
	fail := func(key, got string) {
		at, ok := d.places[keyPath(path, key)]
		if !ok {
			at = d.places[path]
		}
		d.failAt(at, keyPath(path, key), got, want)
	}
	var sizes []string
	for _, key := range []string{"width", "units", "parameters"} {
		if given(key) {
			sizes = append(sizes, key)
		}
	}
	switch {
	case given("hidden") && given("depth"):
		fail("depth", "depth beside hidden")
	case given("hidden") && len(sizes) > 0:
		fail(sizes[0], sizes[0]+" beside hidden")
	case given("hidden"):
	case !given("depth") && len(sizes) == 0:
		fail("hidden", "nothing")
	case !given("depth"):
		fail("depth", "nothing beside "+sizes[0])
	case len(sizes) == 0:
		fail("width", "nothing beside depth")
	case len(sizes) > 1:
		fail(sizes[1], sizes[1]+" beside "+sizes[0])
	}
}

// checkLaws reports laws with keys that their distributions lack or do not
// have, and uniform laws that do not go upwards.
func (d *decoder) checkLaws(path string, sets OneOrMany[LawSet], weights bool) {
	for i, set := range sets {
		path := d.choicePath(path, i)
		if d.broken[keyPath(path, "distribution")] {
			continue
		}
		for j, distribution := range set.Distribution {
			if distribution == None && weights {
				at := d.nearestPlace(d.choicePath(keyPath(path, "distribution"), j), path)
				d.failAt(at, path, "none", "a law that is not always zero; only biases may be none")
			}
			d.checkLawKeys(path, distribution)
		}
		if len(set.Low) == 0 || d.broken[keyPath(path, "low")] || d.broken[keyPath(path, "high")] {
			continue
		}
		low := slices.Max(set.Low)
		for j, high := range set.High {
			if high <= low {
				field := d.choicePath(keyPath(path, "high"), j)
				d.failAt(d.places[field], field, formatFloat(high), "a number above low ("+formatFloat(low)+")")
			}
		}
	}
}

// checkLawKeys reports the keys of a law that do not go with a distribution.
func (d *decoder) checkLawKeys(path string, distribution Distribution) {
	required, optional := distribution.Keys()
	valid := append(append([]string{"distribution"}, required...), optional...)
	for _, key := range []string{"low", "high", "std", "gain", "scale"} {
		field := keyPath(path, key)
		at, given := d.places[field]
		if given && !slices.Contains(valid, key) {
			d.failAt(at, field, fmt.Sprintf("%s with the distribution %s", key, distribution), "only "+enumerate(valid, "and"))
		}
		if !given && slices.Contains(required, key) {
			d.failAt(d.places[path], field, "nothing", fmt.Sprintf("this key, which %s requires", distribution))
		}
	}
}

// choicePath returns the path of item i of a list, or of the single value that
// stands in its place.
func (d *decoder) choicePath(path string, i int) string {
	if item := itemPath(path, i); d.has(item) {
		return item
	}
	return path
}

func (d *decoder) has(path string) bool { _, ok := d.places[path]; return ok }

// nearestPlace returns the place of the first path that the file has.
func (d *decoder) nearestPlace(paths ...string) place {
	for _, path := range paths {
		if at, ok := d.places[path]; ok {
			return at
		}
	}
	return place{1, 1}
}

package schema

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// expand makes the configurations of all cases without a mistake, and reports
// too many, too large and identical ones.
func (d *decoder) expand(s *Sweep, limits Limits) {
	crossings := d.count(s)
	for _, x := range crossings {
		d.makeShapes(x)
		x.laws[0] = d.crossLaws(keyPath(x.path, "weights"), x.c.Weights)
		x.laws[1] = d.crossLaws(keyPath(x.path, "biases"), x.c.Biases)
	}
	crossings = slices.DeleteFunc(crossings, func(x *crossing) bool { return d.broken[x.path] })
	var total int64
	for _, x := range crossings {
		x.first = total
		total += x.count()
	}
	s.configurations = make([]Configuration, 0, total)
	for _, x := range crossings {
		for k := range x.count() {
			s.configurations = append(s.configurations, x.at(k))
		}
	}
	d.checkMemory(s.configurations, crossings, limits)
	d.checkTwins(s.configurations, crossings)
	d.checkColumns(s.configurations, crossings)
	slices.SortFunc(s.configurations, Compare)
}

// count returns the crossings of the cases without a mistake, or none after
// reporting that they make too many configurations or layers.
func (d *decoder) count(s *Sweep) []*crossing {
	var crossings []*crossing
	const enough = 1e12 // a count beyond is as wrong as this one
	var total, layers int64
	worst := 0
	for i := range s.Cases {
		path := itemPath("cases", i)
		if !d.usable(path) {
			continue
		}
		x := newCrossing(&s.Cases[i], path)
		crossings = append(crossings, x)
		if x.count() >= crossings[worst].count() {
			worst = len(crossings) - 1
		}
		total += min(x.count(), enough) // at most 100,000 cases, so the sum cannot overflow
		layers += min(x.layers(), enough)
	}
	if total <= maxConfigurations && layers <= maxLayers {
		return crossings
	}
	largest := crossings[worst]
	got, want := fmt.Sprintf("%d of %d configurations", largest.count(), total), maxConfigurations
	if total >= enough {
		got = fmt.Sprintf("more than %d configurations", int64(enough)-1)
	}
	if total <= maxConfigurations {
		got, want = fmt.Sprintf("%d hidden layers in all configurations together", layers), maxLayers
	}
	d.failAt(d.places[largest.path], largest.path, got, fmt.Sprintf("at most %d in all", want))
	return nil
}

// usable tells whether a case and the settings it takes from the whole file
// are free of mistakes.
func (d *decoder) usable(path string) bool {
	for _, key := range []string{"networks", "grid", "connectivity", "keep_fields", "columns"} {
		if d.broken[d.settingPath(path, key)] {
			return false
		}
	}
	return !d.broken[path]
}

// maxAlike is how many mistakes of one kind between configurations are shown; a
// last one counts the others.
const maxAlike = 10

// checkMemory reports, for every size or grid in the file that is to blame, the
// configuration that needs the most memory, if that is too much.
func (d *decoder) checkMemory(configurations []Configuration, crossings []*crossing, limits Limits) {
	if limits.Memory <= 0 {
		return
	}
	worst := map[string]Configuration{}
	for _, x := range crossings {
		for k := range x.count() {
			c := configurations[x.first+k]
			if c.Memory() <= limits.Memory {
				continue
			}
			field := keyPath(d.settingPath(x.path, "grid"), "points")
			if c.FieldMemory()+c.keptMemory() < c.LayerMemory() {
				field = d.sizePath(x, x.digits(k))
			}
			if earlier, ok := worst[field]; !ok || c.Memory() > earlier.Memory() {
				worst[field] = c
			}
		}
	}
	want := "at most " + gibibytes(limits.Memory)
	fields := slices.SortedFunc(maps.Keys(worst), func(a, b string) int {
		return cmp.Or(d.places[a].compare(d.places[b]), strings.Compare(a, b))
	})
	for _, field := range fields[:min(len(fields), maxAlike)] {
		c := worst[field]
		d.tooLarge(field, fmt.Sprintf("%s for one worker (%s)", gibibytes(c.Memory()), words(c)), want)
	}
	if more := len(fields) - maxAlike; more > 0 {
		d.tooLarge("cases", fmt.Sprintf("%d more values that need too much memory for one worker", more), want)
	}
}

// tooLarge reports a field that is only wrong for the memory it takes.
func (d *decoder) tooLarge(field, got, want string) {
	before := len(d.errs)
	d.failAt(d.places[field], field, got, want)
	for i := range d.errs[before:] { // none if there are too many mistakes
		d.errs[before+i].Memory = true
	}
}

// sizePath returns the field that a choice of size is in.
func (d *decoder) sizePath(x *crossing, digit [dimensions]int64) string {
	if key, sizes := x.c.sizes(); sizes != nil {
		return d.choicePath(keyPath(x.path, key), int(digit[bySize]))
	}
	return d.depthPath(x, digit)
}

// depthPath returns the field that a choice of depth or architecture is in.
func (d *decoder) depthPath(x *crossing, digit [dimensions]int64) string {
	if len(x.c.Hidden) == 1 {
		return keyPath(x.path, "hidden") // its items are widths
	}
	if x.c.Hidden != nil {
		return itemPath(keyPath(x.path, "hidden"), int(digit[byDepth]))
	}
	return d.choicePath(keyPath(x.path, "depth"), int(digit[byDepth]))
}

// checkTwins reports configurations that are in the file twice: the same
// networks would be drawn, and their rows be mistaken for new evidence. A pair
// of places may make many identical pairs, with every choice elsewhere in the
// case; it is one mistake.
func (d *decoder) checkTwins(configurations []Configuration, crossings []*crossing) {
	type origin struct {
		x *crossing
		k int64
	}
	seen := make(map[[sha256.Size]byte]origin, len(configurations))
	reported := map[[2]place]bool{}
	for _, x := range crossings {
		for k := range x.count() {
			c := configurations[x.first+k]
			id := sha256.Sum256([]byte(c.Canonical()))
			first, twin := seen[id]
			if !twin {
				seen[id] = origin{x, k}
				continue
			}
			here, there := d.difference(x, k, first.x, first.k)
			pair := [2]place{d.places[here], d.places[there]}
			if reported[pair] {
				continue
			}
			reported[pair] = true
			if len(reported) > maxAlike {
				continue
			}
			d.failAt(d.places[here], here, fmt.Sprintf("the same configuration as at %v (%s)", d.places[there], words(c)),
				"every configuration once")
		}
	}
	if more := len(reported) - maxAlike; more > 0 {
		d.failAt(d.places["cases"], "cases", fmt.Sprintf("%d more pairs of places with identical configurations", more),
			"every configuration once")
	}
}

// difference returns the fields that best tell where two configurations come
// from: the cases, or within one case the first choice in which they differ.
func (d *decoder) difference(x *crossing, k int64, y *crossing, l int64) (string, string) {
	if x != y {
		return x.path, y.path
	}
	a, b := d.choices(x, x.digits(k)), d.choices(x, x.digits(l))
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i], b[i]
		}
	}
	return x.path, x.path
}

// choices returns the fields that a choice of every dimension was made from.
func (d *decoder) choices(x *crossing, digit [dimensions]int64) []string {
	paths := []string{
		d.choicePath(keyPath(x.path, "inputs"), int(digit[byInputs])),
		d.choicePath(keyPath(x.path, "outputs"), int(digit[byOutputs])),
		d.depthPath(x, digit),
		d.sizePath(x, digit),
		d.choicePath(keyPath(x.path, "activation"), int(digit[byActivation])),
		d.choicePath(keyPath(x.path, "output_activation"), int(digit[byOutputActivation])),
	}
	paths = append(paths, x.laws[0][digit[byWeights]].paths...)
	return append(paths, x.laws[1][digit[byBiases]].paths...)
}

// words describes a configuration to a person, without the case's name.
func words(c Configuration) string {
	layers := "[" + joinInts(c.Layers(), ",") + "]"
	if c.Depth() > 8 {
		layers = fmt.Sprintf("[%d,%d,…,%d] with %d hidden layers", c.Inputs, c.Hidden[0], c.Outputs, c.Depth())
	}
	activation := string(c.Activation)
	if c.OutputActivation != c.Activation {
		activation += ", output " + string(c.OutputActivation)
	}
	return fmt.Sprintf("%s %s, weights %v, biases %v, grid %v", layers, activation, c.Weights, c.Biases, c.Grid)
}

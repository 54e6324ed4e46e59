package report

import "nodal/schema"

// fileNames returns what the files of each configuration begin with, by identifier: case
// and layers, the activations where these differ between configurations that are
// otherwise alike, and the first digits of the identifier where only the laws or the grid
// do. The same configuration has the same name whatever its networks.
func fileNames(all []schema.Configuration) map[string]string {
	names, ids := make([]string, len(all)), make([]string, len(all))
	for i := range all {
		names[i], ids[i] = all[i].Case+"-"+all[i].LayersText(), all[i].ID()
	}
	for _, part := range []func(*schema.Configuration) schema.Activation{
		func(c *schema.Configuration) schema.Activation { return c.Activation },
		func(c *schema.Configuration) schema.Activation { return c.OutputActivation },
	} {
		ambiguous := differing(names, func(i int) string { return string(part(&all[i])) })
		for i := range all {
			if ambiguous[names[i]] {
				names[i] += "-" + string(part(&all[i]))
			}
		}
	}
	byID := make(map[string]string, len(all))
	for i, name := range told(names, ids) {
		byID[ids[i]] = name
	}
	return byID
}

// differing returns the names that several values share.
func differing(names []string, value func(i int) string) map[string]bool {
	first, several := map[string]string{}, map[string]bool{}
	for i, name := range names {
		v := value(i)
		if known, ok := first[name]; ok && known != v {
			several[name] = true
		} else {
			first[name] = v
		}
	}
	return several
}

// told returns names with the first digits of the identifier behind those that come more
// than once.
func told(names, ids []string) []string {
	times := map[string]int{}
	for _, name := range names {
		times[name]++
	}
	all := make([]string, len(names))
	for i, name := range names {
		if all[i] = name; times[name] > 1 {
			all[i] += "-" + ids[i][:8]
		}
	}
	return all
}

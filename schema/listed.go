package schema

import "go.yaml.in/yaml/v4"

// MaxList is how many values a list to cross over may have.
const MaxList = 10_000

// decode reads one value, or a list of at least one.
func (l *OneOrMany[T]) decode(d *decoder, n *yaml.Node, path string, r rule) {
	if n.Kind != yaml.SequenceNode {
		*l = make([]T, 1)
		d.value(&(*l)[0], n, path, r)
		return
	}
	if !d.length(n, path, [2]int{1, MaxList}, "values") {
		return
	}
	*l = make([]T, len(n.Content))
	for i, item := range n.Content {
		d.value(&(*l)[i], item, itemPath(path, i), r)
	}
}

// decode reads one value for every axis, or a list of two.
func (p *PerAxis[T]) decode(d *decoder, n *yaml.Node, path string, r rule) {
	if n.Kind != yaml.SequenceNode {
		*p = make([]T, 1)
		d.value(&(*p)[0], n, path, r)
		return
	}
	if len(n.Content) != 2 {
		d.fail(n, path, "one value, or [a, b] for the two axes")
		return
	}
	*p = make([]T, 2)
	for i, item := range n.Content {
		d.value(&(*p)[i], item, itemPath(path, i), r)
	}
}

// axis returns the value for an axis.
func (p PerAxis[T]) axis(i int) T { return p[min(i, len(p)-1)] }

// path returns the path of the value for an axis, given the path of the field.
func (p PerAxis[T]) path(path string, i int) string {
	if len(p) == 1 {
		return path
	}
	return itemPath(path, i)
}

// decode reads one list of widths, or a list of such lists.
func (a *Architectures) decode(d *decoder, n *yaml.Node, path string, r rule) {
	const want = "a list of widths such as [11, 9], or a list of such lists"
	lists := 0
	for _, item := range n.Content {
		if item.Kind == yaml.SequenceNode {
			lists++
		}
	}
	switch {
	case n.Kind != yaml.SequenceNode:
		d.fail(n, path, want)
	case lists == 0:
		*a = make([][]int64, 1)
		d.widths(&(*a)[0], n, path, r)
	case lists < len(n.Content):
		d.failAt(placeOf(n), path, "a list that mixes widths with lists", want)
	case d.length(n, path, [2]int{1, MaxList}, "lists"):
		*a = make([][]int64, len(n.Content))
		for i, item := range n.Content {
			d.places[itemPath(path, i)] = placeOf(item)
			d.widths(&(*a)[i], item, itemPath(path, i), r)
		}
	}
}

// widths decodes the widths of one architecture.
func (d *decoder) widths(target *[]int64, n *yaml.Node, path string, r rule) {
	if d.forbidden(n, path) || !d.length(n, path, [2]int{0, MaxDepth}, "widths") {
		return
	}
	*target = make([]int64, len(n.Content))
	for i, item := range n.Content {
		d.value(&(*target)[i], item, itemPath(path, i), r)
	}
}

// decode reads a mapping, or the bare name of a law that needs no numbers.
func (l *LawSet) decode(d *decoder, n *yaml.Node, path string, _ rule) {
	if n.Kind == yaml.MappingNode {
		type plain LawSet // without this method
		d.content((*plain)(l), n, path, rule{})
		return
	}
	var bare []string
	for _, name := range Distributions() {
		if required, _ := name.Keys(); required == nil {
			bare = append(bare, string(name))
		}
	}
	if n.Kind != yaml.ScalarNode {
		d.fail(n, path, "a mapping, or one of "+enumerate(bare, "or"))
		return
	}
	name := Distribution(n.Value)
	if name == Uniform || name == Normal {
		required, _ := name.Keys()
		d.fail(n, path, "a mapping with "+enumerate(append([]string{"distribution"}, required...), "and"))
		return
	}
	if name := d.name(n, path, bare); name != "" {
		l.Distribution = OneOrMany[Distribution]{Distribution(name)}
	}
}

package report

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image/jpeg"
	"math"
	"slices"
	"strings"

	"nodal/analysis"
	"nodal/report/number"
	"nodal/report/page"
	"nodal/report/surface"
	"nodal/sampler"
	"nodal/schema"
)

const (
	galleryBytes     = 4_000_000 // of pictures in all galleries, as text on the page
	mostExhibits     = 3         // for each column
	thumbnailQuality = 80
	valueBytes       = 1.5 // that a value takes on the page, about
)

// detail is how finely pictures are drawn, whatever the grid that was measured on.
type detail struct {
	curve, plane  int // points of an axis
	width, height int // pixels of a thumbnail, which is shown at half its size
}

// Few networks are shown finely, many coarsely.
var (
	fine   = detail{241, 64, 320, 240}
	coarse = detail{161, 40, 240, 180}
)

// bytes returns what a picture of a configuration takes on the page, about.
func (d detail) bytes(line *page.Configuration) float64 {
	numbers := line.Outputs
	if numbers > 1 {
		numbers *= 2 // values and scores
	}
	if line.Inputs == 1 {
		return 400 + valueBytes*float64(d.curve*numbers)
	}
	return 400 + valueBytes*float64(d.plane*d.plane*numbers) + .18*float64(d.width*d.height)
}

// all returns what a picture of each configuration takes on the page.
func (d detail) all(lines []page.Configuration) float64 {
	var sum float64
	for i := range lines {
		sum += d.bytes(&lines[i])
	}
	return sum
}

// task is a picture to draw.
type task struct {
	configuration *schema.Configuration
	network       int64
	caption       string
	to            *page.Picture
}

// draw fills the galleries and the zoo of d, and how counts converge.
func (c *collector) draw(ctx context.Context, d *page.Data) error {
	if _, err := sampler.Redraws(c.plan); err != nil {
		return err
	}
	tasks := append(c.galleries(d), c.zoo(d)...)
	err := sampler.RedrawEach(ctx, c.plan, len(tasks), c.options.Workers,
		func(r *sampler.Redrawer, i int) page.Picture { return c.picture(r, &tasks[i]) },
		func(i int, p page.Picture) error {
			*tasks[i].to = p
			return nil
		})
	if err != nil {
		return err
	}
	for i := range d.Configurations {
		d.Configurations[i].Gallery = drawn(d.Configurations[i].Gallery)
	}
	for i := range d.Zoo {
		d.Zoo[i].Pictures = drawn(d.Zoo[i].Pictures)
	}
	return c.converge(ctx, d)
}

// drawn leaves out networks that overflow between the points that were measured.
func drawn(pictures []page.Picture) []page.Picture {
	return slices.DeleteFunc(pictures, func(p page.Picture) bool { return len(p.Axes) == 0 })
}

// galleries makes room for the first networks of every configuration: twelve, or as many
// as the budget has room for, or one of the first configurations until it is spent.
func (c *collector) galleries(d *page.Data) []task {
	byID := c.byID()
	if c.detail = fine; 2*fine.all(d.Configurations) > galleryBytes {
		c.detail = coarse
	}
	each := min(max(int(galleryBytes/(c.detail.all(d.Configurations)+1)), 1), mostFirst)
	left := float64(galleryBytes)
	var tasks []task
	for i := range d.Configurations {
		line := &d.Configurations[i]
		if left -= float64(each) * c.detail.bytes(line); left < 0 {
			break
		}
		configuration := byID[line.ID]
		first := c.seen.of(configuration).first
		first = first[:min(each, len(first))]
		line.Gallery = make([]page.Picture, len(first))
		for k, network := range first {
			tasks = append(tasks, task{configuration, network, "network " + number.Count(network), &line.Gallery[k]})
		}
	}
	return tasks
}

// place is a network of the zoo and where it stands in its column.
type place struct {
	network int64
	text    string // "median, 95 %: 3"
}

// places returns the networks at the ends and quantiles of a column, each once.
func places(ranks *analysis.Ranks) []place {
	var all []place
	var names []string
	var last int64
	var value float64
	end := func() {
		if len(names) > 0 {
			all = append(all, place{last, strings.Join(names, ", ") + ": " + number.Short(value)})
		}
		names = nil
	}
	for _, q := range []struct {
		p    float64
		name string
	}{{0, "minimum"}, {.5, "median"}, {.95, "95 %"}, {.99, "99 %"}, {.999, "99.9 %"}, {1, "maximum"}} {
		network, v, ok := ranks.At(q.p)
		if !ok {
			return nil
		}
		if network != last {
			end()
		}
		names, last, value = append(names, q.name), network, v
	}
	end()
	return all
}

// zoo makes room for the networks at the ends and quantiles of some columns, of the
// configurations where these reach farthest, of each case one before another.
func (c *collector) zoo(d *page.Data) []task {
	var tasks []task
	for inputs := 1; inputs <= 2; inputs++ {
		for _, column := range exhibited[inputs] {
			for _, configuration := range c.farthest(column, inputs) {
				at := places(c.seen.of(configuration).ranks[column])
				pictures := make([]page.Picture, len(at))
				d.Zoo = append(d.Zoo, page.Exhibit{ID: configuration.ID(), Case: configuration.Case, Layers: configuration.LayersText(),
					Activation: string(configuration.Activation), Column: string(column), Pictures: pictures})
				for k, p := range at {
					tasks = append(tasks, task{configuration, p.network, p.text, &pictures[k]})
				}
			}
		}
	}
	return tasks
}

// farthest returns the configurations with the largest maxima of a column that are above
// their minima, no more than mostExhibits.
func (c *collector) farthest(column schema.MeasuredColumn, inputs int) []*schema.Configuration {
	type reach struct {
		configuration *schema.Configuration
		most          float64
		again         bool // another of its case reaches as far or farther
	}
	var all []reach
	for i := range c.plan.Configurations {
		configuration := &c.plan.Configurations[i]
		ranks := c.seen.of(configuration).ranks[column]
		if configuration.Inputs != inputs {
			continue
		}
		_, least, _ := ranks.At(0)
		if _, most, ok := ranks.At(1); ok && most > least {
			all = append(all, reach{configuration, most, false})
		}
	}
	slices.SortStableFunc(all, func(a, b reach) int { return cmp.Compare(b.most, a.most) })
	seen := map[string]bool{}
	for i := range all {
		name := all[i].configuration.Case
		all[i].again, seen[name] = seen[name], true
	}
	slices.SortStableFunc(all, func(a, b reach) int {
		switch {
		case a.again == b.again:
			return 0
		case a.again:
			return 1
		}
		return -1
	})
	var chosen []*schema.Configuration
	for i := range min(len(all), mostExhibits) {
		chosen = append(chosen, all[i].configuration)
	}
	return chosen
}

func (c *collector) byID() map[string]*schema.Configuration {
	byID := make(map[string]*schema.Configuration, len(c.plan.Configurations))
	for i := range c.plan.Configurations {
		byID[c.plan.Configurations[i].ID()] = &c.plan.Configurations[i]
	}
	return byID
}

// picture draws a network again and returns its picture, without axes if it overflows at
// a point of it.
func (c *collector) picture(r *sampler.Redrawer, t *task) page.Picture {
	d := r.Draw(t.configuration, t.network, c.detail.grid(t.configuration.Grid))
	p := page.Picture{ID: t.configuration.ID(), Network: t.network, Caption: t.caption, Outputs: d.Configuration.Outputs,
		Command: fmt.Sprintf("nodal show %s --config %s --network %d", quoted(c.options.Dir), t.configuration.ID(), t.network)}
	if !d.Finite() {
		return p
	}
	for _, a := range d.Configuration.Grid {
		p.Axes = append(p.Axes, page.Axis{From: a.From, To: a.To, Points: a.Points})
	}
	p.Low, p.High, p.Values = quantised(d.Out)
	if _, told := t.configuration.OutputActivation.Level(); !told || p.Outputs > 1 {
		p.Scores = scores(d.Pre)
	}
	p.Alt = alternative(r.Draw(t.configuration, t.network, t.configuration.Grid))
	if len(p.Axes) == 2 {
		p.Thumbnail = c.thumbnail(d)
	}
	return p
}

// grid returns a grid over the same ranges with points for a picture.
func (d detail) grid(g schema.Grid) schema.Grid {
	if len(g) == 1 {
		return withPoints(g, d.curve)
	}
	return withPoints(g, d.plane)
}

// scores returns pre-activations in steps of one size: what is negative is -1 or below.
func scores(pre []float32) []int16 {
	var most float64
	for _, f := range pre {
		most = max(most, math.Abs(float64(f)))
	}
	steps := make([]int16, len(pre))
	if most == 0 {
		return steps
	}
	for i, f := range pre {
		steps[i] = int16(math.Round(float64(f) / most * math.MaxInt16))
		if f < 0 {
			steps[i] = min(steps[i], -1)
		}
	}
	return steps
}

// alternative says what is measured of a network, on the grid of the drawing.
func alternative(d *sampler.Drawing) string {
	r := &d.Row
	text := fmt.Sprintf("values from %s to %s", number.Short(r.ValueMin), number.Short(r.ValueMax))
	if len(d.Configuration.Grid) == 1 {
		return fmt.Sprintf("%s, %s, %s", counted(r.Crossings, "crossing"), counted(r.TurningPoints, "turning point"), text)
	}
	return fmt.Sprintf("%s, %s, %s", counted(r.Regions, "region"), counted(r.Islands, "island"), text)
}

func counted(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number.Count(n) + " " + noun + "s"
}

// quantised returns values as whole steps between their extremes.
func quantised(values []float32) (low, high float64, steps []uint16) {
	low, high = float64(slices.Min(values)), float64(slices.Max(values))
	steps = make([]uint16, len(values))
	if high == low {
		return low, high, steps
	}
	for i, v := range values {
		steps[i] = uint16(math.Round((float64(v) - low) / (high - low) * math.MaxUint16))
	}
	return low, high, steps
}

// thumbnail returns the landscape of a drawing as a JPEG.
func (c *collector) thumbnail(d *sampler.Drawing) []byte {
	style := surface.DefaultStyle()
	style.Palette = c.options.Palette
	img := surface.Render(landscape(d), style, c.detail.width, c.detail.height)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: thumbnailQuality}); err != nil {
		panic(fmt.Sprintf("report: %v", err)) // memory does not fail
	}
	return b.Bytes()
}

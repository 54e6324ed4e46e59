package animation

import "image"

// change returns what turns one picture into the next: the smallest rectangle of all
// pixels that differ, or a single pixel if none does. What is shown already is nil for
// the first picture.
//
// Pixels inside that do not differ are written again. To make them transparent enlarges
// our figures, for it breaks patterns that compress.
func change(shown, next *image.Paletted) *image.Paletted {
	if shown == nil {
		return next
	}
	r := changed(shown, next)
	to := image.NewPaletted(r, next.Palette)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		copy(to.Pix[to.PixOffset(r.Min.X, y):][:r.Dx()], next.Pix[next.PixOffset(r.Min.X, y):])
	}
	return to
}

// changed returns the smallest rectangle of all pixels that differ, and the first pixel
// if none does.
func changed(a, b *image.Paletted) image.Rectangle {
	var r image.Rectangle
	for y := range a.Rect.Dy() {
		rowA, rowB := a.Pix[y*a.Stride:][:a.Rect.Dx()], b.Pix[y*b.Stride:][:a.Rect.Dx()]
		from, to := 0, len(rowA)
		for from < to && rowA[from] == rowB[from] {
			from++
		}
		for to > from && rowA[to-1] == rowB[to-1] {
			to--
		}
		r = r.Union(image.Rect(from, y, to, y+1))
	}
	if r.Empty() {
		return image.Rect(0, 0, 1, 1)
	}
	return r
}

package surface

import (
	"fmt"
	"testing"
)

// BenchmarkRender draws a smooth landscape and one of three classes with a used renderer.
func BenchmarkRender(b *testing.B) {
	for _, size := range []struct{ n, width, height int }{
		{64, 240, 180}, {101, 640, 480}, {256, 1280, 960}, {2001, 1280, 960},
	} {
		for name, f := range map[string]*Field{"values": hills(size.n), "classes": threePlanes(size.n)} {
			b.Run(fmt.Sprintf("colour=%s/n=%d/width=%d", name, size.n, size.width), func(b *testing.B) {
				var r Renderer
				for b.Loop() {
					r.Render(f, DefaultStyle(), size.width, size.height)
				}
			})
		}
	}
}

package surface

// shade is how much of the sky the points of a surface see, roughly: less where the
// surroundings are higher. It is what makes valleys look deep.
type shade struct {
	mean   [shadeSide * shadeSide]float32 // mean height of the surroundings
	around [shadeSide * shadeSide]float32
}

const (
	shadeSide  = 48 // points on each side
	shadeReach = 4  // points that the surroundings reach, three times over
)

// fit sets the means of a surface.
func (s *shade) fit(p *interpolant) {
	for i := range shadeSide {
		for j := range shadeSide {
			s.mean[i*shadeSide+j] = p.at(float32(i)/(shadeSide-1), float32(j)/(shadeSide-1))
		}
	}
	for range 3 {
		for i := range shadeSide {
			blur(s.around[i*shadeSide:], s.mean[i*shadeSide:], 1)
		}
		for j := range shadeSide {
			blur(s.mean[j:], s.around[j:], shadeSide)
		}
	}
}

// blur writes the running means of a line of numbers, stride apart; beyond its ends it
// goes on with the last number.
func blur(to, from []float32, stride int) {
	const reach = shadeReach
	at := func(i int) float32 { return from[min(max(i, 0), shadeSide-1)*stride] }
	var sum float32
	for i := -reach; i <= reach; i++ {
		sum += at(i)
	}
	for i := range shadeSide {
		to[i*stride] = sum / (2*reach + 1)
		sum += at(i+reach+1) - at(i-reach)
	}
}

// open returns the share of the sky, 0 to 1, seen from height h at a point of the unit
// square.
func (s *shade) open(x, y, h float32) float32 {
	u, v := min(max(x, 0), 1)*(shadeSide-1), min(max(y, 0), 1)*(shadeSide-1)
	i, j := min(int(u), shadeSide-2), min(int(v), shadeSide-2)
	a, b := u-float32(i), v-float32(j)
	m := s.mean[i*shadeSide+j:]
	mean := (1-a)*((1-b)*m[0]+b*m[1]) + a*((1-b)*m[shadeSide]+b*m[shadeSide+1])
	deep := mean - h
	return min(max(0.9-0.9*deep, 0.45), 1)
}

package surface

import "testing"

func TestNearbyMarksWhatIsNearAChange(t *testing.T) {
	const rows, columns, reachU, reachV = 23, 31, 2, 3
	kinds := make([]uint8, rows*columns)
	for i := range rows {
		for j := range columns {
			if (i-9)*(i-9)+(j-14)*(j-14) < 30 || i > 20 && j > 27 || i == 3 && j == 3 {
				kinds[i*columns+j] = 1
			}
		}
	}
	mixed := func(i, j int) bool {
		if i < 0 || j < 0 || i >= rows-1 || j >= columns-1 {
			return false
		}
		at := i*columns + j
		sum := kinds[at] + kinds[at+1] + kinds[at+columns] + kinds[at+columns+1]
		return sum != 0 && sum != 4
	}
	var m nearby
	m.fit(kinds, rows, columns, reachU, reachV)
	for i := range rows - 1 {
		for j := range columns - 1 {
			want := false
			for di := -reachU; di <= reachU; di++ {
				for dj := -reachV; dj <= reachV; dj++ {
					want = want || mixed(i+di, j+dj)
				}
			}
			if got := m.marks[i*columns+j]; got != want {
				t.Errorf("cell (%d, %d) marked: %v, want %v", i, j, got, want)
			}
		}
	}
}

//go:build !purego

package kernels

// philoxRows lets the assembly count through the blocks of all rows, a group of
// counters at a time. It stores four words for each of them, so that the last
// block of a row runs into the next row, which comes later and overwrites what is
// too much. The last groups have no such room: they go through a buffer.
func philoxRows(dst []uint32, n int, counter [4]uint32, key [2]uint32) {
	if active == Portable {
		philoxGeneric(dst, n, counter, key)
		return
	}
	lanes := 4
	if active == AVX512 {
		lanes = 8
	}
	group := 2 * lanes // as in _gen/philox.go
	blocks := (n + 3) / 4
	var s philoxRun
	s.init(n, blocks, lanes, counter, key)

	groups := len(dst) / n * blocks / group
	if last := groups*group - 1; groups > 0 && last/blocks*n+last%blocks*4+4 > len(dst) {
		groups--
	}
	if groups > 0 {
		s.groups(&dst[0], groups)
	}
	for done := s.rebase(); done < len(dst); done += s.rebase() {
		var buffer [4 * 16]uint32
		s.groups(&buffer[0], 1)
		copy(dst[done:], buffer[:4*group])
	}
}

// philoxRun is where the assembly is, a counter to a lane, and what it needs.
type philoxRun struct {
	position  [16]uint64    // of the counter's words, in bytes from dst; then scratch
	element   [8]uint64     // word 0 of the counter, not yet modulo 2³²
	network   [8]uint64     // words 2 and 3
	keys      [10][2]uint32 // of the rounds
	constants [7]uint64     // see init
}

// init puts the lanes at the first counters.
func (s *philoxRun) init(n, blocks, lanes int, counter [4]uint32, key [2]uint32) {
	// A lane moves on by as many counters as there are lanes. If that is beyond the
	// last counter of its row, it goes back by a row and on to the next network,
	// whose words begin gap bytes before the whole block does.
	last := uint64(counter[0]) + uint64(blocks) - 1
	gap := uint64(4 * (4*blocks - n))
	rows := uint64(lanes / blocks)
	s.constants = [7]uint64{uint64(counter[1]), last, uint64(blocks), gap,
		uint64(16*lanes) - gap*rows, uint64(lanes % blocks), rows}
	for i := range s.keys {
		s.keys[i] = key
		key[0] += philoxIncrement0
		key[1] += philoxIncrement1
	}
	position, element, network := uint64(0), uint64(counter[0]), uint64(counter[3])<<32|uint64(counter[2])
	for i := range lanes {
		s.position[i], s.element[i], s.network[i] = position, element, network
		position += 16
		if element++; element > last {
			element -= uint64(blocks)
			position -= gap
			network++
		}
	}
}

// groups stores the words of so many groups of counters.
func (s *philoxRun) groups(dst *uint32, groups int) {
	if active == AVX512 {
		philoxAVX512(dst, groups, &s.position, &s.element, &s.network, &s.keys, &s.constants)
		return
	}
	philoxAVX2(dst, groups, &s.position, &s.element, &s.network, &s.keys, &s.constants)
}

// rebase makes the words of the first lane the beginning of the next dst and
// returns how many words come before.
func (s *philoxRun) rebase() int {
	base := s.position[0]
	for i := range s.element {
		s.position[i] -= base
	}
	return int(base / 4)
}

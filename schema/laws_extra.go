package schema

import (
	"math"
	"slices"
)

// checkExtra checks the optional columns: those that the configuration does not
// measure are NULL, and the counts fit each other. The exact counts are all NULL
// where following the line overflowed. The expected crossings are NULL where they did.
func (l *Laws) checkExtra(r *Row) error {
	if len(l.columns) == 0 && r.Extra == nil {
		return nil
	}
	if r.Extra == nil {
		return broken(string(l.columns[0]), phrase("no column"), "one, as the sweep asks")
	}
	for _, check := range [...]func(*Laws, *Extra) error{(*Laws).checkPresence, (*Laws).checkPieces, (*Laws).checkExpected} {
		if err := check(l, r.Extra); err != nil {
			return err
		}
	}
	return nil
}

// checkPresence checks which columns are NULL.
func (l *Laws) checkPresence(e *Extra) error {
	present, absent := OptionalColumn(""), OptionalColumn("")
	for _, c := range OptionalColumns() {
		exact := c != ColumnCrossingsExpected
		switch _, there := e.Value(c); {
		case there && !slices.Contains(l.columns, c):
			return broken(string(c), phrase("a value"), "NULL, since it is not asked for or does not apply")
		case there && exact:
			present = c
		case exact && slices.Contains(l.columns, c):
			absent = c
		}
	}
	if present != "" && absent != "" {
		return broken(string(absent), phrase("NULL"), "a value, for %s has one", present)
	}
	return nil
}

// checkPieces checks the exact counts. A unit of the first hidden layer changes
// branch once at most, and nothing bends where no unit does.
func (l *Laws) checkPieces(e *Extra) error {
	at := func(p *int64, otherwise int64) int64 {
		if p == nil {
			return otherwise
		}
		return *p
	}
	first, points := at(e.BreakpointsFirst, 0), at(e.Breakpoints, math.MaxInt64-1)
	pieces := at(e.Pieces, points+1)
	switch most := int64(l.firstWidth); {
	case first < 0 || first > most:
		return broken("breakpoints_first", first, "0 to %d, one for each unit at most", most)
	case points < first:
		return broken("breakpoints", points, "at least breakpoints_first, %d", first)
	case e.Breakpoints != nil && l.want.Depth <= 1 && points > most:
		return broken("breakpoints", points, "at most %d, one for each unit", most)
	case pieces < 1 || pieces-1 > points:
		return broken("pieces", pieces, "1 to %d, one more than breakpoints at most", points+1)
	case e.CrossingsExact == nil:
		return nil
	}
	crossings, most := *e.CrossingsExact, int64(math.MaxInt64)
	if within := int64(max(1, l.want.Outputs-1)); pieces < most/(2*within) {
		most = pieces*within + pieces - 1 // in every piece, and where pieces meet
	}
	if crossings < 0 || crossings > most {
		return broken("crossings_exact", crossings, "0 to %d, as many as the pieces can have", most)
	}
	return nil
}

// checkExpected checks the expected crossings.
func (l *Laws) checkExpected(e *Extra) error {
	if e.CrossingsExpected == nil {
		return nil
	}
	// Every edge adds half a turn at most, rounded.
	most := float64(l.full.edges()) * (1 + rounding)
	if x := *e.CrossingsExpected; !proper(x) || x < 0 || x > most {
		return broken("crossings_expected", x, "0 to %v, one for every grid edge at most", l.full.edges())
	}
	return nil
}

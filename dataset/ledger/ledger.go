package ledger

// Ledger is what is known of published parts from files that say so: journals
// and the manifest. It takes about 160 bytes a part. The zero Ledger is empty
// and ready. It is not for several goroutines at a time.
type Ledger struct {
	notes  map[partID]note
	source int32 // number of the file whose entries are being added
}

// note is what the ledger holds of a part. An entry keeps its fields behind a
// pointer; here no bytes mean no fields, so that notes can be compared.
type note struct {
	networks, fields Sum
	source           int32 // the file that said it last
	disputed         bool  // it was contradicted; the rest is zero, with which nothing agrees
}

// Standing says how an entry relates to what the ledger held of its part.
type Standing int

const (
	FirstWord    Standing = iota // nothing was known; now it is
	Agreed                       // another file says the same
	Repeated                     // the same file says the same
	Contradicted                 // something else was said, now or before: the part is unknown
)

// nextSource says that the entries to come are from another file.
func (l *Ledger) nextSource() { l.source++ }

// Add enters an entry. A part of which two different things were said is
// unknown from then on, whatever is added later. It panics if the entry's name
// is not a part's.
func (l *Ledger) Add(e Entry) Standing {
	id, ok := parseName(e.Part)
	if !ok {
		panic("ledger: Add: " + e.Part + " is not a part's name")
	}
	if l.notes == nil {
		l.notes = map[partID]note{}
	}
	now := note{networks: e.Networks, source: l.source}
	if e.Fields != nil {
		now.fields = *e.Fields
	}
	before, known := l.notes[id]
	result := FirstWord
	switch {
	case !known:
	case before.networks != now.networks || before.fields != now.fields:
		now = note{disputed: true}
		result = Contradicted
	case before.source == now.source:
		return Repeated
	default:
		result = Agreed
	}
	l.notes[id] = now
	return result
}

// Set enters what was just seen of a part, whatever was said before.
func (l *Ledger) Set(e Entry) {
	id, _ := parseName(e.Part)
	delete(l.notes, id)
	l.Add(e)
}

// Len returns how many parts something was said of.
func (l *Ledger) Len() int { return len(l.notes) }

// Lookup returns what is known of the part with that stem. It reports false if
// there is nothing, or if the files contradict each other.
func (l *Ledger) Lookup(stem string) (Entry, bool) {
	id, ok := parseName(stem)
	if !ok {
		return Entry{}, false
	}
	n, ok := l.notes[id]
	if !ok || n.disputed {
		return Entry{}, false
	}
	e := Entry{Part: stem, Networks: n.networks}
	if n.fields.Bytes > 0 {
		e.Fields = &n.fields
	}
	return e, true
}

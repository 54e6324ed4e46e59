package dataset

import (
	"regexp"
	"strconv"
)

// shardTag matches the names of journals of runs that drew a share.
var shardTag = regexp.MustCompile(`^[0-9]+of([0-9]+)-[0-9a-f]{8}\.jsonl$`)

// Shards returns the number of shards among which the sources were drawn, going by
// the names of their journals; 0 if they do not tell, or tell different numbers.
func (m *Merge) Shards() (count int, err error) {
	for _, s := range m.sources {
		found, err := names(m.o.FS, journalsPath(s.Path))
		if err != nil {
			return 0, err
		}
		for _, name := range found {
			match := shardTag.FindStringSubmatch(name)
			if match == nil {
				continue
			}
			n, err := strconv.Atoi(match[1])
			if err != nil || n < 2 {
				continue // one that drew all, or merged
			}
			if count != 0 && n != count {
				return 0, nil
			}
			count = n
		}
	}
	return count, nil
}

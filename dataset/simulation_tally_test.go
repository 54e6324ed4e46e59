package dataset

import (
	"path"
	"time"
)

// tally is what a simulation tells of itself.
type tally struct {
	operations                               map[string]int // by kind
	starts, deaths, locked, stopped, crashes int            // of processes, and of all of them
	stragglers, duplicates, copies           int

	draws            []uint8       // how often each part was published
	published, twice int           // parts that a process knows to be; how often one that was there already
	spent            time.Duration // on drawing, finished or not, over all processes
	useful           time.Duration // on what was published first
	lastDone         time.Duration // when the last task was done
	vetted           int
	finishers        int // processes that looked at every part to complete the dataset, or died while they did
	largest          int // names in a folder
	temps            int // that nobody clears
	violations       []string
}

func newTally(parts int) tally {
	return tally{operations: map[string]int{}, draws: make([]uint8, parts)}
}

// report says what has happened.
func (c *cluster) report(took, calm time.Duration) {
	journals, quiet := 0, c.disk.Quiet()
	found, _ := names(quiet, journalsPath(simulated))
	for _, name := range found {
		content, _ := quiet.ReadFile(path.Join(journalsPath(simulated), name))
		journals += len(content)
	}
	operations := 0
	for _, n := range c.operations {
		operations += n
	}
	c.t.Logf("%v of this machine; %v simulated until the last task was done, %v without mishap", took.Round(time.Millisecond), c.lastDone.Round(time.Second), calm.Round(time.Second))
	c.t.Logf("%d starts, %d deaths (%d crashes of all), %d found their lock held, %d were asked to stop, %d stragglers, %d duplicates, %d copies of stragglers",
		c.starts, c.deaths, c.crashes, c.locked, c.stopped, c.stragglers, c.duplicates, c.copies)
	c.t.Logf("%d parts, %d drawn again; %.1f %% of the time of drawing was wasted; %d files vetted; %d looked at all parts to complete the dataset",
		c.published, c.twice, 100*(1-c.useful.Seconds()/c.spent.Seconds()), c.vetted, c.finishers)
	c.t.Logf("at most %d names in a folder; %d journals with %d bytes; %d temporary files stay", c.largest, len(found), journals, c.temps)
	c.t.Logf("%d operations: %v", operations, c.operations)
}

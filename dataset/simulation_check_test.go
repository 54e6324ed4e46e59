package dataset

import (
	"crypto/sha256"
	"path"
	"strings"

	"nodal/dataset/disk/crashdisk"
)

// glances is how often a reader looks while a simulation goes on, apart from crashes.
const glances = 20

// look looks at the disk as a reader with a glob does: it sees whole parts, those of an
// undisturbed run, and all that anybody has published. So it sees no network twice, if
// no two parts of an undisturbed run have it.
func (c *cluster) look() {
	quiet := c.disk.Quiet()
	seen := 0
	for _, folder := range []string{networksFolder, fieldsFolder} {
		found, err := names(quiet, path.Join(simulated, folder))
		if err != nil {
			c.t.Fatal(err)
		}
		c.largest = max(c.largest, len(found))
		for _, name := range found {
			if strings.HasPrefix(name, ".") {
				continue
			}
			file := path.Join(simulated, folder, name)
			content, err := quiet.ReadFile(file)
			if err != nil {
				c.t.Fatal(err)
			}
			if want, planned := c.work.want[file]; !planned || sha256.Sum256(content) != want {
				c.errorf("at %v a reader sees %s with %d bytes, which is not what an undisturbed run leaves", c.now, file, len(content))
			}
			if folder == networksFolder {
				seen++
			}
		}
	}
	if seen < c.published {
		c.errorf("at %v a reader sees %d parts, %d were published", c.now, seen, c.published)
	}
}

// check checks what is there when all have come to their end.
func (c *cluster) check() {
	c.violations = append(c.violations, c.disk.Violations()...)
	if n := len(c.violations); n > 0 {
		c.t.Errorf("rules of publishing were broken %d times, the first: %s", n, c.violations[0])
	}
	if c.left > 0 {
		c.errorf("%d tasks are not done", c.left)
	}
	// Work is done twice where processes overlap, not where they follow each other.
	if c.twice > c.parts/5 {
		c.errorf("%d of %d parts were drawn more than once", c.twice, c.parts)
	}
	c.lastRun()
	c.compare()
	c.verify()
}

// lastRun has one more process come, of the whole dataset. It finds nothing to do.
func (c *cluster) lastRun() {
	if _, err := c.disk.Quiet().Lstat(successPath(simulated)); err != nil {
		c.errorf("the shards are done, the dataset is not: %v", err)
	}
	drawn := c.published + c.twice
	p := &process{cluster: c, task: &task{shard: Shard{0, 1}, copy: true}, slow: 1}
	p.thread = c.start(func(*thread) { p.err = p.command() }, func() {})
	c.run()
	if p.err != nil || c.published+c.twice > drawn {
		c.errorf("a last run draws %d parts and says %v", c.published+c.twice-drawn, p.err)
	}
}

// compare holds all files against those of an undisturbed run. Besides them there are
// only temporary files of runs without locks that died.
func (c *cluster) compare() {
	got := lasting(c.disk)
	for name := range got {
		if _, wanted := c.work.want[name]; wanted {
			continue
		}
		match := tempPattern.FindStringSubmatch(path.Base(name))
		if match == nil || match[1] != unlocked {
			c.errorf("%s is left", name)
		}
		c.temps++
	}
	for name, sum := range c.work.want {
		if got[name] != sum {
			c.errorf("%s is missing or not what an undisturbed run leaves", name)
		}
	}
	if c.temps > c.deaths {
		c.errorf("%d temporary files of %d dead processes", c.temps, c.deaths)
	}
}

// lasting returns the SHA-256 of the files that every run leaves alike: all but locks
// and journals.
func lasting(fsys *crashdisk.Disk) map[string][sha256.Size]byte {
	sums := map[string][sha256.Size]byte{}
	for name, content := range fsys.Files() {
		if folder := path.Base(path.Dir(name)); folder != journalFolder && folder != locksFolder {
			sums[name] = sha256.Sum256(content)
		}
	}
	return sums
}

// verify looks at the dataset as nodal verify does, reads every row, and counts the
// networks of the plan.
func (c *cluster) verify() {
	quick, err := Verify(simulated, Quick, Options{FS: c.disk})
	if err != nil || !quick.Finished() || len(quick.Problems) > 0 {
		c.t.Fatalf("verifying: %v, problems %v", err, quick.Problems)
	}
	reader, seen := quick.Reader(), map[string]int{}
	for report, err := range quick.Parts() {
		if err != nil || report.Missing || len(report.Problems) > 0 {
			c.errorf("verifying %s: %v, %v", report.Name, err, report.Problems)
		}
	}
	for part := range c.work.plan.Parts() {
		for _, network := range c.work.networks(c.t, c.disk, reader, part) {
			seen[network]++
		}
	}
	for i, configuration := range c.work.plan.Configurations {
		for n := range configuration.Networks {
			if rows := seen[rowName(c.work.ids[i], n)]; rows != 1 {
				c.errorf("network %d of configuration %d has %d rows", n, i, rows)
			}
		}
	}
	if int64(len(seen)) != c.work.plan.Networks() {
		c.errorf("there are rows of %d networks, the plan has %d", len(seen), c.work.plan.Networks())
	}
}

package dataset_test

import (
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// harmed is where the harms of datasetHarms are done: a finished dataset of three
// parts, of which the first two keep fields.
type harmed struct {
	*crashdisk.Disk // the dataset

	plan  *dataset.Plan
	parts []string          // names
	whole map[string][]byte // what an undisturbed run leaves
}

func newHarmed(t testing.TB) harmed {
	t.Helper()
	h := harmed{Disk: crashdisk.New(), plan: faultPlan(t, faultSweep)}
	if err := runOn(t, h.Disk, h.plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	h.parts, h.whole = partNames(h.plan), lasting(h.Disk)
	if len(h.parts) != 3 {
		t.Fatalf("%d parts, want 3", len(h.parts))
	}
	return h
}

// disk returns a copy of the dataset with a harm done to it.
func (h harmed) disk(t testing.TB, harm func(*testing.T, harmed)) *crashdisk.Disk {
	t.Helper()
	h.Disk = h.Restart(1, 0)
	harm(t.(*testing.T), h)
	return h.Restart(1, 0) // nothing open, nothing logged
}

// networks and fields return where files of part i lie.
func (h harmed) networks(i int) string { return root + "/networks/" + h.parts[i] + ".parquet" }
func (h harmed) fields(i int) string   { return root + "/fields/" + h.parts[i] + ".parquet" }

// named puts the names of files for N0 to N2 and F0 to F2.
func (h harmed) named(text string) string {
	var pairs []string
	for i, number := range []string{"0", "1", "2"} {
		pairs = append(pairs, "N"+number, "networks/"+h.parts[i]+".parquet", "F"+number, "fields/"+h.parts[i]+".parquet",
			"P"+number, h.parts[i])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (h harmed) read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := h.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// edit changes the bytes of a file.
func (h harmed) edit(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	h.Put(path, change(h.read(t, path)))
}

func (h harmed) remove(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if err := h.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// Changes of bytes.
func cutTo(n int) func([]byte) []byte { return func(b []byte) []byte { return b[:n] } }
func cutLast(b []byte) []byte         { return b[:len(b)-1] }
func flipAt(at int) func([]byte) []byte {
	return func(b []byte) []byte { b[(at+len(b))%len(b)] ^= 1; return b }
}
func append1(b []byte) []byte { return append(b, 'x') }

// datasetHarms are what can happen to a dataset, and what a verification says:
// want at the depths bytes and rows; quick at depth quick, and vetted where
// nothing is on record, if that differs. See wantFindings. Those whose names
// begin with "mark" leave it unfinished.
var datasetHarms = []struct {
	name   string
	harm   func(*testing.T, harmed)
	ofPart bool // it is done to the file of a part
	want   string
	quick  string
	vetted string
}{
	{name: "networks empty", harm: func(t *testing.T, h harmed) { h.edit(t, h.networks(1), cutTo(0)) }, ofPart: true, want: "N1: it has 0 bytes"},
	{name: "networks of one byte", harm: func(t *testing.T, h harmed) { h.edit(t, h.networks(1), cutTo(1)) }, ofPart: true, want: "N1: it has 1 bytes"},
	{name: "networks of eight bytes", harm: func(t *testing.T, h harmed) { h.edit(t, h.networks(1), cutTo(8)) }, ofPart: true, want: "N1: it has 8 bytes"},
	{name: "networks of the magic alone", harm: func(t *testing.T, h harmed) { h.Put(h.networks(1), []byte("PAR1PAR1")) }, ofPart: true, want: "N1: it has 8 bytes"},
	{name: "networks short", harm: func(t *testing.T, h harmed) { h.edit(t, h.networks(1), cutLast) }, ofPart: true, want: "N1: it has", vetted: "N1: it ends with"},
	{name: "networks long", harm: func(t *testing.T, h harmed) { h.edit(t, h.networks(1), append1) }, ofPart: true, want: "N1: it has", vetted: "N1: it ends with"},
	{name: "networks flipped", harm: func(t *testing.T, h harmed) { h.edit(t, h.networks(1), flipAt(1000)) }, ofPart: true,
		want: "N1: its SHA-256 is", quick: "none", vetted: "N1: the checksum of its data"},
	{name: "footer flipped", harm: func(t *testing.T, h harmed) { h.edit(t, h.networks(1), flipAt(-300)) }, ofPart: true,
		want: "N1: its SHA-256 is", quick: "N1: the checksum of its footer", vetted: "N1: the checksum of its footer"},
	{name: "fields empty", harm: func(t *testing.T, h harmed) { h.edit(t, h.fields(0), cutTo(0)) }, ofPart: true, want: "F0: it has 0 bytes"},
	{name: "fields short", harm: func(t *testing.T, h harmed) { h.edit(t, h.fields(0), cutLast) }, ofPart: true, want: "F0: it has", vetted: "F0: it ends with"},
	{name: "fields flipped", harm: func(t *testing.T, h harmed) { h.edit(t, h.fields(0), flipAt(20)) }, ofPart: true,
		want: "F0: its SHA-256 is", quick: "none", vetted: "F0: the checksum of its data"},
	{name: "networks and fields", harm: func(t *testing.T, h harmed) {
		h.edit(t, h.networks(0), flipAt(-300))
		h.edit(t, h.fields(0), flipAt(-300))
	}, ofPart: true, want: "N0: its SHA-256|F0: its SHA-256", quick: "N0: the checksum of its footer|F0: the checksum of its footer",
		vetted: "N0: the checksum of its footer|F0: the checksum of its footer"},
	{name: "parts swapped", harm: func(t *testing.T, h harmed) {
		first, second := h.read(t, h.networks(0)), h.read(t, h.networks(1))
		h.Put(h.networks(0), second)
		h.Put(h.networks(1), first)
	}, ofPart: true, want: "N0: it has|N1: it has", vetted: `N0: nodal.part is "1", want "0"|N1: nodal.part is "0", want "1"`},
	{name: "fields swapped", harm: func(t *testing.T, h harmed) {
		first, second := h.read(t, h.fields(0)), h.read(t, h.fields(1))
		h.Put(h.fields(0), second)
		h.Put(h.fields(1), first)
	}, ofPart: true, want: "F0: its SHA-256|F1: its SHA-256", quick: "none", vetted: "F0: nodal.part|F1: nodal.part"},
	{name: "part of another sweep", harm: func(t *testing.T, h harmed) {
		h.Put(h.networks(1), h.elsewhere(t, strings.Replace(faultSweep, "seed: 5", "seed: 6", 1), 1))
	}, ofPart: true, want: "N1: it", quick: "N1: it has", vetted: "N1: nodal.plan is"},
	{name: "part of another sweep, under its own name", harm: func(t *testing.T, h harmed) {
		h.Put(root+"/networks/part-00000000-000001.parquet", h.elsewhere(t, strings.Replace(faultSweep, "seed: 5", "seed: 6", 1), 1))
	}, want: "networks/part-00000000-000001.parquet: it is not a part of this dataset"},
	{name: "networks missing", harm: func(t *testing.T, h harmed) { h.remove(t, h.networks(1)) }, ofPart: true,
		want: "missing P1|N1: the dataset was complete with it", vetted: "missing P1"},
	{name: "networks missing, fields flipped", harm: func(t *testing.T, h harmed) {
		h.remove(t, h.networks(1))
		h.edit(t, h.fields(1), flipAt(20))
	}, ofPart: true, want: "missing P1|N1: the dataset was complete with it|F1: its SHA-256 is", quick: "missing P1|N1: the dataset was complete with it",
		vetted: "missing P1|F1: the checksum of its data"},
	{name: "part missing", harm: func(t *testing.T, h harmed) { h.remove(t, h.networks(1), h.fields(1)) }, ofPart: true,
		want: "missing P1|N1: the dataset was complete with it", vetted: "missing P1"},
	{name: "fields missing", harm: func(t *testing.T, h harmed) { h.remove(t, h.fields(1)) }, ofPart: true, want: "F1: the part's networks file announces it"},
	{name: "fields of a part without", harm: func(t *testing.T, h harmed) { h.Put(h.fields(2), h.read(t, h.fields(1))) }, ofPart: true, want: "F2: the part has no fields"},
	{name: "stranger among networks", harm: func(t *testing.T, h harmed) { h.Put(root+"/networks/README", []byte("hello")) },
		want: "networks/README: it is not a part of this dataset"},
	{name: "stranger among fields", harm: func(t *testing.T, h harmed) { h.Put(root+"/fields/copy.parquet", h.read(t, h.fields(0))) },
		want: "fields/copy.parquet: it is not a part of this dataset"},
	{name: "link", harm: func(t *testing.T, h harmed) {
		elsewhere := root + "/_nodal/quarantine/elsewhere" // which no run looks at
		h.Put(elsewhere, h.read(t, h.networks(0)))
		h.Symlink(elsewhere, h.networks(0))
	}, ofPart: true, want: "N0: not a regular file"},
	{name: "pipe", harm: func(t *testing.T, h harmed) { h.Pipe(h.fields(1)) }, ofPart: true, want: "F1: not a regular file"},
	{name: "folder", harm: func(t *testing.T, h harmed) {
		h.remove(t, h.networks(2))
		h.Put(h.networks(2)+"/inside", []byte("hello"))
	}, ofPart: true, want: "N2: not a regular file"},
	{name: "sweep file changed", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_nodal/sweep.yaml", flipAt(9)) },
		want: "_nodal/sweep.yaml: it is not the sweep file of the plan"},
	{name: "sweep file longer", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_nodal/sweep.yaml", append1) },
		want: "_nodal/sweep.yaml: it is not the sweep file of the plan"},
	{name: "sweep file missing", harm: func(t *testing.T, h harmed) { h.remove(t, root+"/_nodal/sweep.yaml") },
		want: "_nodal/sweep.yaml: a run writes it after the plan"},
	{name: "sweep file a folder", harm: func(t *testing.T, h harmed) {
		h.remove(t, root+"/_nodal/sweep.yaml")
		h.Put(root+"/_nodal/sweep.yaml/inside", nil)
	}, want: "_nodal/sweep.yaml: it is not the sweep file of the plan"},
	{name: "mark: manifest flipped", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_nodal/manifest.json", flipAt(200)) },
		want: "_nodal/manifest.json: "},
	{name: "mark: manifest with another digit", harm: func(t *testing.T, h harmed) {
		h.edit(t, root+"/_nodal/manifest.json", func(b []byte) []byte {
			return []byte(strings.Replace(string(b), `"sha256":"`, `"sha256":"0`, 1)[:len(b)])
		})
	}, want: "_nodal/manifest.json: "},
	{name: "mark: manifest truncated", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_nodal/manifest.json", cutTo(300)) },
		want: "_nodal/manifest.json: "},
	{name: "mark: manifest of another run", harm: func(t *testing.T, h harmed) {
		disk := crashdisk.New()
		if err := runOn(t, disk, faultPlan(t, smallerSweep), dataset.Options{}); err != nil {
			t.Fatal(err)
		}
		content, err := disk.ReadFile(root + "/_nodal/manifest.json")
		if err != nil {
			t.Fatal(err)
		}
		h.Put(root+"/_nodal/manifest.json", content)
	}, want: "_nodal/manifest.json: it is not the one that _SUCCESS vouches for"},
	{name: "mark: manifest missing", harm: func(t *testing.T, h harmed) { h.remove(t, root+"/_nodal/manifest.json") },
		want: "_nodal/manifest.json: _SUCCESS vouches for it"},
	{name: "mark: manifest a folder", harm: func(t *testing.T, h harmed) {
		h.remove(t, root+"/_nodal/manifest.json")
		h.Put(root+"/_nodal/manifest.json/inside", nil)
	}, want: "_nodal/manifest.json: it is not a regular file"},
	{name: "mark empty", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_SUCCESS", cutTo(0)) }, want: "_SUCCESS: it is not the mark"},
	{name: "mark longer", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_SUCCESS", append1) }, want: "_SUCCESS: it is not the mark"},
	{name: "mark flipped", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_SUCCESS", flipAt(10)) }, want: "_SUCCESS: "},
	{name: "mark of another manifest", harm: func(t *testing.T, h harmed) { h.edit(t, root+"/_SUCCESS", flipAt(-5)) },
		want: "_nodal/manifest.json: it is not the one that _SUCCESS vouches for"},
	{name: "mark a folder", harm: func(t *testing.T, h harmed) {
		h.remove(t, root+"/_SUCCESS")
		h.Put(root+"/_SUCCESS/inside", nil)
	}, want: "_SUCCESS: it is not the mark"},
	{name: "mark missing", harm: func(t *testing.T, h harmed) { h.remove(t, root+"/_SUCCESS") }},
}

// elsewhere returns the networks file of part i of another sweep.
func (h harmed) elsewhere(t *testing.T, sweep string, i int) []byte {
	t.Helper()
	disk, plan := crashdisk.New(), faultPlan(t, sweep)
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	content, err := disk.ReadFile(root + "/networks/" + partNames(plan)[i] + ".parquet")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

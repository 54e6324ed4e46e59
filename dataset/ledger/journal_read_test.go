package ledger

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/dataset/disk"
	"nodal/dataset/disk/crashdisk"
)

func TestReadJournal(t *testing.T) {
	const zero = "\x00"
	all := madeUpEntries(3)
	head := string(appendLine(nil, appendHeader(nil, planA)))
	lineOf := func(e Entry) string { return string(appendLine(nil, e.appendJSON(nil))) }
	line := []string{lineOf(all[0]), lineOf(all[1]), lineOf(all[2])}
	changed := all[1]
	changed.Networks.Bytes++
	framed := func(body string) string { return string(appendLine(nil, []byte(body))) }
	long := strings.Repeat("x", 10*maxLine)

	for _, tt := range []struct {
		name       string
		text       string
		known      []Entry
		complaints []string
	}{
		{"empty", "", nil, nil},
		{"header only", head, nil, nil},
		{"whole", head + line[0] + line[1] + line[2], all, nil},
		{"last newline missing", head + line[0] + strings.TrimSuffix(line[1], "\n"), all[:2], nil},
		{"torn at the end", head + line[0] + line[1][:100], all[:1], []string{"x:3: torn: the file ends in the middle of it"}},
		{"torn in the first bytes", head + line[0] + line[1][:3], all[:1], []string{"x:3: torn: the file ends in the middle of it"}},
		{"torn before the last brace", head + line[0] + line[1][:len(line[1])-2], all[:1], []string{"x:3: torn: the file ends in the middle of it"}},
		{"torn, then a new line", head + line[0][:100] + "\n" + line[1], all[1:2], []string{"x:2: not a line of a journal"}},
		{"torn, then glued", head + line[0][:100] + line[1] + line[2], all[2:], []string{"x:2: the checksum of its entry is b9195e47, want 9f947555"}},
		{"torn header, written again", head[:50] + "\n" + head + line[0], all[:1], []string{"x:1: not a line of a journal"}},
		{"empty lines", "\n" + head + "\n\n" + line[0], all[:1], nil},
		{"carriage return", head + strings.TrimSuffix(line[0], "\n") + "\r\n" + line[1], all[1:2], []string{"x:2: not a line of a journal"}},
		{"doubled", head + line[0] + line[1] + line[0], all[:2], []string{"x:4: says the same as an earlier line about part-1a2b3c4d-000000"}},
		{"header doubled", head + line[0] + head + line[1], all[:2], nil},
		{"garbage", head + "garbage\n" + line[0] + "{}\n" + "{\"crc\":\n" + line[1], all[:2],
			[]string{"x:2: not a line of a journal", "x:4: not a line of a journal", "x:5: not a line of a journal"}},
		{"binary", head + "\xff\xfe\x01\n" + line[0], all[:1], []string{"x:2: not a line of a journal"}},
		{"flipped digit", head + strings.Replace(line[0], `:10000`, `:10001`, 1) + line[1], all[1:2], []string{"x:2: the checksum of its entry is d7d7cefc, want 9f947555"}},
		{"other end", head + strings.TrimSuffix(line[0], "}\n") + "]\n" + line[1], all[1:2], []string{"x:2: not a line of a journal"}},
		{"escapes for a terminal", head + strings.Replace(line[0], line[0][8:16], "\x1b[2J\x1b[m\a", 1) + line[1], all[1:2], []string{"x:2: not a line of a journal"}},
		{"long line", head + long + "\n" + line[0], all[:1], []string{"x:2: longer than 4096 bytes"}},
		{"long line at the end", head + line[0] + long, all[:1], []string{"x:3: longer than 4096 bytes"}},
		{"longest line", head + long[:maxLine-1] + "\n" + line[0], all[:1], []string{"x:2: not a line of a journal"}},
		{"long line with zeros in it", head + long[:maxLine] + strings.Repeat(zero, 2*maxLine+100) + "\n" + line[0], all[:1], []string{"x:2: longer than 4096 bytes"}},
		{"just too long", head + long[:maxLine] + "\n" + line[0], all[:1], []string{"x:2: longer than 4096 bytes"}},
		{"zeros at the end", head + line[0] + strings.Repeat(zero, 100), all[:1], []string{"x:3: zero bytes, as a power cut leaves them"}},
		{"many zeros at the end", head + line[0] + strings.Repeat(zero, 100_000), all[:1], []string{"x:3: zero bytes, as a power cut leaves them"}},
		{"zeros, then a new line", head + strings.Repeat(zero, 5000) + "\n" + line[0], all[:1], []string{"x:2: zero bytes, as a power cut leaves them"}},
		{"nothing but zeros", strings.Repeat(zero, 512), nil, []string{"x:1: zero bytes, as a power cut leaves them"}},
		{"contradiction", head + line[0] + line[1] + lineOf(changed) + line[2], []Entry{all[0], all[2]},
			[]string{"x:4: contradicts an earlier line about part-1a2b3c4d-000001, which will be checked anew"}},
		{"no header", line[0], nil, []string{"x:1: no header before it says which plan it belongs to"}},
		{"header too late", line[0] + head + line[1], all[1:2], []string{"x:1: no header before it says which plan it belongs to"}},
		{"other plan", framed(`{"journal":1,"plan":"`+planB+`"}`) + line[0] + "garbage\n", nil,
			[]string{`x:1: a journal of another plan, "5e6f7081"; the rest is not read`}},
		{"other plan in the middle", head + line[0] + framed(`{"journal":1,"plan":"`+planB+`"}`) + line[1], all[:1],
			[]string{`x:3: a journal of another plan, "5e6f7081"; the rest is not read`}},
		{"no plan", framed(`{"journal":1,"plan":"\n"}`) + line[0], nil, []string{`x:1: a journal of another plan, ""; the rest is not read`}},
		{"part of another plan", head + lineOf(madeUpEntry(planB, 0)) + line[0], all[:1],
			[]string{"x:2: about a part of another plan, part-5e6f7081-000000"}},
		{"later version", framed(`{"journal":2,"hash":"`+planA+`"}`) + line[0], nil,
			[]string{"x:1: a journal of another version, want 1; the rest is not read"}},
		{"version of another kind", framed(`{"journal":"two"}`) + line[0], nil,
			[]string{"x:1: a journal of another version, want 1; the rest is not read"}},
		{"later kind of line", head + framed(`{"quarantined":"part-1a2b3c4d-000000"}`) + line[0], all[:1],
			[]string{"x:2: its checksum is right, but this version does not know what it says"}},
		{"more behind an entry", head + framed(strings.TrimSuffix(string(all[0].appendJSON(nil)), "}")+`,"time":1}`), nil,
			[]string{"x:2: its checksum is right, but this version does not know what it says"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var l Ledger
			complaints, err := readJournal(strings.NewReader(tt.text), "x", []string{planA}, nil, &l)
			if err != nil {
				t.Fatal(err)
			}
			wantKnown(t, &l, append(madeUpEntries(3), madeUpEntry(planB, 0)), tt.known)
			if d := cmp.Diff(tt.complaints, texts(complaints)); d != "" {
				t.Errorf("complaints (-want +got):\n%s", d)
			}
		})
	}
}

// TestManyComplaints bounds what is said of a file that is nothing but garbage.
func TestManyComplaints(t *testing.T) {
	var l Ledger
	complaints, err := readJournal(strings.NewReader(strings.Repeat("x\n", 10_000)), "x", []string{planA}, nil, &l)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(complaints); n != maxComplaints+1 || complaints[n-1].String() != "x: 9980 more lines were ignored" {
		t.Errorf("%d complaints, the last is %q", n, complaints[n-1])
	}
}

// TestReadJournalFolder puts into the folder what does not belong there.
func TestReadJournalFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "journal")
	if l, complaints := readFolder(t, folder, planA); len(complaints) > 0 || len(l.notes) > 0 {
		t.Errorf("no folder: %q", texts(complaints))
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	all := madeUpEntries(2)
	j := newTestJournal(t, disk.OS{}, folder)
	j.path = filepath.Join(folder, "0of1-00000001.jsonl")
	addAll(t, j, all...)
	whole, err := os.ReadFile(j.path)
	if err != nil {
		t.Fatal(err)
	}
	changed := all[1]
	changed.Networks.Rows++
	contradiction := string(appendLine(appendLine(nil, appendHeader(nil, planA)), changed.appendJSON(nil)))
	for name, text := range map[string]string{
		"0of1-00000002.jsonl":     contradiction,
		"0of1-00000003.jsonl":     string(whole),
		"0of1-00000004.jsonl":     "",
		"0of1-00000005.jsonl~":    "x",
		"0of1-\x1b[2J.jsonl":      "x",
		".DS_Store":               "x",
		"1of2-0000000a.jsonl":     "torn",
		"unlocked-ffffffff.jsonl": string(whole),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Skip("this file system has no such names: ", err)
		}
	}
	for name, err := range map[string]error{
		"folder": os.Mkdir(filepath.Join(folder, "0of1-0000000b.jsonl"), 0o777),
		"link":   os.Symlink(j.path, filepath.Join(folder, "0of1-0000000c.jsonl")),
	} {
		if err != nil {
			t.Skip("this file system has no such "+name+": ", err)
		}
	}
	l, complaints := readFolder(t, folder, planA)
	wantKnown(t, l, all, all[:1])
	contradicts := "contradicts an earlier line about part-1a2b3c4d-000001, which will be checked anew"
	if d := cmp.Diff([]string{
		`journal/"0of1-\x1b[2J.jsonl": its name is not that of a journal`,
		"journal/0of1-00000002.jsonl:2: " + contradicts,
		"journal/0of1-00000003.jsonl:3: " + contradicts,
		`journal/"0of1-00000005.jsonl~": its name is not that of a journal`,
		"journal/0of1-0000000b.jsonl: it is not a regular file",
		"journal/0of1-0000000c.jsonl: it is not a regular file",
		"journal/1of2-0000000a.jsonl:1: torn: the file ends in the middle of it",
		"journal/unlocked-ffffffff.jsonl:3: " + contradicts,
	}, texts(complaints)); d != "" {
		t.Errorf("complaints (-want +got):\n%s", d)
	}
}

// TestWanted reads what two parts are on record as: of a shard's own journals, and of
// others only if those do not tell of both.
func TestWanted(t *testing.T) {
	one, two, three := madeUpEntry(planA, 1), madeUpEntry(planA, 2), madeUpEntry(planA, 3)
	wanted := &Wanted{Parts: map[string]bool{one.Part: true, two.Part: true}, Tag: "7of9"}
	for _, tt := range []struct {
		name     string
		journals map[string][]Entry
		known    []Entry
		opened   []string
	}{
		{"own ones do", map[string][]Entry{"0of9-00000001": {two, three}, "7of9-00000001": {one}, "7of9-00000002": {three, two}},
			[]Entry{one, two}, []string{"7of9-00000001", "7of9-00000002"}},
		{"others have to", map[string][]Entry{"0of1-00000001": {two, three}, "17of9-00000001": {three}, "7of9-00000001": {one}},
			[]Entry{one, two}, []string{"7of9-00000001", "0of1-00000001"}},
		{"nobody knows", map[string][]Entry{"0of1-00000001": {three}, "7of90-00000001": {one}},
			[]Entry{one}, []string{"0of1-00000001", "7of90-00000001"}},
		{"none of its own", map[string][]Entry{"8of9-00000001": {one, two}, "9of9-00000001": {one}},
			[]Entry{one, two}, []string{"8of9-00000001"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			disk.PutFolder("/journal")
			for name, entries := range tt.journals {
				text := appendLine(nil, appendHeader(nil, planA))
				for _, e := range entries {
					text = appendLine(text, e.appendJSON(nil))
				}
				disk.Put("/journal/"+name+".jsonl", text)
			}
			var l Ledger
			if complaints, err := ReadJournals(disk, "/journal", []string{planA}, wanted, &l); err != nil || len(complaints) > 0 {
				t.Fatal(complaints, err)
			}
			wantKnown(t, &l, []Entry{one, two, three}, tt.known)
			var opened []string
			for _, op := range disk.Log() {
				if op.Name == "open" {
					opened = append(opened, strings.TrimSuffix(filepath.Base(op.Path), ".jsonl"))
				}
			}
			if d := cmp.Diff(tt.opened, opened); d != "" {
				t.Errorf("journals read (-want +got):\n%s", d)
			}
		})
	}
}

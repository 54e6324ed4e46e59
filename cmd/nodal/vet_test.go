package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nodal/dataset"
	"nodal/schema"
)

const vetSweep = `version: 1
name: vet
seed: 7
networks: 12
keep_fields: 3
grid: {from: -6, to: 6, points: 64}
cases:
  - name: small
    inputs: 1
    outputs: [1, 3]
    hidden: [[8]]
    activation: tanh
    weights: {distribution: uniform, low: -1, high: 1}
    biases: {distribution: uniform, low: -1, high: 1}
`

// vetted is a small dataset, made by nodal run.
type vetted struct {
	root string
	plan *dataset.Plan
	part dataset.Part // the only one
}

func makeVetted(t *testing.T) vetted {
	t.Helper()
	sweep, root := filepath.Join(t.TempDir(), "sweep.yaml"), filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(sweep, []byte(vetSweep), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("nodal", "run", sweep, "--out", root, "--progress", "none").CombinedOutput(); err != nil {
		t.Fatalf("nodal run: %v\n%s", err, out)
	}
	reader, err := dataset.Open(root, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for part := range reader.Plan().Parts() {
		return vetted{root, reader.Plan(), part}
	}
	panic("no part")
}

// path returns where a file of the part lies.
func (v vetted) path(kind dataset.Kind) string {
	return filepath.Join(v.root, string(kind), v.part.Name()+".parquet")
}

func TestVetElsewhere(t *testing.T) {
	v := makeVetted(t)
	for kind, rows := range map[dataset.Kind]int64{dataset.Networks: 24, dataset.Fields: 12} {
		data, err := os.ReadFile(v.path(kind))
		if err != nil {
			t.Fatal(err)
		}
		got, err := vetInChild(v.root, v.part, kind)
		if err != nil || got.Sum.Bytes != int64(len(data)) || got.Sum.Rows != rows || got.Sum.SHA256 != sha256.Sum256(data) {
			t.Errorf("%s: %+v, %v", kind, got, err)
		}
	}
	path := v.path(dataset.Networks)
	if err := os.WriteFile(path, []byte("PAR1PAR1"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := vetInChild(v.root, v.part, dataset.Networks)
	if want := path + " is damaged: it has 8 bytes, too few"; err == nil || !strings.Contains(err.Error(), want) || exitCode(err) != exitIntegrity {
		t.Errorf("eight bytes: %v, want %q", err, want)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err = vetInChild(v.root, v.part, dataset.Networks); err == nil || exitCode(err) != exitResources {
		t.Errorf("no file: %v with code %d, want code %d", err, exitCode(err), exitResources)
	}
	cmd, err := vetCommand(t.Context(), vetLimits{memory: 256 << 20, seconds: 2}, v.root, "networks", "part")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Path = filepath.Join(v.root, "nothing")
	if _, err := runVet(cmd, path); err == nil || exitCode(err) != exitResources || !strings.Contains(err.Error(), "starting a process") {
		t.Errorf("no program: %v with code %d, want code %d", err, exitCode(err), exitResources)
	}
}

// Whatever is in a file whose checksums fit, the process that reads it stays
// within 2 s and 256 MiB, the one that asked lives, and the answer is a refusal
// or the file's true checksum. One bit is flipped: a sample of all, and every
// bit of the codecs.
func TestForgedBits(t *testing.T) {
	v := makeVetted(t)
	name, variants := v.part.Name(), 150
	if testing.Short() {
		variants = 20
	}
	type variant struct {
		kind      dataset.Kind
		byte, bit int
	}
	files := map[dataset.Kind][]byte{}
	var all []variant
	random := rand.New(rand.NewPCG(1, 2))
	for _, kind := range []dataset.Kind{dataset.Networks, dataset.Fields} {
		data, err := os.ReadFile(v.path(kind))
		if err != nil {
			t.Fatal(err)
		}
		files[kind] = data
		for range variants {
			all = append(all, variant{kind, random.IntN(len(data)), random.IntN(8)})
		}
	}
	// The codec of a column comes after its path, as a zigzag 6.
	codec := bytes.Index(files[dataset.Networks], []byte("\x07network\x15\x0c")) + len("\x07network\x15")
	if codec < len("\x07network\x15") {
		t.Fatal("no codec where one is expected")
	}
	for bit := range 8 {
		all = append(all, variant{dataset.Networks, codec, bit})
	}
	limits := limitsOf(v.part, dataset.Networks, 0)
	if limits.memory > 260<<20 || limits.seconds > 2 {
		t.Errorf("limits %+v for a small file", limits)
	}
	for worker := range 4 {
		t.Run(fmt.Sprint(worker), func(t *testing.T) {
			t.Parallel()
			root := copyVetted(t, v)
			for i := worker; i < len(all); i += 4 {
				x := all[i]
				data := bytes.Clone(files[x.kind])
				data[x.byte] ^= 1 << x.bit
				restampForged(data)
				path := filepath.Join(root, string(x.kind), name+".parquet")
				if err := os.WriteFile(path, data, 0o666); err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				cmd, err := vetCommand(ctx, limits, root, string(x.kind), name)
				if err != nil {
					t.Fatal(err)
				}
				got, err := runVet(cmd, path)
				cancel()
				damage := (*dataset.IntegrityError)(nil)
				same := bytes.Equal(data, files[x.kind]) // the bit was one of the checksums
				if same != (err == nil) || err == nil && got.Sum.Bytes != int64(len(data)) || err != nil && !errors.As(err, &damage) {
					t.Errorf("%s: bit %d of byte %d: %+v, %v", x.kind, x.bit, x.byte, got, err)
				}
				state := cmd.ProcessState
				if used := state.UserTime() + state.SystemTime(); used > 2*time.Second || memoryUsed(state) > 256<<20 {
					t.Errorf("%s: bit %d of byte %d: it took %v and %d bytes", x.kind, x.bit, x.byte, used, memoryUsed(state))
				}
			}
		})
	}
}

// copyVetted returns a copy of what nodal vet needs.
func copyVetted(t *testing.T, v vetted) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "out")
	if err := os.CopyFS(root, os.DirFS(v.root)); err != nil {
		t.Fatal(err)
	}
	return root
}

// restampForged writes the checksums of dataset/checksum.go anew, if there is a
// place for them: eight digits for what comes before the footer, and eight for
// the footer with these taken as zeros.
func restampForged(data []byte) {
	length := int(binary.LittleEndian.Uint32(data[len(data)-8:]))
	if length > len(data)-12 {
		return
	}
	body, footer := data[:len(data)-8-length], data[len(data)-8-length:len(data)-8]
	mark := []byte("nodal.checksum\x18\x10")
	at := bytes.Index(footer, mark) + len(mark)
	if at < len(mark) || at+16 > len(footer) {
		return
	}
	table := crc32.MakeTable(crc32.Castagnoli)
	copy(footer[at:], fmt.Sprintf("%08x00000000", crc32.Checksum(body, table)))
	copy(footer[at+8:], fmt.Sprintf("%08x", crc32.Checksum(footer, table)))
}

func TestLimitsOf(t *testing.T) {
	wide := schema.Configuration{Outputs: 2, Grid: schema.Grid{{Points: 2000}, {Points: 1000}}, KeepFields: 5}
	plan := &dataset.Plan{Configurations: []schema.Configuration{wide}}
	part := dataset.Part{Plan: plan, Units: []dataset.Unit{{First: 2, Count: 40_000}}} // keeps three networks
	for _, tt := range []struct {
		name    string
		kind    dataset.Kind
		machine int64
		want    vetLimits
	}{
		{"networks", dataset.Networks, 0, vetLimits{256 << 20, 4, false}},
		{"fields", dataset.Fields, 0, vetLimits{256<<20 + 320e6, 4 + 12, false}},
		{"large machine", dataset.Networks, 16 << 30, vetLimits{256 << 20, 4, false}},
		{"small machine", dataset.Fields, 512 << 20, vetLimits{256 << 20, 4 + 12, true}},
	} {
		if got := limitsOf(part, tt.kind, tt.machine); got != tt.want {
			t.Errorf("%s: limitsOf = %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestHeadIsBounded(t *testing.T) {
	var h head
	// As package os/exec copies, which looks for faster ways than Write.
	n, err := io.Copy(&h, strings.NewReader(strings.Repeat("x", 1<<20)))
	if n != 1<<20 || err != nil || h.kept.Len() != 64<<10 {
		t.Errorf("it took %d bytes, %v, and kept %d, want %d", n, err, h.kept.Len(), 64<<10)
	}
}

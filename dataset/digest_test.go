package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

// memoryFile is a file in memory, of fixed size.
type memoryFile []byte

func (f memoryFile) ReadAt(p []byte, offset int64) (int, error) {
	return bytes.NewReader(f).ReadAt(p, offset)
}

func (f memoryFile) WriteAt(p []byte, offset int64) (int, error) {
	return copy(f[offset:], p), nil
}

// encode returns a stamped file of groups of rows, as a part writer makes it.
func encode[T any](t testing.TB, groups ...[]T) memoryFile {
	t.Helper()
	var file bytes.Buffer
	w := parquet.NewGenericWriter[T](&file, writerOptions(smallPlan())...)
	w.SetKeyValueMetadata(keyChecksum, unstamped)
	for _, rows := range groups {
		for batch := range slices.Chunk(rows, writeRows) {
			if _, err := w.Write(batch); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	stamped := memoryFile(file.Bytes())
	if err := stamp(stamped, int64(len(stamped)), crc32.Checksum(stamped, castagnoli)); err != nil {
		t.Fatal(err)
	}
	return stamped
}

// measured returns the digest of rows, added in uneven batches.
func measured[T any](d digester[T], rows []T) digest {
	for size := 1; len(rows) > 0; size++ {
		n := min(size, len(rows))
		d.add(rows[:n])
		rows = rows[n:]
	}
	return d.sum()
}

// oddRows returns n rows with everything a column may hold: extremes, both
// zeros, texts and lists of changing lengths.
func oddRows(n int) []schema.Row {
	plan := smallPlan()
	c := plan.Configurations[0]
	rows := make([]schema.Row, n)
	for i := range rows {
		r := rand.New(rand.NewPCG(13, uint64(i)))
		rows[i] = rowOf(plan, c, c.ID(), int64(i))
		row := &rows[i]
		row.Hidden = strings.Repeat("8-", r.IntN(4)) + fmt.Sprint(r.IntN(100))
		row.Crossings = []int64{math.MinInt64, -1, 0, 1, math.MaxInt64}[r.IntN(5)]
		row.Classes = []int32{math.MinInt32, -1, 0, 1, math.MaxInt32}[r.IntN(5)]
		row.WeightStd = []float64{0, math.Copysign(0, -1), math.MaxFloat64}[r.IntN(3)]
		row.ValueMin = []float64{0, math.Copysign(0, -1), -math.MaxFloat64, math.SmallestNonzeroFloat64}[r.IntN(4)]
		row.ClassFraction = randomList(r, r.Float64)
		row.ClassRegions = randomList(r, r.Int64)
		row.ClassIslands = randomList(r, r.Int64)
	}
	return rows
}

func randomList[T any](r *rand.Rand, value func() T) []T {
	list := make([]T, r.IntN(6))
	for i := range list {
		list[i] = value()
	}
	return list
}

func TestReadBackFindsTheRowsThatWereWritten(t *testing.T) {
	rows := oddRows(groupRows + writeRows + 13)
	noLists := oddRows(70)
	for i := range noLists {
		noLists[i].ClassFraction, noLists[i].ClassRegions, noLists[i].ClassIslands = nil, []int64{}, nil
	}
	longLists := oddRows(3)
	longLists[1].ClassRegions = make([]int64, 100_000) // more than a page
	for _, tt := range []struct {
		name   string
		groups [][]schema.Row
	}{
		{"no rows", nil},
		{"one row", [][]schema.Row{rows[:1]}},
		{"a batch", [][]schema.Row{rows[:writeRows]}},
		{"more than a row group", [][]schema.Row{rows}},
		{"ragged row groups", [][]schema.Row{rows[:1], rows[1:130], rows[130:133], rows[133:700]}},
		{"empty lists", [][]schema.Row{noLists}},
		{"long lists", [][]schema.Row{longLists, rows[:5]}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := encode(t, tt.groups...)
			want := measured(newRowDigest(), slices.Concat(tt.groups...))
			sum, err := readBack(file, int64(len(file)), want)
			if err != nil {
				t.Fatal(err)
			}
			if sum != sha256.Sum256(file) {
				t.Error("the SHA-256 is another")
			}
		})
	}
}

func TestReadBackFindsTheFieldsThatWereWritten(t *testing.T) {
	fields := oddFields()
	file := encode(t, fields[:2], fields[2:])
	if _, err := readBack(file, int64(len(file)), measured(newFieldDigest(), fields)); err != nil {
		t.Error(err)
	}
}

func oddFields() []schema.Field {
	r := rand.New(rand.NewPCG(14, 0))
	var fields []schema.Field
	for i, length := range []int{1001, 0, 300_001, 1, 2, 3, 70_000} {
		values := make([]float32, length)
		for j := range values {
			values[j] = float32(r.NormFloat64())
		}
		fields = append(fields, schema.Field{ConfigID: fmt.Sprint(i / 3), Network: int64(i), Output: int32(-i), Values: values})
	}
	return fields
}

// Any change of one value in any column is seen, and the column is named. This
// goes over the fields of the row types, so it also sees a column that the
// digest forgets.
func TestReadBackNamesTheColumnThatDiffers(t *testing.T) {
	rows := oddRows(150)
	for i := range rows { // so that every row has elements to change
		rows[i].ClassFraction = append(rows[i].ClassFraction, 0.5)
		rows[i].ClassRegions = append(rows[i].ClassRegions, 1)
		rows[i].ClassIslands = append(rows[i].ClassIslands, 0)
	}
	checkChanges(t, rows, newRowDigest)
	fields := oddFields()[3:6]
	checkChanges(t, fields, newFieldDigest)
	n, x := int64(7), 0.25
	wide := widened(nil, rows)
	for i := range wide[:100] { // the others have none
		wide[i].Pieces, wide[i].Breakpoints, wide[i].BreakpointsFirst, wide[i].CrossingsExact, wide[i].CrossingsExpected = &n, &n, &n, &n, &x
	}
	checkChanges(t, wide[:100], newWideDigest)
	checkChanges(t, wide, newWideDigest)
}

// checkChanges makes every change to every column of a row, one at a time, and
// reads the file of the changed rows back against the digest of the rows.
func checkChanges[T any, D digester[T]](t *testing.T, rows []T, newDigester func() D) {
	t.Helper()
	r := rand.New(rand.NewPCG(15, 0))
	want := measured(newDigester(), rows)
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		name, _, _ := strings.Cut(field.Tag.Get("parquet"), ",")
		if field.Anonymous || name == "-" {
			continue
		}
		for _, change := range changes(field.Type.Kind()) {
			changed, i := slices.Clone(rows), r.IntN(len(rows))
			change.make(reflect.ValueOf(&changed[i]).Elem().FieldByIndex(field.Index), r)
			message := "column " + name + " differs from what was measured"
			if err := measured(newDigester(), changed).differs(want); fmt.Sprint(err) != message {
				t.Errorf("%s of row %d in memory: %v, want %s", change.name, i, err, message)
			}
			file := encode(t, changed)
			if _, err := readBack(file, int64(len(file)), want); fmt.Sprint(err) != message {
				t.Errorf("%s of row %d in the file: %v, want %s", change.name, i, err, message)
			}
		}
	}
}

// change makes a value another one.
type change struct {
	name string
	make func(v reflect.Value, r *rand.Rand)
}

// changes returns what can be done to a value of a kind. Rows share their lists.
func changes(kind reflect.Kind) []change {
	switch kind {
	case reflect.String:
		return []change{{"another end", func(v reflect.Value, _ *rand.Rand) { v.SetString(v.String() + "\x00") }}}
	case reflect.Pointer: // a number or NULL
		return []change{{"another number or NULL", func(v reflect.Value, r *rand.Rand) {
			number := reflect.New(v.Type().Elem())
			switch {
			case v.IsNil(): // zero, for NULL
			case r.IntN(2) == 0:
				v.SetZero()
				return
			default:
				number.Elem().Set(v.Elem())
				flip(number.Elem(), r)
			}
			v.Set(number)
		}}}
	case reflect.Slice:
		return []change{
			{"another element", func(v reflect.Value, r *rand.Rand) {
				v.Set(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v))
				flip(v.Index(r.IntN(v.Len())), r)
			}},
			{"a zero more", func(v reflect.Value, _ *rand.Rand) {
				v.Set(reflect.Append(v.Slice3(0, v.Len(), v.Len()), reflect.Zero(v.Type().Elem())))
			}},
			{"an element less", func(v reflect.Value, _ *rand.Rand) { v.Set(v.Slice(0, v.Len()-1)) }},
		}
	}
	return []change{{"another bit", flip}}
}

// flip changes one bit of a number or a truth.
func flip(v reflect.Value, r *rand.Rand) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int32:
		v.SetInt(int64(int32(v.Int()) ^ 1<<r.IntN(32)))
	case reflect.Int64:
		v.SetInt(v.Int() ^ 1<<r.IntN(64))
	case reflect.Float32:
		v.SetFloat(float64(math.Float32frombits(math.Float32bits(float32(v.Float())) ^ 1<<r.IntN(23)))) // no NaN
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(math.Float64bits(v.Float()) ^ 1<<r.IntN(64)))
	default:
		panic("a column of another kind: " + v.Kind().String())
	}
}

// What moves without any value being lost is seen too.
func TestReadBackFindsRowsOutOfOrder(t *testing.T) {
	rows := oddRows(2*groupRows + 100)
	rows[0].ValueMin, rows[1].ValueMin = 0, math.Copysign(0, -1)
	rows[2].ClassRegions, rows[3].ClassRegions = []int64{1, 2}, []int64{3}
	want := measured(newRowDigest(), rows)
	for _, tt := range []struct {
		name, column string
		change       func(rows []schema.Row) []schema.Row
	}{
		{"two rows swapped", "network", func(rows []schema.Row) []schema.Row {
			rows[5], rows[77] = rows[77], rows[5]
			return rows
		}},
		{"two row groups swapped", "network", func(rows []schema.Row) []schema.Row {
			return slices.Concat(rows[groupRows:2*groupRows], rows[:groupRows], rows[2*groupRows:])
		}},
		{"a zero's sign", "value_min", func(rows []schema.Row) []schema.Row {
			rows[0].ValueMin, rows[1].ValueMin = rows[1].ValueMin, rows[0].ValueMin
			return rows
		}},
		{"an element in the next list", "class_regions", func(rows []schema.Row) []schema.Row {
			rows[2].ClassRegions, rows[3].ClassRegions = []int64{1}, []int64{2, 3}
			return rows
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := encode(t, tt.change(slices.Clone(rows)))
			_, err := readBack(file, int64(len(file)), want)
			if message := "column " + tt.column + " differs from what was measured"; fmt.Sprint(err) != message {
				t.Errorf("%v, want %s", err, message)
			}
		})
	}
}

func TestReadBackFindsOtherRowsAndColumns(t *testing.T) {
	rows := oddRows(100)
	file := encode(t, rows)
	for _, tt := range []struct {
		name string
		want digest
		err  string
	}{
		{"a row more", measured(newRowDigest(), rows[1:]), "column sweep has 100 rows, want 99"},
		{"another table", measured(newFieldDigest(), nil), "column 1 is sweep, want config_id"},
		{"a column more", measured(newRowDigest(), rows)[:47], "it has 48 columns, want 47"},
	} {
		if _, err := readBack(file, int64(len(file)), tt.want); fmt.Sprint(err) != tt.err {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.err)
		}
	}
}

func TestReadBackOfDamageIsAnError(t *testing.T) {
	rows := oddRows(300)
	file, want := encode(t, rows), measured(newRowDigest(), rows)
	for _, length := range []int{0, 1, 8, 12, len(file) / 2, len(file) - 1} {
		if _, err := readBack(file[:length], int64(length), want); err == nil {
			t.Errorf("cut to %d bytes: no error", length)
		}
		if _, err := readBack(file[:length], int64(len(file)), want); !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut to %d bytes after its size was taken: %v", length, err)
		}
	}
	for i := 0; i < len(file); i += 31 {
		damaged := slices.Clone(file)
		damaged[i] ^= 1 << (i % 8)
		if _, err := readBack(damaged, int64(len(damaged)), want); err == nil {
			t.Errorf("byte %d: no error", i)
		}
	}
}

// brokenFile stops after some reads.
type brokenFile struct {
	memoryFile
	reads int
	stop  func() error
}

func (f *brokenFile) ReadAt(p []byte, offset int64) (int, error) {
	if f.reads--; f.reads < 0 {
		return 0, f.stop()
	}
	return f.memoryFile.ReadAt(p, offset)
}

func TestReadBackOfAFailingDiskIsAnError(t *testing.T) {
	rows := oddRows(3 * groupRows)
	file, want := encode(t, rows), measured(newRowDigest(), rows)
	if _, err := readBack(file, int64(len(file)), want); err != nil {
		t.Fatal(err) // it would fail after any number of reads
	}
	eio := errors.New("input/output error")
	for _, tt := range []struct {
		name    string
		stop    func() error
		message string
	}{
		{"error", func() error { return eio }, "reading it back: "},
		{"panic", func() error { panic("a slice of a slice") }, "reading it back: panic: a slice of a slice"},
	} {
		reads := 0
		for ; ; reads++ {
			_, err := readBack(&brokenFile{file, reads, tt.stop}, int64(len(file)), want)
			if err == nil {
				break
			}
			if !strings.HasPrefix(err.Error(), tt.message) || tt.name == "error" && !errors.Is(err, eio) {
				t.Errorf("%s after %d reads: %v", tt.name, reads, err)
			}
		}
		// A file is read twice, a window at a time.
		if least := 2 * len(file) / windowSize; reads < least {
			t.Errorf("%s: it was well after %d reads, want %d at least", tt.name, reads, least)
		}
	}
}

func TestHashFile(t *testing.T) {
	file := make(memoryFile, 2*windowSize+17)
	for i := range file {
		file[i] = byte(i * i >> 7)
	}
	for _, size := range []int{0, 1, windowSize, windowSize + 1, len(file)} {
		if got, err := hashFile(file, int64(size)); err != nil || got != sha256.Sum256(file[:size]) {
			t.Errorf("%d bytes: %x, %v", size, got, err)
		}
	}
	if _, err := hashFile(file, int64(len(file))+1); err != io.ErrUnexpectedEOF {
		t.Errorf("a byte too many: %v, want %v", err, io.ErrUnexpectedEOF)
	}
}

// Words are the same sequence however they come: one by one or many, as bytes,
// numbers or entries of a dictionary.
func TestSequence(t *testing.T) {
	const most = 23
	var bytes64, bytes32 []byte
	var floats []float32
	var doubles []float64
	var integers []int64
	for i := range most {
		word := mix(firstHash, uint64(i))
		bytes64 = binary.NativeEndian.AppendUint64(bytes64, word)
		doubles, integers = append(doubles, math.Float64frombits(word)), append(integers, int64(word))
		bytes32 = binary.NativeEndian.AppendUint32(bytes32, uint32(word))
		floats = append(floats, math.Float32frombits(uint32(word)))
	}
	entries := []uint64{7, 0, math.MaxUint64}
	indexes := make([]int32, most)
	for i := range indexes {
		indexes[i] = int32(i * i % 3)
	}
	for _, tt := range []struct {
		name string
		word func(i int) uint64
		add  func(s *sequence, from, to int)
	}{
		{"words64", func(i int) uint64 { return mix(firstHash, uint64(i)) }, func(s *sequence, i, j int) { s.words64(bytes64[8*i : 8*j]) }},
		{"doubles", func(i int) uint64 { return mix(firstHash, uint64(i)) }, func(s *sequence, i, j int) { s.doubles(doubles[i:j]) }},
		{"integers", func(i int) uint64 { return mix(firstHash, uint64(i)) }, func(s *sequence, i, j int) { s.integers(integers[i:j]) }},
		{"words32", func(i int) uint64 { return uint64(uint32(mix(firstHash, uint64(i)))) }, func(s *sequence, i, j int) { s.words32(bytes32[4*i : 4*j]) }},
		{"floats", func(i int) uint64 { return uint64(uint32(mix(firstHash, uint64(i)))) }, func(s *sequence, i, j int) { s.floats(floats[i:j]) }},
		{"indexed", func(i int) uint64 { return entries[indexes[i]] }, func(s *sequence, i, j int) {
			if err := s.indexed(indexes[i:j], entries); err != nil {
				t.Error(err)
			}
		}},
	} {
		want := newSequence()
		for length := range most + 1 {
			for cut := range length + 1 {
				got := newSequence()
				tt.add(&got, 0, cut)
				tt.add(&got, cut, length)
				if got != want {
					t.Fatalf("%s: %d and %d words are not what they are one by one", tt.name, cut, length-cut)
				}
			}
			if length < most {
				want.add(tt.word(length))
			}
		}
	}
	for _, index := range []int32{-1, 3} {
		s := newSequence()
		if err := s.indexed([]int32{0, index}, entries); err == nil {
			t.Errorf("entry %d of 3: no error", index)
		}
	}
}

func TestDigestAllocatesNothing(t *testing.T) {
	rows, fields := oddRows(writeRows), oddFields()
	r, f := newRowDigest(), newFieldDigest()
	if n := testing.AllocsPerRun(10, func() { r.add(rows); f.add(fields) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

package kernels

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What bestPath asks of the processor, in the generator's words, and what every
// amd64 processor has.
var (
	avx2Sets   = []string{"AVX", "AVX2", "FMA3", "BMI", "BMI2", "POPCNT", "CMOV", "SSE", "SSE2", "SSE4.1", "SSE4.2"}
	avx512Sets = append([]string{"AVX512F", "AVX512BW", "AVX512DQ", "AVX512VL"}, avx2Sets...)
)

// beyondAVX2 are registers that AVX2 does not have. The generator hands them out
// to any function that runs out of others, and does not list what they require.
var beyondAVX2 = regexp.MustCompile(`\b([XY](1[6-9]|[23]\d)|Z\d+|K[0-7])\b`)

// Every function uses only instructions that bestPath has asked for.
func TestAssemblyRequires(t *testing.T) {
	files, err := filepath.Glob("*_amd64.s")
	if err != nil || len(files) == 0 {
		t.Fatalf("no assembly: %v", err)
	}
	for _, file := range files {
		for _, function := range functions(t, file) {
			checkRequires(t, file, function)
		}
	}
}

// functions returns the functions of an assembly file, each from its declaration
// on.
func functions(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n// func ")[1:]
}

// checkRequires checks one function, from its declaration on.
func checkRequires(t *testing.T, file, function string) {
	t.Helper()
	name, _, _ := strings.Cut(function, "(")
	have := avx512Sets
	if strings.HasSuffix(name, "AVX2") {
		have = avx2Sets
		if bad := beyondAVX2.FindString(function); bad != "" {
			t.Errorf("%s: %s uses %s", file, name, bad)
		}
	}
	_, after, found := strings.Cut(function, "\n// Requires: ")
	if !found {
		return
	}
	sets, _, _ := strings.Cut(after, "\n")
	for _, set := range strings.Split(sets, ", ") {
		if !slices.Contains(have, set) {
			t.Errorf("%s: %s requires %s, want only %v", file, name, set, have)
		}
	}
}

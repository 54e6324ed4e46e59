package dataset

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strconv"
)

// Names inside a dataset.
const (
	networksFolder = "networks"
	fieldsFolder   = "fields"
	refinedFolder  = "refined"
	nodalFolder    = "_nodal"
	planName       = "plan.json"
	sweepName      = "sweep.yaml"
	manifestName   = "manifest.json"
	journalFolder  = "journal"
	quarantine     = "quarantine"
	locksFolder    = "locks"
	successName    = "_SUCCESS"
)

// tempPattern matches the temporary names of our files, and the tag of the run
// that made them. They are hidden and do not end in .parquet, so that no reader's
// glob finds them.
var tempPattern = regexp.MustCompile(`^\.(?:part-[0-9a-f]{8}-[0-9]{6,}|checkpoint-[0-9a-f]{8}-[0-9]{2}\.json|plan\.json|sweep\.yaml|manifest\.json|_SUCCESS)\.([0-9]+of[0-9]+|` + unlocked + `)\.[0-9a-z]+\.tmp$`)

// tempName returns a temporary name for what shall be called stem.*, which no
// other run and no other call gives.
func tempName(stem, tag string) string {
	return fmt.Sprintf(".%s.%s.%s.tmp", stem, tag, strconv.FormatUint(rand.Uint64(), 36))
}

// partPattern matches the names of part files.
var partPattern = regexp.MustCompile(`^part-[0-9a-f]{8}-[0-9]{6,}\.parquet$`)

// partPath returns where a file of a part lies.
func partPath(root string, kind Kind, part Part) string {
	return filepath.Join(root, string(kind), part.Name()+partSuffix)
}

// partSuffix ends the names of part files.
const partSuffix = ".parquet"

// These return where the files of a dataset lie.
func planPath(root string) string    { return filepath.Join(root, nodalFolder, planName) }
func sweepPath(root string) string   { return filepath.Join(root, nodalFolder, sweepName) }
func successPath(root string) string { return filepath.Join(root, successName) }

func manifestPath(root string) string { return filepath.Join(root, nodalFolder, manifestName) }
func journalsPath(root string) string { return filepath.Join(root, nodalFolder, journalFolder) }

// lockPath returns where the lock of that name lies.
func lockPath(root, name string) string {
	return filepath.Join(root, nodalFolder, locksFolder, name+".lock")
}

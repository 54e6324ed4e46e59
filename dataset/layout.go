package dataset

import (
	"fmt"
	"path/filepath"
	"regexp"
)

// Names inside a dataset.
const (
	networksFolder = "networks"
	fieldsFolder   = "fields"
	nodalFolder    = "_nodal"
	planName       = "plan.json"
	sweepName      = "sweep.yaml"
	locksFolder    = "locks"
	lockName       = "run.lock"
	successName    = "_SUCCESS"
)

// tempPattern matches the temporary names of our files. They are hidden and do
// not end in .parquet, so that no reader's glob finds them.
var tempPattern = regexp.MustCompile(`^\.(part-[0-9a-f]{8}-[0-9]{6,}|plan\.json|sweep\.yaml|_SUCCESS)\.[0-9a-z]+\.tmp$`)

// partGlob matches the names of part files.
const partGlob = "part-????????-??????*.parquet"

// partStem returns the name of a part's files without extension, such as
// "part-1f2e3d4c-000017".
func partStem(plan *Plan, seq int) string {
	return fmt.Sprintf("part-%s-%06d", plan.Hash()[:8], seq)
}

// partPath returns where a part's file lies in folder, which is networksFolder
// or fieldsFolder.
func partPath(root, folder string, plan *Plan, seq int) string {
	return filepath.Join(root, folder, partStem(plan, seq)+".parquet")
}

// planPath, lockPath and successPath return where these files lie in a dataset.
func planPath(root string) string    { return filepath.Join(root, nodalFolder, planName) }
func lockPath(root string) string    { return filepath.Join(root, nodalFolder, locksFolder, lockName) }
func successPath(root string) string { return filepath.Join(root, successName) }

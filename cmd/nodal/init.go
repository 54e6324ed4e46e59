package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"nodal/schema"
)

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a sweep file to start from",
		Long: `Writes sweep.yaml, a small sweep with comments, and sweep.schema.json, which
gives editors completion and checks while you write. Existing files are never
overwritten.`,
		Example: `  nodal init
  nodal init my-study && nodal run my-study/sweep.yaml --out my-study/out`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return initialise(cmd, dir)
		},
	}
}

// initialise writes the two starter files into dir, which it makes if needed.
// It writes neither if one of them exists.
func initialise(cmd *cobra.Command, dir string) error {
	files := []struct {
		name string
		data []byte
	}{
		{"sweep.yaml", schema.StarterSweep()},
		{"sweep.schema.json", schema.SchemaFile()},
	}
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		if _, err := os.Lstat(path); err == nil {
			return usageError{fmt.Errorf("%s exists and is not overwritten; name another directory: nodal init DIR", path)}
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range files {
		if err := writeNew(filepath.Join(dir, f.name), f.data); err != nil {
			return err
		}
	}
	sweep := filepath.Join(dir, "sweep.yaml")
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "wrote %s and %s\n", sweep, filepath.Join(dir, "sweep.schema.json"))
	fmt.Fprintf(out, "next: nodal run %s --out %s\n", sweep, filepath.Join(dir, "out"))
	return nil
}

// writeNew writes a file that must not exist; it leaves none if it fails.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}

// Command nodal draws random neural networks by the million, measures the
// functions they make, and writes one row per network to Parquet.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
)

func main() { os.Exit(execute(os.Args[1:])) }

// execute runs the command line and returns the exit code.
func execute(args []string) (code int) {
	defer func() {
		// Without this a panic would exit with Go's status 2, which says usage.
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "nodal: panic: %v\n%s", r, debug.Stack())
			code = exitInternal
		}
	}()
	heedTask()
	out := &output{File: os.Stdout}
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(out)
	err := root.Execute()
	if err == nil && out.err != nil {
		err = resourceError{fmt.Errorf("writing the output: %w", out.err)}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, message(err))
	}
	return exitCode(err)
}

// output is standard output that remembers its first error, so that what a
// command prints is not lost silently on a full disk or a closed pipe.
type output struct {
	*os.File
	err error
}

// Write writes p and remembers the first error.
func (o *output) Write(p []byte) (int, error) {
	n, err := o.File.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

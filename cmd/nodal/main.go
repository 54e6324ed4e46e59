// Command nodal draws random neural networks by the million, measures the
// functions they make, and writes one row per network to Parquet.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(execute(os.Args[1:])) }

// execute runs the command line and returns the exit code. The first SIGINT or
// SIGTERM ends the commands' context, a second one kills the process as usual.
func execute(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, message(err))
	}
	return exitCode(err)
}

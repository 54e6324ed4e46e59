// Package dataset is the directory on disk: what a run will write, part by
// part, and how it gets there.
//
// A [Plan] follows from the sweep alone and cuts its networks into parts, runs
// of (configuration, network range) that cost about the same. A part is one
// Parquet file of rows, with a second file if it keeps fields. It is the unit
// of commit and of resuming: it is written under a temporary name and appears
// under its own name whole and fsynced, or not at all. So a reader globbing
// networks/*.parquet at any instant sees whole parts only.
//
//	out/networks/part-<plan8>-<seq6>.parquet   one row per network, [schema.Row]
//	out/fields/part-<plan8>-<seq6>.parquet     kept fields, [schema.Field]
//	out/_nodal/plan.json                       the [Plan]; what makes a folder a dataset
//	out/_nodal/sweep.yaml                      the sweep file in canonical form
//	out/_nodal/locks/run.lock                  held by the run that writes
//	out/_SUCCESS                               written last, when every part is there
//
// plan8 is the first eight digits of the plan's hash and seq6 the part's number.
// The bytes of a part are a pure function of (plan, part, rows): they hold no
// time, host, path or worker, and do not depend on how the rows were batched.
package dataset

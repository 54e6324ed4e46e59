// Package ledger is what is on record of the published parts of a dataset: how
// long their files are, and the SHA-256 of their bytes.
//
// While runs are at work they say it in journals, a line for each part. When the
// dataset is complete the manifest says it once more, in the plan's order, and
// _SUCCESS holds the manifest's own SHA-256. All three are caches of a kind: the
// truth is in the part files, and whoever finds nothing on record reads those.
// So a harmed line may make a part unknown, never another one.
//
// Everything is JSON for whoever reads it elsewhere, and read back in one strict
// form only: the bytes that this package writes.
package ledger

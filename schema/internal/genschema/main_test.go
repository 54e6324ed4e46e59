package main

import (
	"bytes"
	"testing"

	"nodal/schema"
)

func TestShippedSchemaIsFresh(t *testing.T) {
	t.Chdir("../..") // comments are looked up by folder and package path together
	text, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, schema.SchemaFile()) {
		t.Error("sweep.schema.json is stale: run go generate ./schema")
	}
}

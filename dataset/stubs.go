package dataset

import (
	"strconv"

	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

type Vetted struct {
	Sum    Sum
	Fields int64
}
type VetFunc func(root string, part Part, folder string) (Vetted, error)

func (o Options) vetHere(root string, part Part, folder string) (v Vetted, err error) {
	s := &store{fs: o.FS, path: root}
	file, err := o.FS.Open(partPath(root, folder, part))
	if err != nil {
		return v, s.damage(part, folder, err)
	}
	defer file.Close()
	size, err := file.Size()
	if err != nil {
		return v, err
	}
	f, err := readFrame(file, size)
	if err == nil {
		err = f.checkFooter()
	}
	if err == nil {
		err = f.checkBody(file)
	}
	if err != nil {
		return v, s.damage(part, folder, err)
	}
	v.Sum.Bytes = size
	if v.Sum.SHA256, err = hashFile(file, size); err != nil {
		return v, err
	}
	p := &partFile{File: file, store: s, part: part, folder: folder, rows: part.Networks()}
	p.table, err = parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return v, p.damage(err)
	}
	if folder == fieldsFolder {
		p.rows = p.table.NumRows()
		err = p.check(parquet.SchemaOf(new(schema.Field)))
	} else {
		err = p.check(parquet.SchemaOf(new(schema.Row)))
		text, _ := p.table.Lookup(keyFields)
		v.Fields, _ = strconv.ParseInt(text, 10, 64)
	}
	v.Sum.Rows = p.rows
	if err != nil {
		return v, p.damage(err)
	}
	return v, nil
}

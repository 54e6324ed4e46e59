package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// eachRun walks n numbers of width bits, at most 31, in Parquet's hybrid of runs
// and bit packing, and calls do for every run with its value and length. The
// numbers must end with data; only the last eight that are packed may go beyond
// n, and those are not shown.
// https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
func eachRun(data []byte, n int, width uint, do func(value uint32, count int) error) error {
	for len(data) > 0 {
		head, size := binary.Uvarint(data)
		if size <= 0 {
			return errors.New("a run is not counted")
		}
		data = data[size:]
		bytes, count := uint64(width+7)/8, head>>1
		if head&1 != 0 {
			bytes, count = count*uint64(width), count*8
		}
		if count == 0 || head>>1 > uint64(n+7)/uint64(1+7*(head&1)) || bytes > uint64(len(data)) {
			return fmt.Errorf("a run claims %d values, %d are left", count, n)
		}
		run := data[:bytes]
		data = data[bytes:]
		if head&1 == 0 {
			var value uint32
			for i, b := range run {
				value |= uint32(b) << (8 * i)
			}
			if value>>width != 0 || int64(count) > int64(n) {
				return fmt.Errorf("a run of %d times %d in %d bits, %d are left", count, value, width, n)
			}
			n -= int(count)
			if err := do(value, int(count)); err != nil {
				return err
			}
			continue
		}
		for i := uint(0); i < uint(count) && n > 0; i++ {
			if err := do(unpack(run, i*width, width), 1); err != nil {
				return err
			}
			n--
		}
	}
	if n > 0 {
		return fmt.Errorf("%d values are missing", n)
	}
	return nil
}

// unpack returns the number of width bits that begins at bit at, the least
// significant bit first.
func unpack(data []byte, at, width uint) uint32 {
	var value uint32
	for i := range width {
		bit := at + i
		value |= uint32(data[bit/8]>>(bit%8)&1) << i
	}
	return value
}

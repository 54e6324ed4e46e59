package dataset

import (
	"sync"

	kzstd "github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// pageWindow is how far back the compressor looks: a page at most. Its default
// of 8 MiB would buy nothing and cost four times as much memory.
const pageWindow = 256 << 10

// codec compresses every page. One goroutine encodes a page, from a clean state,
// so its bytes depend on its content alone.
var codec = &pageCodec{encoder: sync.OnceValue(newPageEncoder)}

// pageCodec is the library's Zstandard codec with an encoder that needs less
// memory.
type pageCodec struct {
	zstd.Codec
	encoder func() *kzstd.Encoder
}

// Encode compresses src and returns it in dst, which may grow.
func (c *pageCodec) Encode(dst, src []byte) ([]byte, error) {
	return c.encoder().EncodeAll(src, dst[:0]), nil
}

func newPageEncoder() *kzstd.Encoder {
	e, err := kzstd.NewWriter(nil,
		kzstd.WithEncoderConcurrency(1),
		kzstd.WithEncoderLevel(kzstd.SpeedDefault),
		kzstd.WithWindowSize(pageWindow),
		kzstd.WithLowerEncoderMem(true),
		kzstd.WithZeroFrames(true),
		kzstd.WithEncoderCRC(false),
	)
	if err != nil {
		panic("dataset: zstd: " + err.Error()) // the options are constants
	}
	return e
}

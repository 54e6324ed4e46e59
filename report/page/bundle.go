package page

import (
	_ "embed"
	"encoding/base64"
	"sync"
)

// The chart library; third_party/plotly-gl3d/README.md says which.
var (
	//go:embed third_party/plotly-gl3d/plotly-gl3d.min.js
	plotly []byte

	//go:embed third_party/plotly-gl3d/LICENSE
	plotlyLicence string
)

// bundle returns the chart library as text: base64 of raw deflate. It is a third as
// long as the script, and a browser reads it when the first chart comes near.
var bundle = sync.OnceValue(func() string {
	return base64.StdEncoding.EncodeToString(deflate(plotly))
})

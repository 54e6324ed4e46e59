package report

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"nodal/report/page"
)

// Queries returns lines to paste into a shell and into Python that load the rows of the
// dataset in dir, each ending with a newline.
func Queries(dir string) []page.Query {
	folder := filepath.ToSlash(filepath.Join(dir, "networks"))
	glob := strings.NewReplacer("'", "''", `"`, `\"`, "$", `\$`, "`", "\\`").Replace(folder + "/*.parquet")
	return []page.Query{
		{Program: "DuckDB", Text: fmt.Sprintf(`duckdb -c "SELECT case_name, inputs, hidden, outputs, activation, weights, biases, count(*) AS networks, avg(crossings), avg(regions) FROM '%s' GROUP BY ALL ORDER BY ALL"
`, glob)},
		{Program: "pandas", Text: fmt.Sprintf(`import pandas as pd
rows = pd.read_parquet(%s)
print(rows.groupby(["case_name", "inputs", "hidden", "outputs", "activation", "weights", "biases"])[["crossings", "regions"]].mean())
`, strconv.Quote(folder))},
	}
}

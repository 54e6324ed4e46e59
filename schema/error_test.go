package schema

import (
	"errors"
	"strings"
	"testing"
)

// Every row is a file with one mistake and the message for it, to the letter.
func TestMistakes(t *testing.T) {
	const (
		sweepKeys   = "version, name, seed, networks, grid, connectivity, keep_fields, columns or cases"
		caseKeys    = "name, networks, grid, connectivity, keep_fields, columns, inputs, outputs, hidden, depth, width, units, parameters, activation, output_activation, weights or biases"
		activations = "identity, logistic, tanh, relu, erf, leaky_relu, gelu, silu, sin, gaussian, softplus, elu or step"
		number      = "written like 6, 0.5 or -1e-3"
		shape       = "want either hidden alone, or depth with one of width, units and parameters"
		wantWidth   = "want a whole number from 1 to 65536"
		columns     = "classes, crossings, crossings_half, regions_half, border_changes, regions, islands, largest_region, boundary_length, zeros, turning_points, value_min, value_max, value_mean, value_std, total_variation, max_slope, roughness, margin_mean or margin_min"
	)
	top := func(old, new string) string { return strings.Replace(withCase("hidden: [3]"), old, new, 1) }
	sized := func(width string) string { return withCase("depth: 2", "width: "+width) }
	weights := func(law string) string { return withCase("hidden: [3]", "weights: "+law) }
	until := func(what, most string) string {
		return top("networks: 10", "networks: {until: {"+what+"}, max: "+most+"}")
	}
	grid := func(g string) string { return withCase("hidden: [3]", "grid: "+g) }
	for _, tt := range []struct{ name, text, want string }{
		{"width 0", sized("0"), "6:36: cases[0].width: got 0, " + wantWidth},
		{"width -1", sized("-1"), "6:36: cases[0].width: got -1, " + wantWidth},
		{"width 2.5", sized("2.5"), "6:36: cases[0].width: got 2.5, " + wantWidth},
		{"width 1e3", sized("1e3"), "6:36: cases[0].width: got 1e3, " + wantWidth},
		{"width 010", sized("010"), "6:36: cases[0].width: got 010, " + wantWidth},
		{"width 0x10", sized("0x10"), "6:36: cases[0].width: got 0x10, " + wantWidth},
		{"width 1_000", sized("1_000"), "6:36: cases[0].width: got 1_000, " + wantWidth},
		{"width +8", sized("+8"), "6:36: cases[0].width: got +8, " + wantWidth},
		{"width quoted", sized(`"8"`), `6:36: cases[0].width: got "8", ` + wantWidth},
		{"width 10^9", sized("1000000000"), "6:36: cases[0].width: got 1000000000, " + wantWidth},
		{"width beyond int64", sized("99999999999999999999"), "6:36: cases[0].width: got 99999999999999999999, " + wantWidth},
		{"width nothing", sized(""), "6:36: cases[0].width: got nothing, " + wantWidth},
		{"width null", sized("null"), "6:36: cases[0].width: got null, " + wantWidth},
		{"width mapping", sized("{a: 1}"), "6:36: cases[0].width: got a mapping, " + wantWidth},
		{"width empty list", sized("[]"), "6:36: cases[0].width: got an empty list, want a list that is not empty"},
		{"width list in list", sized("[8, [8]]"), "6:40: cases[0].width[1]: got a list, " + wantWidth},
		{"width in list", sized("[8, 0]"), "6:40: cases[0].width[1]: got 0, " + wantWidth},
		{"very long value", sized(strings.Repeat("9", 500)), "6:36: cases[0].width: got " + strings.Repeat("9", 40) + "…, " + wantWidth},
		{"depth 0", withCase("depth: 0", "width: 1"), "6:26: cases[0].depth: got 0, want a whole number from 1 to 1024"},
		{"inputs 3", withCase("inputs: 3", "hidden: []"), "6:27: cases[0].inputs: got 3, want 1 or 2"},
		{"outputs 257", withCase("outputs: 257", "hidden: []"), "6:28: cases[0].outputs: got 257, want a whole number from 1 to 256"},
		{"units beyond width", withCase("depth: 1", "units: 65537"), "6:36: cases[0].units: got 65537, want from 1 to 65536 units at depth 1"},
		{"units below depth", withCase("depth: [2, 5]", "units: [48, 4]"), "6:46: cases[0].units[1]: got 4, want from 5 to 327680 units at depth 5"},
		{"parameters beyond width", withCase("depth: 1", "parameters: 1000000"), "6:41: cases[0].parameters: got 1000000, want at most 196609 parameters at depth 1, where the layers are 65536 wide"},
		{"parameters 0", withCase("depth: 1", "parameters: 0"), "6:41: cases[0].parameters: got 0, want a whole number from 1 to 4611686018427387904"},

		{"unknown column", withCase("hidden: [3]", "columns: crossing_exact"), "6:41: cases[0].columns: got crossing_exact, want pieces, breakpoints, breakpoints_first, crossings_exact or crossings_expected (did you mean crossings_exact?)"},
		{"column twice", withCase("hidden: [3]", "activation: relu", "columns: [pieces, pieces]"), "6:68: cases[0].columns[1]: got pieces twice, want each column once"},
		{"no columns", withCase("hidden: [3]", "columns: []"), "6:41: cases[0].columns: got an empty list, want a list that is not empty"},
		{"column that applies nowhere", withCase("hidden: [3]", "columns: pieces"), "6:41: cases[0].columns: got pieces, want a column that applies to one of the configurations at least; it is measured for 1 input and hidden units of relu, leaky_relu, step or identity, or none"},
		{"shared column that applies nowhere", top("seed: 1", "seed: 1\ncolumns: crossings_expected"), "4:10: columns: got crossings_expected, want a column that applies to one of the configurations at least; it is measured for 1 or 2 outputs, normal weights and normal or no biases"},

		{"hidden number", withCase("hidden: 3"), "6:27: cases[0].hidden: got 3, want a list of widths such as [11, 9], or a list of such lists"},
		{"hidden mixed", withCase("hidden: [3, [4]]"), "6:27: cases[0].hidden: got a list that mixes widths with lists, want a list of widths such as [11, 9], or a list of such lists"},
		{"hidden width 0", withCase("hidden: [[3], [4, 0]]"), "6:37: cases[0].hidden[1][1]: got 0, " + wantWidth},
		{"hidden too deep", withCase("hidden: [[" + strings.Repeat("1,", 1024) + "1]]"), "6:28: cases[0].hidden[0]: got 1025 widths, want at most 1024"},
		{"no shape", withCase("activation: tanh"), "6:9: cases[0].hidden: got nothing, " + shape},
		{"depth alone", withCase("depth: 2"), "6:9: cases[0].width: got nothing beside depth, " + shape},
		{"units alone", withCase("units: 2"), "6:9: cases[0].depth: got nothing beside units, " + shape},
		{"two sizes", withCase("depth: 2", "width: 3", "units: 6"), "6:46: cases[0].units: got units beside width, " + shape},
		{"hidden and depth", withCase("hidden: []", "depth: 1", "width: 2"), "6:38: cases[0].depth: got depth beside hidden, " + shape},
		{"hidden and units", withCase("hidden: []", "units: 2"), "6:38: cases[0].units: got units beside hidden, " + shape},

		{"unknown activation", withCase("hidden: []", "activation: tahn"), "6:43: cases[0].activation: got tahn, want " + activations + " (did you mean tanh?)"},
		{"activation by another name", withCase("hidden: []", "activation: [relu, sigmoid]"), "6:50: cases[0].activation[1]: got sigmoid, want " + activations + " (did you mean logistic?)"},
		{"activation like nothing", withCase("hidden: []", "activation: zzzzzzzzzzz"), "6:43: cases[0].activation: got zzzzzzzzzzz, want " + activations},
		{"activation number", withCase("hidden: []", "activation: 3"), "6:43: cases[0].activation: got 3, want " + activations},
		{"unknown key in case", withCase("hidden: []", "widht: 3"), "6:31: cases[0].widht: got the unknown key widht, want " + caseKeys + " (did you mean width?)"},
		{"unknown key", top("networks: 10", "networks: 10\nnetwork: 3"), "5:1: network: got the unknown key network, want " + sweepKeys + " (did you mean networks?)"},
		{"empty key", top("networks: 10", "networks: 10\n\"\": 3"), `5:1: "": got the unknown key "", want ` + sweepKeys},
		{"unknown distribution", weights("{distribution: norml, std: 1}"), "6:56: cases[0].weights.distribution: got norml, want uniform, normal, xavier_uniform, xavier_normal, he_uniform, he_normal, lecun_normal or none (did you mean normal?)"},
		{"unknown law", weights("kaiming_normal"), "6:41: cases[0].weights: got kaiming_normal, want xavier_uniform, xavier_normal, he_uniform, he_normal, lecun_normal or none (did you mean he_normal?)"},
		{"bare uniform", weights("uniform"), "6:41: cases[0].weights: got uniform, want a mapping with distribution, low and high"},
		{"weights none", weights("none"), "6:41: cases[0].weights: got none, want a law that is not always zero; only biases may be none"},
		{"weights none in mapping", weights("{distribution: [he_normal, none]}"), "6:68: cases[0].weights: got none, want a law that is not always zero; only biases may be none"},
		{"law without a key", weights("{distribution: uniform, low: 1}"), "6:41: cases[0].weights.high: got nothing, want this key, which uniform requires"},
		{"law with a foreign key", weights("{distribution: normal, std: 1, gain: 2}"), "6:78: cases[0].weights.gain: got gain with the distribution normal, want only distribution, std and scale"},
		{"law without distribution", weights("{std: 1}"), "6:41: cases[0].weights.distribution: got nothing, want this key, which is required"},
		{"low above high", weights("{distribution: uniform, low: [0, 2], high: 1}"), "6:84: cases[0].weights.high: got 1, want a number above low (2)"},
		{"low equals high", weights("{distribution: uniform, low: 1, high: 1.0}"), "6:79: cases[0].weights.high: got 1, want a number above low (1)"},
		{"std below zero", weights("{distribution: normal, std: [1, -1]}"), "6:73: cases[0].weights.std[1]: got -1, want a number from 0 to 1e30, " + number},
		{"std in a list of laws", weights("[he_normal, {distribution: normal, std: x}]"), "6:81: cases[0].weights[1].std: got x, want a number from 0 to 1e30, " + number},
		{"gain 0", weights("{distribution: he_normal, gain: 0}"), "6:73: cases[0].weights.gain: got 0, want a number above 0 to 1e30, " + number},
		{"scale", weights("{distribution: normal, std: 1, scale: fanin}"), "6:79: cases[0].weights.scale: got fanin, want none or fan_in (did you mean fan_in?)"},

		{"NaN", grid("{from: .nan, to: 1, points: 3}"), "6:45: cases[0].grid.from: got .nan, want a number from -1e30 to 1e30, " + number},
		{"infinity", grid("{from: -6, to: .inf, points: 3}"), "6:53: cases[0].grid.to: got .inf, want a number from -1e30 to 1e30, " + number},
		{"overflow", grid("{from: -6, to: 1e999, points: 3}"), "6:53: cases[0].grid.to: got 1e999, want a number from -1e30 to 1e30, " + number},
		{"number +1", grid("{from: -6, to: +1, points: 3}"), "6:53: cases[0].grid.to: got +1, want a number from -1e30 to 1e30, " + number},
		{"number 1.", grid("{from: -6, to: 1., points: 3}"), "6:53: cases[0].grid.to: got 1., want a number from -1e30 to 1e30, " + number},
		{"number 010", grid("{from: -6, to: 010, points: 3}"), "6:53: cases[0].grid.to: got 010, want a number from -1e30 to 1e30, " + number},
		{"number 0x1p3", grid("{from: -6, to: 0x1p3, points: 3}"), "6:53: cases[0].grid.to: got 0x1p3, want a number from -1e30 to 1e30, " + number},
		{"number quoted", grid("{from: -6, to: '6', points: 3}"), `6:53: cases[0].grid.to: got "6", want a number from -1e30 to 1e30, ` + number},
		{"from above to", grid("{from: 6, to: -6, points: 3}"), "6:52: cases[0].grid.to: got -6, want a number above from (6)"},
		{"from equals to", grid("{from: 6, to: 6.0, points: 3}"), "6:52: cases[0].grid.to: got 6, want a number above from (6)"},
		{"points 1", grid("{from: -6, to: 6, points: 1}"), "6:64: cases[0].grid.points: got 1, want a whole number from 2 to 16777216"},
		{"points beyond float32", grid("{from: 1000, to: 1001, points: 100000}"), "6:69: cases[0].grid.points: got 100000, want at most 16385, all that float32 can tell apart from 1000 to 1001"},
		{"points just beyond float32", grid("{from: 1000, to: 1001, points: 16386}"), "6:69: cases[0].grid.points: got 16386, want at most 16385, all that float32 can tell apart from 1000 to 1001"},
		{"grid without points", grid("{from: -6, to: 6}"), "6:38: cases[0].grid.points: got nothing, want this key, which is required"},
		{"three axes", grid("{from: [1, 2, 3], to: 6, points: 3}"), "6:45: cases[0].grid.from: got a list, want one value, or [a, b] for the two axes"},
		{"two axes for one input", grid("{from: [-1, -2], to: 6, points: 3}"), "6:45: cases[0].grid.from: got one value for each of two axes, want a single value, since cases[0] (c) has 1 input"},
		{"second axis", withCase("inputs: 2", "hidden: []", "grid: {from: 0, to: [1, -1], points: 3}"), "6:66: cases[0].grid.to[1]: got -1, want a number above from (0)"},
		{"too many points", withCase("inputs: 2", "hidden: []", "grid: {from: 0, to: 1, points: 65536}"), "6:73: cases[0].grid.points: got 4294967296 points in all for the 2 inputs of cases[0] (c), want at most 2147483647"},
		{"connectivity", top("networks: 10", "networks: 10\nconnectivity: 5"), "5:15: connectivity: got 5, want 4, 6 or 8"},
		{"no networks", top("networks: 10\n", ""), "5:9: cases[0].networks: got nothing, want this key, here or at the top of the file"},
		{"no grid", top("grid: {from: -6, to: 6, points: 101}\n", ""), "5:9: cases[0].grid: got nothing, want this key, here or at the top of the file"},
		{"networks 0", top("networks: 10", "networks: 0"), "4:11: networks: got 0, want a whole number from 1 to 1000000000000"},
		{"networks list", top("networks: 10", "networks: [10]"), "4:11: networks: got a list, want a whole number from 1 to 1000000000000, or a mapping with until and max"},
		{"until alone", top("networks: 10", "networks: {until: {column: crossings, relative_error: 0.1}}"), "4:11: networks.max: got nothing, want this key, which is required"},
		{"max alone", top("networks: 10", "networks: {max: 10}"), "4:11: networks.until: got nothing, want this key, which is required"},
		{"max 0", until("column: crossings, relative_error: 0.1", "0"), "4:66: networks.max: got 0, want a whole number from 1 to 1000000000000"},
		{"max beyond 10^12", until("column: crossings, relative_error: 0.1", "1000000000001"), "4:66: networks.max: got 1000000000001, want a whole number from 1 to 1000000000000"},
		{"until a number", top("networks: 10", "networks: {until: 0.1, max: 10}"), "4:19: networks.until: got 0.1, want a mapping with the keys column or relative_error"},
		{"until with a foreign key", until("column: crossings, relative_error: 1, by: 2", "10"), "4:58: networks.until.by: got the unknown key by, want column or relative_error"},
		{"until without a column", until("relative_error: 0.1", "10"), "4:19: networks.until.column: got nothing, want this key, which is required"},
		{"until an unknown column", until("column: crosings, relative_error: 0.1", "10"), "4:28: networks.until.column: got crosings, want " + columns + " (did you mean crossings?)"},
		{"until a truth value", until("column: resolved, relative_error: 0.1", "10"), "4:28: networks.until.column: got resolved, want " + columns},
		{"until a list", until("column: class_fraction, relative_error: 0.1", "10"), "4:28: networks.until.column: got class_fraction, want " + columns + " (did you mean classes?)"},
		{"until a text", until("column: status, relative_error: 0.1", "10"), "4:28: networks.until.column: got status, want " + columns + " (did you mean islands?)"},
		{"until what describes", until("column: parameters, relative_error: 0.1", "10"), "4:28: networks.until.column: got parameters, want " + columns},
		{"relative error 0", until("column: crossings, relative_error: 0", "10"), "4:55: networks.until.relative_error: got 0, want a number above 0 to 1, " + number},
		{"relative error above 1", until("column: crossings, relative_error: 1.5", "10"), "4:55: networks.until.relative_error: got 1.5, want a number above 0 to 1, " + number},
		{"until in a case", withCase("hidden: [3]", "networks: {until: {column: zeroes, relative_error: 1}, max: 1}"), "6:59: cases[0].networks.until.column: got zeroes, want " + columns + " (did you mean zeros?)"},
		{"keep_fields -1", top("networks: 10", "networks: 10\nkeep_fields: -1"), "5:14: keep_fields: got -1, want a whole number from 0 to 1000000000000"},

		{"version 2", top("version: 1", "version: 2"), "1:10: version: got 2, want 1"},
		{"no seed", top("seed: 1\n", ""), "1:1: seed: got nothing, want this key, which is required"},
		{"seed beyond int64", top("seed: 1", "seed: 9223372036854775808"), "3:7: seed: got 9223372036854775808, want a whole number from 0 to 9223372036854775807"},
		{"name with capitals", top("name: s", "name: Sweep"), "2:7: name: got Sweep, want 1 to 64 characters from [a-z0-9-]"},
		{"name empty", top("name: s", `name: ""`), `2:7: name: got "", want 1 to 64 characters from [a-z0-9-]`},
		{"name too long", top("name: s", "name: "+strings.Repeat("a", 65)), "2:7: name: got " + strings.Repeat("a", 40) + "…, want 1 to 64 characters from [a-z0-9-]"},
		{"name like a number", top("name: s", "name: 12"), "2:7: name: got 12, want 1 to 64 characters from [a-z0-9-], in quotes if it could be read as a number or a truth value"},
		{"name with a line end", top("name: s", `name: "a\n"`), `2:7: name: got "a\n", want 1 to 64 characters from [a-z0-9-]`},
		{"case without a name", strings.Replace(withCase("hidden: []"), "name: c, ", "", 1), "6:9: cases[0].name: got nothing, want this key, which is required"},
		{"cases empty", "version: 1\nname: s\nseed: 1\ncases: []\n", "4:8: cases: got an empty list, want a list that is not empty"},
		{"cases a mapping", "version: 1\nname: s\nseed: 1\ncases: {a: 1}\n", "4:8: cases: got a mapping, want a list"},
		{"case a text", "version: 1\nname: s\nseed: 1\ncases: [a]\n", "4:9: cases[0]: got a, want a mapping with the keys " + caseKeys},

		{"empty file", "", "1:1: file: got no content, want a mapping with the keys version, name, seed and cases"},
		{"only comments", "# a\n# b\n", "1:1: file: got no content, want a mapping with the keys version, name, seed and cases"},
		{"a list", "- 1\n", "1:1: file: got a list, want a mapping with the keys " + sweepKeys},
		{"a text", "sweep", "1:1: file: got sweep, want a mapping with the keys " + sweepKeys},
		{"an empty document", "---\n", "2:1: file: got nothing, want a mapping with the keys " + sweepKeys},
		{"duplicate key", top("networks: 10", "networks: 10\nseed: 2"), "5:1: seed: got the key twice, on lines 3 and 5, want each key once"},
		{"second document", withCase("hidden: []") + "---\nversion: 1\n", "7:1: file: got a second document, want one document"},
		{"anchor", top("seed: 1", "seed: &s 1"), "3:7: seed: got the anchor &s, want the value alone"},
		{"alias", top("seed: 1", "seed: *s"), "3:7: file: got a syntax error: unknown anchor 's' referenced, want YAML"},
		{"tag", top("seed: 1", "seed: !!int 1"), "3:7: seed: got the tag !!int, want the value alone"},
		{"merge key", top("seed: 1", "seed: 1\n<<: {seed: 2}"), "4:1: file: got << as a key, want " + sweepKeys},
		{"list as key", top("seed: 1", "seed: 1\n? [a]\n: 2"), "4:3: file: got a list as a key, want " + sweepKeys},
		{"unclosed list", "version: [1, 2\nname: s\n", "2:5: file: got a syntax error: did not find expected ',' or ']' while parsing a flow sequence, want YAML"},
		{"tab", "\tversion: 1\n", "1:1: file: got a syntax error: found character that cannot start any token while scanning for the next token, want YAML; indent with spaces, not tabs"},
		{"tab in a case", "cases:\n  - name: a\n\thidden: []\n", "3:1: file: got a syntax error: found a tab character that violates indentation while scanning a plain scalar, want YAML; indent with spaces, not tabs"},
		{"tab that is not to blame", "version: @1\t# one\n", "1:10: file: got a syntax error: found character that cannot start any token while scanning for the next token, want YAML"},
		{"item indented less", "cases:\n  - name: a\n - name: b\n", "3:2: file: got a syntax error: did not find expected key while parsing a block mapping, want YAML; check the indentation"},
		{"key indented less", "cases:\n  - name: a\n   hidden: []\n", "3:4: file: got a syntax error: did not find expected '-' indicator while parsing a block collection, want YAML; check the indentation"},
		{"key indented more", "version: 1\n  name: a\n", "2:7: file: got a syntax error: mapping values are not allowed in this context, want YAML; check the indentation, and for a second colon"},
		{"brackets", strings.Repeat("[", 100_000), "1:33: file: got a syntax error: lists and mappings nested more than 32 deep while increasing flow level, want YAML"},
		{"invalid UTF-8", "version: 1\nname: é\xff\n", "2:8: file: got the byte 0xff, which is not UTF-8, want UTF-8 text"},
		{"invalid UTF-8 after a byte order mark", "\ufeffa\xff", "1:2: file: got the byte 0xff, which is not UTF-8, want UTF-8 text"},
		{"invalid UTF-8 after CR and CRLF", "a\rb\r\n\xff", "3:1: file: got the byte 0xff, which is not UTF-8, want UTF-8 text"},
		{"control character", "version: 1\nname: a\x00\n", "2:8: file: got the control character U+0000, want text"},
		{"2 MiB", "# " + strings.Repeat("x", 2<<20), "1:1: file: got 2097154 bytes, want at most 1 MiB (1048576 bytes)"},

		{"twins in a list", withCase("depth: 1", "width: [8, 9, 8]"), "6:43: cases[0].width[2]: got the same configuration as at 6:37 ([1,8,1] tanh, weights uniform(low=-1,high=1), biases uniform(low=-1,high=1), grid [-6,6]:101), want every configuration once"},
		{"twins in laws", withCase("hidden: []", "weights: [he_normal, {distribution: he_normal, gain: [2, 1]}]", "biases: none"), "6:52: cases[0].weights[1]: got the same configuration as at 6:41 ([1,1] tanh, weights he_normal(gain=1), biases none, grid [-6,6]:101), want every configuration once"},
		{"twins in cases", strings.Replace(withCase("hidden: [8]"), "}]", "},\n  {name: d, depth: 1, width: 8, activation: [relu, tanh]}]", 1), "7:3: cases[1]: got the same configuration as at 6:9 ([1,8,1] tanh, weights uniform(low=-1,high=1), biases uniform(low=-1,high=1), grid [-6,6]:101), want every configuration once"},
		{"one name for two cases", strings.Replace(withCase("hidden: [8]"), "}]", "},\n  {name: c, hidden: [9]}]", 1), "7:10: cases[1].name: got c, the name of the case at 6:16, want a name of its own"},
		{"too many configurations", withCase("depth: ["+upTo(1000)+"]", "width: ["+upTo(1000)+"]"), "6:9: cases[0]: got 1000000 of 1000000 configurations, want at most 100000 in all"},
		// 2¹⁰ depths, four lists of 2¹³ and two scales twice: 2⁶⁴, which is 0 in 64 bits.
		{"configurations beyond int64", withCase("depth: ["+upTo(1<<10)+"]", "width: ["+upTo(1<<13)+"]",
			"weights: {distribution: uniform, low: [-"+strings.Repeat("1, -", 1<<13-1)+"1], high: ["+upTo(1<<13)+"], scale: [none, fan_in]}",
			"biases: {distribution: normal, std: ["+upTo(1<<13)+"], scale: [none, fan_in]}"),
			"6:9: cases[0]: got more than 999999999999 configurations, want at most 100000 in all"},
		{"too long a list", withCase("depth: 1", "width: ["+upTo(10_001)+"]"), "6:36: cases[0].width: got 10001 values, want at most 10000"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseSweep("f.yaml", []byte(tt.text), Limits{})
			if err == nil {
				t.Fatalf("no error, want %s", tt.want)
			}
			if got, want := err.Error(), "f.yaml:"+tt.want; got != want {
				t.Errorf("ParseSweep:\n got %s\nwant %s", got, want)
			}
		})
	}
}

func upTo(n int) string {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i + 1
	}
	return joinInts(numbers, ", ")
}

// Memory is the machine's bound, and the grid or the size is to blame.
func TestMemoryMistakes(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		memory     int64
		want       string
	}{
		{"enough", withCase("depth: 2", "width: 65536"), 64 << 30, ""},
		{"large network", withCase("depth: 2", "width: [8, 16384, 65536]"), 8 << 30,
			"f.yaml:6:47: cases[0].width[2]: got 16.034 GiB for one worker ([1,65536,65536,1] tanh, weights uniform(low=-1,high=1), biases uniform(low=-1,high=1), grid [-6,6]:101), want at most 8 GiB"},
		{"large grid", withCase("inputs: 2", "outputs: 2", "hidden: [3]", "grid: {from: 0, to: 1, points: 16384}"), 8 << 30,
			"f.yaml:6:86: cases[0].grid.points: got 14.502 GiB for one worker ([2,3,2] tanh, weights uniform(low=-1,high=1), biases uniform(low=-1,high=1), grid [0,1]:16384x[0,1]:16384), want at most 8 GiB"},
		{"worst at one grid", withCase("inputs: 2", "outputs: [1, 3, 2]", "hidden: [3]", "grid: {from: 0, to: 1, points: 16384}"), 8 << 30,
			"f.yaml:6:94: cases[0].grid.points: got 16.752 GiB for one worker ([2,3,3] tanh, weights uniform(low=-1,high=1), biases uniform(low=-1,high=1), grid [0,1]:16384x[0,1]:16384), want at most 8 GiB"},
		{"grid of the whole file", withCase("hidden: [3]"), 1 << 20,
			"f.yaml:5:33: grid.points: got 0.0019563 GiB for one worker ([1,3,1] tanh, weights uniform(low=-1,high=1), biases uniform(low=-1,high=1), grid [-6,6]:101), want at most 0.00097656 GiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if _, err := ParseSweep("f.yaml", []byte(tt.text), Limits{Memory: tt.memory}); err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("ParseSweep:\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// All mistakes come together, in the order of their places, and each can be
// taken out.
func TestAllMistakes(t *testing.T) {
	_, err := ParseSweep("f.yaml", []byte(`version: 1
name: S
seed: 1
networks: 10
grid: {from: 6, to: -6, points: 1}
cases:
  - name: a
    depth: 2
    width: 2.5
    activation: tahn
    weights: {distribution: normal, std: .nan, low: 3}
  - name: a
    hidden: [[4], [4]]
    grid: {from: 0, to: 1, points: 5}
  - {name: b, depth: 4, units: [3, 8], grid: &g {from: 0, to: 1, points: 5}}
  - {name: c, hidden: [], grid: *g}
  - seven
`), Limits{})
	var es Errors
	if !errors.As(err, &es) {
		t.Fatalf("ParseSweep = %v, want Errors", err)
	}
	want := []string{"2:7 name", "5:21 grid.to", "5:33 grid.points", "9:12 cases[0].width", "10:17 cases[0].activation",
		"11:42 cases[0].weights.std", "11:53 cases[0].weights.low", "12:11 cases[1].name", "15:46 cases[2].grid",
		"16:33 cases[3].grid", "17:5 cases[4]"}
	var got []string
	for _, e := range es {
		got = append(got, place{e.Line, e.Column}.String()+" "+e.Field)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("mistakes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var single Error
	if !errors.As(err, &single) || single.Error() != es[0].Error() || single.File != "f.yaml" {
		t.Errorf("errors.As gave %v, want %v", single, es[0])
	}
}

// Many identical configurations are shown in part and counted.
func TestManyTwins(t *testing.T) {
	_, err := ParseSweep("f.yaml", []byte(withCase("depth: 1", "width: ["+strings.Repeat("8, ", 99)+"8]")), Limits{})
	var es Errors
	if !errors.As(err, &es) || len(es) != maxAlike+1 {
		t.Fatalf("ParseSweep gave %d mistakes, want %d:\n%v", len(es), maxAlike+1, err)
	}
	if want := "f.yaml:6:8: cases: got 89 more pairs of places with identical configurations, want every configuration once"; es[0].Error() != want {
		t.Errorf("first mistake %v, want %s", es[0], want)
	}
}

// A value that stands in a list twice is one mistake, whatever it crosses with.
func TestTwinsOncePerPlace(t *testing.T) {
	_, err := ParseSweep("f.yaml", []byte(withCase("depth: [1, 2, 3, 4]", "width: [8, 8]", "activation: [tanh, relu]")), Limits{})
	var es Errors
	if !errors.As(err, &es) || len(es) != 1 || es[0].Field != "cases[0].width[1]" {
		t.Errorf("ParseSweep gave %d mistakes, want 1 in cases[0].width[1]:\n%v", len(es), err)
	}
}

// A lack of memory can be told from a mistake, but not where there are both.
func TestOnlyMemory(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"right", withCase("hidden: [3]"), false},
		{"too large", withCase("depth: 2", "width: [4096, 8192]"), true},
		{"wrong", withCase("depth: 2", "width: 4096.5"), false},
		{"too large, and twice the same", withCase("depth: 2", "width: [4096, 4096]"), false},
	} {
		if _, err := ParseSweep("f.yaml", []byte(tt.text), Limits{Memory: 16 << 20}); OnlyMemory(err) != tt.want {
			t.Errorf("%s: OnlyMemory is %v for %v", tt.name, !tt.want, err)
		}
	}
}

// Many sizes beyond the memory are shown in part and counted.
func TestManyMemoryMistakes(t *testing.T) {
	_, err := ParseSweep("f.yaml", []byte(withCase("depth: [2, 3]", "width: ["+upTo(2000)+"]")), Limits{Memory: 8 << 20})
	var es Errors
	if !errors.As(err, &es) || len(es) != maxAlike+1 {
		t.Fatalf("ParseSweep gave %d mistakes, want %d:\n%v", len(es), maxAlike+1, err)
	}
	if want := " more values that need too much memory for one worker, want at most 0.0078125 GiB"; !strings.Contains(es[0].Error(), want) {
		t.Errorf("first mistake %v, want one with %s", es[0], want)
	}
	for i, e := range es[2:] {
		if e.Column <= es[i+1].Column {
			t.Errorf("mistakes out of order: %v, %v", es[i+1], e)
		}
	}
}

// Beyond all reason, mistakes are counted and not kept.
func TestVeryManyMistakes(t *testing.T) {
	text := strings.Replace(withCase("hidden: [3]"), "cases:", strings.Repeat("x: 1\n", 80_000)+"cases:", 1)
	_, err := ParseSweep("f.yaml", []byte(text), Limits{})
	var es Errors
	if !errors.As(err, &es) || len(es) != maxMistakes+1 {
		t.Fatalf("ParseSweep gave %d mistakes, want %d", len(es), maxMistakes+1)
	}
	if want := "f.yaml:1:1: file: got 80000 mistakes, of which 10000 are kept, want none"; es[0].Error() != want {
		t.Errorf("first mistake %v, want %s", es[0], want)
	}
	lines := strings.Split(err.Error(), "\n")
	if last := lines[len(lines)-1]; len(lines) != maxPrinted+1 || last != "… and 9901 more mistakes" {
		t.Errorf("%d lines, the last %q", len(lines), last)
	}
}

func TestErrorsText(t *testing.T) {
	for n, want := range map[int]string{100: "f.yaml:100:1: x: got a, want b", 101: "… and 1 more mistakes", 80_000: "… and 79900 more mistakes"} {
		var es Errors
		for i := range n {
			es = append(es, Error{File: "f.yaml", Line: i + 1, Column: 1, Field: "x", Got: "a", Want: "b"})
		}
		lines := strings.Split(es.Error(), "\n")
		if last := lines[len(lines)-1]; last != want || len(lines) != min(n, 101) {
			t.Errorf("%d mistakes: %d lines, the last %q, want %q", n, len(lines), last, want)
		}
	}
}

// A mistake in one setting makes no others of columns that would apply without it.
func TestColumnsBesideAnotherMistake(t *testing.T) {
	text := strings.Replace(withCase("hidden: [3]", "activation: relu", "columns: pieces"), "networks: 10", "networks: {until: {column: pieces, relative_error: 0.1}, max: 10}", 1)
	_, err := ParseSweep("f.yaml", []byte(text), Limits{})
	if err == nil || strings.Contains(err.Error(), "columns") || !strings.Contains(err.Error(), "networks.until.column: got pieces") {
		t.Errorf("error %v, want that of the column alone", err)
	}
}

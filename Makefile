# make run    build, run the article's sweep, print its summary
# make test   vet and test everything, real readers included
# make build | bench | generate | check | clean

GO     ?= go
PYTHON ?= python3
OUT    ?= out/article

# Tools of `make check`, fetched by version and kept out of go.mod.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
FUZZTIME    ?= 60s

export CGO_ENABLED = 0

.PHONY: run test build bench generate check clean readers

run: build
	bin/nodal run sweeps/article.yaml --out $(OUT)
	bin/nodal summarize $(OUT)

build:
	$(GO) build -trimpath -o bin/nodal ./cmd/nodal

test: readers
	$(GO) vet ./...
	$(GO) test -timeout 30m ./...

# The programs that read the rows in tests (DuckDB, pandas, Polars) and SciPy,
# in a virtual environment of their own. Without Python the tests that need
# them say so, and fail where CI is set.
readers: .venv/installed

.venv/installed: requirements.txt
	@rm -rf .venv; \
	if $(PYTHON) -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt; then \
		cp requirements.txt $@; \
	else \
		rm -rf .venv; \
		echo "NOT RUN: no Python environment; the tests with DuckDB, pandas, Polars and SciPy will be skipped" >&2; \
	fi

# Benchmarks of every package, ten runs each, for benchstat.
bench:
	mkdir -p bench/results
	$(GO) test -timeout 3h -run '^$$' -bench . -count 10 ./kernels ./sampler/... ./analysis ./dataset > bench/results/$(shell bench/cpu).txt; \
		status=$$?; cat bench/results/$(shell bench/cpu).txt; exit $$status

generate:
	$(GO) generate ./...

# What is too slow for every commit: formatting, staticcheck, the race
# detector, a compiler that fuses multiplications and additions (GOAMD64=v3),
# fuzzing, and every float32 through the activations.
check: test generate
	test -z "$$(gofmt -l $$(git ls-files '*.go'))"
	git diff --exit-code
	$(GO) run $(STATICCHECK) ./...
	CGO_ENABLED=1 $(GO) test -race -short ./...
	GOAMD64=v3 $(GO) test -short ./kernels ./analysis ./sampler/...
	$(GO) test -run '^$$' -fuzz FuzzParseSweep -fuzztime $(FUZZTIME) ./schema
	NODAL_LONG=1 $(GO) test -timeout 3h ./kernels
	NODAL_LONG=1 $(GO) test -timeout 3h -run CountsAgree ./sampler

clean:
	rm -rf bin .venv out

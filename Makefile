# make run    build, run the article's sweep, print its summary
# make test   vet and test everything, real readers included
# make test-slurm  run nodal slurm's script in a real Slurm of two nodes, two minutes
# make theory measure and predict again what docs/theory.md shows, minutes
# make figures draw again what README.md shows, half a minute
# make build | bench | peers | generate | check | arm64 | test-k8s | clean

GO     ?= go
PYTHON ?= python3
OUT    ?= out/article

# Tools of `make check`, fetched by version and kept out of go.mod.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
FUZZTIME    ?= 60s
# Minimising what is interesting would take most of a minute.
FUZZ         = -fuzztime $(FUZZTIME) -fuzzminimizetime 10x

export CGO_ENABLED = 0

.PHONY: run test test-k8s test-slurm build theory figures bench peers generate check arm64 clean readers browser

run: build
	bin/nodal run sweeps/article.yaml --out $(OUT)
	bin/nodal summarize $(OUT)

theory: build
	bin/nodal run sweeps/theory.yaml --out out/theory
	bin/nodal summarize out/theory --theory --format markdown > out/theory.md
	bench/theory-page docs/theory.md < out/theory.md

# Pictures of README.md: those of networks need the sweep file alone, those of rows
# the dataset of `make run`.
PICTURES := tanh-1d-100-1-11-9-1-curves.svg,tanh-1d-100-classes-1-16-16-3-classes.svg,tanh-2d-2-16-16-1-landscape.png,tanh-2d-2-16-16-1-walk.gif,tanh-2d-classes-2-16-16-3-regions.png,tanh-2d-2-64-1-zoo-islands.png,compare-article-tanh-1d-100-1-100-1.svg

figures: build
	bin/nodal run sweeps/article.yaml --out $(OUT)
	rm -rf docs/figures
	bin/nodal figures $(OUT) --out docs/figures --only '$(PICTURES)'

build:
	$(GO) build -trimpath -o bin/nodal ./cmd/nodal

test: readers browser
	$(GO) vet ./...
	$(GO) test -timeout 30m ./...

# The programs that read the rows in tests (DuckDB, pandas, Polars), SciPy, and
# Playwright, which drives a browser, in a virtual environment of their own.
# Without Python the tests that need them say so, and fail where CI is set.
readers: .venv/installed

.venv/installed: requirements.txt
	@rm -rf .venv; \
	if $(PYTHON) -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt; then \
		cp requirements.txt $@; \
	else \
		rm -rf .venv; \
		echo "NOT RUN: no Python environment; the tests with DuckDB, pandas, Polars, SciPy and a browser will be skipped" >&2; \
	fi

# The browser that opens the report in tests: what is there, or Debian's Chromium
# where we may install it.
browser:
	@for name in "$$NODAL_CHROMIUM" chromium chromium-browser google-chrome; do \
		if command -v "$$name" >/dev/null; then exit; fi; \
	done; \
	log=$$(mktemp); \
	if test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null; then \
		echo "NOT RUN: no Chromium; the report will not be opened in a browser" >&2; \
	elif ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >$$log 2>&1; then \
		cat $$log >&2; \
		echo "NOT RUN: Chromium cannot be installed; the report will not be opened in a browser" >&2; \
	fi; \
	rm -f $$log

# nodal slurm's script in a real Slurm of two nodes on this machine, which the test
# starts and stops: the Slurm that is here, or Debian's where we may install it. The
# packages start no servers (policy-rc.d). NODAL_SLURM=1 makes a lack of it an error.
SLURM := slurmctld slurmd munged sbatch unshare

test-slurm:
	@there() { for name in $(SLURM); do command -v $$name >/dev/null || return 1; done; }; \
	log=$$(mktemp); policy=/usr/sbin/policy-rc.d; why=; \
	if test "$$(id -u)" != 0; then \
		why="slurmd wants root"; \
	elif ! there && ! command -v apt-get >/dev/null; then \
		why="no Slurm, and no apt-get to install it"; \
	elif ! there; then \
		test -e $$policy || { trap "rm -f $$policy" EXIT; printf '#!/bin/sh\nexit 101\n' >$$policy && chmod +x $$policy; }; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends slurm-wlm munge util-linux; } >$$log 2>&1 && there || { cat $$log >&2; why="Slurm cannot be installed"; }; \
	fi; \
	rm -f $$log; \
	if test -z "$$why" && ! unshare --pid --fork --mount-proc true; then \
		why="no PID namespace, in which the test keeps its servers"; \
	fi; \
	if test -z "$$why"; then \
		NODAL_SLURM=1 $(GO) test -count 1 -run '^TestSlurm$$' ./cmd/nodal; \
	else \
		echo "NOT RUN: $$why; the script of nodal slurm is not tried in a real Slurm" >&2; \
		test -z "$$NODAL_SLURM"; \
	fi

# Benchmarks of every package, five runs each, for benchstat, and then the peers:
# about twenty minutes on an idle machine.
BENCHTIME ?= 50ms
CPU := $(shell bench/cpu)

bench: build
	mkdir -p bench/results
	$(GO) test -timeout 3h -run '^$$' -bench . -benchtime $(BENCHTIME) -count 5 ./kernels ./kernels/gemm ./sampler/... ./analysis/... ./dataset ./report/... > bench/results/$(CPU).txt; \
		status=$$?; cat bench/results/$(CPU).txt; exit $$status
	$(MAKE) peers

# nodal against NumPy and JAX, end to end, in one run. TORCH=1 adds PyTorch, which
# is not installed otherwise: its Linux wheel brings gigabytes of CUDA packages.
TORCH ?=
PEERS := numpy,jax$(if $(TORCH),$(strip ,)torch)
PEERS_INSTALLED := bench/.venv/requirements$(if $(TORCH),-torch).txt

peers: build $(PEERS_INSTALLED)
	mkdir -p bench/results
	$(GO) run ./bench/compare -peers $(PEERS) -out bench/results/$(CPU)-peers.md

bench/.venv/requirements%: bench/requirements%
	@if $(PYTHON) -m venv bench/.venv && bench/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<; then \
		cp $< $@; \
	else \
		echo "NOT RUN: no Python environment for the peers" >&2; \
	fi

generate:
	$(GO) generate ./...

# What is too slow for every commit: formatting, the generator, staticcheck, the
# race detector, a compiler that fuses multiplications and additions
# (GOAMD64=v3), fuzzing, and every float32 through the activations.
check: test generate arm64
	test -z "$$(gofmt -l $$(git ls-files '*.go'))"
	$(GO) -C kernels/_gen vet ./...
	git diff --exit-code
	$(GO) run $(STATICCHECK) ./...
	CGO_ENABLED=1 $(GO) test -race -short ./...
	GOAMD64=v3 $(GO) test -short -tags purego ./kernels ./analysis ./sampler/... ./dataset/... ./schema
	$(GO) test -run '^$$' -fuzz FuzzParseSweep $(FUZZ) ./schema
	$(GO) test -run '^$$' -fuzz FuzzJournal $(FUZZ) ./dataset/ledger
	$(GO) test -run '^$$' -fuzz FuzzManifest $(FUZZ) ./dataset/ledger
	$(GO) test -run '^$$' -fuzz FuzzVet $(FUZZ) ./dataset
	$(GO) test -run '^$$' -fuzz FuzzPage $(FUZZ) ./dataset
	NODAL_LONG=1 $(GO) test -timeout 3h ./kernels
	NODAL_LONG=1 $(GO) test -timeout 3h -run 'CountsAgree|KnownValues' ./sampler
	NODAL_LONG=1 $(GO) test -timeout 1h -run '^TestSimulation$$' ./dataset

# Kernels, statistics and rows on arm64: the same golden hashes, under emulation
# (Debian's package qemu-user). It is slow: of kernels and sampler only the tests
# that another compiler's roundings would fail.
ARM64_TESTS := Golden|RowsAreTheSame|OptionalColumnsAre|Bits|FMA|Philox|NormalError|Normals|Uniforms|Layer|Lane|Range|Sum|Squared|Differences|TestSin[A-Z]

arm64:
	@if ! command -v qemu-aarch64 >/dev/null; then \
		echo "NOT RUN: no qemu-aarch64; the tests on arm64 are skipped" >&2; test -z "$$CI"; exit; \
	fi; set -e; for package in analysis analysis/piecewise kernels sampler; do \
		echo "arm64 $$package"; \
		GOARCH=arm64 $(GO) test -c -o bin/arm64.test ./$$package; \
		tests='$(ARM64_TESTS)'; test $$package != analysis || tests=.; \
		(root=$$PWD; cd $$package && qemu-aarch64 $$root/bin/arm64.test -test.short -test.run "$$tests"); \
	done

# Manifests of `nodal k8s` through Kubernetes' own decoder, defaults and validation, in
# a module of its own: the first time downloads and compiles for minutes, then seconds.
# -count 1: results kept from before would not know that nodal has changed.
test-k8s:
	@log=$$(mktemp); \
	if $(GO) -C cluster/_kubernetes list -deps -test ./... >$$log 2>&1; then \
		rm -f $$log; $(GO) -C cluster/_kubernetes test -count 1 ./...; \
	else \
		cat $$log >&2; rm -f $$log; \
		echo "NOT RUN: the modules of Kubernetes cannot be had; its validation of manifests is skipped" >&2; test -z "$$CI"; \
	fi

clean:
	rm -rf bin .venv bench/.venv out

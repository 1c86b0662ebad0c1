# What a contributor runs. CI runs the same targets through .ci/run.
# Each target says in one line what it lacks and goes on with the rest; with
# CI=true it lacks nothing or fails.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Modules come with the versions of go.mod and tools/go.mod; nothing is upgraded on the way.
TOOL := go tool -modfile=tools/go.mod

PKG       ?= ./...
ARGS      ?=
BENCH     ?= .
BENCHTIME ?= 1s
COUNT     ?= 1
FUZZTIME  ?= $(if $(filter true,$(CI)),5s,30s)
CRASHES   ?= 500
SHARED    ?= ../shared

.PHONY: help
help: ## List these targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  Settings: PKG=./internal/prose/... BENCH=. COUNT=6 FUZZTIME=30s CRASHES=500 ARGS='--listen :9000'"

.PHONY: go
go:
	@command -v go >/dev/null 2>&1 || { echo "colophon: Go is missing: get Go 1.26 or newer from https://go.dev/dl/ and put its bin folder on PATH." >&2; exit 1; }

.PHONY: run
run: go ## Rescue the example archive and serve it on http://localhost:8080
	@echo "colophon: building; the first time takes a minute or two."
	@CGO_ENABLED=0 go run ./cmd/colophon demo $(ARGS)

.PHONY: build
build: go ## Build ./colophon, one static binary
	@CGO_ENABLED=0 go build -trimpath -o colophon ./cmd/colophon

.PHONY: test
test: go ## Run all tests, with the race detector where a C compiler is there
	@race=-race; \
	.ci/need 'C compiler' 'echo "int main(void){return 0;}" | gcc -xc -o /dev/null -' 'gcc libc6-dev' \
	  'the tests run without the race detector' || { [ $$? = 1 ] || exit 1; race=; }; \
	if go list $(PKG) | grep -q '/test/browser$$'; then $(MAKE) --no-print-directory browser-tools; fi; \
	CGO_ENABLED=$${race:+1} go test $$race -shuffle=on -timeout 15m $(PKG); \
	[ -z "$$race" ] || CGO_ENABLED=0 go test -run 'Hostile|LongestStory' ./test/lab # the bounds of memory and time, which the race detector breaks
	@if [ "$${CI:-}" != true ] && go list $(PKG) | grep -q '/internal/store$$'; then $(MAKE) --no-print-directory test-postgres PKG=./internal/store; fi

# The tests of every package that starts the server of test/pgtest. CI runs all
# of them; make test those of the store.
.PHONY: test-postgres
test-postgres: go ## Run the tests that store something on PostgreSQL
	@.ci/need PostgreSQL 'ls /usr/lib/postgresql/*/bin/initdb || command -v initdb' postgresql \
	  'nothing is tried on PostgreSQL' || { [ $$? = 1 ] || exit 1; exit 0; }; \
	parts="$$(go list -f '{{.ImportPath}} {{join .XTestImports " "}}' $(PKG) | sed -n 's/ .*colophon.test.pgtest.*//p')"; \
	if grep -q '/test/browser$$' <<<"$$parts"; then $(MAKE) --no-print-directory browser-tools; fi; \
	[ -z "$$parts" ] || COLOPHON_TEST_DATABASE=postgres CGO_ENABLED=0 go test -count=1 -shuffle=on -timeout 15m $$parts

# What the laboratory of the reading room needs. Its npm tools are unpacked
# where that was not done since their versions changed.
.PHONY: browser-tools
browser-tools:
	@.ci/need Chromium 'command -v chromium || command -v chromium-browser || command -v google-chrome' chromium \
	  'the tests in a browser are left out' || [ $$? = 1 ]; \
	.ci/need 'w3m and lynx' 'command -v w3m && command -v lynx' 'w3m lynx' 'the tests in text browsers are left out' || [ $$? = 1 ]; \
	.ci/need npm 'command -v npm' 'nodejs npm' 'barriers and markup of the pages are not checked' || { [ $$? = 1 ] || exit 1; exit 0; }; \
	cd test/browser; [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --loglevel=error || \
	  { echo "colophon: the npm tools of test/browser cannot be had: barriers and markup of the pages are not checked." >&2; [ "$${CI:-}" != true ]; }

.PHONY: browser
browser: go browser-tools ## Check every kind of page in a browser in every look, nothing left out (long)
	@COLOPHON_BROWSER=full go test -count=1 -v -timeout 60m ./test/browser | grep -v '^ *=== '

.PHONY: gallery
gallery: go browser-tools ## Take pictures of every kind of page into gallery/; see docs/gallery.md
	@rm -rf gallery; COLOPHON_PICTURES='$(CURDIR)/gallery' go test -count=1 -timeout 30m -run TestGallery ./test/browser
	@echo "gallery: open gallery/index.html"

.PHONY: lighthouse
lighthouse: go browser-tools ## Measure the home page and a long chapter with Lighthouse
	@COLOPHON_LIGHTHOUSE=1 go test -count=1 -v -timeout 10m -run TestLighthouse ./test/browser | grep -v '^ *=== '

.PHONY: fmt
fmt: go ## Format the code and generate the page templates
	@$(TOOL) gofumpt -w .
	@if [ -n "$$(find internal -name '*.templ' -print -quit)" ]; then $(TOOL) templ generate -path internal; fi

.PHONY: check
check: check-format check-vet check-generated check-lint check-dead ## Check format, vet, lint, generated code and dead code
	@echo "check: all clean"

.PHONY: check-format
check-format: go
	@echo "check: format"
	@out="$$($(TOOL) gofumpt -l .)"; [ -z "$$out" ] || { printf 'not formatted; run make fmt:\n%s\n' "$$out" >&2; exit 1; }

.PHONY: check-vet
check-vet: go
	@echo "check: vet"
	@go vet ./...

# The sums before and after are compared, not the state of git: what is
# generated must fit the templates also before a commit.
.PHONY: check-generated
check-generated: go
	@echo "check: generated code"
	@sums() { find internal -name '*_templ.go' -exec sha256sum {} + | sort -k2; }; \
	if [ -n "$$(find internal -name '*.templ' -print -quit)" ]; then \
	  before="$$(sums)"; $(TOOL) templ generate -log-level error -path internal; after="$$(sums)"; \
	  [ "$$before" = "$$after" ] || { echo "generated code was not up to date; it is now:" >&2; diff <(echo "$$before") <(echo "$$after") >&2 || true; exit 1; }; \
	fi

.PHONY: check-lint
check-lint: go
	@echo "check: lint (the first time builds the linter, some minutes)"
	@$(TOOL) golangci-lint run ./...

.PHONY: check-dead
check-dead: go
	@echo "check: dead code"
	@out="$$($(TOOL) deadcode -test ./...)"; [ -z "$$out" ] || { printf 'reached from no command and no test:\n%s\n' "$$out" >&2; exit 1; }

# A whole rescue of 10,000 pages is measured once: it takes a minute, and its
# yardstick, x/net/html on the same pages, is measured in the same run. The
# catalogue is asked beside SQLite and PostgreSQL, which get COLOPHON_YARDSTICK (4m)
# each; of a million stories, which take 15 minutes and 4 GB, with COLOPHON_MILLION=1.
# BENCH=Serve takes COLOPHON_SERVE_STORIES=4000, or COLOPHON_SERVE_DATA=DIR.
.PHONY: bench
bench: go ## Run the benchmarks, with COLOPHON_MILLION=1 of a million stories; compare with the run before
	@mkdir -p bench; if [ -s bench/new.txt ]; then mv bench/new.txt bench/old.txt; fi
	@: > bench/new.txt; lab="$$(go list $(PKG) | grep /test/lab || true)"; parts="$$(go list $(PKG) | grep -v /test/lab || true)"; \
	[ -z "$$parts" ] || go test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime $(BENCHTIME) -count $(COUNT) -timeout 60m $$parts | tee -a bench/new.txt; \
	[ -z "$$lab" ] || go test -run '^$$' -bench '$(BENCH)' -benchtime 1x -count $(COUNT) -timeout 60m $$lab | tee -a bench/new.txt
	@if [ -s bench/old.txt ]; then $(TOOL) benchstat bench/old.txt bench/new.txt; fi

.PHONY: wrk
wrk: go ## Measure a kept page beside a bare handler and nginx, with wrk
	@.ci/need 'wrk, nginx and taskset' 'command -v wrk && command -v nginx && command -v taskset' 'wrk nginx-light util-linux' \
	  'kept pages are not measured beside other servers' || { [ $$? = 1 ] || exit 1; exit 0; }; \
	COLOPHON_WRK=1 go test -count=1 -v -timeout 10m -run TestKeptPageBesideServers ./test/lab | grep -v '^ *=== '

.PHONY: fuzz
fuzz: go ## Run each fuzz target for FUZZTIME
	@for pkg in $$(go list $(PKG)); do \
	  for target in $$(go test -list '^Fuzz' "$$pkg" | grep '^Fuzz' || true); do \
	    echo "fuzz: $$pkg $$target"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10s "$$pkg"; \
	  done; \
	done

.PHONY: crash
crash: go ## Kill a rescue CRASHES times at random moments, and rescue hostile pages of full size (long)
	@COLOPHON_CRASHES=$(CRASHES) COLOPHON_HOSTILE=1 go test -count=1 -v -timeout 6h -run 'Kill|Crash|Hostile' $(PKG)

# Pages of each kind are scored apart: the same story is there in both, and
# together they would be joined as copies.
.PHONY: score
score: go ## Score the rescue of the labelled pages, where they are beside this folder
	@if [ ! -d '$(SHARED)/data/headers' ] || [ ! -d '$(SHARED)/tools/score' ]; then \
	  echo "colophon: no labelled pages in $(SHARED): nothing is scored." >&2; [ "$${CI:-}" != true ]; exit; fi; \
	work="$$(mktemp -d)"; trap 'rm -rf "$$work"' EXIT; \
	CGO_ENABLED=0 go build -o "$$work/colophon" ./cmd/colophon; \
	headers="$$(cd '$(SHARED)/data/headers' && pwd)"; \
	for ext in html txt; do \
	  mkdir "$$work/$$ext"; cp "$$headers"/*."$$ext" "$$work/$$ext"; \
	  "$$work/colophon" rescue --dry-run --json --body "$$work/$$ext" >"$$work/$$ext.jsonl"; \
	  echo; echo "== $$ext"; \
	  (cd '$(SHARED)/tools/score' && go run . -gold "$$headers" -ext "$$ext" $(ARGS) "$$work/$$ext.jsonl"); \
	done

.PHONY: clean
clean: ## Remove what building and measuring left behind
	@rm -rf colophon bench dist gallery test/browser/node_modules coverage.out coverage.html

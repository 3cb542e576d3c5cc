# One target per intent; `make help` prints them.
SHELL := /bin/sh
BACKEND := backend
SPA_DIST := $(BACKEND)/internal/httpapi/spa/dist
SPA_STAMP := $(BACKEND)/bin/.spa
BINARY := $(BACKEND)/bin/byline
SPA_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -path frontend/e2e -prune -o -path frontend/test-results -prune -o -type f -print 2>/dev/null)
EMBEDDED := $(CURDIR)/deploy/embedded

.PHONY: help
help: ## print this
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: build embedded ## install, build and start everything with a demo workspace
	@BYLINE_EMBEDDED_DIR="$${BYLINE_EMBEDDED_DIR:-$(EMBEDDED)}" exec ./$(BINARY) serve --demo --with-parent

.PHONY: dev
dev: binary embedded frontend-modules ## like run, with the web application reloading as it is edited (port 5173)
	@sh scripts/dev.sh

.PHONY: build
build: spa binary ## the program with the web application inside: backend/bin/byline

.PHONY: binary
binary:
	@mkdir -p $(BACKEND)/bin
	@cd $(BACKEND) && CGO_ENABLED=0 go build -o bin/byline ./cmd/byline

.PHONY: spa
spa: $(SPA_STAMP)

$(SPA_STAMP): $(SPA_SOURCES)
	@sh scripts/npm-ci.sh frontend
	@cd frontend && npm run --silent build -- --logLevel warn
	@find $(SPA_DIST) -mindepth 1 ! -name placeholder.html -delete
	@cp -R frontend/dist/. $(SPA_DIST)/
	@mkdir -p $(dir $@) && touch $@

.PHONY: frontend-modules
frontend-modules:
	@sh scripts/npm-ci.sh frontend

.PHONY: embedded
embedded: # server programs for machines that have none
	@sh scripts/embedded.sh

.PHONY: test
test: build embedded ## every check and test; the last line is "N passed, N failed"
	@cd $(BACKEND) && go run ./cmd/testsum

.PHONY: lint
lint: frontend-modules ## formatters, linters and type check only
	@cd $(BACKEND) && go run ./cmd/testsum -only static

.PHONY: gen
gen: frontend-modules ## write what is generated: API description, typed client, editor schema
	@sh scripts/gen.sh

.PHONY: check-gen
check-gen: frontend-modules ## fail when generated files are not up to date
	@sh scripts/check-gen.sh

.PHONY: e2e
e2e: build embedded ## the browser tests alone
	@cd $(BACKEND) && go run ./cmd/testsum -only e2e

.PHONY: test-corpus
test-corpus: embedded ## long tests on the whole corpus (BYLINE_CORPUS)
	@cd $(BACKEND) && BYLINE_WHOLE_CORPUS=1 go test -count=1 -run 'Corpus' -v ./internal/library ./internal/platform/extract

.PHONY: race
race: embedded ## the Go tests of what runs at once, under the race detector
	@cd $(BACKEND) && CGO_ENABLED=1 go test -race -p 2 -count=1 -timeout 30m $${RACE:-./internal/httpapi ./internal/coedit ./internal/drafts ./internal/links ./internal/posts ./internal/search ./internal/platform/...}

.PHONY: fuzz-coedit
fuzz-coedit: ## 5,000 runs of people writing together over a bad network, then random messages
	@cd $(BACKEND) && go run ./cmd/chaos fuzz -seeds $${SEEDS:-5000} -fuzztime $${FUZZTIME:-60s}

.PHONY: chaos-coedit
chaos-coedit: binary embedded ## people write while servers and the database are killed
	@cd $(BACKEND) && go run ./cmd/chaos coedit

.PHONY: tour
tour: build embedded ## take the pictures of the readme's tour anew
	@mkdir -p docs/tour && cd frontend && BYLINE_TOUR=$(CURDIR)/docs/tour BYLINE_BIN=$(CURDIR)/$(BINARY) npx --no playwright test e2e/story.spec.ts

.PHONY: bench
bench: ## speed against floors in the same run
	@cd $(BACKEND) && go run ./cmd/bench

.PHONY: bench-upload
bench-upload: build ## a 2 GB file from Chromium over a link that drops every 20 seconds
	@cd frontend && node scripts/bench-upload.mjs

.PHONY: bench-search
bench-search: ## search quality on the corpus
	@cd $(BACKEND) && go run ./cmd/bench search

.PHONY: bench-library
bench-library: embedded ## search in a resource center of 50,000 resources, against raw Meilisearch
	@cd $(BACKEND) && go run ./cmd/bench library

.PHONY: bench-checks
bench-checks: embedded ## the nightly checks in a resource center of 50,000 resources
	@cd $(BACKEND) && go run ./cmd/bench checks

.PHONY: bench-web
bench-web: build embedded ## first useful paint on a slow processor, and bytes over the wire
	@sh scripts/bench-web.sh

.PHONY: clean
clean: ## remove what was built; the data folder stays
	rm -rf $(BACKEND)/bin frontend/dist frontend/node_modules deploy/embedded/node_modules
	find $(SPA_DIST) -mindepth 1 ! -name placeholder.html -delete

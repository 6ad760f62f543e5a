# What people do with this package, one target each. `make help` lists them.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
TARGET ?= all
SECONDS ?= 240
# Half a minute for each of the targets.
FUZZ_SMOKE ?= 240
# What `--version` says of the build.
ifeq ($(origin LINT_COPY_COMMIT),undefined)
LINT_COPY_COMMIT := $(shell Scripts/commit)
endif
export LINT_COPY_COMMIT

SOURCES := Package.swift Sources Tests Benchmarks/Program
RELEASE := .build-release/release/lint-copy
IN_PROCESS := .build-bench/release/lint-copy-benchmark

.DEFAULT_GOAL := help
.PHONY: help try build test test-all test-integration fuzz bench bench-check in-process limits mutants \
  format lint lint-examples rules new-rule release release-order install \
  dependencies clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort \
	  | awk -F ':.*## ' '{ printf "  make %-18s %s\n", $$1, $$2 }'

try: build ## build, then judge a copy that is ready and one that is blocked
	@Scripts/try-examples "$$($(SWIFT) build --show-bin-path)/lint-copy"

build: dependencies ## build the program for development
	$(SWIFT) build --product lint-copy

test: dependencies ## build and run the tests (ten minutes at most on two cores)
	$(SWIFT) test

test-all: dependencies ## run the tests with the full counts of generated cases, and fuzz half a minute each
	LINT_COPY_FULL_TESTS=1 $(SWIFT) test -c release --scratch-path .build-test-all \
	  -Xswiftc -enable-testing
	SWIFT="$(SWIFT)" Scripts/fuzz all $(FUZZ_SMOKE)

fuzz: dependencies ## fuzz with libFuzzer: make fuzz TARGET=json SECONDS=60 (TARGET=all shares the time)
	@SWIFT="$(SWIFT)" Scripts/fuzz "$(TARGET)" "$(SECONDS)"

limits: release ## give the release build what was made to exhaust it, and measure
	Scripts/measure-limits $(RELEASE)

mutants: dependencies ## change the rules' own code in 200 places, and see whether the tests notice
	@SWIFT="$(SWIFT)" Scripts/mutants

test-integration: dependencies ## run the tests that need other people's programs
	$(SWIFT) build --product lint-copy
	Scripts/test-integration "$$($(SWIFT) build --show-bin-path)/lint-copy"

bench: release in-process ## print the figures of docs/performance.md (ONLY=cold for one)
	python3 Benchmarks/bench.py $(RELEASE) $(IN_PROCESS) $(addprefix --only ,$(ONLY))

bench-check: release in-process ## count instructions with callgrind and hold them to thresholds
	python3 Benchmarks/check.py $(RELEASE) $(IN_PROCESS) $(if $(RECORD),--record)

in-process: dependencies
	LINT_COPY_BENCHMARKS=1 $(SWIFT) build -c release --product lint-copy-benchmark --scratch-path .build-bench

format: ## format the sources in place
	$(SWIFT) format -i -r --configuration .swift-format $(SOURCES)

lint: dependencies ## check format, forbidden constructs, and that nothing warns
	$(SWIFT) format lint --strict -r --configuration .swift-format $(SOURCES)
	Scripts/check-sources
	LINT_COPY_WARNINGS_AS_ERRORS=1 $(SWIFT) build --build-tests --scratch-path .build-lint
	$(MAKE) --no-print-directory lint-examples PROGRAM=.build-lint/debug/lint-copy

lint-examples: ## lint examples/ with lint-copy itself (PROGRAM=, else the development build)
ifndef PROGRAM
	$(SWIFT) build --product lint-copy
endif
	Scripts/lint-examples "$(or $(PROGRAM),$$($(SWIFT) build --show-bin-path)/lint-copy)"

rules: dependencies ## make the tables and pages of the files in Rules/
	-RECORD_SNAPSHOTS=1 $(SWIFT) test --filter 'ChecksTests.*Generated.rule.files'
	$(SWIFT) test --filter 'ChecksTests.*Generated.rule.files'

new-rule: ## begin a rule: make new-rule ID=my-rule
	Scripts/new-rule "$(ID)"

release: dependencies ## build one stripped file with the Swift runtime and libyaml inside
	Scripts/build-release
	@echo "built $(RELEASE)"

release-order: ## record which functions a run needs, for the release's linker
	Scripts/record-order

install: release ## install the release build, its manual page and completions (PREFIX=, DESTDIR=)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/lint-copy"
	install -d "$(DESTDIR)$(PREFIX)/share/man/man1"
	install -m 644 docs/lint-copy.1 "$(DESTDIR)$(PREFIX)/share/man/man1/lint-copy.1"
	Scripts/install-completions $(RELEASE) "$(DESTDIR)$(PREFIX)/share"

dependencies: ## install libyaml and pkg-config where they are missing
	@Scripts/install-dependencies

clean: ## remove everything that was built
	rm -rf .build .build-bench .build-release .build-lint .build-test-all .build-integration \
	  .build-embedding .fuzz .mutants

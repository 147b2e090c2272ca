# sandboa: build, run, test. No target asks a question; each is quick when nothing has changed.
#
# A fresh Debian 12 needs a Swift toolchain, make and git; `make run` and `make test` fetch the rest
# and say so. What they may do to the machine is in sandbox/setup, one short script per step.

PREFIX  ?= /usr/local
DESTDIR ?=

release := .build/release
python  := .build/test-venv/bin/python
place   := $(DESTDIR)$(PREFIX)

.PHONY: build run test check format bench fuzz install install-files lock clean help ready ready-to-test
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

## build: compile the release programs
build: ready
	swift build -c release

## run: build, prepare the data environment, play the demonstration
run: build
	@$(release)/sandboa env build data
	@$(release)/sandboa demo

## test: every test: Swift, end to end, attacks (under 15 minutes on two cores)
test: ready-to-test
	swift build --build-tests
	swift test --skip-build
	swift build -c release
	@sandbox/setup/test-venv
	$(python) -m pytest $(wildcard Tests/EndToEnd Tests/Attacks)
	@for suite in $(wildcard Tests/*/run); do echo "$$suite"; "$$suite" || exit 1; done

## check: formatting, house rules, no warnings
check: ready
	@for script in sandbox/setup/* .ci/run; do sh -n "$$script" || exit 1; done
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	swift build --build-tests
	swift test --skip-build --filter TidyTests

## format: rewrite the Swift sources as `make check` wants them
format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests

## bench: measure; prints ratios against a bare fork and a cold python3
bench: build
	@$(release)/sandboa bench

## fuzz: hostile bytes for every parser, ten minutes each
fuzz: ready
	swift build --build-tests
	SANDBOA_FUZZ_SECONDS=600 swift test --skip-build --filter FuzzTests

## install: copy the programs and their data to PREFIX (default /usr/local)
install: $(release)/sandboa $(release)/sandboa-worker install-files

# The built programs, as they are: also how the tests make a copy that another user can read.
install-files:
	@install -Dm755 $(release)/sandboa "$(place)/bin/sandboa"
	@install -Dm755 $(release)/sandboa-worker "$(place)/libexec/sandboa/sandboa-worker"
	@find sandbox policies -type f ! -path 'sandbox/setup/*' ! -path '*/__pycache__/*' | \
	  while read -r file; do install -Dm644 "$$file" "$(place)/share/sandboa/$$file"; done

$(release)/sandboa $(release)/sandboa-worker: Package.swift $(shell find Sources -type f)
	@$(MAKE) build

## lock: resolve the Python environments again, to the newest versions
lock:
	@sandbox/setup/lock

## clean: remove everything that was built
clean:
	rm -rf .build

## help: this list
help:
	@sed -n 's/^## \([a-z]*\): /  make \1\t/p' Makefile | expand -t 18

ready:
	@sandbox/setup/toolchain --found
	@sandbox/setup/packages run
	@sandbox/setup/toolchain

ready-to-test:
	@sandbox/setup/toolchain --found
	@sandbox/setup/packages test
	@sandbox/setup/toolchain

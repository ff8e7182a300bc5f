# make test · make bench · make simulate SEEDS=n · make fuzz · make format
# Everything that a fresh Debian machine with Swift needs is installed by `make setup`.
SHELL := /bin/bash
PACKAGES := socat
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
FLAGS := --explicit-target-dependency-import-check error
SWIFT := Package.swift Sources Tests Samples/Package.swift Samples/Sources
SEEDS ?= 2000
# The engine's tests run once on each of these beside the automatic choice; where the kernel
# forbids io_uring, that round is one more on epoll.
POLLERS ?= poll select io_uring
# `make fuzz SECONDS=600` is for each fuzzer; with KEEP=1 the corpora in the tree are renewed.
SECONDS ?= 60

.PHONY: test bench simulate setup lint format fuzz clean

setup:
	@missing=(); for p in $(PACKAGES); do dpkg -s "$$p" >/dev/null 2>&1 || missing+=("$$p"); done; \
	if (($${#missing[@]})); then \
	    $(SUDO) apt-get update -qq && \
	    $(SUDO) apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null; fi

lint:
	swift format lint --strict --recursive --parallel $(SWIFT)

format:
	swift format --in-place --recursive --parallel $(SWIFT)

test: setup lint
	swift build --build-tests $(FLAGS)
	swift build --package-path Samples
	swift test --skip-build
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; for poller in $(POLLERS); do \
	    echo "engine tests on $$poller"; \
	    FAIRLEAD_POLLER=$$poller swift test --skip-build --filter FairleadEngineTests \
	        >"$$log" 2>&1 || { cat "$$log"; exit 1; }; done

# Beside the peers of ../shared/bench, which are installed and built at the first time.
bench:
	Tests/Benchmarks/echo
	Tests/Benchmarks/nmea

fuzz:
	KEEP=$(KEEP) Tests/Fuzz/run $(SECONDS)

# SEEDS worlds from START_SEED on; a failing seed is printed, and replays to the same trace.
simulate:
	swift build --build-tests $(FLAGS)
	SEEDS=$(SEEDS) START_SEED=$(or $(START_SEED),1) swift test --skip-build --filter everySeed

clean:
	rm -rf .build .build-fuzz Samples/.build

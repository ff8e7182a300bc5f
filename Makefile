# make run · make test · make bench · make simulate SEEDS=n · make fuzz · make format
# make install · make uninstall · make rig-test
# Everything that a fresh Debian machine with Swift needs is installed by `make setup`.
SHELL := /bin/bash
PACKAGES := socat libudev-dev udev systemd zlib1g-dev libsqlite3-dev
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
FLAGS := --explicit-target-dependency-import-check error
SWIFT := Package.swift Sources Tests Samples/Package.swift Samples/Sources
SEEDS ?= 2000
# The engine's tests run once on each of these beside the automatic choice; where the kernel
# forbids io_uring, that round is one more on epoll.
POLLERS ?= poll select io_uring
# `make fuzz SECONDS=600` is for each fuzzer; with KEEP=1 the corpora in the tree are renewed.
SECONDS ?= 60

# One form for `run` and `install`: with Swift's libraries inside it needs 4 MB less and starts
# sooner.
RELEASE := swift build -c release --product fairlead --static-swift-stdlib -Xlinker -z -Xlinker now

.PHONY: run test bench bench-devices simulate setup lint format fuzz install uninstall
.PHONY: rig-test clean

setup:
	@missing=(); for p in $(PACKAGES); do dpkg -s "$$p" >/dev/null 2>&1 || missing+=("$$p"); done; \
	if (($${#missing[@]})); then \
	    $(SUDO) apt-get update -qq && \
	    $(SUDO) apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null; fi

lint:
	swift format lint --strict --recursive --parallel $(SWIFT)

format:
	swift format --in-place --recursive --parallel $(SWIFT)

# The gateway, with what it finds: it prints where to look.
run: setup
	$(RELEASE)
	exec "$$($(RELEASE) --show-bin-path)/fairlead" run $(ARGUMENTS)

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
	Tests/Benchmarks/http
	Tests/Benchmarks/nmea
	Tests/Benchmarks/irc
	Tests/Benchmarks/gateway

# What a device costs that floods, is not there, or is pulled a thousand times.
bench-devices:
	swift run -c release --package-path Tests/Benchmarks bench-devices 10

fuzz:
	KEEP=$(KEEP) Tests/Fuzz/run $(SECONDS)

# SEEDS worlds from START_SEED on; a failing seed is printed, and replays to the same trace.
simulate:
	swift build --build-tests $(FLAGS)
	SEEDS=$(SEEDS) START_SEED=$(or $(START_SEED),1) swift test --skip-build --filter everySeed

# Where `make install` puts things; DESTDIR=folder puts the whole tree below a folder instead.
PREFIX ?= /usr/local
# An executable that is built already, for tests.
BUILT ?=
# The administrator's, once it is there: `make install` does not touch it again.
CONFIGURATION := $(DESTDIR)/etc/fairlead.yaml
UNITS := fairlead.service fairlead.socket fairlead@.service
BIN := $(DESTDIR)$(PREFIX)/bin
UDEV := $(DESTDIR)$(PREFIX)/lib/udev
SYSTEMD := $(DESTDIR)$(PREFIX)/lib/systemd/system
# With DESTDIR, or in a container, nobody is there to be told.
TELL := $(if $(DESTDIR),false,test -d /run/systemd/system)

install: $(if $(BUILT),,setup)
	$(if $(BUILT),,$(RELEASE))
	install -d $(BIN) $(UDEV)/rules.d $(SYSTEMD)
	install -m 755 $(or $(BUILT),$$($(RELEASE) --show-bin-path)/fairlead) $(BIN)/fairlead
	test -e $(CONFIGURATION) || install -D -m 644 udev/fairlead.yaml $(CONFIGURATION)
	install -m 755 udev/fairlead-number $(UDEV)/fairlead-number
	sed 's|/usr/local/|$(PREFIX)/|' udev/60-fairlead.rules >$(UDEV)/rules.d/60-fairlead.rules
	for unit in $(UNITS); do \
	    sed 's|/usr/local/|$(PREFIX)/|' "udev/$$unit" >"$(SYSTEMD)/$$unit" || exit 1; done
	chmod 644 $(UDEV)/rules.d/60-fairlead.rules $(UNITS:%=$(SYSTEMD)/%)
	if $(TELL); then systemctl daemon-reload && udevadm control --reload && \
	    udevadm trigger --subsystem-match=tty; fi

uninstall:
	if $(TELL); then systemctl disable --now fairlead.socket fairlead.service; \
	    systemctl stop 'fairlead@*'; fi || true
	if cmp -s udev/fairlead.yaml $(CONFIGURATION); then rm -f $(CONFIGURATION); fi
	rm -f $(BIN)/fairlead $(UDEV)/fairlead-number $(UDEV)/rules.d/60-fairlead.rules
	rm -f $(UNITS:%=$(SYSTEMD)/%)
	if $(TELL); then systemctl daemon-reload; udevadm control --reload; fi

# A virtual machine with a real udev and real adapters (../shared/rig): minutes, and root once to
# build its image.
RIG ?= $(firstword $(wildcard ../shared/rig ../../shared/rig))
RIG_PACKAGES := qemu-system-x86 debootstrap

rig-test: PACKAGES += $(RIG_PACKAGES)
rig-test: setup
	# What the program needs beside the base system.
	$(SUDO) env RIG_EXTRA_PACKAGES=libsqlite3-0 $(RIG)/build-image
	$(RELEASE)
	rm -rf .build/stage && mkdir -p .build/stage
	strip -o .build/stage/fairlead "$$($(RELEASE) --show-bin-path)/fairlead"
	$(MAKE) --no-print-directory install BUILT=.build/stage/fairlead DESTDIR=.build/stage
	RIG=$(RIG) python3 Tests/Rig/rig_test.py .build/stage/fairlead .build/stage

clean:
	rm -rf .build .build-fuzz Samples/.build

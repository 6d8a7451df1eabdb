## make             set everything up, then build every booklet into output/
## make test        set everything up, then check the style, the types and all tests
## make test-quick  the same without the tests that build the real booklets
## make approve     take the trial pages as they are set now for those that tests compare with
## make accuracy    measure how right the Chinese is, and write docs/accuracy.md
## make lock        recompile both lock files from pyproject.toml, keeping what still fits
## make clean       remove output/ and what builds remember
## make help        show this list

BIN := .venv/bin

# Homebrew links no Java, and may itself not be on the PATH.
ifeq ($(shell uname),Darwin)
brew_homes := /opt/homebrew /usr/local
brew_paths := $(foreach home,$(brew_homes),$(home)/opt/openjdk/bin:$(home)/bin:)
empty :=
export PATH := $(subst $(empty) ,,$(brew_paths))$(PATH)
endif

# Once it is done, it only looks: see setup/.
set_up = @python=$$(sh setup/system.sh $(1)) && "$$python" setup/environment.py $(1)

.PHONY: booklets test test-quick checks approve accuracy lock clean help

booklets:
	$(call set_up,build)
	$(BIN)/diglot build

test: checks
	$(BIN)/pytest

test-quick: checks
	$(BIN)/pytest -m "not booklets"

checks:
	$(call set_up,test)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

approve:
	$(call set_up,test)
	$(BIN)/python -m tests.approved.approve

accuracy:
	$(call set_up,test)
	$(BIN)/python -m benchmarks.accuracy

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --group build

lock:
	$(call set_up,build)
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:
	rm -rf output .cache/build

help:
	@sed -n 's/^## //p' Makefile

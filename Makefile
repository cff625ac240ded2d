# Two commands do all the set-up: `make run` and `make test`. They need Python 3.11 or newer and, the first time,
# the network. `make run ARGS="drill copy --seconds 60"` passes arguments on.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check setup drills read bench lock wheel clean

help:
	@echo "make run    set up what is missing, then start typetrainer (ARGS=\"...\" are passed on)"
	@echo "make test   set up what is missing, then run all checks and tests"
	@echo "make drills look over the bundled packs, their language as well"
	@echo "make read   the same, and keep what LanguageTool found beside them (drills/read.json)"
	@echo "make bench  print the benchmarks beside their references"
	@echo "make wheel  build the wheel into dist/"
	@echo "make lock   pin the dependencies anew from pyproject.toml (needs uv)"
	@echo "make clean  remove the environment and caches of tools"

run: setup
	@exec $(BIN)/typetrainer $(ARGS)

setup: $(READY)
	@$(BIN)/typetrainer setup --if-needed || \
		echo "Going on without LanguageTool: drills work, replies say \"not checked\". \`typetrainer setup\` tries again." >&2

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer, with venv, is needed and was not found on PATH." >&2; exit 1; }
	@echo "Setting up the Python environment in $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

test: $(READY)
	@$(BIN)/typetrainer setup --if-needed
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n $(WORKERS) --durations=12 -m "not alone"
	$(BIN)/python -m pytest --durations=6 -m alone

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

drills: setup
	@$(BIN)/typetrainer drills lint

# What LanguageTool finds in the bundled texts, to come with them (drills/read.json).
read: setup
	@$(BIN)/typetrainer drills lint --hand-out

bench: setup
	@$(BIN)/python tests/benchmarks

wheel: $(READY)
	@$(BIN)/python -m hatchling build -t wheel

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--all-extras --upgrade pyproject.toml -o requirements.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

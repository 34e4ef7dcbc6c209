# Wallboard. `make help` lists the targets.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo run test bench bench-long lint messages format clean
.DEFAULT_GOAL := help

help:
	@echo 'make demo    a working wallboard with a simulated call centre, at http://localhost:8000 (PORT=… for another)'
	@echo 'make run     the same against a real PBX: PBX_URL=… PBX_LOGIN=… PBX_PASSWORD=…'
	@echo 'make test    all tests: Python, JavaScript, browser'
	@echo 'make bench   the benchmarks, one JSON line per figure'
	@echo 'make bench-long  the large sets of data: LONG_REPORT_CALLS, LONG_INGEST_CALLS, LONG_REBUILD_CALLS set their sizes; the soak: SOAK_HOURS'
	@echo 'make lint    linters, type checker, import contracts, translations'
	@echo 'make messages  collect the texts for translators'

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'wallboard: Python 3.11 or newer is needed and was not found. On Debian or Ubuntu: apt-get install python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'wallboard: Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@echo 'Making a virtual environment in $(VENV) …'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml .ci/constraints.txt | $(BIN)/python
	@echo 'Installing the dependencies …'
	@$(BIN)/python -m pip install -q -c .ci/constraints.txt -e . || { echo 'wallboard: the dependencies could not be installed; the first start needs the network (PyPI).' >&2; exit 1; }
	@touch $@

$(VENV)/.dev: pyproject.toml .ci/constraints.txt | $(BIN)/python
	@echo 'Installing the dependencies and the tools for tests …'
	@$(BIN)/python -m pip install -q -c .ci/constraints.txt -e '.[dev]' || { echo 'wallboard: the dependencies could not be installed; the first start needs the network (PyPI).' >&2; exit 1; }
	@touch $@ $(VENV)/.run

demo run: $(VENV)/.run
	@exec $(BIN)/python -m wallboard.processes $@ --tied

.PHONY: tools
tools: $(VENV)/.dev
	@.ci/system-packages

test: tools
	@.ci/test

bench: tools
	@$(BIN)/python -m tests.benchmarks

bench-long: tools
	@$(BIN)/python -m tests.benchmarks.long
	@$(BIN)/python -m tests.benchmarks.soak

messages: tools
	@.ci/messages update

lint: tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@.ci/messages check

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .wallboard .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results

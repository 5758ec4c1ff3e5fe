SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help setup demo test e2e bench network-long lint fmt docs lock clean

help: ## Show these targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

setup: $(STAMP) ## Make the virtual environment from the hash-locked requirements

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kubeassay needs Python 3.11 or newer; set PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock: ## Renew the hash-locked requirements (needs uv)
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade pyproject.toml -o requirements/base.txt --custom-compile-command "make lock"
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade --all-extras pyproject.toml -o requirements/all.txt --custom-compile-command "make lock"
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade --all-extras --group dev pyproject.toml -o requirements/dev.txt --custom-compile-command "make lock"

lint: setup ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: setup ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: lint ## Run the tests that need nothing but Python
	$(BIN)/python -m pytest -q -n 2

e2e: setup ## Build the real parts, such as kube-apiserver, from pinned modules (needs Go) and test against them
	$(BIN)/python tests/tools/chromium.py
	$(BIN)/python tests/tools/build.py opa helm kustomize yamlread kube-apiserver etcd kwok
	$(BIN)/python -m pytest -q -m e2e tests

bench: setup ## Measure speed and memory, beside the peers that build here (needs Go)
	$(BIN)/python tests/bench/bench.py $(BENCH)

network-long: setup ## Hold the network's answers against a slow evaluator on 10,000 random clusters
	$(BIN)/python -m tests.network.long_run $(LONG)

demo: setup ## Scan the example application into demo-out/, with a summary
	@mkdir -p demo-out
	$(BIN)/kubeassay scan examples/parcels --exit-zero \
	  --output table --output sarif=demo-out/parcels.sarif --output json=demo-out/parcels.json
	@echo; echo "SARIF: demo-out/parcels.sarif   JSON: demo-out/parcels.json"

docs: setup ## Write the generated pages of docs/
	$(BIN)/python docs/generate.py

clean: ## Remove what was built
	rm -rf .venv dist build demo-out bench-out .mypy_cache .ruff_cache .pytest_cache

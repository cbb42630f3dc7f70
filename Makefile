# `make` builds the site and the PDFs; `make help` lists the rest. The first run sets up .venv; what only tests need is
# added when a target first asks for it.

PYTHON ?= python3
ARCHIVE ?= $(or $(REPORTGEN_ARCHIVE),../shared/sources)
BIN := .venv/bin
READY := .venv/.ready
TESTS_READY := .venv/.ready-for-tests
RUN := $(BIN)/python -m reportgen
# Python keeps what it has compiled, also where a container's settings forbid it: every start takes half the time.
export PYTHONDONTWRITEBYTECODE :=

define NO_PYTHON
reportgen needs Python 3.11 or newer, and $(PYTHON) is older or missing.
Name another one:  make PYTHON=python3.12
endef
define NO_VENV
Python could not make a virtual environment in .venv. On Debian and Ubuntu this package is missing:
  sudo apt-get install python3-venv
endef
define NO_PANGO
The PDFs are set with Pango, which is missing. Install it, then run make again:
  Debian, Ubuntu:  sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  macOS:           brew install pango
endef
export NO_PYTHON NO_VENV NO_PANGO

.PHONY: build html pdf check due verify serve publish test soak bench gallery lint clean help
.DEFAULT_GOAL := build

build: $(READY)
	@$(RUN) build
html pdf: $(READY)
	@$(RUN) build --format $@
check: $(READY)
	@$(RUN) check
due: $(READY)
	@$(RUN) due --as-of today --within P30D --format markdown
verify: $(READY)
	@$(RUN) verify --archive $(ARCHIVE)
publish: $(READY)
	@$(RUN) publish $(or $(TO),$(error Where to? For example:  make publish TO=git:gh-pages))
serve: $(READY)
	@$(RUN) serve
soak: $(TESTS_READY)
	@REPORTGEN_SOAK=500 REPORTGEN_KILLS=200 REPORTGEN_MUTANTS=5000 REPORTGEN_DOCUMENTS=1000 REPORTGEN_EDITS=2000 \
	  $(BIN)/python -m pytest -q tests/rebuild tests/mistakes tests/conservation tests/editions
bench: $(TESTS_READY)
	@$(BIN)/python -m tests.bench $(BENCH)
	@$(BIN)/python -m tests.bench.much_data
test: $(TESTS_READY)
	@$(BIN)/python -m pytest -n auto --dist worksteal  # in their order, so that few fixtures of a file are made twice
gallery: $(TESTS_READY)
	@$(BIN)/python -m tests.drawing.gallery build/gallery
lint: $(TESTS_READY)
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py
clean:
	@find build -mindepth 1 ! -name .gitignore -delete
	@echo "build/ is empty; .venv is as it was."
help:
	@echo "make          the site and the PDFs, in build/site"
	@echo "make html     the site without PDFs      make pdf     the PDFs alone"
	@echo "make check    look for mistakes, and change nothing"
	@echo "make due      what is to be looked at again, in the next thirty days too"
	@echo "make verify   find every quotation in the saved sources: ARCHIVE=$(ARCHIVE)"
	@echo "make serve    the site in a browser while you write"
	@echo "make bench    how long builds take: BENCH='--briefs 200'    make soak    500 random edits, 200 kills"
	@echo "make publish  check all of it, and send what changed: TO=folder, git:gh-pages, s3://bucket, …"
	@echo "make test     the program's own tests    make lint    ruff, mypy, the layers"
	@echo "make gallery  each kind of chart beside the same drawn by Kaleido with Chromium, and how far they are apart"
	@echo "make clean    empty build/"

$(READY): requirements.lock pyproject.toml setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>&- || { echo "$$NO_PYTHON" >&2; exit 1; }
	@echo "Setting up .venv; this takes half a minute, once." >&2
	@$(PYTHON) -m venv .venv || { echo "$$NO_VENV" >&2; exit 1; }
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@$(BIN)/python -c 'import weasyprint' 2>&- || { echo "$$NO_PANGO" >&2; exit 1; }
	@touch $@

$(TESTS_READY): $(READY) requirements-dev.lock
	@echo "Adding what the tests need to .venv; this takes a minute, once." >&2
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements-dev.lock
	@touch $@

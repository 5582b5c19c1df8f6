# Everything a fresh machine needs is installed by the first target that needs it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUNS   := $(VENV)/.runs
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run demo wheel wheelhouse test check bench docs score lock clean help
.DEFAULT_GOAL := help

help:            ## what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(RUNS): requirements-run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements-run.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(READY): requirements.lock | $(RUNS)
	@$(INSTALL) --require-hashes -r requirements.lock
	@touch $@

run: $(RUNS)     ## one pass over inbox/ (what cron calls)
	@$(BIN)/pipeline run

demo: $(RUNS)    ## play two days of an office in demo/
	@$(BIN)/pipeline demo demo

wheel: $(RUNS)   ## the program as one file in dist/, for machines without this folder
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

wheelhouse: wheel ## the same with all that it needs in dist/wheelhouse/, for machines like this one without internet
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes -r requirements-run.lock --dest dist/wheelhouse
	@cp dist/ruwang-*.whl dist/wheelhouse/

test: $(READY)   ## the tests
	@$(BIN)/python -m pytest

check: $(READY)  ## style, types, layers, known faults of what we depend on
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --silent $(TOOLS) || echo "the tools for the audit cannot be had here" >&2
	@$(BIN)/python -m tests.supply.audit

$(TOOLS): requirements-tools.lock | $(READY)
	@$(INSTALL) --require-hashes -r requirements-tools.lock
	@touch $@

# their own tests, and the whole runs that put the ledger, the locks and the offices to use
COVERING := tests/merge tests/outside tests/deliver tests/cli/test_safe_xml.py tests/commands/test_run.py tests/commands/test_undo.py tests/commands/test_rebuild.py \
  tests/commands/test_restore.py tests/outside/ledger/test_offices.py tests/intake/test_master_diff.py tests/commands/test_doctor.py tests/commands/test_history.py \
  tests/outside/workers/test_dask.py tests/procedures
.PHONY: cover
cover: $(READY)  ## lines and branches of outside/, merge/ and deliver/ that the tests reach
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(or $(TESTS),$(COVERING))
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

.PHONY: mutate
mutate: $(TOOLS) ## change merge/ a little, again and again: do its tests notice? Survivors: .venv/bin/mutmut results
	@$(BIN)/mutmut run

.PHONY: chaos
chaos: $(READY)  ## kill, break off and crowd runs as often as docs/promises.md says, and write its figures
	@$(BIN)/python -m tests.chaos --page docs/promises.md

bench: $(READY)  ## against a plain script, in one run
	@$(BIN)/python -m tests.bench --page docs/performance.md --paper docs/scale.md

.venv-score/.ready: requirements-score.lock
	@$(PYTHON) -m venv .venv-score
	@.venv-score/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-score.lock
	@touch $@

.PHONY: score
score: $(READY) .venv-score/.ready   ## how well sheets are read and duplicates found; writes docs/score.md
	@$(BIN)/python -m tests.score

.PHONY: fuzz
fuzz: $(READY)   ## damage sheets for a minute and read them: make fuzz SECONDS=600 SEED=7 FILES=folder
	@$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60) $(if $(SEED),--seed $(SEED)) $(if $(FILES),--files $(FILES))

.PHONY: office
office: PAGE ?= docs/promises.md
office: $(READY) ## play simulated offices, 500 x 15 days, and write the figures: make office SEEDS=50 DAYS=10 FIRST=7 STORIES=1 PAGE=
	@$(BIN)/python -m tests.office --seeds $(or $(SEEDS),500) --days $(or $(DAYS),15) --first $(or $(FIRST),0) --jobs $(or $(JOBS),2) --stories $(or $(STORIES),0) $(if $(PAGE),--page $(PAGE))

.PHONY: pictures
pictures: $(READY) ## take the pictures of docs/ from what the demo puts out; needs LibreOffice, poppler and Chromium
	@$(BIN)/python -m tests.pictures

docs: $(READY)   ## write the pages that are generated, and take the pictures where the programs for it are installed
	@$(BIN)/pipeline forms --rules --markdown > docs/findings.md
	@$(BIN)/pipeline procedures --page docs/procedures.md
	@$(BIN)/pipeline procedures --language-page docs/declarations.md --language en
	@$(BIN)/pipeline procedures --language-page docs/zh/写流程.md --language zh
	@$(BIN)/python -m tests.supply
	@$(BIN)/python -m tests.pictures --if-possible

LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11
lock: $(READY)   ## renew the locks from pyproject.toml: of a run, of those who work on it, of the tools
	@$(BIN)/$(LOCK) --all-extras --group dev pyproject.toml --output-file requirements.lock
	@$(BIN)/$(LOCK) --extra postgres --extra passwords --group build --constraint requirements.lock pyproject.toml --output-file requirements-run.lock
	@$(BIN)/$(LOCK) --group tools --constraint requirements.lock --output-file requirements-tools.lock

clean:           ## remove what make made, never inbox, outbox or ledger
	rm -rf $(VENV) .venv-score demo dist .pytest_cache .mypy_cache .ruff_cache

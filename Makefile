# Two commands: `make run` and `make test`. Both create .venv from requirements.lock when it is missing or outdated.
# Another interpreter: make run PYTHON=python3.12

VENV := .venv
STAMP := $(VENV)/requirements.lock
export MPLCONFIGDIR := $(CURDIR)/.cache/matplotlib
export MPLBACKEND := Agg

SUPPORTED := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
FIND_PYTHON = for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	if "$$python" -c '$(SUPPORTED)' >/dev/null 2>&1; then echo "$$python"; exit 0; fi; done
NO_PYTHON := Norrsim needs Python 3.11, 3.12 or 3.13 with its venv module, and none was found. \
	Install one (on Debian or Ubuntu also the package python3-venv), or name it: make run PYTHON=/path/to/python3.12

UI := outputs/page/ui
TOOLS := $(UI)/node_modules/.package-lock.json
# Node comes with the development packages of requirements.lock.
NPM = cd $(UI) && PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm

.PHONY: run test test-all check page bundle history figure benchmark suite data fit evidence recovery backtest golden lock
.PHONY: setup browser clean

run: $(STAMP)
	$(VENV)/bin/python sim.py run

check: $(STAMP)
	$(VENV)/bin/python sim.py check

# The what-if page: outputs/runs/reference-page/index.html.
page: $(STAMP)
	$(VENV)/bin/python sim.py page

test: $(STAMP) browser $(TOOLS)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest -q -n 2

test-all: $(STAMP) browser $(TOOLS)
	$(VENV)/bin/python -m pytest -q -n 2 -m "slow or not slow"

setup: $(STAMP)

$(STAMP): requirements.lock
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then echo "$(NO_PYTHON)" >&2; exit 1; fi; \
	echo "Creating $(VENV) with $$python from requirements.lock (a few minutes the first time)"; \
	"$$python" -m venv --clear $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --no-input --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(VENV)/bin/python -c "import matplotlib.font_manager"
	@cp requirements.lock $(STAMP)

# Reports and the what-if page are read by axe-core in a real browser, and the page is used in it. Another one: make test NORRSIM_BROWSER=/path/to/chrome
NO_BROWSER := Chromium was not found: the tests of reports and of the what-if page in a browser ARE SKIPPED. \
	Install it (Debian, Ubuntu: apt-get install chromium), or name one: make test NORRSIM_BROWSER=/path/to/chrome
FIND_BROWSER = [ -n "$$NORRSIM_BROWSER" ] || command -v chromium || command -v chromium-browser || command -v google-chrome
export NORRSIM_BROWSER

browser:
	@if { $(FIND_BROWSER); } >/dev/null 2>&1; then exit 0; fi; \
	if [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		echo "Installing chromium for the tests of pages and reports"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
			>/dev/null 2>&1 || true; \
	fi; \
	if ! { $(FIND_BROWSER); } >/dev/null 2>&1; then echo "$(NO_BROWSER)" >&2; fi

# What the page is built and tested with; the page itself travels built (outputs/page/bundle).
NO_TOOLS := The packages of $(UI)/package-lock.json could not be installed (no network?): the tests that build the \
	what-if page anew ARE SKIPPED.

$(TOOLS): $(UI)/package-lock.json | $(STAMP)
	@($(NPM) ci --silent --no-audit --no-fund) || echo "$(NO_TOOLS)" >&2

# The page's user interface, built from its sources: outputs/page/bundle.
bundle: $(STAMP) $(TOOLS)
	$(NPM) run --silent build

# Simulated against observed, 2011-2024.
history: $(STAMP)
	$(VENV)/bin/python sim.py compare-history

# The figure in the README, after the model has changed.
figure: run
	cp outputs/runs/reference/figures/overview.png outputs/overview.png

# Our engine beside PySD, pysimlin and a hand-written referee on the same files: agreement.json, benchmark.json and
# benchmark.md in tests/records (takes half an hour).
benchmark: $(STAMP)
	$(VENV)/bin/python -m model.engine.record
	$(VENV)/bin/python -m model.benchmark

# The language on other people's files: make suite FOLDER=<a checkout of SDXorg/test-models>.
suite: $(STAMP)
	$(VENV)/bin/python -m model.language.suite $(FOLDER)

# Observed and estimated tables, built anew from ../shared/data (not needed to run the model).
data: $(STAMP)
	$(VENV)/bin/python -m calibration.demography
	$(VENV)/bin/python -m calibration.economy
	$(VENV)/bin/python -m calibration.drivers
	$(VENV)/bin/python -m calibration.process_noise
	$(VENV)/bin/python -m calibration.backtest data
	$(VENV)/bin/python -m calibration.regressions data
	$(VENV)/bin/python -m calibration.elasticities data
	$(VENV)/bin/python -m calibration.elasticities

# The fit that runs use, with its posterior (half an hour); before it, the errors of the series.
fit: $(STAMP)
	$(VENV)/bin/python -m calibration.observe
	$(VENV)/bin/python sim.py calibrate --posterior

# What every scenario of the library gives, after model or fit has changed: tests/golden.
golden: $(STAMP)
	$(VENV)/bin/python -m tests.golden

# With the usual fit: regressions on data and model, a project from nowhere, natural experiments (two minutes).
evidence: $(STAMP)
	$(VENV)/bin/python -m calibration.regressions
	$(VENV)/bin/python -m calibration.experiments

# Known numbers found again in histories they made (half an hour): calibration/fit/recovery.csv.
recovery: $(STAMP)
	$(VENV)/bin/python -m calibration.fit.recovery

# The simulation model, calibrated anew at each origin, and simple methods on the past: scoreboard.csv, other outcomes, figures
# (some minutes; runs made before are kept in .cache/backtest).
backtest: $(STAMP)
	$(VENV)/bin/python -m calibration.backtest

# The lock is made with uv (https://docs.astral.sh/uv); any other way of installing the same versions works too.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
		--extra fast --extra posterior --extra cluster --extra benchmark --extra dev --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" -o requirements.lock
	sed -i.bak "/^--/d" requirements.lock && rm requirements.lock.bak

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis

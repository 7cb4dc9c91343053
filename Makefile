# Depesje: `make report` builds the briefings, `make test` tests everything; both set up what they need.

ARTICLE   ?=
PUBLISHED ?=
# Not from the environment, where LANGUAGE is the reader's list of locales (`en_GB:en`).
ifneq ($(origin LANGUAGE),command line)
LANGUAGE := en
endif

PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
READY  := $(VENV)/.installed

export SOURCE_DATE_EPOCH ?= 0
export ARTICLE PUBLISHED

SOURCES := $(wildcard notebooks/0[12]_*.ipynb notebooks/templates/* notebooks/templates/*/*) \
           $(shell find src/depesje -type f ! -name '*.pyc')
BUILD := $(RUN) -m depesje.report --language "$(LANGUAGE)"

NAMES := $(shell cd data/articles 2>/dev/null && ls -1 | grep '\.txt$$' | grep -v '[[:space:]]' | sed 's/\.txt$$//')
SPACED := $(shell ls -1 data/articles 2>/dev/null | grep '\.txt$$' | grep '[[:space:]]' | head -n 1)

.DEFAULT_GOAL := help
.PHONY: help report test bench lab site lint clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
	@echo
	@echo "  ARTICLE=path          the article to build, any text file (make report); else all in data/articles/"
	@echo "  PUBLISHED=2023-09-12  its publication date (or 2023-09, or 2023), if the file does not say it"
	@echo "  LANGUAGE=en|nb        the language of the briefing"

ifneq ($(strip $(ARTICLE)),)
report: $(READY)
	@$(BUILD) "$$ARTICLE"
else
report: $(NAMES:%=reports/%/.built) ## build the briefings: reports/<name>/briefing.html and .pdf
ifneq ($(strip $(SPACED)),)
	@echo "data/articles/$(SPACED): make cannot follow a file name with a space; rename it, or build it by ARTICLE=\"data/articles/$(SPACED)\"." >&2; exit 1
endif
endif

reports/%/.built: data/articles/%.txt reports/%/.parameters $(SOURCES) $(READY)
	@$(BUILD) "$<"
	@touch $@

# Holds the parameters of the last build, and is only touched when they change.
reports/%/.parameters: FORCE
	@mkdir -p $(@D)
	@echo 'PUBLISHED=$(PUBLISHED) LANGUAGE=$(LANGUAGE)' | cmp -s - $@ || echo 'PUBLISHED=$(PUBLISHED) LANGUAGE=$(LANGUAGE)' > $@

FORCE:

test: $(READY) ## run all tests
	@$(RUN) -m pytest

bench: $(READY) ## measure the speed, each number beside what it is compared to
	@$(RUN) benchmarks/report.py

lint: $(READY) ## format and lint check, type check
	@$(VENV)/bin/ruff format --check . && $(VENV)/bin/ruff check . && $(VENV)/bin/mypy

lab: $(READY) ## open JupyterLab with the reader, notebooks/explore.ipynb
	@$(VENV)/bin/jupyter lab --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate notebooks/explore.ipynb

site: report ## an index page of all briefings, reports/index.html, ready for static hosting
	@$(RUN) -m depesje.site reports

clean: ## remove the environment and all outputs but the committed sample
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@if [ -d .git ]; then git clean -fdXq reports; fi

$(READY): requirements.txt pyproject.toml $(wildcard models/*.whl)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Depesje needs Python 3.11 or newer: give one by PYTHON=path." >&2; exit 1; }
	@echo "Setting up $(VENV) (a few minutes, once) ..."
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

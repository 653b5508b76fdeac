# Everything a maintainer runs. `make` alone lists the targets. GNU make 3.81 and a POSIX sh suffice.

SHELL = /bin/sh
.DEFAULT_GOAL = help

# What is installed is what the requirements say, whatever the caller's shell is set up for.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONHOME
unexport PYTHONPATH
unexport PYTHONSAFEPATH

# The benchmarks have a venv of their own, so that nothing else comes near the packages that they compare with; so has
# mutmut, which hardly anybody needs.
venv = .venv
bench venv-bench: venv = .venv-bench
mutants venv-mutation: venv = .venv-mutation
py = $(venv)/bin/python

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | while IFS='	' read -r target text; do \
		printf '  make %-17s %s\n' "$$target" "$$text"; \
	done
	@echo
	@echo '  PYTHON=/path/to/python3.x   the interpreter to make .venv with, else the newest from 3.11 on that is found'

.PHONY: generate
generate: venv-generator ## regenerate generated/ from spec/openapi.yaml, twice, and compare (FORCE=1: over edits by hand)
	@$(py) -m generator.reproduce $(if $(FORCE),--force)

.PHONY: check
check: venv-generator ## say whether generated/ is what the generator makes, byte for byte
	@$(py) -m generator check

.PHONY: test
test: venv-tests judges ## run the tests but for the slow ones, on all cores (ARGS='-k name', ARGS='-n 0')
	@$(py) -m pytest -n auto --dist worksteal -m 'not slow' $(ARGS)

.PHONY: test-all
test-all: venv-tests judges ## run all tests, with ten minutes of soak (SOAK_SECONDS=60: with one)
	@$(py) -m pytest -n auto --dist worksteal $(ARGS)

.PHONY: coverage
coverage: venv-tests judges ## run the tests as `make test` does, and say which lines and branches they miss
	@$(py) -m coverage erase
	@failed=0; $(py) -m coverage run -m pytest -n auto --dist worksteal -m 'not slow' $(ARGS) || failed=$$?; \
	$(py) -m tests.support.covered && $(py) -m coverage report && exit $$failed

.PHONY: bench
bench: venv-bench ## compare speed and size with what else there is (ARGS='--only decode,calls', ARGS=--quick)
	@PYTHONPATH='$(CURDIR)/generated' $(py) -m tests.bench $(ARGS)

.PHONY: mutants
mutants: venv-mutation ## mutate the code and count what tests notice; about an hour (ARGS='--only retries')
	@$(py) -m tests.mutation $(ARGS)

.PHONY: lint
lint: venv-tests ## ruff, layers of imports, mypy, pyright, and the lint of the document; all run, whichever fails
	@failed=; run() { echo "== $$*"; $(py) -m "$$@" || failed="$$failed $$1"; }; \
	run ruff check; \
	run ruff format --check; \
	echo "== lint-imports"; $(venv)/bin/lint-imports --no-logo || failed="$$failed lint-imports"; \
	run mypy; \
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1; export PYRIGHT_PYTHON_IGNORE_WARNINGS; \
	run pyright; \
	run generator lint; \
	if [ -n "$$failed" ]; then echo "lint failed:$$failed" >&2; exit 1; fi

.PHONY: build
build: venv-tests ## build the wheel and the sdist into dist/, reproducibly
	@$(py) -m generator build

# What keeps a release safe; README.md tells the steps, and what each exit code means.
.PHONY: release-check
release-check: venv-tests ## say whether this may be released, and under which version
	@$(py) -m generator release-check

.PHONY: changelog
changelog: venv-tests ## draft the changelog's entry from what changed since the last release
	@$(py) -m generator changelog

# A variable on make's command line reaches the command's environment, but everybody on the machine could read it there.
.PHONY: publish
publish: venv-tests ## check, build, upload to PUBLISH_URL as PUBLISH_USERNAME (PUBLISH_PASSWORD), and prove it
	@$(if $(findstring command line,$(origin PUBLISH_PASSWORD)),\
		echo 'warning: a command line is seen by all users of a machine: set PUBLISH_PASSWORD in the environment' >&2;) \
	$(py) -m generator publish

.PHONY: publish-rehearsal
publish-rehearsal: venv-tests ## do all that with an index on this machine, install from it, use what was installed
	@$(py) -m generator publish-rehearsal

# generator/requirements.txt goes in as a constraint, so that all files pin the same versions.
pins = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header $(if $(UPGRADE),--upgrade) pyproject.toml
.PHONY: lock
lock: venv-tests ## compile pyproject.toml's dependencies into the four requirements.txt (UPGRADE=1: to the newest)
	@$(pins) --group generator --output-file generator/requirements.txt
	@$(pins) --group tests --constraint generator/requirements.txt --output-file tests/requirements.txt
	@$(pins) --group mutation --constraint tests/requirements.txt --output-file tests/mutation/requirements.txt
	@$(pins) --group bench --constraint generator/requirements.txt --output-file tests/bench/requirements.txt

.PHONY: clean
clean: ## remove all that was built: dist, caches, .venv, .venv-bench, .venv-mutation, tests/judges/node_modules
	@rm -rf dist .venv .venv-bench .venv-mutation .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* \
		htmlcov tests/judges/node_modules
	@find generator generated tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Set-up. Nothing below is called by hand.

# Prints "3.13.0 /path/to/python3.13": the interpreter itself, not a venv's or a version manager's link to it.
probe = import os, sys; \
	base = getattr(sys, "_base_executable", None) or sys.executable; \
	named = os.path.join(os.path.dirname(base), "python%d.%d" % sys.version_info[:2]); \
	print(sys.version.split()[0] + " " + (named if os.path.exists(named) else base))

# Sets $base and $version: what PYTHON says, else the newest python3.x on PATH that really runs (version managers put
# names there that only print an error), is a release and can make a venv.
find_python = find_python() { \
	if [ -n "$${PYTHON:-}" ]; then \
		ask "$$PYTHON"; \
		[ -n "$$version" ] || fail "PYTHON=$$PYTHON does not run: give the path of a Python 3.11 or newer"; \
		recent || fail "PYTHON=$$PYTHON is Python $$version: 3.11 or newer is needed"; \
		makes_venvs || fail "$$(no_venv)"; \
		return; \
	fi; \
	reason='no Python 3.11 or newer on PATH: install one (Debian, Ubuntu: apt install python3 python3-venv)'; \
	for name in 3.19 3.18 3.17 3.16 3.15 3.14 3.13 3.12 3.11 3 ''; do \
		command -v "python$$name" >/dev/null || continue; \
		ask "python$$name"; \
		[ -n "$$version" ] || continue; \
		recent || continue; \
		case $$version in *[abr]*) continue ;; esac; \
		if makes_venvs; then return; fi; \
		reason=$$(no_venv); \
	done; \
	fail "$$reason, or say PYTHON=/path/to/python3.x"; \
}; \
ask() { found=$$("$$1" -E -c '$(probe)' 2>/dev/null) || found=; version=$${found%% *}; base=$${found\#* }; }; \
recent() { case $$version in 3.1[1-9].*|3.[2-9][0-9].*) ;; *) return 1 ;; esac; }; \
makes_venvs() { "$$base" -I -c 'import ensurepip, venv' 2>/dev/null; }; \
no_venv() { echo "$$base has no venv module: install it (Debian, Ubuntu: apt install $${base\#\#*/}-venv)"; }; \
fail() { echo "set-up: $$*" >&2; exit 1; }

# Lets one process at a time go on, until it ends; the system frees such a lock whatever way it ends. $(1): the file.
# Not a file of its own: one that is always there does.
lock_file = exec 9<>$(1); \
	flock() { "$$base" -I -c "import fcntl; fcntl.flock(0, fcntl.LOCK_EX$$1)" <&9 2>/dev/null; }; \
	flock ' | fcntl.LOCK_NB' || { echo 'waiting for another make to finish the set-up ...'; flock ''; }

# A venv that holds a set of requirements whole has a stamp named after the checksum of the file, written last. Where
# nothing is missing but what was never there, the packages are added; in any other case the venv is made anew.
venv-generator: wanted_by = generator
venv-tests: wanted_by = tests
venv-bench: wanted_by = tests/bench
venv-mutation: wanted_by = tests/mutation
.PHONY: venv-generator venv-tests venv-bench venv-mutation
venv-generator venv-tests venv-bench venv-mutation: venv-%:
	@$(find_python); \
	generator=$(venv)/.generator-$$(cksum <generator/requirements.txt | tr ' ' -); \
	tests=$(venv)/.tests-$$(cat generator/requirements.txt tests/requirements.txt | cksum | tr ' ' -); \
	bench=$(venv)/.bench-$$(cat generator/requirements.txt tests/bench/requirements.txt | cksum | tr ' ' -); \
	mutation=$(venv)/.mutation-$$(cat generator/requirements.txt tests/mutation/requirements.txt | cksum | tr ' ' -); \
	usable() { [ -x $(py) ] && [ -e "$$1" ] && { [ -z "$${PYTHON:-}" ] || [ "$$base" = "$$(cat $(venv)/.python)" ]; }; }; \
	logged() { "$$@" >$(venv)/.log 2>&1 || { cat $(venv)/.log >&2; fail "this failed: $$*"; }; }; \
	if [ -n "$${PYTHON:-}" ]; then find_python; fi; \
	if usable "$$$*"; then exit; fi; \
	if [ -z "$${PYTHON:-}" ]; then find_python; fi; \
	$(call lock_file,Makefile); \
	if usable "$$$*"; then exit; fi; \
	if usable "$$generator" && [ -z "$$(ls -d $(venv)/.$*-* 2>/dev/null)" ]; then \
		echo 'adding the packages of $(wanted_by) to $(venv) (first time only) ...'; \
		rm "$$generator"; \
	else \
		echo "setting up $(venv) with Python $$version (first time only) ..."; \
		rm -rf $(venv) && mkdir $(venv) || fail 'cannot make $(venv) anew'; \
		logged "$$base" -I -m venv $(venv); \
		echo "$$base" >$(venv)/.python; \
	fi; \
	logged $(py) -I -m pip install --quiet --no-input --disable-pip-version-check --no-user --no-compile \
		--require-hashes --requirement $(wanted_by)/requirements.txt; \
	logged $(py) -I -m compileall -q -j 0 $(venv)/lib; \
	touch "$$generator" "$$$*"

# The npm tools that some tests judge by. Without node those tests skip, and fail where CI is set.
.PHONY: judges
judges: venv-tests
	@cd tests/judges 2>/dev/null && [ -f package-lock.json ] || exit 0; \
	stamp=node_modules/.judges-$$(cat package.json package-lock.json | cksum | tr ' ' -); \
	if [ -e "$$stamp" ] || ! node --version >/dev/null 2>&1 || ! npm --version >/dev/null 2>&1; then exit 0; fi; \
	base=../../$(py); $(call lock_file,package-lock.json); \
	if [ -e "$$stamp" ]; then exit 0; fi; \
	echo 'installing the npm tools of tests/judges (first time only) ...'; \
	npm ci --no-audit --no-fund --no-progress --loglevel=error >/dev/null && touch "$$stamp" || { \
		rm -rf node_modules; \
		echo 'npm could not install tests/judges; the tests that need it are left out, or fail where CI is set' >&2; \
		[ -z "$${CI:-}" ]; \
	}

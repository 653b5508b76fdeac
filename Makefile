# Targets for maintainers. `make` alone lists them. Requires GNU make 3.81 and a POSIX sh.

SHELL = /bin/sh
.DEFAULT_GOAL = help

# Only the pinned requirements are imported, independent of the caller's environment.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONHOME
unexport PYTHONPATH
unexport PYTHONSAFEPATH

# The benchmarks have a separate venv, so that other requirements do not affect the packages that they compare with.
# mutmut has one as well, because it is seldom needed, and Spark, because it is large.
venv = .venv
bench venv-bench: venv = .venv-bench
mutants venv-mutation: venv = .venv-mutation
test-spark venv-spark: venv = .venv-spark
py = $(venv)/bin/python

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1	/p' Makefile | while IFS='	' read -r target text; do \
		printf '  make %-17s %s\n' "$$target" "$$text"; \
	done
	@echo
	@echo '  PYTHON=/path/to/python3.x   the interpreter for .venv; default: the newest on PATH, 3.11 or later'

.PHONY: generate
generate: venv-generator ## regenerate generated/ from spec/openapi.yaml twice and compare (FORCE=1: over manual edits)
	@$(py) -m generator.reproduce $(if $(FORCE),--force)

.PHONY: check
check: venv-generator ## compare generated/ with the output of the generator, byte for byte
	@$(py) -m generator check

.PHONY: test
test: venv-tests judges ## run all tests except long and slow ones, on all cores (ARGS='-k name', ARGS='-n 0')
	@$(py) -m pytest -n auto --dist worksteal -m 'not long and not slow' $(ARGS)

.PHONY: test-long
test-long: venv-tests judges ## run the tests that take some seconds each
	@$(py) -m pytest -n auto --dist worksteal -m 'long and not slow' $(ARGS)

.PHONY: test-httpx2
test-httpx2: venv-tests ## run the tests of clients, requests, responses and walks with httpx2 in place of httpx
	@$(py) -m pytest -p tests.support.successor -n auto --dist worksteal -m 'not slow' $(ARGS) \
	  $(addprefix tests/cases/,archive check client paging requests responses servers testing_aid walks)

# The conftest.py of the other tests needs the generator, which this venv does not have.
.PHONY: test-spark
test-spark: venv-spark ## run the tests with Apache Spark, which requires Java 17 (ARGS='-m "not slow"': without the longest)
	@java -version >/dev/null 2>&1 || { echo 'java is required by Spark: install Java 17 (Debian, Ubuntu: apt install openjdk-17-jre-headless)' >&2; exit 1; }; \
	$(py) -m pytest --confcutdir=tests/spark tests/spark $(ARGS)

.PHONY: test-all
test-all: venv-tests judges ## run all tests, including a soak test of ten minutes (SOAK_SECONDS=60: one minute)
	@$(py) -m pytest -n auto --dist worksteal $(ARGS)

.PHONY: coverage
coverage: venv-tests judges ## run the tests of `make test` and `make test-long`, and report lines and branches that they miss
	@$(py) -m coverage erase
	@failed=0; $(py) -m coverage run -m pytest -n auto --dist worksteal -m 'not slow' $(ARGS) || failed=$$?; \
	$(py) -m tests.support.covered && $(py) -m coverage report && exit $$failed

.PHONY: bench
bench: venv-bench ## compare speed and size with other clients (ARGS='--only decode,calls', ARGS=--quick)
	@PYTHONPATH='$(CURDIR)/generated' $(py) -m tests.bench $(ARGS)

.PHONY: mutants
mutants: venv-mutation ## mutation tests: count the mutants that tests detect; about an hour (ARGS='--only retries')
	@$(py) -m tests.mutation $(ARGS)

.PHONY: lint
lint: venv-tests ## run ruff, import-linter, mypy, pyright and the lint of the document, all even if one fails
	@failed=; run() { echo "== $$*"; $(py) -m "$$@" || failed="$$failed $$1"; }; \
	run ruff check; \
	run ruff format --check; \
	echo "== lint-imports"; $(venv)/bin/lint-imports --no-logo || failed="$$failed lint-imports"; \
	run mypy; \
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1; export PYRIGHT_PYTHON_IGNORE_WARNINGS; \
	run pyright; \
	run generator lint; \
	if [ -n "$$failed" ]; then echo "lint failed:$$failed" >&2; exit 1; fi

.PHONY: docs
docs: venv-tests ## build the documentation site into site/
	@$(py) -m generator.site site
	@echo 'site/index.html'

.PHONY: docs-serve
docs-serve: venv-tests ## show the documentation site on http://127.0.0.1:8000
	@$(py) -m generator.site

.PHONY: build
build: venv-tests ## build the wheel and the sdist into dist/, reproducibly
	@$(py) -m generator build

# README.md describes the steps of a release and the exit codes.
.PHONY: release-check
release-check: venv-tests ## check whether the project can be released, and under which version
	@$(py) -m generator release-check

.PHONY: changelog
changelog: venv-tests ## print a draft of the changelog entry, with the changes since the last release
	@$(py) -m generator changelog

.PHONY: build-generator
build-generator: venv-tests ## build wheel and sdist of the generator itself into dist-generator/
	@rm -rf dist-generator
	@SOURCE_DATE_EPOCH=315532800 $(py) -m build --no-isolation --outdir dist-generator generator

# A variable on make's command line is passed to the command, but all users of the machine can read command lines.
.PHONY: publish
publish: venv-tests ## check, build, upload to PUBLISH_URL as PUBLISH_USERNAME (PUBLISH_PASSWORD), and verify (UNTAGGED=1: without a tag)
	@$(if $(findstring command line,$(origin PUBLISH_PASSWORD)),\
		echo 'warning: all users of a machine can read command lines: set PUBLISH_PASSWORD in the environment' >&2;) \
	$(py) -m generator publish $(if $(UNTAGGED),--untagged)

.PHONY: publish-rehearsal
publish-rehearsal: venv-tests ## publish to a temporary index on this machine, install from it, and use the package
	@$(py) -m generator publish-rehearsal

# generator/requirements.txt is a constraint of the others, so that all files pin the same versions.
pins = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header $(if $(UPGRADE),$(if $(filter 1,$(UPGRADE)),--upgrade,$(addprefix --upgrade-package ,$(UPGRADE)))) pyproject.toml
.PHONY: lock
lock: venv-tests ## compile the dependencies into the six requirements.txt, all or none (UPGRADE=1: newest; UPGRADE=NAME: one)
	@for name in $(filter-out 1,$(UPGRADE)); do \
		grep -qi "^$$name==" tests/mutation/requirements.txt tests/bench/requirements.txt tests/devpi/requirements.txt || \
			{ echo "UPGRADE=$$name: no requirements.txt has this package" >&2; exit 1; }; \
	done
	@new=$$(mktemp -d) && trap 'rm -rf "$$new"' EXIT && \
	for name in generator tests tests/bench tests/devpi tests/mutation tests/spark; do \
		mkdir -p "$$new/$$name" && cp "$$name/requirements.txt" "$$new/$$name/" || exit 1; \
	done && \
	$(pins) --group mutation --output-file "$$new/tests/mutation/requirements.txt" && \
	$(pins) --group tests --constraint "$$new/tests/mutation/requirements.txt" --output-file "$$new/tests/requirements.txt" && \
	$(pins) --group generator --constraint "$$new/tests/requirements.txt" --output-file "$$new/generator/requirements.txt" && \
	$(pins) --group bench --constraint "$$new/generator/requirements.txt" --output-file "$$new/tests/bench/requirements.txt" && \
	$(pins) --group devpi --constraint "$$new/tests/requirements.txt" --output-file "$$new/tests/devpi/requirements.txt" && \
	$(pins) --group spark --constraint "$$new/tests/requirements.txt" --output-file "$$new/tests/spark/requirements.txt" && \
	cp -R "$$new/." .

.PHONY: clean
clean: ## remove dist, dist-generator, dist-statement, site, caches, .venv, .venv-bench, .venv-mutation, .venv-spark and tests/judges/node_modules
	@rm -rf dist dist-generator dist-statement site .venv .venv-bench .venv-mutation .venv-spark .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* \
		htmlcov tests/judges/node_modules
	@find generator generated tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Set-up. The targets below are prerequisites of the others.

# Prints "3.13.0 /path/to/python3.13": the path of the interpreter, not of a link in a venv or of a version manager.
probe = import os, sys; \
	base = getattr(sys, "_base_executable", None) or sys.executable; \
	named = os.path.join(os.path.dirname(base), "python%d.%d" % sys.version_info[:2]); \
	print(sys.version.split()[0] + " " + (named if os.path.exists(named) else base))

# Sets $base and $version: PYTHON, or else the newest python3.x on PATH that runs (some commands of version managers only
# print an error), is a final release and has the module venv.
find_python = find_python() { \
	if [ -n "$${PYTHON:-}" ]; then \
		ask "$$PYTHON"; \
		[ -n "$$version" ] || fail "PYTHON=$$PYTHON does not run: set it to the path of Python 3.11 or later"; \
		recent || fail "PYTHON=$$PYTHON is Python $$version: Python 3.11 or later is required"; \
		makes_venvs || fail "$$(no_venv)"; \
		return; \
	fi; \
	reason='no Python 3.11 or later on PATH: install it (Debian, Ubuntu: apt install python3 python3-venv)'; \
	for name in 3.19 3.18 3.17 3.16 3.15 3.14 3.13 3.12 3.11 3 ''; do \
		command -v "python$$name" >/dev/null || continue; \
		ask "python$$name"; \
		[ -n "$$version" ] || continue; \
		recent || continue; \
		case $$version in *[abr]*) continue ;; esac; \
		if makes_venvs; then return; fi; \
		reason=$$(no_venv); \
	done; \
	fail "$$reason, or set PYTHON=/path/to/python3.x"; \
}; \
ask() { found=$$("$$1" -E -c '$(probe)' 2>/dev/null) || found=; version=$${found%% *}; base=$${found\#* }; }; \
recent() { case $$version in 3.1[1-9].*|3.[2-9][0-9].*) ;; *) return 1 ;; esac; }; \
makes_venvs() { "$$base" -I -c 'import ensurepip, venv' 2>/dev/null; }; \
no_venv() { echo "$$base has no venv module: install it (Debian, Ubuntu: apt install $${base\#\#*/}-venv)"; }; \
fail() { echo "set-up: $$*" >&2; exit 1; }

# Acquires an exclusive lock until the process exits; the system releases the lock however it exits. $(1): the file, an
# existing one, so that no lock file is left behind.
lock_file = exec 9<>$(1); \
	flock() { "$$base" -I -c "import fcntl; fcntl.flock(0, fcntl.LOCK_EX$$1)" <&9 2>/dev/null; }; \
	flock ' | fcntl.LOCK_NB' || { echo 'waiting for another make to finish the set-up ...'; flock ''; }

# When all requirements of a set are installed, a stamp file with the checksum of the requirements is written. If the
# generator's requirements are current and the set was never installed, its packages are added to the venv; in any other
# case the venv is recreated.
venv-generator: wanted_by = generator
venv-tests: wanted_by = tests
venv-bench: wanted_by = tests/bench
venv-mutation: wanted_by = tests/mutation
venv-spark: wanted_by = tests/spark
.PHONY: venv-generator venv-tests venv-bench venv-mutation venv-spark
venv-generator venv-tests venv-bench venv-mutation venv-spark: venv-%:
	@$(find_python); \
	generator=$(venv)/.generator-$$(cksum <generator/requirements.txt | tr ' ' -); \
	tests=$(venv)/.tests-$$(cat generator/requirements.txt tests/requirements.txt | cksum | tr ' ' -); \
	bench=$(venv)/.bench-$$(cat generator/requirements.txt tests/bench/requirements.txt | cksum | tr ' ' -); \
	mutation=$(venv)/.mutation-$$(cat generator/requirements.txt tests/mutation/requirements.txt | cksum | tr ' ' -); \
	spark=$(venv)/.spark-$$(cksum <tests/spark/requirements.txt | tr ' ' -); \
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
		rm -rf $(venv) && mkdir $(venv) || fail 'cannot recreate $(venv)'; \
		logged "$$base" -I -m venv $(venv); \
		echo "$$base" >$(venv)/.python; \
	fi; \
	logged $(py) -I -m pip install --quiet --no-input --disable-pip-version-check --no-user --no-compile \
		--require-hashes --requirement $(wanted_by)/requirements.txt; \
	logged $(py) -I -m compileall -q -j 0 $(venv)/lib; \
	touch "$$generator" "$$$*"

# The npm tools that some tests use as references. Without node those tests are skipped, or fail if CI is set.
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
		echo 'npm could not install tests/judges: tests that need it are skipped, or fail if CI is set' >&2; \
		[ -z "$${CI:-}" ]; \
	}

# The commands of this project. `make` alone lists them.
VENV := .venv
BIN := $(VENV)/bin
export DBT_PROFILES_DIR ?= profiles
export DO_NOT_TRACK ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup deps build test test-duckdb2 test-odcs test-postgres check demo docs lock clean
.PHONY: bench bench-consent bench-contract bench-events bench-identity bench-match bench-overhead bench-scale bench-sla

help: ## List these commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) \
		| awk -F ':.*## ' '{ printf "  make %-15s %s\n", $$1, $$2 }'

setup: ## Make .venv with the locked packages (again only when the lock changes)
	@scripts/setup

deps: setup ## Install the dbt packages, from the hub or the stand-in in fallback/
	@$(BIN)/cdm deps

build: setup ## Build, check and publish; the demo's exports unless CDM_EXPORTS names others
	@$(BIN)/cdm build || [ $$? -eq 2 ] # 2: passed with warnings

test: deps ## Run all tests
	@$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

test-duckdb2: ## Run all tests on DuckDB 2
	@VENV=.venv-duckdb2 INSTEAD=duckdb==2.0.0 scripts/setup
	@.venv-duckdb2/bin/python -m pytest -n 2 $(PYTEST_ARGS)

test-postgres: setup .venv-postgres/.installed ## Run identity, consent and grants on PostgreSQL
	@.venv-postgres/bin/python tests/postgres/identity_on_postgres.py
	@.venv-postgres/bin/python tests/postgres/grants_on_postgres.py

check: deps ## Run the lints
	@scripts/check

demo: setup ## Write the demo's exports anew
	@$(BIN)/python -m demo.generate

test-odcs: deps ## Let datacontract-cli read the exported contracts and test the published file
	@scripts/test-odcs

docs: deps ## Write target/static_index.html: the data dictionary and the lineage
	@$(BIN)/dbt --quiet docs generate --static
	@echo "Written: target/static_index.html"

bench: bench-overhead bench-scale bench-sla bench-events ## Run all measurements

bench-overhead: deps ## Compare the demo's build with one of as many trivial nodes
	@$(BIN)/python benches/overhead.py

bench-identity: deps .venv-bench/.installed ## Identity beside Splink, scipy and USING KEY (RECORDS="1000000 5000000")
	@$(BIN)/python benches/identity.py --records $(or $(RECORDS),1000000 5000000)

bench-scale: deps ## Measure each layer as data grows, beside the floor (SCALE=500 UNTIL=canonical)
	@$(BIN)/python benches/scale.py --scale $(or $(SCALE),500) $(if $(UNTIL),--until $(UNTIL))

bench-sla: deps ## Business time of two million intervals, beside a plain join and group by
	@$(BIN)/python benches/sla_clock.py

bench-consent: setup ## Measure the state of consent of 5 million statements beside one grouped scan
	@$(BIN)/python benches/consent.py

bench-contract: deps ## Measure a million rows at intake, with all rules and with none (ROWS=)
	@$(BIN)/python benches/contract.py --rows $(or $(ROWS),1000000)

bench-match: deps ## How right likeness is, beside Splink (DATA=folder of FEBRL)
	@[ -x .venv-match/bin/python ] || $(BIN)/python -m venv .venv-match
	@.venv-match/bin/pip install --quiet --disable-pip-version-check -e '.[dev,match]'
	@.venv-match/bin/python benches/match.py $(if $(DATA),--data $(DATA))

bench-events: deps ## A full build of many events and one more day, beside the floor (EVENTS=10000000)
	@$(BIN)/python benches/events.py --events $(or $(EVENTS),10000000)

lock: ## Choose newer packages and write requirements.lock (needs uv)
	@command -v uv >/dev/null || { echo "This needs uv: https://docs.astral.sh/uv"; exit 1; }
	@uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-annotate --no-strip-extras --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --extra dev -o requirements.lock pyproject.toml

# Environments of a measurement or of another engine, apart from the project's own.
.venv-%/.installed: requirements-%.txt
	@echo "Installing $< into .venv-$*."
	@$(BIN)/python -m venv .venv-$*
	@.venv-$*/bin/python -m pip install -qq --disable-pip-version-check -r $<
	@cp $< $@

clean: ## Delete what can be made again; the built data stays
	@[ ! -x $(BIN)/cdm ] || $(BIN)/cdm clean
	@rm -rf dbt_packages logs

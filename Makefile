# PG_CONFIG=/path/to/pg_config chooses a PostgreSQL other than Debian's.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

server := "$(CURDIR)/pg_test/server"
psql := $(server) psql -X -q -v ON_ERROR_STOP=1 -P pager=off
# Figures that may not be given away, where they are at hand.
larger := $(wildcard $(or $(REFERENCE_DIR),../shared/reference))
heading := @printf '\n== %s\n'

.NOTPARALLEL:
.PHONY: help demo test inside soak figures quantlib docs clients bench lint install clean setup server

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

demo: server ## build everything, make the database pg_bond and run the examples in it
	$(heading) 'the database pg_bond'
	@$(psql) -d postgres -c 'SET client_min_messages = warning' \
		-c 'DROP DATABASE IF EXISTS pg_bond WITH (FORCE)' -c 'CREATE DATABASE pg_bond'
	@$(psql) -d pg_bond -c 'CREATE EXTENSION pg_bond'
	@for file in migrations/*.sql; do $(psql) -d pg_bond -f "$$file"; done
	@cd examples; for file in *.sql; do printf "\n== %s\n\n" "$$file"; $(psql) -d pg_bond -f "$$file"; done
	@$(server) psql -X -At -d pg_bond -c "SELECT curve_svg(curve) FROM curves WHERE name = 'UST par' ORDER BY date DESC LIMIT 1" >target/curve.svg
	@$(server) psql -X -At -d pg_bond -c "SELECT key_rate_svg('DV01 by key rate', portfolio_krd(b, curve)) FROM bonds, curves WHERE name = 'UST'" >target/key_rates.svg
	$(heading) 'pictures: target/curve.svg target/key_rates.svg'
	$(heading) 'to look around'
	@$(server) line

test: setup ## the tests of the pure half, then those of the extension in PostgreSQL
	$(heading) 'the pure half'
	@cargo test --no-default-features
	@$(if $(larger),cargo test --no-default-features -q --lib figures -- --ignored)
	@$(MAKE) inside
	@$(MAKE) server
	$(heading) 'the extension'
	@$(server) env cargo test --no-default-features --features pg_test --test pg_test
	@printf '\npassed: the pure half, and the extension inside and outside of PostgreSQL %s\n' "$$($(psql) -At -c 'SHOW server_version')"

inside: setup ## tests inside the server, by cargo pgrx test: all, or TEST=name
	$(heading) 'inside the server'
	@$(server) inside $(TEST)

# In `make test` each of these goes through a tenth of a million cases or fewer; TIMES=1000 for a night.
soak: setup ## yields by every way, and states made of floats of all kinds, ten times as long as in make test
	@PG_BOND_SOAK=$(or $(TIMES),10) cargo test --no-default-features --lib -- made_up discounted_flows::

figures: setup ## the figures of others, file by file: rows matched, explained, later, unmatched
	@cargo test --no-default-features -q --lib figures -- --nocapture $(if $(larger),--include-ignored)

quantlib: server ## day counts, calendars, schedules, curves, spreads, fits and swaps beside QuantLib's
	@$(server) env pg_test/venv QuantLib==1.44 -- pg_test/quantlib.py
	@cargo test --no-default-features -q curves_beside_quantlib -- --ignored
	@$(server) env cargo test --no-default-features --features pg_test -q --test pg_test curves_beside_quantlib
	@$(server) env pg_test/venv QuantLib==1.44 -- pg_test/quantlib_curves.py
	@$(server) env pg_test/venv QuantLib==1.44 -- pg_test/quantlib_spreads.py
	@cargo test --no-default-features -q fits_beside_quantlib
	@$(server) env pg_test/venv QuantLib==1.44 scipy==1.17.1 -- pg_test/quantlib_fit.py
	@cargo test --no-default-features -q swaps_beside_quantlib
	@$(server) env pg_test/venv QuantLib==1.44 -- pg_test/quantlib_swaps.py

docs: server ## write again what the pages print, and the reference page, before you read the difference
	@WRITE_DOCS=1 $(server) env cargo test --no-default-features --features pg_test -q --test pg_test -- readme:: _page::

clients: server ## the programs of docs/from_programs.md: psycopg, SQLAlchemy, JDBC, psqlODBC and node
	@.ci/setup clients
	@npm install --silent --no-audit --no-fund --prefix target/clients pg@8
	@$(server) env pg_test/venv 'psycopg[binary]' sqlalchemy pyodbc -- pg_test/clients/run.py

bench: server ## how fast it is
	@$(server) env examples/bench/run

lint: setup ## rustfmt and clippy
	$(heading) 'rustfmt and clippy'
	@cargo fmt --check
	@cargo clippy --all-targets --no-default-features --features pg_test -- -D warnings
	@$(server) env bash -c 'cargo clippy --all-targets --no-default-features --features "$$PG_FEATURE pg_inside" -- -D warnings'

install: setup ## install into the PostgreSQL of PG_CONFIG=/path/to/pg_config
	@$(server) install $(or $(PG_CONFIG),$(error which one? make install PG_CONFIG=/path/to/pg_config))

clean: ## remove all that was built, the private PostgreSQL too
	@$(server) clean
	@cargo clean

setup:
	@.ci/setup

server: setup
	$(heading) 'the extension, in a private PostgreSQL'
	@$(server) install
	@$(server) start

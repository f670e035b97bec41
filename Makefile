# Two commands do everything: `make run` and `make test`.
.PHONY: setup run demo check test bench mutate dist
.DEFAULT_GOAL := run

setup:            ## what running needs; leaves .venv/bin/pilkades
	@scripts/setup run

run demo: setup   ## the demo regency at http://localhost:$(PORT)
	@.venv/bin/pilkades demo --port $(or $(PORT),8000)

check:            ## format, lint, types, import contracts, unit tests
	@scripts/setup dev
	@scripts/check

test:             ## set-up and all tests, a real browser and PostgreSQL included
	@scripts/install-test-tools
	@scripts/setup dev
	@scripts/lint
	@scripts/test

bench:            ## prints a table, keeps JSON in bench/results
	@scripts/setup dev
	@.venv/bin/python -m bench

mutate:           ## mutation testing of law/
	@scripts/setup dev
	@scripts/mutate

dist: setup       ## one folder for a USB stick that starts without internet
	@.venv/bin/python scripts/dist

# Shortcuts for those who work on Akses. Whoever only uses it needs the two commands at the top of README.md.
.PHONY: check test demo crash machine together decorated fuzz bench

check:            ## what CI checks before the tests
	uv run ruff check .
	uv run ruff format --check .
	uv run mypy
	uv run lint-imports

test: check
	uv run pytest

demo:
	uv run run.py demo

crash:            ## a whole request's life with a crash at every point; the last line counts the runs
	AKSES_CRASHES=all uv run pytest -q tests/test_crashes.py

machine:          ## the approval rules against a small model, 100,000 steps; the last lines count them
	AKSES_MACHINE=100000 uv run pytest -q -n0 -s tests/approval/test_machine.py

together:         ## 2,000 races between a poll and somebody who saves the register; the last lines count them
	AKSES_TOGETHER=2000 uv run pytest -q -n0 -s tests/register/test_together.py -k thousands

decorated:        ## 100 polls of a register with a chart and a picture added in LibreOffice
	AKSES_POLLS=100 uv run pytest -q -n0 -s tests/register/test_decorated.py

fuzz:             ## 20,000 forged approvals and 500,000 mutated mails; the last line counts them
	uv run python -m tests.fuzz_mail

bench:            ## figures with their baselines, one JSON line each
	uv run python benchmarks/forms.py --json
	uv run python benchmarks/replies.py --json
	uv run python benchmarks/register.py --json
	uv run python benchmarks/pipeline.py --json

"""The commands. Each one is a few lines here; the work is done in pipeline/commands/ and behind it."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.config import ConfigError
from pipeline.model import PipelineError

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Akses: IT access requests over email and Excel (SOP-IT-003).",
)  # fmt: skip

ConfigFile = Annotated[Path, typer.Option("--config", help="The config.yaml to use.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Files = Annotated[list[Path], typer.Argument(help="The files to read.")]
HERE = Path("config.yaml")


def main() -> None:
    """Run a command. 0: all is well, 1: something is wrong, 2: bad usage or configuration."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        app()
    except ConfigError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except PipelineError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


# --- setting up -----------------------------------------------------------------------------------


@app.command()
def init(config: ConfigFile = HERE, dry_run: DryRun = False) -> None:
    """Write directory.xlsx to fill in, the blank form, and the folders that are missing."""
    from pipeline.commands import setting_up  # noqa: PLC0415 - each command loads only what it needs

    raise typer.Exit(setting_up.init(config, dry_run))


@app.command()
def form(
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the form.")] = None,
    language: Annotated[str, typer.Option("--language", help="id or en.")] = "",
    prefill: Annotated[str, typer.Option("--prefill", help="Fill in from this request (REQ-...).")] = "",
    config: ConfigFile = HERE,
    dry_run: DryRun = False,
) -> None:
    """Write the official blank form as .xlsx."""
    from pipeline.commands import setting_up  # noqa: PLC0415

    raise typer.Exit(setting_up.form(config, out, language, prefill, dry_run))


@app.command()
def doctor(config: ConfigFile = HERE, json: AsJson = False) -> None:
    """Check the installation and say how to mend what is wrong."""
    from pipeline.commands import checking  # noqa: PLC0415

    raise typer.Exit(checking.doctor(config, json))


# --- running --------------------------------------------------------------------------------------


@app.command()
def poll(
    once: Annotated[bool, typer.Option("--once", help="One round, then stop.")] = False,
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Take in the mail, send what is due, keep the register: one round."""
    from pipeline.commands import running  # noqa: PLC0415

    if not once:
        raise typer.BadParameter("use `poll --once`, or `serve` to go on polling", param_hint="--once")
    raise typer.Exit(running.poll_once(config, json, dry_run))


@app.command()
def serve(config: ConfigFile = HERE, dry_run: DryRun = False) -> None:
    """Poll on schedule until stopped (SIGTERM, Ctrl+C)."""
    from pipeline.commands import running  # noqa: PLC0415

    raise typer.Exit(running.serve(config, dry_run))


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where the demo company lives.")] = Path("demo"),
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Play a whole company through: forms, approvals, refusals, a forgery, the register, the summary."""
    from pipeline.commands import demo as play  # noqa: PLC0415

    raise typer.Exit(play.run(config, folder, json, dry_run))


@app.command()
def rebuild(config: ConfigFile = HERE, dry_run: DryRun = False) -> None:
    """Write the register anew from the journal, with what staff wrote; the old file is set aside."""
    from pipeline.commands import running  # noqa: PLC0415

    raise typer.Exit(running.rebuild(config, dry_run))


# --- looking --------------------------------------------------------------------------------------


@app.command()
def status(
    ref: Annotated[str, typer.Argument(help="One request (REQ-...), or none for all.")] = "",
    config: ConfigFile = HERE,
    json: AsJson = False,
) -> None:
    """What came in, how each mail ended, and what waits for whom."""
    from pipeline.commands import looking  # noqa: PLC0415

    raise typer.Exit(looking.status(config, ref, json))


@app.command()
def report(
    month: Annotated[str, typer.Argument(help="The month, as 2026-11.")],
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write the monthly summary workbook."""
    from pipeline.commands import looking  # noqa: PLC0415

    raise typer.Exit(looking.report(config, month, json, dry_run))


@app.command()
def explain(mail: Path, config: ConfigFile = HERE, json: AsJson = False) -> None:
    """Which rules hit a mail and what would happen to it. Changes nothing."""
    from pipeline.commands import reading  # noqa: PLC0415

    raise typer.Exit(reading.explain(config, mail, json))


@app.command()
def verify(config: ConfigFile = HERE, json: AsJson = False) -> None:
    """Check the hash chain, the spooled mails, the letters and the register."""
    from pipeline.commands import checking  # noqa: PLC0415

    raise typer.Exit(checking.verify(config, json))


@app.command()
def evidence(
    ref: str,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the zip.")] = None,
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write everything an auditor asks about one request into a zip."""
    from pipeline.commands import checking  # noqa: PLC0415

    raise typer.Exit(checking.evidence(config, ref, out, json, dry_run))


# --- reading single files -------------------------------------------------------------------------


@app.command("read-form")
def read_form(files: Files, config: ConfigFile = HERE, json: AsJson = False) -> None:
    """Read filled forms and say what is wrong with each."""
    from pipeline.commands import reading  # noqa: PLC0415

    raise typer.Exit(reading.read_form(config, files, json))


@app.command("read-reply")
def read_reply(
    files: Files,
    known: Annotated[Path, typer.Option("--known", help="JSON with approver, portal and open requests.")],
    config: ConfigFile = HERE,
    json: AsJson = False,
) -> None:
    """Read answers to approval mails and say what each decides."""
    from pipeline.commands import reading  # noqa: PLC0415

    raise typer.Exit(reading.read_reply(config, files, known, json))

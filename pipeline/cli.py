"""The commands. Each one is a few lines here; the work is done in pipeline/commands/ and behind it."""

import io
import logging
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipeline.commands.saying import BadUsage
from pipeline.config import ConfigError
from pipeline.model import PipelineError

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Akses: IT access requests over email and Excel (SOP-IT-003).",
)  # fmt: skip

ConfigFile = Annotated[Path, typer.Option("--config", help="The config.yaml to use.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
#: One that cannot be read is told in its own line: it must not keep the others from being read.
Files = Annotated[list[Path], typer.Argument(help="The files to read.", readable=False)]
HERE = Path("config.yaml")


def main(words: list[str] | None = None) -> None:
    """Run a command. 0: all is well, 1: something is wrong, 2: bad usage or configuration.

    Results go to standard output, whatever is said about the work to standard error."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's encoding lacks is shown by its code: it must not end the command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(words)
    except (ConfigError, BadUsage) as error:
        _end(2, error)
    except PipelineError as error:
        _end(1, error)
    except OSError as error:
        place = error.filename or "A file"
        _end(1, f"{place}: {error.strerror or error}. Check the path, its permissions and the disk.")


def _end(code: int, why: object) -> NoReturn:
    print(why, file=sys.stderr)
    sys.exit(code)


# --- setting up -----------------------------------------------------------------------------------


@app.command()
def init(config: ConfigFile = HERE, json: AsJson = False, dry_run: DryRun = False) -> None:
    """Write directory.xlsx to fill in, and the folders that are missing."""
    from pipeline.commands import setting_up  # noqa: PLC0415 - each command loads only what it needs

    raise typer.Exit(setting_up.init(config, json, dry_run))


@app.command()
def form(
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the form.")] = None,
    language: Annotated[str, typer.Option("--language", help="id or en.")] = "",
    prefill: Annotated[
        str | None, typer.Option("--prefill", help="Fill in from this request (REQ-...).")
    ] = None,
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write the official blank form as .xlsx."""
    from pipeline.commands import setting_up  # noqa: PLC0415

    raise typer.Exit(setting_up.form(config, out, language, prefill, json, dry_run))


@app.command()
def doctor(config: ConfigFile = HERE, json: AsJson = False) -> None:
    """Check the installation and say how to mend what is wrong."""
    from pipeline.commands import doctoring  # noqa: PLC0415

    raise typer.Exit(doctoring.doctor(config, json))


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
def rebuild(config: ConfigFile = HERE, json: AsJson = False, dry_run: DryRun = False) -> None:
    """Write the register anew from the journal, with what staff wrote; the old file is set aside."""
    from pipeline.commands import running  # noqa: PLC0415

    raise typer.Exit(running.rebuild(config, json, dry_run))


@app.command("import-register")
def import_register(
    old: Annotated[Path, typer.Argument(help="The register there is: .xlsx, .xlsm, .xls, .ods or .csv.")],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="How it is read; written on the first run.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Import the rows; without it, only look.")] = False,
    skip_errors: Annotated[
        bool, typer.Option("--skip-errors", help="Import the rows without errors, and leave out the others.")
    ] = False,
    remarks: Annotated[
        Path | None, typer.Option("--remarks", help="Write every row with its remarks into this .xlsx.")
    ] = None,
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Take over the register a company already has; imported rows have no approval."""
    from pipeline.commands import importing  # noqa: PLC0415

    call = importing.Call(old, mapping, remarks, apply, skip_errors, json, dry_run)
    raise typer.Exit(importing.import_register(config, call))


# --- looking --------------------------------------------------------------------------------------


@app.command()
def status(
    ref: Annotated[str, typer.Argument(help="One request (REQ-...), or none for all.")] = "",
    mails: Annotated[bool, typer.Option("--mails", help="List each mail, too.")] = False,
    config: ConfigFile = HERE,
    json: AsJson = False,
) -> None:
    """What came in, how each mail ended, and what waits for whom."""
    from pipeline.commands import status as listing  # noqa: PLC0415

    raise typer.Exit(listing.status(config, ref, json, mails))


@app.command()
def report(
    month: Annotated[str, typer.Argument(help="The month, as 2026-11.")],
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write the monthly summary workbook."""
    from pipeline.commands import reporting  # noqa: PLC0415

    raise typer.Exit(reporting.report(config, month, json, dry_run))


@app.command()
def explain(
    mail: Annotated[Path, typer.Argument(help="A saved mail (.eml).")],
    config: ConfigFile = HERE,
    json: AsJson = False,
) -> None:
    """Which rules hit a mail and what would happen to it. Changes nothing."""
    from pipeline.commands import explaining  # noqa: PLC0415

    raise typer.Exit(explaining.explain(config, mail, json))


@app.command()
def verify(config: ConfigFile = HERE, json: AsJson = False) -> None:
    """Check the hash chain, the spooled mails, the letters and the register."""
    from pipeline.commands import verifying  # noqa: PLC0415

    raise typer.Exit(verifying.verify(config, json))


@app.command()
def evidence(
    ref: Annotated[str, typer.Argument(help="The request (REQ-...).")],
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the zip.")] = None,
    config: ConfigFile = HERE,
    json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write everything an auditor asks about one request into a zip."""
    from pipeline.commands import reporting  # noqa: PLC0415

    raise typer.Exit(reporting.evidence(config, ref, out, json, dry_run))


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

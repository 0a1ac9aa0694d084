"""read-form and read-reply: what Akses makes of single files. Changes nothing."""

import json
import stat
import sys
from pathlib import Path

from pipeline.commands.saying import plain, print_json
from pipeline.config import read_config
from pipeline.form.sandbox import Limits, Sandbox
from pipeline.model import FormReading, Language
from pipeline.office import utc_now


def read_form(config_file: Path, files: list[Path], as_json: bool) -> int:
    """One line a file, in the read-form contract's words; 1 when any form has an error."""
    from pipeline.form.contract import contract_line, missing_file  # noqa: PLC0415

    config = read_config(config_file)
    today = utc_now().astimezone(config.company.zone).date()
    limits = Limits(
        memory_mb=config.limits.form_memory_mb,
        wall_s=config.limits.form_seconds,
        file_mb=config.limits.form_mb,
    )
    language = config.company.language
    sandbox = Sandbox(config.systems, limits)
    wrong = False
    try:
        for file in files:
            try:
                data = _first_bytes(file, limits.file_mb * 2**20 + 1)
            except OSError as error:
                reading = missing_file(file.name, error, language)
            else:
                reading = (
                    missing_file(file.name, None, language)
                    if data is None
                    else sandbox.read(data, file.name, today, language)
                )
            line = contract_line(file.name, reading)
            wrong = wrong or not line["ok"]
            if as_json:
                print_json(line)
            else:
                print(_form_words(file, reading, language), flush=True)
    finally:
        sandbox.close()
    return 1 if wrong else 0


def _first_bytes(file: Path, most: int) -> bytes | None:
    """What the reader needs of a file to refuse it; None of a pipe or a device, which may never end."""
    mode = file.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return None
    with file.open("rb") as stream:
        return stream.read(most)


#: What stands in a person's own language.
_WORDS: dict[str, tuple[str, str]] = {
    "employees": ("karyawan", "employees"), "rows": ("baris akses", "access rows"),
    "sound": ("lengkap dan benar", "complete and sound"),
    "error": ("mohon diperbaiki", "please correct"), "warning": ("mohon diperiksa", "please check"),
    "info": ("keterangan", "note"),
}  # fmt: skip


def _form_words(file: Path, reading: FormReading, language: Language) -> str:
    """The form in a line, and each problem beneath it: its cell, what is wrong, and the mend."""
    words = {name: both[language == "en"] for name, both in _WORDS.items()}
    form = reading.form
    who = f"{form.requester_name or '?'} ({form.requester_department or '?'})"
    counts = f"{len(form.employees)} {words['employees']}, {len(form.lines)} {words['rows']}"
    head = f"{file.name}: {who}, {counts}"
    lines = [head if reading.problems else f"{head}: {words['sound']}"]
    lines += [f"  {words[p.severity]}, {p.cell or '-'}: {p.message}" for p in reading.problems]
    return "\n".join("  " * line.startswith("  ") + plain(line) for line in lines)


def read_reply(config_file: Path, files: list[Path], known_file: Path, as_json: bool) -> int:
    """One line a mail, in the read-reply contract's words; 1 when a file could not be opened."""
    from pipeline.approval.contract import contract_line, known_from_json  # noqa: PLC0415
    from pipeline.approval.replies import read_reply as read  # noqa: PLC0415
    from pipeline.mail.message import read_mail  # noqa: PLC0415
    from pipeline.mail.newtext import new_text  # noqa: PLC0415

    accept_ok = read_config(config_file).approval.accept_ok
    try:
        approver, portal, known = known_from_json(json.loads(known_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"{known_file}: is no list of known requests ({error})", file=sys.stderr)
        return 2
    code = 0
    for file in files:
        try:
            mail = read_mail(file.read_bytes())
        except OSError as error:
            print(f"{file}: {error.strerror}", file=sys.stderr)
            code = 1
            continue
        reply = read(mail, new_text(mail), known, approver=approver, portal=portal, accept_ok=accept_ok)
        if as_json:
            print_json(contract_line(file.name, reply))
        else:
            items = ", ".join(f"{no}: {verdict}" for no, verdict in sorted(reply.items.items()))
            print(plain(f"{file.name}: {reply.decision} [{items}] {reply.reason!r}"))
            print(f"    {plain(reply.why)}", flush=True)
    return code

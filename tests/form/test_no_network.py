"""A traced reading of hostile files: neither the child nor its caller connects anywhere (threat T21)."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.company import SHIPPED
from tests.form.hostile import BOMBS, SHEET, STRANGERS, Parts, remade, sound

#: Where a file might send its reader; nobody listens there, and no name is known to any server.
ELSEWHERE = "http://127.0.0.1:9/x"
#: AF_UNIX is the machine's own business (the name service cache) and leads nowhere.
_INET = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\([^\n]*AF_INET|socket\(AF_INET")


def _with_dtd(name: str, declared: str, used: str = "") -> bytes:
    """The sound form with a document type in one of its parts, and something that uses it."""

    def edit(parts: Parts) -> Parts:
        start, _, rest = parts[name].partition(b"?>")
        told = f"<!DOCTYPE x {declared}>".encode()
        return {**parts, name: start + b"?>" + told + rest.replace(b"<t>", b"<t>" + used.encode())}

    return remade(edit)


def _with_link() -> bytes:
    """The sound form that says that its data, a picture and another workbook are to be had elsewhere."""
    kinds = ("externalLinkPath", "image", "hyperlink", "oleObject", "connections", "attachedTemplate")
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{n}" Type="{schema}/{kind}" Target="{ELSEWHERE}" TargetMode="External"/>'
        for n, kind in enumerate(kinds)
    )
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}'

    def edit(parts: Parts) -> Parts:
        linked = {
            "xl/worksheets/_rels/sheet1.xml.rels": f"{rels}</Relationships>".encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": f"{rels}</Relationships>".encode(),
            "xl/connections.xml": f'<connections><connection id="1"><webPr url="{ELSEWHERE}"/>'
            "</connection></connections>".encode(),
        }
        drawn = parts[SHEET].replace(b"</worksheet>", b'<legacyDrawing r:id="r1"/></worksheet>')
        return {**parts, **linked, SHEET: drawn}

    return remade(edit)


#: The shapes that reach outside, beside the bombs and strangers that other tests are made with.
REACHING = {
    "external entity": _with_dtd(SHEET, f'[<!ENTITY e SYSTEM "{ELSEWHERE}">]', "&e;"),
    "external entity of a file": _with_dtd(SHEET, '[<!ENTITY e SYSTEM "file:///etc/passwd">]', "&e;"),
    "external DTD": _with_dtd("xl/workbook.xml", f'SYSTEM "{ELSEWHERE}"'),
    "parameter entity": _with_dtd(SHEET, f'[<!ENTITY % e SYSTEM "{ELSEWHERE}"> %e;]'),
    "links to elsewhere": _with_link(),
}


def connections(trace: str) -> list[str]:
    return [line for line in trace.splitlines() if _INET.search(line)]


def traced(folder: Path, *command: str) -> tuple[str, subprocess.CompletedProcess[str]]:
    """What strace saw of the command and all its children."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed here; .ci/run installs it")
    log = folder / "trace"
    done = subprocess.run(
        [strace, "-f", "-e", "trace=network", "-o", log, *command],
        capture_output=True, text=True, timeout=240, cwd=SHIPPED.parent, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr.lower():
        pytest.skip(f"this machine does not let processes be traced: {done.stderr.strip()[:200]}")
    return log.read_text(), done


def test_reading_hostile_files_connects_nowhere(tmp_path: Path) -> None:
    hostile = {
        **REACHING,
        **STRANGERS,
        **{name: make() for name, (make, _) in BOMBS.items()},
        "sound": sound(),
    }
    files = []
    for number, data in enumerate(hostile.values()):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(data)
    trace, done = traced(tmp_path, sys.executable, "run.py", "read-form", "--json", *map(str, files))
    assert done.stdout.count('"ok"') == len(hostile), done.stderr
    assert "Traceback" not in done.stderr
    ended = [line for line in trace.splitlines() if "+++ exited" in line or "+++ killed" in line]
    assert len(ended) > len(hostile), "every reader was followed to its end"
    assert not connections(trace)


def test_the_trace_would_show_a_connection_of_a_child(tmp_path: Path) -> None:
    child = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    trace, _ = traced(tmp_path, sys.executable, "-c", parent)
    assert any("connect(" in line for line in connections(trace))

"""A company whose first day is over, and the commands as somebody types them.

house = played_house(folder)             a request done, a form sent back, an advertisement
result = run("status", "--json")         in this process: exit code, standard output, standard error
files_of(folder)                         every file with its bytes, to see that nothing was written
"""

import contextlib
import functools
import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cli import main
from pipeline.config import read_config
from pipeline.demo import clients, company
from pipeline.settings import Config
from tests.company import SHIPPED, Company


@dataclass
class Result:
    """How a command ended. `data` is its one JSON document."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def run(*words: object, encoding: str = "utf-8") -> Result:
    """`run.py WORDS` in this process, on a terminal of that encoding."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return Result(code, *texts)


@dataclass
class House:
    """A company's folder, played and at rest."""

    folder: Path

    @property
    def config_file(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def config(self) -> Config:
        return read_config(self.config_file)

    def run(self, command: str, *words: object, encoding: str = "utf-8") -> Result:
        return run(command, *words, "--config", self.config_file, encoding=encoding)

    def change(self, old: str, new: str) -> None:
        text = self.config_file.read_text(encoding="utf-8")
        assert old in text
        self.config_file.write_text(text.replace(old, new, 1), encoding="utf-8")


@functools.lru_cache(maxsize=1)
def _played() -> Path:
    """Finance's request goes all the way, Sales' form comes back, an advertisement is ignored."""
    scratch = Path(tempfile.mkdtemp())
    played = Company(scratch)
    today = played.clock.now.date()
    played.send_form(company.finance_form(today))
    played.send_form(company.sales_form_with_mistakes(today), subject="[bold]Form[/bold] \x1b[31mmerah")
    played.send(clients.newsletter(played.clock.now))
    played.poll()
    played.answer(played.asked(), "Setuju 1,2. TOLAK 3 alasan: belum perlu VPN")
    played.poll()
    played.fill_register(status="done", done_by="Dewi Anggraini", done_on="2026-11-24", account_id="U1")
    played.poll()
    played.office.journal.close()
    return scratch / "company"


def played_house(folder: Path) -> House:
    """A copy of the played company that a test may change."""
    shutil.copytree(_played(), folder / "house")
    return House(folder / "house")


def fresh_house(folder: Path) -> House:
    """What somebody has who has only just unpacked Akses: its configuration, rules and letters."""
    (folder / "fresh").mkdir()
    shutil.copy(SHIPPED, folder / "fresh")
    for name in ("inbox_rules", "templates"):
        shutil.copytree(SHIPPED.parent / name, folder / "fresh" / name)
    return House(folder / "fresh")


def files_of(folder: Path) -> dict[str, bytes | None]:
    """Every file below `folder` with its bytes, and every folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }

"""What LibreOffice saved is understood, and it reads what we wrote: tested with LibreOffice itself."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.register.package.books import appended, made, opened, table_book, touched, values
from tests.register.package.features import workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

ROW = ["=new", 41.5, "x"]


def _saved_by_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here; .ci/run installs it")
    (folder / "out").mkdir(parents=True)
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        [program, f"-env:UserInstallation={folder.as_uri()}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder / "out"), *(str(file) for file in sorted(folder.glob("*.xlsx")))],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return {file.stem: file.read_bytes() for file in (folder / "out").glob("*.xlsx")}


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes, bytes, int]]:
    """Of each workbook: as saved by LibreOffice, our edit, that saved by LibreOffice again, the new row."""
    folder = tmp_path_factory.mktemp("lo")
    books = {f"book{number}": workbook(number) for number in range(5)}
    books |= {
        "table": table_book(),
        "totals": table_book(total_row=True),
        "empty": made(lambda _book, _sheet: None),
    }
    saved = _saved_by_libreoffice(books, folder / "first")
    edited = {name: appended(data, folder, ROW, where="Data") for name, data in saved.items()}
    again = _saved_by_libreoffice({name: data for name, (data, _) in edited.items()}, folder / "second")
    return {name: (saved[name], edited[name][0], again[name], edited[name][1].first_row) for name in saved}


def test_new_row_is_read_by_libreoffice(rounds):
    assert len(rounds) == 8
    for name, (_, _, again, row) in rounds.items():
        assert values(again)[row - 1][:3] == ROW, name


def test_all_other_values_are_what_they_were(rounds):
    for name, (before, _, again, row) in rounds.items():
        was, now = values(before), values(again)
        for number, line in enumerate(was[: row - 1]):
            assert now[number][:4] == line[:4], name


def test_everything_else_of_libreoffices_file_is_kept(rounds):
    for name, (before, after, _, _) in rounds.items():
        kinds = {part.rsplit("/", 1)[-1].rstrip("0123456789.xml") for part in touched(before, after)}
        assert kinds <= {"sheet", "workbook", "table", "styles"}, name


def test_table_has_grown(rounds):
    assert opened(rounds["table"][1])["Data"].tables["List"].ref == "A1:C5"

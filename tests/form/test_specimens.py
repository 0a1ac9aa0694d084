"""The official form after other programs had it: saved again, it still says what was filled in."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.form.fill import fill_form
from pipeline.model import FormReading
from tests.form.official import FILLED, blank, signature_picture
from tests.form.sheets import read

SPECIMENS = Path(__file__).parents[1] / "specimens" / "forms"
PICTURED = replace(FILLED, signature="image", signature_text="")
FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls"}


#: Version 1 of the form, of November 2026, had no urgency.
FIRST_VERSION = SPECIMENS / "version-1"


def check_official(reading: FormReading, pictured: bool) -> None:
    assert reading.form == (PICTURED if pictured else FILLED)
    assert reading.problems == ()
    assert bool(reading.signature_sha256) is pictured


@pytest.mark.parametrize("file", sorted(SPECIMENS.glob("official*")), ids=lambda file: file.name)
def test_a_stored_specimen_reads_as_it_was_filled_in(file: Path) -> None:
    check_official(read(file.read_bytes()), "picture" in file.name)


@pytest.mark.parametrize("file", sorted(FIRST_VERSION.glob("official*")), ids=lambda file: file.name)
def test_the_form_of_the_first_version_still_reads_as_it_was_filled_in(file: Path) -> None:
    reading = read(file.read_bytes())
    assert reading.form == replace(PICTURED if "picture" in file.name else FILLED, urgency="normal")
    # The version is not read from an xls.
    told = [] if file.suffix == ".xls" else [("form", "warning")]
    assert [(p.field, p.severity) for p in reading.problems] == told


@pytest.mark.parametrize("folder", [SPECIMENS, FIRST_VERSION])
def test_there_are_specimens_of_every_format(folder: Path) -> None:
    assert {f.suffix for f in folder.glob("official*-libreoffice.*")} == {".xlsx", ".ods", ".xls"}


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Today's official form, typed and pictured, saved by LibreOffice in a folder for each format."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed; .ci/run installs it")
    folder = tmp_path_factory.mktemp("resaved")
    typed, pictured = folder / "typed.xlsx", folder / "pictured.xlsx"
    typed.write_bytes(fill_form(blank(), FILLED))
    pictured.write_bytes(fill_form(blank(), PICTURED, signature_picture()))
    for name, wanted in FORMATS.items():
        command = [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
            wanted, "--outdir", str(folder / name), str(typed), str(pictured),
        ]  # fmt: skip
        subprocess.run(command, check=True, timeout=120, capture_output=True)
    return folder


@pytest.mark.parametrize("wanted", FORMATS)
@pytest.mark.parametrize("name", ["typed", "pictured"])
def test_todays_form_survives_libreoffice(resaved: Path, wanted: str, name: str) -> None:
    check_official(read((resaved / wanted / f"{name}.{wanted}").read_bytes()), name == "pictured")

"""doctor looks into the register and the directory: a file that is there is not yet one that serves."""

from tests.commands.house import House
from tests.commands.test_doctor import checks


def test_a_register_that_cannot_be_used_is_wrong(house: House):
    path = house.config.files.register_workbook
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK half of it")
    found = checks(house, "register")["register"]
    assert found["level"] == "wrong"
    assert "cut off or damaged" in found["says"]
    assert "rebuild" in found["mend"]


def test_a_folder_in_the_place_of_a_workbook_is_wrong(house: House):
    for path in (house.config.files.register_workbook, house.config.files.directory):
        path.unlink(missing_ok=True)
        path.mkdir(parents=True)
    found = checks(house, "register", "directory")
    assert {check["level"] for check in found.values()} == {"wrong"}
    assert all("is a folder" in check["says"] for check in found.values())

"""What the words in an old register's cells seem to mean: systems, levels, departments, statuses. Pure."""

from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.form.people import department_named
from pipeline.form.systems import find_system, is_guessed, split_systems, with_level
from pipeline.form.words import key
from pipeline.importing.mapping import (
    CHANGE,
    GIVEN,
    GRANT,
    LEFT_OUT,
    NO_BAND,
    OPEN,
    REVOKE,
    REVOKED,
    RegisterMap,
    word_key,
)
from pipeline.model import Directory, System

#: Before the name of a department in a line between the rows.
_BEFORE_DEPARTMENT = frozenset(
    {"departemen", "departement", "department", "dept", "divisi", "bagian", "unit", "div", "section"}
)
_STATUS_WORDS: dict[str, tuple[str, ...]] = {
    GIVEN: (
        "Aktif", "Active", "OK", "Selesai", "Done", "Sudah", "Sudah selesai", "Completed", "Complete",
        "Closed", "Close", "Enabled", "Granted", "Diberikan", "Sudah diberikan", "Berlaku", "Berjalan",
        "Finish", "Finished", "Existing", "Masih aktif", "Ya", "Yes", "Y", "V", "TRUE", "Approved",
        "Disetujui", "Perpanjang",
    ),
    REVOKED: (
        "Non aktif", "Nonaktif", "Tidak aktif", "Inactive", "Not active", "Dicabut", "Revoked", "Disabled",
        "Disable", "Resign", "Resigned", "Keluar", "Dihapus", "Deleted", "Removed", "Diblokir", "Blokir",
        "Blocked", "Deactivated", "Dinonaktifkan", "Sudah dicabut", "Terminated", "Ditutup",
        "Akses dicabut",
    ),
    LEFT_OUT: (
        "Proses", "Dalam proses", "On progress", "In progress", "Progress", "Pending", "Belum",
        "Belum dikerjakan", "Ditolak", "Tolak", "Rejected", "Reject", "Denied", "Batal", "Dibatalkan",
        "Cancelled", "Canceled", "Cancel", "Menunggu", "Menunggu persetujuan", "Waiting", "Draft",
        "Waiting approval", "Not approved", "Tidak disetujui",
    ),
}  # fmt: skip
_ACTION_WORDS: dict[str, tuple[str, ...]] = {
    GRANT: (
        "Baru", "New", "Grant", "Pemberian", "Pemberian akses", "Akses baru", "Permintaan baru", "Tambah",
        "Penambahan", "Add", "Create", "Buat", "Pembuatan", "Buat baru", "New access", "New user",
        "Granting", "Aktivasi", "Activate", "Pengaktifan",
    ),
    CHANGE: (
        "Perubahan", "Ubah", "Change", "Modify", "Modification", "Update", "Perubahan akses", "Ganti",
        "Perubahan level", "Change access", "Edit", "Upgrade", "Downgrade",
    ),
    REVOKE: (
        "Pencabutan", "Cabut", "Revoke", "Revocation", "Revoked", "Dicabut", "Hapus", "Penghapusan", "Remove",
        "Removal", "Delete", "Deletion", "Nonaktif", "Non aktif", "Penonaktifan", "Nonaktifkan", "Disable",
        "Deactivate", "Deactivation", "Terminate", "Termination", "Pencabutan akses", "Cabut akses",
        "Revoke access", "Tutup", "Penutupan",
    ),
}  # fmt: skip


class Meanings:
    """The mapping file's word for a text, or what it would be if it were written today."""

    def __init__(self, mapping: RegisterMap, catalogue: tuple[System, ...], directory: Directory) -> None:
        self._mapping, self._catalogue, self._directory = mapping, catalogue, directory
        self._systems = {system.code: system for system in catalogue}
        self._told: dict[str, tuple[tuple[System, str], ...] | None] = {}
        self._departments: dict[str, tuple[str, bool]] = {}

    def systems(self, text: str) -> tuple[tuple[System, str], ...] | None:
        """(system, level written with it) for each system a text means; () to leave it out; None: unknown."""
        if text not in self._told:
            self._told[text] = self._look_up(text)
        return self._told[text]

    def _look_up(self, text: str) -> tuple[tuple[System, str], ...] | None:
        said = self._mapping.systems.get(word_key(text))
        found = said if word_key(text) in self._mapping.systems else guess_systems(text, self._catalogue)
        if found is None:
            return None
        level = with_level(text, self._catalogue)[1] if len(found) == 1 else ""
        levels = {
            s.code: le for n, le in split_systems(text, self._catalogue) if (s := self._named(n)) and le
        }
        return tuple((self._systems[code], levels.get(code, level)) for code in found)

    def _named(self, text: str) -> System | None:
        return find_system(text, self._catalogue)

    def system(self, code: str) -> System | None:
        return self._systems.get(code)

    def level(self, text: str, system: System) -> tuple[str, bool]:
        """The level as the catalogue writes it, and whether it is one of the system's."""
        said = self._mapping.levels.get(word_key(text), text)
        known = next((level for level in system.levels if key(level) == key(said)), None)
        return known or said, known is not None or not system.levels or not said

    def department(self, text: str) -> tuple[str, bool]:
        """The department as the directory writes it, and whether it is there."""
        if text not in self._departments:
            said = self._mapping.departments.get(word_key(text), text)
            said = text if said in {"", OPEN, NO_BAND} else said
            found = department_named(said, self._directory)
            known = found is not None or not self._directory.departments
            self._departments[text] = (found.name if found else said), known
        return self._departments[text]

    def status(self, text: str) -> str | None:
        """given, revoked or leave out; None where nobody has said what this status means."""
        return _meaning(text, self._mapping.statuses, GIVEN, guess_status)

    def action(self, text: str) -> str | None:
        """grant, change, revoke or leave out; None where nobody has said what this action means."""
        return _meaning(text, self._mapping.actions, GRANT, guess_action)

    def band(self, text: str) -> dict[str, str] | None:
        """What a line between the rows says of those below it, as fields; None: it is not known, ask.

        {} where somebody has said that it says nothing.
        """
        name = text.partition(":")[2].strip() or text
        said = self._mapping.departments.get(word_key(text), "")
        if said == NO_BAND:
            return {}
        if said not in {"", OPEN}:
            return {"department": said}
        codes = self._mapping.systems.get(word_key(text)) or ()
        system = self._systems[codes[0]] if len(codes) == 1 else self._named(name)
        if system is not None and (codes or not is_guessed(name, self._catalogue)):
            return {"system": system.label_id}
        words = key(text).split()
        if len(words) > 1 and words[0] in _BEFORE_DEPARTMENT:
            name = name if ":" in text else text.split(None, 1)[1]
            return {"department": name}
        return {"department": name} if department_named(name, self._directory) else None


def guess_systems(text: str, catalogue: tuple[System, ...]) -> tuple[str, ...] | None:
    """The codes of the systems that a text names for sure; None where it may be another."""
    pieces = split_systems(text, catalogue)
    if len(pieces) == 1:
        pieces = [(with_level(pieces[0][0], catalogue)[0], "")]
    found = [
        system
        for name, _ in pieces
        if (system := find_system(name, catalogue)) is not None and not is_guessed(name, catalogue)
    ]
    return tuple(dict.fromkeys(s.code for s in found)) if found and len(found) == len(pieces) else None


def _meaning(
    text: str, told: Mapping[str, str | None], of_nothing: str, guess: Callable[[str], str]
) -> str | None:
    """What somebody has said of a word, else what it seems to mean; None where that is open."""
    if not text:
        return of_nothing
    if word_key(text) in told:
        return told[word_key(text)]
    meaning = guess(text)
    return None if meaning == OPEN else meaning


def guess_status(text: str) -> str:
    """What a status seems to mean; "?" where that is for a person to say."""
    return _guess(text, _STATUS_WORDS)


def guess_action(text: str) -> str:
    """What a kind of request seems to mean; "?" where that is for a person to say."""
    return _guess(text, _ACTION_WORDS)


def _guess(text: str, meant: dict[str, tuple[str, ...]]) -> str:
    words = {key(word): meaning for meaning, said in meant.items() for word in said}
    plain = key(text)
    if plain in words:
        return words[plain]
    long = [word for word in words if len(word) >= 5]
    near = process.extractOne(plain, long, scorer=OSA.distance, score_cutoff=1) if len(plain) >= 5 else None
    return words[near[0]] if near else OPEN


def nearest_level(text: str, levels: Sequence[str]) -> str:
    """The level that a text is a misspelling of; the text itself where it is none."""
    near = process.extractOne(
        key(text), [key(level) for level in levels], scorer=OSA.distance, score_cutoff=2
    )
    return levels[near[2]] if near else text

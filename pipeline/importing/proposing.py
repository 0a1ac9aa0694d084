"""The mapping file as it is first written: what each column and word seems to be, for a person to check."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.form.people import department_named
from pipeline.form.systems import find_system, nearest_systems
from pipeline.form.words import is_blank, key
from pipeline.importing.fields import IGNORE, NAMES, SECRET, SYSTEM_COLUMN
from pipeline.importing.headings import Layout, find_layout
from pipeline.importing.lines import is_total, lone_text
from pipeline.importing.mapping import EMPTY, OPEN, RegisterMap, word_key
from pipeline.importing.meanings import Meanings, guess_action, guess_status, guess_systems, nearest_level
from pipeline.importing.sheets import OldSheet, texts_of
from pipeline.model import Directory, System

#: More different words in one column are no words to translate: the column is something else.
_MOST_WORDS = 400
_HEAD = """\
# How {file} is read by `run.py import-register`. Check it, mend it, and run the command again: it is written
# once, and never changed by the command. Delete it to have it made anew. Nothing has been imported yet.
#
# columns   heading: what is below it. One of
#             {fields},
#             ignore, secret (never kept), or "system: CODE" (a system as heading, over ticks or levels)
# always    what holds for all rows of a sheet and no column says: {{system: VPN, department: Finance}}
# "?"       somebody has to say what this means; until then such rows are not imported
"""


@dataclass
class _Words:
    """The different words of the columns that are translated, with how often each stands there."""

    systems: Counter[str] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    #: texts that stand alone in a line: a department that begins, or a remark
    bands: Counter[str] = field(default_factory=Counter)
    #: does one of those lines name a department or a system?
    banded: bool = False
    #: (code of the system, level)
    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: rows without a name, below one with a name
    nameless: int = 0

    def counters(self) -> tuple[tuple[str, Counter[str]], ...]:
        """The counters by the fields whose words they count."""
        return (
            ("system", self.systems), ("department", self.departments), ("status", self.statuses),
            ("action", self.actions),
        )  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """The text of the mapping file, and what a person has to look at in it."""

    text: str
    to_check: tuple[str, ...]
    #: sheet -> {heading: meaning}, of the sheets that are taken
    columns: Mapping[str, Mapping[str, str]]


def propose_mapping(
    sheets: Sequence[OldSheet], file: str, catalogue: tuple[System, ...], directory: Directory
) -> Proposal:
    """What the register seems to be. Nothing in it is decided before a person has run the command again."""
    fields = ", ".join(name for name in NAMES if name not in {IGNORE, SECRET})
    lines = [_HEAD.format(file=file, fields=fields.replace(", start", ",\n#             start"))]
    check: list[str] = []
    words, columns, found = _Words(), dict[str, dict[str, str]](), list[str]()
    for sheet in sheets:
        layout = find_layout(sheet, catalogue)
        always = _always(sheet, layout, catalogue, directory)
        if layout is None or not _is_register(layout, always):
            found += [
                f"  {_quoted(sheet.name)}:",
                "    take: no    # no table of who has what was found on it",
            ]
            continue
        taken = sheet.visible
        found += _sheet_lines(sheet, layout, always)
        if taken:
            columns[sheet.name] = {column.heading: column.meaning for column in layout.columns}
            check += _doubts(sheet, layout, always)
            _count(sheet, layout, catalogue, directory, words)
    lines += ["sheets:", *found, ""]
    if not columns:
        check.append("no sheet has headings for a name and a system; write them under sheets")
    lines += _settings(words, check)
    lines += _systems(words, catalogue, check)
    lines += _levels(words, catalogue)
    lines += _departments(words, directory, check)
    lines += _statuses(words, check)
    lines += _actions(words, check)
    return Proposal("\n".join(lines) + "\n", tuple(check), columns)


def _is_register(layout: Layout, always: Mapping[str, str]) -> bool:
    meanings = layout.meanings()
    systems = "system" in meanings or "system" in always or any(m.startswith(SYSTEM_COLUMN) for m in meanings)
    return "employee" in meanings and (systems or len(meanings - {IGNORE, SECRET}) >= 3)


def _always(
    sheet: OldSheet, layout: Layout | None, catalogue: tuple[System, ...], directory: Directory
) -> dict[str, str]:
    """What the sheet's name says of all its rows: "VPN", "Finance"."""
    meanings = layout.meanings() if layout else frozenset()
    said: dict[str, str] = {}
    system = find_system(sheet.name, catalogue)
    if (
        system is not None
        and "system" not in meanings
        and not any(m.startswith(SYSTEM_COLUMN) for m in meanings)
    ):
        said["system"] = system.code
    department = department_named(sheet.name, directory)
    if department is not None and "department" not in meanings:
        said["department"] = department.name
    return said


def _sheet_lines(sheet: OldSheet, layout: Layout, always: Mapping[str, str]) -> Iterator[str]:
    yield f"  {_quoted(sheet.name)}:"
    yield "    take: yes" if sheet.visible else "    take: no    # the sheet is hidden"
    rows = f"{layout.first}" if layout.first == layout.last else f"{layout.first}-{layout.last}"
    yield f"    headings: {rows}    # row of the headings; two rows are written 4-5"
    yield "    columns:"
    for column in layout.columns:
        example = f", such as {column.example[:40]}" if column.example else ""
        guess = "" if column.sure or column.meaning in {IGNORE, SECRET} else "    <- a guess"
        meaning = f'"{column.meaning}"' if ": " in column.meaning else column.meaning
        yield f"      {_quoted(column.heading)}: {meaning}    # {column.letter}{example}{guess}"
    said = ", ".join(f"{name}: {_quoted(text)}" for name, text in always.items())
    yield f"    always: {{{said}}}" + ("    # from the name of the sheet" if said else "")


def _doubts(sheet: OldSheet, layout: Layout, always: Mapping[str, str]) -> Iterator[str]:
    for column in layout.columns:
        if not column.sure and column.meaning not in {IGNORE, SECRET}:
            yield f"sheet {sheet.name}, column {column.letter} {column.heading!r}: taken for {column.meaning}"
        if column.instead:
            other = next((one for one in layout.columns if one.meaning == column.instead), column)
            yield (
                f"sheet {sheet.name}, column {column.letter} {column.heading!r}: not used, since column "
                f"{other.letter} {other.heading!r} is taken for {column.instead}; is it the right one?"
            )
    if not {"system"} & (layout.meanings() | set(always)):
        systems = any(m.startswith(SYSTEM_COLUMN) for m in layout.meanings())
        if not systems:
            yield f"sheet {sheet.name}: no column says which system; write it under always"


def _count(
    sheet: OldSheet, layout: Layout, catalogue: tuple[System, ...], directory: Directory, words: _Words
) -> None:  # fmt: skip
    """The words of all rows. What is said only for whole sheets needs no translation."""
    at = {column.meaning: column.place for column in layout.columns if column.meaning not in {IGNORE, SECRET}}
    named, levelled = False, any(system.levels for system in catalogue)
    meanings, bands = Meanings(RegisterMap(()), catalogue, directory), list[str]()
    for number, values in sheet.rows():
        texts = ["" if is_blank(text) else text for text in texts_of(values)]
        filled = {n: text for n, place in at.items() if (text := "".join(texts[place - 1 : place]))}
        if number <= layout.last or is_total(texts, at["employee"]):
            continue
        alone = lone_text(texts, at.values())
        if alone and meanings.band(alone[1]):
            words.banded = True
        elif alone:
            bands.append(alone[1])
        if len(filled) < 2:
            continue
        words.bands.update(bands)
        bands.clear()
        if "employee" not in filled:
            words.nameless += named
        named = named or "employee" in filled
        for name, counter in words.counters():
            counter[filled.get(name, EMPTY if name in {"status", "action"} and name in at else "")] += 1
        if levelled and "level" in filled:
            for code in guess_systems(filled.get("system", ""), catalogue) or ():
                words.levels[code, filled["level"]] += 1


def _settings(words: _Words, check: list[str]) -> Iterator[str]:
    nameless = f" ({_rows(words.nameless)} without a name)" if words.nameless else ""
    yield f"fill_down: no    # yes: an empty name, NIK or department is that of the row above{nameless}"
    if words.nameless:
        check.append(f"{_rows(words.nameless)} without a name: fill_down: yes gives them the name above")
    yield "start_when_missing:    # such as 2024-01-01, for rows without any day; empty: not imported"
    yield ""


def _systems(words: _Words, catalogue: tuple[System, ...], check: list[str]) -> Iterator[str]:
    codes = ", ".join(system.code for system in catalogue)
    yield f"systems:    # text: CODE, or CODE, CODE, or leave out. Codes: {codes}"
    if len(words.systems) > _MOST_WORDS:
        check.append(f"the system's column holds {len(words.systems)} different texts: is it the right one?")
    unknown = 0
    for text, count in _often(words.systems):
        guess = guess_systems(text, catalogue)
        near = "" if guess else " ".join(s.code for s in nearest_systems(text, catalogue))
        hint = f"; nearest: {near}" if near else ""
        unknown += guess is None
        yield f"  {_quoted(text)}: {_quoted(', '.join(guess) if guess else OPEN)}    # {_rows(count)}{hint}"
    if unknown:
        check.append(f'texts for a system that are not in the catalogue ("?" under systems): {unknown}')
    yield ""


def _levels(words: _Words, catalogue: tuple[System, ...]) -> Iterator[str]:
    offered = {system.code: system.levels for system in catalogue}
    yield "levels:    # text: level of the catalogue; a level that is not here stays as it is written"
    said: set[str] = set()
    for (code, text), count in words.levels.most_common(_MOST_WORDS):
        levels = offered.get(code, ())
        if levels and key(text) not in map(key, levels) and text not in said:
            said.add(text)
            note = f"{_rows(count)}; {code} offers {', '.join(levels)}"
            yield f"  {_quoted(text)}: {_quoted(nearest_level(text, levels))}    # {note}"
    yield ""


def _departments(words: _Words, directory: Directory, check: list[str]) -> Iterator[str]:
    names = ", ".join(department.name for department in directory.departments)
    yield f"departments:    # text: department. The directory has: {names or 'none yet'}"
    for text, count in _often(words.departments):
        if department_named(text, directory) is None:
            yield f"  {_quoted(text)}: {_quoted(text)}    # {_rows(count)}; not in the directory"
    unknown = [text for text, _ in _often(words.bands) if text not in words.departments]
    for text in unknown if words.banded else ():
        yield f'  {_quoted(text)}: "{OPEN}"    # a line between the rows: a department, or ignore'
    if unknown and words.banded:
        check.append(
            f'lines between the rows that no directory knows ("?" under departments): {len(unknown)}'
        )
    yield ""


def _statuses(words: _Words, check: list[str]) -> Iterator[str]:
    yield "statuses:    # text: given, revoked (taken away since), or leave out (refused, never done)"
    yield from _explained(words.statuses, guess_status, "words of the status column", "statuses", check)


def _actions(words: _Words, check: list[str]) -> Iterator[str]:
    if not words.actions.keys() - {""}:
        return
    yield ""
    yield "actions:    # text: grant, change, revoke (the end of access that was given), or leave out"
    yield from _explained(words.actions, guess_action, "words of the column of actions", "actions", check)


def _explained(
    said: Counter[str], guess: Callable[[str], str], what: str, section: str, check: list[str]
) -> Iterator[str]:
    unknown = 0
    for text, count in _often(said):
        meaning = guess(text)
        unknown += meaning == OPEN
        yield f"  {_quoted(text)}: {_quoted(meaning)}    # {_rows(count)}"
    if unknown:
        check.append(f'{what} to be explained ("?" under {section}): {unknown}')


def _often(words: Counter[str]) -> list[tuple[str, int]]:
    """Each word once, in its commonest spelling, with how many rows say it in whichever case."""
    spelled: dict[str, tuple[str, int]] = {}
    for text, count in words.most_common():
        first, before = spelled.get(word_key(text), (text, 0))
        spelled[word_key(text)] = first, before + count
    return [one for word, one in spelled.items() if word][:_MOST_WORDS]


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def _quoted(text: str) -> str:
    """A text as YAML in double quotes; JSON's strings are that."""
    return json.dumps(text, ensure_ascii=False)

"""Tells IT about the register, each thing once: the sentences are register/'s, the moment keeping's."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from pipeline.journal import read_stamp, stamp
from pipeline.model import Directory, Edit, Letter
from pipeline.office import Office
from pipeline.register.columns import Sheet
from pipeline.register.notices import About, News, changes, listed, news_of, note_text, worded
from pipeline.register.sync import Merge
from pipeline.turn import Turn


def tell_once(
    office: Office, directory: Directory, about: About, mark: str, file: str, why: str = ""
) -> None:
    """One notice to IT about the register as a file; told once for each `mark`."""
    key = f"register-{about}/{mark}"[:200]
    with office.journal.entry() as entry:
        if entry.outbox.by_key(key) is not None:
            return
        turn = Turn(office, entry, office.clock(), directory)
        turn.record(f"register_{about}", "", "akses", {"why": why, "file": file})
        turn.tell_it(key, "register_notice", {
            "restored": (), "missing": (), "refused": (),
            "note": note_text(about, office.config.company.language, file, why),
        })  # fmt: skip
        turn.close()


def note_locked(office: Office, directory: Directory, holder: str, path: Path) -> bool:
    """A register open in Excel keeps only our writing waiting; after a while IT is told, and it is True."""
    now = office.clock()
    with office.journal.entry() as entry:
        since = entry.value("register_locked_since")
        if not since:
            since = stamp(now)
            entry.keep_value("register_locked_since", since)
    long = timedelta(minutes=office.config.schedule.register_alert_minutes)
    if now - read_stamp(since) < long:
        return False
    tell_once(office, directory, "locked", since, path.name, holder)
    return True


def tell_news(turn: Turn, merged: Merge, sheet: Sheet) -> None:
    """What was put back or refused is recorded and told to IT, once."""
    told = turn.entry.value("register_told")
    news = news_of(merged, sheet, told)
    if news.told != told:
        turn.entry.keep_value("register_told", news.told)
    if not news.any:
        return
    event = turn.record("register_restored", "", "akses", _plain(news))
    file = turn.office.config.files.register_workbook.name
    language = turn.office.config.company.language
    notes = [
        note_text("accepted", language, file, changes(news.accepted, sheet, language))
        if news.accepted
        else "",
        note_text("strays", language, file, listed(news.strays)) if news.strays else "",
    ]
    turn.tell_it(f"register/{event.seq}", "register_notice", {
        "restored": tuple(worded(one, sheet, language) for one in news.restored),
        "missing": news.missing,
        "refused": tuple((worded(one, sheet, language), why) for one, why in news.refused),
        "note": " ".join(filter(None, notes)),
    })  # fmt: skip


def tell_taken_back(turn: Turn, edits: Sequence[Edit], sheet: Sheet) -> None:
    """IT and management are told when work is said not to be done that the requester was told is."""
    if not edits:
        return
    language = turn.office.config.company.language
    told = [[one.key, one.column, one.old, one.new] for one in edits]
    event = turn.record("register_taken_back", "", "akses", {"changes": told})
    file = turn.office.config.files.register_workbook.name
    note = note_text("taken-back", language, file, changes(edits, sheet, language))
    turn.write(Letter(
        key=f"register/{event.seq}", kind="register_notice", to=turn.it_and_management(), language=language,
        facts={"restored": (), "missing": (), "refused": (), "note": note},
    ))  # fmt: skip


def _plain(news: News) -> dict[str, object]:
    return {
        "restored": [[e.key, e.column, e.old, e.new] for e in news.restored],
        "missing": list(news.missing),
        "refused": [[e.key, e.column, e.old, e.new, why] for e, why in news.refused],
        "strays": list(news.strays),
        **({"accepted": [[e.key, e.column, e.old, e.new] for e in news.accepted]} if news.accepted else {}),
    }

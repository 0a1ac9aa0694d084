"""Tells IT about the register, each thing once: the sentences are register/'s, the moment keeping's."""

from datetime import timedelta
from pathlib import Path

from pipeline.journal import read_stamp, stamp
from pipeline.model import Directory
from pipeline.office import Office
from pipeline.register.columns import Sheet
from pipeline.register.notices import About, News, listed, news_of, note_text
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
    strays = note_text("strays", turn.office.config.company.language, file, listed(news.strays))
    turn.tell_it(f"register/{event.seq}", "register_notice", {
        "restored": news.restored, "missing": news.missing, "refused": news.refused,
        "note": strays if news.strays else "",
    })  # fmt: skip


def _plain(news: News) -> dict[str, object]:
    return {
        "restored": [[e.key, e.column, e.old, e.new] for e in news.restored],
        "missing": list(news.missing),
        "refused": [[e.key, e.column, e.old, e.new, why] for e, why in news.refused],
        "strays": list(news.strays),
    }

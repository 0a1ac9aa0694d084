"""People and departments as a form names them, compared with how the directory does. Reads no file."""

import re

from pipeline.form.words import key
from pipeline.model import Department, Directory

#: What stands before or behind a name and is no part of it: forms of address, and degrees.
_TITLES = frozenset({
    "bapak", "bpk", "bp", "pak", "ibu", "bu", "ibuk", "sdr", "sdri", "saudara", "saudari", "yth", "mr", "mrs",
    "ms", "miss", "dr", "drs", "dra", "ir", "prof", "h", "hj", "haji", "hajah", "kh", "st", "sh", "se", "si",
    "sp", "sm", "skom", "skm", "mm", "mt", "mh", "mba", "msi", "mkom", "mak", "msc", "meng", "phd", "ak",
    "ca", "cpa", "bba", "amd", "spd", "mpd", "ssi", "stp", "stt", "sstp", "msn", "bsc",
})  # fmt: skip
#: "S.E.", "M.Kom", "Ph.D": the letters of a degree belong together.
_DEGREE = re.compile(r"\b(?:[A-Za-z]{1,4}\.){1,3}(?:[A-Za-z]{1,4}\b\.?)?")


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: titles, case and order aside, each word of the shorter name
    stands in the longer one, an initial for its word. A name without its family name is still that person."""
    words, more = _words_of(one), _words_of(other)
    return bool(words & more) and (_stands_in(words, more) or _stands_in(more, words))


def department_named(name: str, directory: Directory) -> Department | None:
    """The department of that name, or one that is also called so."""
    if not key(name):
        return None
    return next((d for d in directory.departments if key(name) in map(key, (d.name, *d.also))), None)


def _stands_in(words: set[str], more: set[str]) -> bool:
    return all(w in more or (len(w) == 1 and any(m.startswith(w) for m in more)) for w in words)


def _words_of(name: str) -> set[str]:
    joined = _DEGREE.sub(lambda found: f" {found[0].replace('.', '')} ", name)
    words = set(key(joined).split())
    return words - _TITLES or words

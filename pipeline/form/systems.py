"""Which system of the catalogue a text means: by name, other name, or typing error. Judges no request."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pipeline.form.words import TICKED, UNTICKED, clean, key
from pipeline.model import System

#: Words people put around a system's name.
_AROUND = re.compile(
    r"\b(?:akses|access|sistem|system|aplikasi|application|platform|software|akun|account|user|untuk|ke|to|"
    r"the|login|"
    r"layanan|service|kantor|perusahaan|modul|module|program)\b"
)
_SEPARATOR = re.compile(
    r"\s*(?:[,;/&+\n|•·]|\bdan\b|\band\b|\bserta\b|(?<=\S)\s+-\s+(?=\S))\s*", re.IGNORECASE
)
_WITH_LEVEL = re.compile(r"^(?P<system>[^():]+?)\s*(?:\((?P<level>[^()]*)\)|:\s*(?P<after>.+))$")
#: What in brackets after a system says nothing about a level.
_NO_LEVEL = frozenset(
    {"aplikasi", "application", "sistem", "system", "akses", "access", "platform", "software", "wajib diisi"}
)
#: With one of these beside it a system's name is part of another product's: "Email Marketing Tool".
_OTHER_PRODUCT = frozenset({
    "analytics", "banking", "blast", "bot", "campaign", "explorer", "fraud", "gateway", "marketing",
    "newsletter", "of", "studio", "suite", "survey", "tool", "tools",
})  # fmt: skip
#: "- Accurate", "• ERP": one line of a list in a cell.
_BULLET = re.compile(r"^[-–—•·*>▪◦‣]+\s*")
_BOX_BEFORE = re.compile(r"^[\[(]\s*[vx√ ]?\s*[\])]\s*", re.IGNORECASE)
_STRIPPED = "".join(mark for mark in TICKED | UNTICKED if mark not in "vx×") + " "
#: Real words one slip away from a system that they are not.
_OTHER_WORDS = frozenset({"gmail", "hotmail", "tray", "intranet", "extranet", "erc", "mail merge"})
#: "Semua akses", "SEMUA", "seluruh akses karyawan ybs": everything that somebody has, and no system.
_ALL = frozenset({"semua", "semuanya", "seluruh", "seluruhnya", "segala", "all", "everything"})
_ALL_OF = frozenset({
    "access", "accesses", "account", "accounts", "ada", "akses", "aplikasi", "akun", "application",
    "applications", "atas", "bersangkutan", "beserta", "dan", "and", "dari", "dimiliki", "employee",
    "existing", "hak", "her", "his", "ini", "its", "karyawan", "login", "milik", "of", "pegawai", "platform",
    "saat", "sistem", "system", "systems", "terdaftar", "the", "their", "untuk", "user", "yang", "ybs", "yg",
})  # fmt: skip


@dataclass(frozen=True)
class _Known:
    """A catalogue made ready for looking up."""

    catalogue: tuple[System, ...]
    #: folded name without spaces -> its system; the surest name of a system first
    names: dict[str, System]
    #: the names long enough for a typing error to be told from another word
    long: tuple[str, ...]
    #: " name " -> its system, to be found among the words of a longer text
    words: tuple[tuple[str, System], ...]
    #: what was looked up before: a form's rows are asked about again and again
    told: dict[str, tuple[System | None, bool]] = field(default_factory=dict)


#: By the catalogue's identity: comparing eleven systems with all they hold costs more than a look-up.
_KNOWN: dict[int, _Known] = {}


def _known(catalogue: tuple[System, ...]) -> _Known:
    known = _KNOWN.get(id(catalogue))
    if known is None or known.catalogue is not catalogue:
        if len(_KNOWN) > 16:
            _KNOWN.clear()
        known = _KNOWN[id(catalogue)] = _made_ready(catalogue)
    return known


def _made_ready(catalogue: tuple[System, ...]) -> _Known:
    names: dict[str, System] = {}
    for pick in (lambda s: (s.label_id, s.label_en, s.code), lambda s: s.also):
        for system in catalogue:
            for name in pick(system):
                names.setdefault(_joined(name), system)
    for system in catalogue:
        bare = _joined(_AROUND.sub(" ", key(system.label_id)))
        if len(bare) > 1:
            names.setdefault(bare, system)
    words = tuple(
        (f" {key(name)} ", system)
        for system in catalogue
        for name in dict.fromkeys((system.label_id, system.label_en, *system.also))
        if key(name)
    )
    return _Known(catalogue, names, tuple(name for name in names if len(name) >= 4), words)


def _joined(text: str) -> str:
    return key(text).replace(" ", "")


def is_everything(text: str) -> bool:
    """Whether a text names no system but all that somebody has: "Semua akses", "all systems"."""
    said = set(key(bare_name(text)).split())
    return bool(said & _ALL) and said <= _ALL | _ALL_OF


def bare_name(text: str) -> str:
    """A system's name without the box or tick printed before or after it."""
    return clean(text).strip(_STRIPPED).strip()


def find_system(text: str, catalogue: tuple[System, ...]) -> System | None:
    """The one system that a text means, None where it means none or several."""
    if not text or len(text) > 120:
        return None
    known = _known(catalogue)
    plain = _BOX_BEFORE.sub("", bare_name(text))
    sure, open_still = _by_name(plain, known)
    return _contained(key(plain), known) if open_still else sure


def is_guessed(text: str, catalogue: tuple[System, ...]) -> bool:
    """Whether a text was taken for a system only because the system's name stands among other words."""
    known = _known(catalogue)
    plain = _BOX_BEFORE.sub("", bare_name(text))
    _, open_still = _by_name(plain, known)
    return open_still and _contained(key(plain), known) is not None


def _by_name(plain: str, known: _Known) -> tuple[System | None, bool]:
    """The system whose name a text is, a typing error aside; and whether it may still be found within it."""
    if plain not in known.told:
        if len(known.told) > 4096:
            known.told.clear()
        known.told[plain] = _looked_up(plain, known)
    return known.told[plain]


def _looked_up(plain: str, known: _Known) -> tuple[System | None, bool]:
    names = known.names
    without = _AROUND.sub(" ", key(plain))
    for folded in (_joined(plain), _joined(without)):
        if folded in names:
            return names[folded], False
    parts = {
        id(s): s
        for p in re.split(r"[()/|\n]| - ", plain)
        if (s := names.get(_joined(_AROUND.sub(" ", key(p)))))
    }
    if len(parts) == 1:
        return next(iter(parts.values())), False
    if len(_named_in(key(plain), known)) > 1:
        # "Accurate CL" is not a mistyped Accurate.
        return None, False
    close = _close(_joined(plain), known) or _close(_joined(without), known)
    return close, close is None and not parts


def _close(folded: str, known: _Known) -> System | None:
    if len(folded) < 4 or folded in _OTHER_WORDS:
        return None
    allowed = 1 if len(folded) < 8 else 2
    found = process.extractOne(folded, known.long, scorer=OSA.distance, score_cutoff=allowed)
    return known.names[found[0]] if found else None


def _contained(folded: str, known: _Known) -> System | None:
    """The only system whose name stands in a longer text as whole words."""
    if folded.count(" ") >= 6 or not _OTHER_PRODUCT.isdisjoint(folded.split()):
        return None
    found = _named_in(folded, known)
    return found[0] if len(found) == 1 else None


def _named_in(folded: str, known: _Known) -> tuple[System, ...]:
    """The systems whose names stand in a text as whole words, each once."""
    padded = f" {folded} "
    return tuple({system.code: system for name, system in known.words if name in padded}.values())


def split_systems(text: str, catalogue: tuple[System, ...]) -> list[tuple[str, str]]:
    """One line of systems -> (system as written, level written with it) for each; one pair for one system."""
    lines = [line for one in text.splitlines() if (line := _BULLET.sub("", clean(one)))]
    plain = ", ".join(lines)
    whole = find_system(plain, catalogue) is not None and not is_guessed(plain, catalogue)
    if whole and not _WITH_LEVEL.match(plain):
        return [(plain, "")]
    depth_safe = re.sub(
        r"\([^()]*\)",
        lambda m: m[0].replace(",", "\0").replace("/", "\1").replace("&", "\2").replace("-", "\3"),
        plain,
    )
    pieces = [
        p.replace("\0", ",").replace("\1", "/").replace("\2", "&").replace("\3", "-")
        for p in _SEPARATOR.split(depth_safe)
    ]
    pieces = [re.sub(r"^\d{1,2}[.)]\s*", "", p).strip() for p in pieces]
    pieces = [p for p in pieces if p]
    found = [_piece(p, catalogue) for p in pieces]
    known = [system for system, _ in found if find_system(system, catalogue)]
    if (
        len(pieces) > 1
        and len(known) >= 2
        and len({s.code for n in known if (s := find_system(n, catalogue))}) > 1
    ):
        return found
    # "VPN (Virtual Private Network)": in a single system's brackets stands no level.
    alone, _ = _piece(plain, catalogue)
    return [(alone if find_system(alone, catalogue) else plain, "")]


def with_level(text: str, catalogue: tuple[System, ...]) -> tuple[str, str]:
    """System and level out of a cell that is asked for both: "ERP (Viewer)", "ERP - Viewer"."""
    plain = clean(text)
    system, level = _piece(plain, catalogue)
    if level:
        return system, level
    for divider in re.finditer(r"\s+[-–]\s+|\s*[/,]\s*", plain):
        before, after = plain[: divider.start()], plain[divider.end() :]
        sure = find_system(before, catalogue) is not None and not is_guessed(before, catalogue)
        if sure and after and find_system(after, catalogue) is None:
            return before, after
    return plain, ""


def _piece(piece: str, catalogue: tuple[System, ...]) -> tuple[str, str]:
    divided = _WITH_LEVEL.match(piece)
    if divided and find_system(divided["system"], catalogue) is not None:
        level = clean(divided["level"] or divided["after"] or "")
        same = find_system(level, catalogue) or key(level) in _NO_LEVEL
        return divided["system"].strip(), "" if same else level
    return piece, ""


def nearest_systems(text: str, catalogue: tuple[System, ...], count: int = 3) -> tuple[System, ...]:
    """The systems whose names are most like a text, most alike first; empty when nothing is alike."""
    names = _known(catalogue).names
    found = process.extract(_joined(text), list(names), scorer=fuzz.WRatio, limit=8, score_cutoff=55)
    systems = dict.fromkeys(names[name] for name, _, _ in found)
    return tuple(systems)[:count]

"""Files that go out with a letter: a safe name and a harmless type each. Their bytes are never changed."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.letters.clean import one_line
from pipeline.model import Attachment

_LONGEST_NAME = 120
_UNSAFE = re.compile(r'[<>:"/\\|?*%]')
#: Names that Windows keeps for devices, with any extension.
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
#: Types that only hold data. A foreign text/html or message/rfc822 would be shown as part of our mail.
_HARMLESS = re.compile(r"(?:application|image)/[A-Za-z0-9][A-Za-z0-9.+-]{0,100}")
_UNKNOWN = "application/octet-stream"


def safe_attachments(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """The same files with names that are safe to save anywhere, each name once."""
    safe: list[Attachment] = []
    for one in attachments:
        name = _unlike({other.name.casefold() for other in safe}, safe_name(one.name))
        harmless = _HARMLESS.fullmatch(one.content_type)
        safe.append(replace(one, name=name, content_type=one.content_type if harmless else _UNKNOWN))
    return tuple(safe)


def safe_name(name: str) -> str:
    """The last part of the name without control, bidi and path characters, its extension kept."""
    last = re.split(r"[/\\]", one_line(name))[-1]
    bare = _UNSAFE.sub("_", last).strip(" .")
    if not bare or _DEVICES.match(bare):
        bare = f"file_{bare}".rstrip("_")
    suffix = PurePosixPath(bare).suffix[:10]
    stem = bare.removesuffix(suffix) if suffix else bare
    return stem[: _LONGEST_NAME - len(suffix)].rstrip(" .") + suffix


def _unlike(taken: set[str], name: str) -> str:
    path = PurePosixPath(name)
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{path.stem} ({number}){path.suffix}"
    return candidate

"""Packs what the register held at a writing, so that hundreds of writings cost little. Stores nothing."""

import base64
import json
import zlib
from collections.abc import Mapping

Cells = Mapping[str, Mapping[str, str]]
#: Where the packed text stands in a base; no row of a register has this key.
_PACKED = "zlib"


def pack_base(cells: Cells) -> dict[str, dict[str, str]]:
    """The same cells in about a fiftieth of the space, in the form in which the journal keeps bases."""
    text = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {_PACKED: {"": base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"))).decode()}}


def unpack_base(kept: Cells) -> dict[str, dict[str, str]]:
    """The cells again; what an earlier version kept unpacked is given back as it is."""
    if set(kept) != {_PACKED}:
        return {key: dict(row) for key, row in kept.items()}
    text = zlib.decompress(base64.b64decode(kept[_PACKED][""])).decode("utf-8", "surrogatepass")
    cells: dict[str, dict[str, str]] = json.loads(text)
    return cells


def pack_since(generation: int, cells: Cells) -> str:
    """What was read out of the file of a generation since it was written, as one text."""
    return json.dumps([generation, cells], ensure_ascii=False, separators=(",", ":"))


def unpack_since(text: str, generation: int) -> dict[str, dict[str, str]]:
    """The cells of `pack_since`; none where the text belongs to another generation."""
    if not text:
        return {}
    number, cells = json.loads(text)
    return cells if number == generation else {}


def laid_over(cells: Cells, newer: Cells) -> dict[str, dict[str, str]]:
    """`cells` with those of `newer` in their place."""
    return {key: {**cells.get(key, {}), **newer.get(key, {})} for key in {**cells, **newer}}

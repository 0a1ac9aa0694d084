"""The secret keys: one file, made once, readable by the service alone. Nothing here is ever logged."""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.host import write_durably
from pipeline.model import PipelineError


@dataclass(frozen=True)
class Keys:
    """`tokens` by key id, newest last; `letters` makes Message-IDs nobody can foresee."""

    tokens: dict[int, bytes] = field(repr=False)
    letters: bytes = field(repr=False)

    @property
    def current(self) -> int:
        return max(self.tokens)


def open_keys(path: Path) -> Keys:
    """The keys at `path`, made at the first start. PipelineError when the file is there but unusable."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = {"tokens": {"1": secrets.token_hex(32)}, "letters": secrets.token_hex(32)}
        write_durably(path, json.dumps(fresh, indent=1).encode())
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        tokens = {int(number): bytes.fromhex(key) for number, key in data["tokens"].items()}
        keys = Keys(tokens, bytes.fromhex(data["letters"]))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise PipelineError(
            f"The key file {path} cannot be used.", "Restore it from the backup; open approvals hang on it."
        ) from error
    if not tokens or any(len(key) < 32 for key in (*tokens.values(), keys.letters)):
        raise PipelineError(
            f"The key file {path} holds a key that is too short.", "Restore it from the backup."
        )
    return keys

"""Text that its program broke to fit a screen, put together again (format=flowed, RFC 3676). Pure."""


def unflow(text: str, delete_space: bool) -> str:
    """Join soft line breaks; lines of different quote depth never join, quote marks stay in front."""
    lines: list[list[str]] = []
    depth_before, soft = -1, False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        stuffed = content.startswith(" ")
        content = content[1:] if stuffed else content
        if soft and depth == depth_before:
            if delete_space:
                lines[-1][-1] = lines[-1][-1][:-1]
            lines[-1].append(content)
        else:
            # A typed ">" was stuffed with a space so that it is no quote mark; it must not become one.
            keep = " " if depth or (stuffed and content.startswith(">")) else ""
            lines.append([">" * depth + keep + content] if depth or keep else [content])
        soft = content.endswith(" ") and content != "-- "
        depth_before = depth
    return "\n".join("".join(pieces) for pieces in lines)

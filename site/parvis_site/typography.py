"""French typography of the built pages: staff type plain spaces and quotes, the reader gets the right ones.

Only existing spaces are changed, never letters: « Attention ! » gets a narrow no-break space (U+202F) before the
mark, « 12 € » a no-break space, and « l'école » its curly apostrophe.
"""

import re

NARROW = "\u202f"
NO_BREAK = "\u00a0"
_SPACE = "[ \u00a0\u202f]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_SPACE}+(?=[;:!?»])"), NARROW),
    (re.compile(rf"«{_SPACE}+"), f"«{NARROW}"),
    (re.compile(rf"(?<=\d){_SPACE}(?=[€%]|h\b|min\b|ko\b|Mo\b)"), NO_BREAK),
    (re.compile(rf"\bn°{_SPACE}(?=\d)"), f"n°{NO_BREAK}"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<=\w)&#0?39;(?=\w)"), "’"),
)
_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_VERBATIM = re.compile(r"<(/?)(script|style|pre|code|textarea|kbd|samp)\b", re.IGNORECASE)
_READ_ATTRIBUTE = re.compile(r'((?:title|alt|aria-label|placeholder|data-message|content)=")([^"]*)"')


def typeset(text: str) -> str:
    """Return `text` (no markup) with French spaces and apostrophes."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def typeset_html(html: str) -> str:
    """Typeset the text of a page and the attributes that are read aloud; code and addresses stay as they are."""
    pieces: list[str] = []
    verbatim = 0
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            found = _VERBATIM.match(piece)
            if found:
                verbatim += -1 if found.group(1) else 1
            pieces.append(_READ_ATTRIBUTE.sub(_typeset_attribute, piece))
        else:
            pieces.append(piece if verbatim else typeset(piece))
    return "".join(pieces)


def _typeset_attribute(found: re.Match[str]) -> str:
    name, value = found.groups()
    if name.startswith("content") and "width=" in value:
        return found.group(0)
    return f'{name}{typeset(value)}"'

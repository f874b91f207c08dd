"""The page that shows the letters of the local mailbox. It exists on one machine only, never on AWS."""

import html
import mailbox
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = "/boite-mail/"
_KEY = re.compile(r"^[A-Za-z0-9._:,=\-]+$")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{styles}
<title>{title}</title>
</head>
<body>
<main class="p-main md-typeset">
<p><a href="/">Portail</a></p>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""


def letters_of(maildir: Path) -> dict[str, EmailMessage]:
    """Every letter by key, newest first."""
    if not maildir.is_dir():
        return {}
    box = mailbox.Maildir(maildir, create=False)
    found: list[tuple[float, str, EmailMessage]] = []
    for key in box.iterkeys():
        try:
            letter = message_from_bytes(box.get_bytes(key), policy=policy.default)
            arrived = box.get_message(key).get_date()
        except (KeyError, FileNotFoundError):  # removed meanwhile
            continue
        found.append((arrived, key, letter))
    found.sort(key=lambda item: item[0], reverse=True)
    return {key: letter for _, key, letter in found}


class Mailbox:
    """A WSGI application over a Maildir: the list, newest first, and each letter's plain text."""

    def __init__(self, maildir: Path, headers: Mapping[str, str], stylesheets: Sequence[str] = ()) -> None:
        """`stylesheets` are addresses on the same origin."""
        self.maildir = maildir
        self.headers = [*headers.items()]
        self.styles = "\n".join(f'<link rel="stylesheet" href="{html.escape(sheet)}">' for sheet in stylesheets)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = environ.get("PATH_INFO", "").removeprefix(PATH.rstrip("/")).strip("/")
        status = HTTPStatus.OK
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            status, page = HTTPStatus.METHOD_NOT_ALLOWED, _page("Boîte mail", "<p>Cette page se lit seulement.</p>")
        elif not key:
            page = self._list()
        else:
            letter = letters_of(self.maildir).get(key) if _KEY.match(key) else None
            status = HTTPStatus.OK if letter else HTTPStatus.NOT_FOUND
            page = _letter(letter) if letter else _page("Boîte mail", "<p>Ce message n’existe pas.</p>" + _BACK)
        content = page.replace("{styles}", self.styles, 1).encode()
        start_response(
            f"{status.value} {status.phrase}",
            [
                *self.headers,
                ("Content-Type", "text/html; charset=utf-8"),
                ("Cache-Control", "no-store"),
                ("Content-Length", str(len(content))),
                *([("Allow", "GET, HEAD")] if status is HTTPStatus.METHOD_NOT_ALLOWED else []),
            ],
        )
        return [content] if environ["REQUEST_METHOD"] != "HEAD" else []

    def _list(self) -> str:
        letters = letters_of(self.maildir)
        if not letters:
            return _page("Boîte mail", "<p>Aucun message pour le moment.</p>")
        items = "\n".join(
            f'<li><a href="{PATH}{html.escape(key)}">{_header(letter, "Subject") or "(sans objet)"}</a><br>'
            f"à {_header(letter, 'To')}, {_when(letter)}</li>"
            for key, letter in letters.items()
        )
        note = "<p>Les courriels que le portail envoie sur cette machine arrivent ici, et nulle part ailleurs.</p>"
        return _page("Boîte mail", f"{note}\n<ul>\n{items}\n</ul>")


_BACK = f'<p><a href="{PATH}">Tous les messages</a></p>'


def _letter(letter: EmailMessage) -> str:
    body = letter.get_body(preferencelist=("plain",))
    text = body.get_content() if body is not None else ""
    people = f"De : {_header(letter, 'From')}<br>\nÀ : {_header(letter, 'To')}<br>\nDate : {_when(letter)}"
    paragraphs = "\n".join(
        f"<p>{_linked(part).replace(chr(10), '<br>')}</p>" for part in re.split(r"\n\s*\n", str(text)) if part.strip()
    )
    return _page(
        str(letter.get("Subject", "(sans objet)")),
        f"<p>{people}</p>\n{paragraphs}\n{_BACK}",
    )


def _page(title: str, content: str) -> str:
    return _PAGE.format(title=html.escape(title), content=content, styles="{styles}")


def _header(letter: EmailMessage, name: str) -> str:
    return html.escape(str(letter.get(name, "")))


def _when(letter: EmailMessage) -> str:
    try:
        sent = parsedate_to_datetime(str(letter.get("Date", "")))
    except ValueError:
        return "date inconnue"
    if sent.tzinfo is None:
        sent = sent.replace(tzinfo=UTC)
    return f"le {datetime.astimezone(sent, ZoneInfo('Europe/Paris')):%d/%m/%Y à %H:%M}"


def _linked(text: str) -> str:
    """Escape, and make addresses clickable."""
    out, end = [], 0
    for found in _LINK.finditer(text):
        link = html.escape(found.group())
        out += [html.escape(text[end : found.start()]), f'<a href="{link}">{link}</a>']
        end = found.end()
    return "".join([*out, html.escape(text[end:])])

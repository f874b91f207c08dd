"""Mail out of the portal: SMTP, Amazon SES, or a Maildir on disk. Plain text in UTF-8, one person a letter.

`open_mailer("smtp://host:port" | "ses://region" | "maildir:///path")` gives a Mailer. Sending raises Unavailable (try
again later: nothing is known of this letter), Refused (this letter will never pass) or NoSuchReader (no letter will
ever reach this address).
"""

import mailbox
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import smtplib

_PATIENCE = 10
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f-\uffff]+@[A-Za-z0-9.-]+")
_FOR_EVER = 5
_OF_READER = range(550, 557)
# RFC 3463: « 5.7 » is the town's server or its policy, « 5.1.7 » and « 5.1.8 » the sender. A server that does not relay
# for us would otherwise have every family's address flagged in one night.
_OF_SENDER = re.compile(rb"\b5\.(7\.|1\.[78]\b)|\brelay", re.IGNORECASE)
_SES_LATER = {"Throttling", "ThrottlingException", "ServiceUnavailable", "InternalFailure", "RequestTimeout"}


class Unavailable(Exception):
    """The mail service does not answer, or asks to wait."""


class Refused(Exception):
    """The letter, or its address, is not acceptable."""


class NoSuchReader(Refused):
    """The server takes letters, and none for this address, for ever."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` names the letter: sent twice, it bears the same Message-ID and readers show it once."""

    to: str
    subject: str
    text: str
    sender: str
    sender_name: str
    key: str
    at: datetime


class Mailer(Protocol):
    def send(self, letter: Letter) -> None: ...


def compose(letter: Letter) -> EmailMessage:
    """Raises Refused when an address or a header could carry anything but itself."""
    for address in (letter.to, letter.sender):
        if not _ADDRESS.fullmatch(address):
            raise Refused("address")
    domain = letter.sender.rpartition("@")[2]
    message = EmailMessage(policy=WIRE)
    try:
        message["From"] = Address(letter.sender_name, addr_spec=letter.sender)
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.at)
        message["Message-ID"] = f"<{letter.key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
        message["Content-Language"] = "fr"
    except ValueError as error:  # a line break in a header, an address the standard does not know
        raise Refused("header") from error
    return message


@contextmanager
def open_mailer(address: str, configuration: str = "") -> Iterator[Mailer]:
    """Connect at the first letter, and leave cleanly. `configuration`: the configuration set of SES, if any."""
    parts = urlsplit(address)
    if parts.scheme == "maildir":
        yield _Maildir(Path(parts.path))
    elif parts.scheme == "ses":
        yield _Ses(parts.netloc, configuration)
    elif parts.scheme == "smtp":
        mailer = _Smtp(parts.hostname or "", parts.port or 25)
        try:
            yield mailer
        finally:
            mailer.close()
    else:
        raise ValueError(f"PARVIS_MAIL\u202f: «\u202f{parts.scheme}\u202f» n’est ni smtp, ni ses, ni maildir.")


class _Maildir:
    def __init__(self, path: Path) -> None:
        for folder in ("tmp", "new", "cur"):  # Maildir's own creation fails when two processes begin at once
            (path / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._box = mailbox.Maildir(path, create=False)

    def send(self, letter: Letter) -> None:
        self._box.add(compose(letter).as_bytes())


class _Smtp:
    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        import smtplib

        message = compose(letter)
        try:
            # send_message would write « >From » where a line of the text begins so
            self._connected().sendmail(letter.sender, [letter.to], message.as_bytes())
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            self._connected().rset()
            raise _refusal(error)(type(error).__name__) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unavailable(type(error).__name__) from error

    def close(self) -> None:
        import smtplib

        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()

    def _connected(self) -> "smtplib.SMTP":
        import smtplib

        if self._server is None:
            self._server = smtplib.SMTP(self._host, self._port, timeout=_PATIENCE)
        return self._server


def _refusal(error: Any) -> type[Refused | Unavailable]:
    """From what the server answered: 5 is for ever, 4 for now; our letters have one reader each."""
    answers = getattr(error, "recipients", None)
    code, text = next(iter(answers.values())) if answers else (error.smtp_code, error.smtp_error)
    if code // 100 != _FOR_EVER:
        return Unavailable
    return NoSuchReader if answers and code in _OF_READER and not _OF_SENDER.search(text) else Refused


class _Ses:
    def __init__(self, region: str, configuration: str) -> None:
        import boto3

        self._named = {"ConfigurationSetName": configuration} if configuration else {}
        self._client = boto3.client("ses", region_name=region)

    def send(self, letter: Letter) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        message = compose(letter)
        try:
            self._client.send_raw_email(
                Source=letter.sender,
                Destinations=[letter.to],
                RawMessage={"Data": message.as_bytes()},
                **self._named,
            )
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            raise (Unavailable if code in _SES_LATER else Refused)(code) from error
        except BotoCoreError as error:
            raise Unavailable(type(error).__name__) from error

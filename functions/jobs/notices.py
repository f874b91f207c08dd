"""What Amazon SES says through SNS of letters that came back, or that somebody complained of.

Read strictly: what is not understood is logged without its content, and stops nothing. An out-of-office, a full mailbox
(« Transient ») is not news of an address; « not-spam » is somebody taking a complaint back.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from functions.actions import bounces
from functions.domain import usernames
from functions.kit import log

_Instant = Annotated[datetime, Meta(tz=True)]
_SOURCE = "aws:sns"


class _Recipient(msgspec.Struct, rename="camel"):
    email_address: str


class _Mail(msgspec.Struct):
    timestamp: _Instant


class _Bounce(msgspec.Struct, rename="camel"):
    bounce_type: str
    timestamp: _Instant
    bounced_recipients: list[_Recipient]


class _Complaint(msgspec.Struct, rename="camel"):
    timestamp: _Instant
    complained_recipients: list[_Recipient]
    complaint_feedback_type: str | None = None


class _Notice(msgspec.Struct, rename="camel"):
    """`event_type` comes from a configuration set, `notification_type` from an identity's own notices."""

    mail: _Mail
    event_type: str = ""
    notification_type: str = ""
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None

    @property
    def kind(self) -> str:
        return self.event_type or self.notification_type


@dataclass(frozen=True, slots=True)
class _CameBack:
    address: str
    at: datetime


def are_in(event: object) -> bool:
    """Whether SNS called, rather than the schedule or a stream."""
    return any(_is_notice(record) for record in _records(event))


def note(event: object, now: datetime) -> int:
    """Flag the addresses of this event; return how many were not known yet."""
    return sum(_note(record["Sns"], now) for record in _records(event) if _is_notice(record))


def _note(sns: Any, now: datetime) -> int:
    try:
        notice = msgspec.json.decode(sns["Message"], type=_Notice)
        came_back = list(_came_back(notice))
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
        log.event("mail_notice_unknown", level=logging.WARNING)
        return 0
    flagged = 0
    for one in came_back:
        if bounces.report(one.address, notice.mail.timestamp, one.at, now):
            flagged += 1
            log.event("mail_came_back", kind=notice.kind)
    return flagged


def _came_back(notice: _Notice) -> Iterator[_CameBack]:
    """Raises ValueError for a kind of notice that is not known, or one without what it is about."""
    if notice.kind == "Bounce" and notice.bounce:
        if notice.bounce.bounce_type == "Permanent":
            yield from _of(notice.bounce.bounced_recipients, notice.bounce.timestamp)
    elif notice.kind == "Complaint" and notice.complaint:
        if notice.complaint.complaint_feedback_type != "not-spam":
            yield from _of(notice.complaint.complained_recipients, notice.complaint.timestamp)
    else:
        raise ValueError("kind")


def _of(recipients: list[_Recipient], at: datetime) -> Iterator[_CameBack]:
    for recipient in recipients:
        address = parseaddr(recipient.email_address)[1]
        if usernames.address_problem(address):
            raise ValueError("address")
        yield _CameBack(address, at)


def _records(event: object) -> list[Any]:
    records = event.get("Records") if isinstance(event, dict) else None
    return records if isinstance(records, list) else []


def _is_notice(record: Any) -> bool:
    return isinstance(record, dict) and record.get("EventSource") == _SOURCE and "Sns" in record

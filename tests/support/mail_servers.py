"""A mail server that answers by the address: some for ever, some for now, some because of the town's own server."""

from typing import Any

_ANSWERS = {
    "inconnu": "550 5.1.1 no such user",
    "plus-tard": "451 4.7.1 greylisted",
    "boite-pleine": "450 4.2.2 mailbox full",
    "pas-relaye": "550 relay not permitted",
    "interdit": "554 5.7.1 sender not welcome",
}


class Choosy:
    """`taken` holds the letters, `taken_by` their readers, `asked` every reader asked for."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.taken_by: list[str] = []
        self.asked: list[str] = []

    async def handle_RCPT(self, _s: Any, _x: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        self.asked.append(address)
        answer = _ANSWERS.get(address.partition("@")[0])
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: Any, _x: Any, envelope: Any) -> str:  # noqa: N802
        if envelope.rcpt_tos[0].startswith("lettre-refusee"):
            return "554 5.6.0 not this letter"
        self.taken.append(envelope.content)
        self.taken_by += envelope.rcpt_tos
        return "250 OK"

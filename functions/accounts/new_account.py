"""What a person types to create an account, and everything that is wrong with it, said at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.actions.cles import Proof
from functions.domain import names, passwords, phones, usernames
from functions.domain.errors import FieldError

_OLDEST = 120
_NAMES = ("usual_name", "given_names", "birth_name")
_LINES = {
    "birth_country": "/identity",
    "birth_department": "/identity",
    "birth_town": "/identity",
    "line1": "/address",
    "town": "/address",
    "line2": "/address",
}
_PHONES = ("mobile_phone", "home_phone")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The four steps in one; the fields bear the names of the request's."""

    title: str
    usual_name: str
    given_names: str
    birth_name: str
    birth_date: date | None
    birth_country: str
    birth_department: str
    birth_town: str
    line1: str
    postcode: str
    town: str
    line2: str
    email: str
    mobile_phone: str
    home_phone: str
    username: str
    password: str
    password_confirmation: str
    proof: Proof | None = None

    def profile(self) -> dict[str, Any]:
        """What is kept beside the credentials: tidy texts, telephones in E.164, no password."""
        texts = {name: names.tidy(getattr(self, name)) for name in (*_NAMES, *_LINES)}
        return {
            **texts,
            "title": self.title,
            "given_names": names.given_names(texts["given_names"]),
            "birth_date": self.birth_date.isoformat() if self.birth_date else "",
            "postcode": self.postcode,
            **{name: phones.normalise(getattr(self, name)) or "" for name in _PHONES},
        }


def problems(typed: NewAccount, today: date) -> list[FieldError]:
    """Beyond the shapes: what only makes sense, or only exists, when read together."""
    return [
        *_identity(typed, today),
        *_address(typed),
        *_contact(typed),
        *_authentication(typed),
        *_child(typed, today),
    ]


def _identity(typed: NewAccount, today: date) -> Iterator[FieldError]:
    for name in _NAMES:
        text = names.tidy(getattr(typed, name))
        problem = names.name_problem(text) if text or name != "birth_name" else None
        if problem:
            yield FieldError(f"/identity/{name}", problem)
    if typed.birth_date:
        yield from _birth("/identity/birth_date", typed.birth_date, today)


def _address(typed: NewAccount) -> Iterator[FieldError]:
    for name, step in _LINES.items():
        problem = names.line_problem(names.tidy(getattr(typed, name)))
        if problem:
            yield FieldError(f"{step}/{name}", problem)


def _contact(typed: NewAccount) -> Iterator[FieldError]:
    problem = usernames.address_problem(typed.email)
    if problem:
        yield FieldError("/contact/email", problem)
    for name in _PHONES:
        text = getattr(typed, name)
        if text and phones.normalise(text) is None:
            message = "Saisissez un numéro de téléphone qui existe, par exemple 06 12 34 56 78."
            yield FieldError(f"/contact/{name}", message)


def _authentication(typed: NewAccount) -> Iterator[FieldError]:
    problem = usernames.username_problem(typed.username, typed.email)
    if problem:
        yield FieldError("/authentication/username", problem)
    problem = passwords.problem(typed.password, typed.username)
    if problem:
        yield FieldError("/authentication/password", problem)
    if typed.password != typed.password_confirmation:
        message = "Les deux mots de passe sont différents : saisissez deux fois le même."
        yield FieldError("/authentication/password_confirmation", message)


def _child(typed: NewAccount, today: date) -> Iterator[FieldError]:
    if typed.proof:
        yield from _birth("/cle_enfance/child_birth_date", typed.proof.child_birth_date, today)


def _birth(pointer: str, born: date, today: date) -> Iterator[FieldError]:
    if born > today:
        yield FieldError(pointer, "Cette date de naissance est dans le futur : vérifiez l’année.")
    elif born.year < today.year - _OLDEST:
        yield FieldError(pointer, "Cette date de naissance est trop ancienne : vérifiez l’année.")

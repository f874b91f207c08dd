"""The collector says everything msgspec refuses, all at once and in French, and invents nothing."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.accounts.schemas import CreateAccount
from functions.domain.errors import Invalid
from functions.shapes.collect import collect, convert

GOOD: dict[str, Any] = {
    "identity": {"title": "Mme", "usual_name": "O’Neill", "given_names": "Jean-Émile, Zoé", "birth_date": "1985-03-27"},
    "address": {"line1": "12 bis, rue d’Aÿ", "postcode": "49290", "town": "Villeparvis"},
    "contact": {"email": "zoe@exemple.fr"},
    "authentication": {
        "username": "zoe.oneill",
        "password": "une phrase bien longue",
        "password_confirmation": "une phrase bien longue",
    },
    "cle_enfance": None,
}

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=130),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)
PATHS = [(step, field) for step, fields in GOOD.items() if isinstance(fields, dict) for field in fields]


def changed(step: str, field: str, value: Any) -> dict[str, Any]:
    return {**GOOD, step: {**GOOD[step], field: value}}


def test_a_good_form_is_accepted_with_names_as_given() -> None:
    account = convert(GOOD, CreateAccount)

    assert account.identity.usual_name == "O’Neill"
    assert collect(GOOD, CreateAccount) == []


@given(path=st.sampled_from(PATHS), value=ANYTHING)
def test_the_collector_and_msgspec_agree_on_any_value(path: tuple[str, str], value: Any) -> None:
    form = changed(*path, value)

    try:
        msgspec.convert(form, CreateAccount, strict=True)
        accepted = True
    except msgspec.ValidationError:
        accepted = False

    assert (collect(form, CreateAccount) == []) is accepted


def test_every_error_is_said_at_once_with_its_pointer() -> None:
    form = {**GOOD, "identity": {"title": "X"}, "contact": {"email": "rien"}, "authentication": {}}

    with pytest.raises(Invalid) as refused:
        convert(form, CreateAccount)

    assert [error.pointer for error in refused.value.errors] == [
        "/identity/title",
        "/identity/usual_name",
        "/identity/given_names",
        "/contact/email",
        "/authentication/username",
        "/authentication/password",
        "/authentication/password_confirmation",
    ]
    assert all(error.detail.endswith(".") for error in refused.value.errors)


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("identity", "usual_name", ""),
        ("identity", "usual_name", "a" * 101),
        ("identity", "usual_name", 12),
        ("identity", "usual_name", "<script>alert(1)</script>"),
        ("identity", "usual_name", "deux\r\nlignes"),
        ("identity", "birth_date", "2021-02-29"),
        ("identity", "birth_date", "31/12/1985"),
        ("address", "postcode", "4929"),
        ("address", "postcode", "49290 "),
        ("contact", "email", "a@b"),
        ("contact", "email", "a b@exemple.fr"),
        ("contact", "email", "a@exemple.fr\r\nBcc: x@exemple.fr"),
        ("contact", "mobile_phone", "appelez-moi"),
        ("authentication", "username", "ab"),
        ("authentication", "username", "a b c d"),
    ],
)
def test_a_bad_answer_is_refused_at_its_own_field(step: str, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        convert(changed(step, field, value), CreateAccount)

    assert [error.pointer for error in refused.value.errors] == [f"/{step}/{field}"]


@pytest.mark.parametrize("name", ["O'Neill", "d’Aÿ", "Jean-Émile", "Ŵŷń", "Nguyễn 🙂", "D"])
def test_real_names_are_kept_as_they_are(name: str) -> None:
    assert convert(changed("identity", "usual_name", name), CreateAccount).identity.usual_name == name


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        convert({**GOOD, "role": "agent"}, CreateAccount)

    assert [error.pointer for error in refused.value.errors] == ["/role"]


def test_a_body_of_thousands_of_wrong_keys_gets_a_short_answer() -> None:
    with pytest.raises(Invalid) as refused:
        convert({**GOOD, **{f"k{number}": 1 for number in range(5000)}}, CreateAccount)

    assert len(refused.value.errors) == 50

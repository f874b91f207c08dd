"""Every answer of « Créer mon espace », wrong in every way: a French message at the right place, nothing kept."""

import itertools
from typing import Any

from support import sign_up
from support.client import Portal
from support.sign_up import Parent, create, errors
from werkzeug.wrappers import Response

REQUIRED = (
    "/identity/usual_name",
    "/identity/given_names",
    "/address/line1",
    "/address/postcode",
    "/address/town",
    "/contact/email",
    "/authentication/username",
    "/authentication/password",
    "/authentication/password_confirmation",
)
NAMES = ("/identity/usual_name", "/identity/given_names", "/identity/birth_name")
LINES = ("/identity/birth_country", "/identity/birth_town", "/address/line1", "/address/line2", "/address/town")
PHONES = ("/contact/mobile_phone", "/contact/home_phone")
TEXTS = (*REQUIRED, *NAMES, *LINES, *PHONES, "/identity/title", "/identity/birth_department")
WRONG_TYPES: tuple[Any, ...] = (None, 12, True, ["a"], {"a": "b"})
# Passwords may hold anything; other answers are lines of text.
PLAIN = tuple(pointer for pointer in dict.fromkeys((*NAMES, *LINES, *PHONES, "/address/postcode", "/contact/email")))


# Each call comes from an address of its own and, when it is accepted, for a parent of its own: nothing is throttled.
_numbers = itertools.count(1)


def asked(portal: Portal, parent: Parent) -> Response:
    number = next(_numbers)
    return create(portal.browser(), parent, address=f"192.0.{number // 250}.{number % 250}")


def refused(portal: Portal, pointer: str, value: Any) -> str:
    """The message for this answer; the others raise nothing and nothing is kept."""
    answer = asked(portal, Parent().typed(pointer, value))

    assert answer.status_code == 422, (pointer, value, answer.text)
    found = errors(answer)
    assert pointer in found, (pointer, value, found)
    assert set(found) <= {pointer, "/authentication/password_confirmation", "/authentication/username"}
    assert sign_up.stored(portal, "credentials") == []
    return found[pointer]


def accepted(portal: Portal, pointer: str, value: Any) -> None:
    name = f"parent{next(_numbers)}"
    answer = asked(portal, Parent(username=name, email=f"{name}@exemple.fr").typed(pointer, value))

    assert answer.status_code == 202, (pointer, value, answer.text)


def test_an_empty_answer_is_asked_for(portal: Portal) -> None:
    for pointer in REQUIRED:
        for value in ["", "   ", "\u00a0\u202f"]:
            assert refused(portal, pointer, value).endswith(".")


def test_another_type_is_refused(portal: Portal) -> None:
    for pointer in TEXTS:
        for value in WRONG_TYPES:
            assert refused(portal, pointer, value)


def test_a_text_too_long_is_refused(portal: Portal) -> None:
    for pointer in TEXTS:
        assert refused(portal, pointer, "a1" * 200)


def test_html_pictures_and_line_breaks_are_refused(portal: Portal) -> None:
    for pointer in PLAIN:
        for value in [
            "<b>Martin</b>",
            "Martin 🙂",
            "Martin\r\nBcc: x@exemple.fr",
            "Mar\u202etin",
            "Mar\x00tin",
            "Mar\u2028tin",
        ]:
            assert refused(portal, pointer, value)


def test_real_names_are_accepted(portal: Portal) -> None:
    for pointer in NAMES:
        for value in ["O'Neill", "d'Aÿ", "Jean-Émile", "Nguyễn Thị", "Łukasz", "M’Bappé"]:
            accepted(portal, pointer, value)


def test_real_addresses_are_accepted(portal: Portal) -> None:
    for value in ["12 bis, rue d'Aÿ (bât. B) n° 4", "3/5 quai de l’Île"]:
        accepted(portal, "/address/line1", value)


def test_a_date_that_does_not_exist_is_refused(portal: Portal) -> None:
    for value in ["1985-02-31", "31/02/1985", "1985-13-01", "", "hier", "1985-2-3", 19850203, "0000-01-01"]:
        assert "date" in refused(portal, "/identity/birth_date", value)


def test_a_birth_date_is_in_the_past_but_not_too_far(portal: Portal) -> None:
    for value, word in [("2026-11-22", "futur"), ("1905-01-01", "ancienne"), ("0019-03-04", "ancienne")]:
        assert word in refused(portal, "/identity/birth_date", value)


def test_a_birth_date_is_optional(portal: Portal) -> None:
    for value in [None, "1985-03-27", "1984-02-29", "2026-11-21"]:
        accepted(portal, "/identity/birth_date", value)


def test_a_postcode_has_five_digits(portal: Portal) -> None:
    for value in ["4929", "492900", "49 290", "ABCDE", "2A004", "４９２９０"]:
        assert "cinq chiffres" in refused(portal, "/address/postcode", value)
    accepted(portal, "/address/postcode", " 49290 ")


def test_a_telephone_must_exist(portal: Portal) -> None:
    for pointer in PHONES:
        for value in ["12", "06 12 34 56 7", "00 00 00 00 00", "0600000000", "++33612345678", "06-12-34-56-78-90"]:
            assert "téléphone" in refused(portal, pointer, value)


def test_an_email_must_be_reachable(portal: Portal) -> None:
    for value in [
        "camille",
        "camille@",
        "@exemple.fr",
        "a@b",
        "a@exemple..fr",
        "élève@exemple.fr",
        "a@exemple.fr b@exemple.fr",
    ]:
        assert "adresse e-mail complète" in refused(portal, "/contact/email", value)


def test_a_username_has_no_space_nor_markup(portal: Portal) -> None:
    for value in ["abc", "deux mots", "<script>", "a'b'c'd", 'gui"llemets', "zéro\u200bzéro", "a" * 61]:
        assert refused(portal, "/authentication/username", value)


def test_a_title_is_one_of_the_two(portal: Portal) -> None:
    for value in ["M", "Monsieur", "mme", "", "Dr"]:
        assert "civilité" in refused(portal, "/identity/title", value)


def test_a_weak_password_says_why(portal: Portal) -> None:
    for value in ["court", "123456789012", "motdepasse2026", "moi.camille.martin"]:
        answer = asked(portal, Parent(password=value))

        assert list(errors(answer)) == ["/authentication/password"]


def test_a_password_may_hold_anything_and_is_taken_as_it_is(portal: Portal) -> None:
    for value in ["<b>🙂</b> \r\n tout est permis", "  espaces autour, gardés  ", "été à l'Île d'Aÿ"]:
        name = f"parent{next(_numbers)}"
        parent = Parent(name, f"{name}@exemple.fr", password=value)
        browser = sign_up.sign_up(portal, parent)

        right = sign_up.sign_in(browser, parent)
        other = sign_up.sign_in(browser, Parent(name, password=f"{value}."))

        assert right.status_code == 200
        assert other.status_code == 401


def test_a_confirmation_must_be_equal(portal: Portal) -> None:
    message = refused(portal, "/authentication/password_confirmation", "trois cigognes dansenT")

    assert "différents" in message


def test_everything_wrong_is_said_at_once(portal: Portal) -> None:
    parent = (
        Parent(username="camille.martin", password="camille.martin")
        .typed("/identity/usual_name", "R2D2")
        .typed("/identity/birth_date", "2031-01-01")
        .typed("/address/line1", "12 rue 🙂")
        .typed("/contact/email", "élève@exemple.fr")
        .typed("/contact/home_phone", "0000000000")
        .typed("/authentication/password_confirmation", "autre chose")
    )

    assert list(errors(asked(portal, parent))) == [
        "/identity/usual_name",
        "/identity/birth_date",
        "/address/line1",
        "/contact/email",
        "/contact/home_phone",
        "/authentication/password",
        "/authentication/password_confirmation",
    ]


def test_an_answer_nobody_asked_for_is_refused(portal: Portal) -> None:
    for pointer in [
        "/role",
        "/status",
        "/account_id",
        "/identity/account_id",
        "/authentication/password_hash",
        "/contact/foyers",
    ]:
        answer = asked(portal, Parent().typed(pointer, "agent"))

        assert answer.status_code == 422
        assert pointer in errors(answer)


def test_a_missing_step_is_refused(portal: Portal) -> None:
    for step in ["identity", "address", "contact", "authentication"]:
        form = Parent().form()
        del form[step]

        answer = portal.browser().post("/api/accounts", form)

        assert answer.status_code == 422
        assert f"/{step}" in errors(answer)


def test_the_key_is_checked_like_the_rest(portal: Portal) -> None:
    for pointer, value in [
        ("/cle_enfance/key", "ABCDE-12345"),
        ("/cle_enfance/key", ""),
        ("/cle_enfance/key", "1234-ABCDE"),
        ("/cle_enfance/child_usual_name", ""),
        ("/cle_enfance/child_given_name", "<b>"),
        ("/cle_enfance/child_birth_date", "2019-02-31"),
        ("/cle_enfance/child_birth_date", "2031-01-01"),
    ]:
        key = {
            "key": "12345-ABCDE",
            "child_usual_name": "Martin",
            "child_given_name": "Léo",
            "child_birth_date": "2018-03-14",
        }
        answer = asked(portal, Parent(cle_enfance=key).typed(pointer, value))

        assert answer.status_code == 422
        assert list(errors(answer)) == [pointer]
        assert sign_up.stored(portal, "credentials") == []


def test_a_body_that_is_no_form_is_refused(portal: Portal) -> None:
    for data in [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b'{"identity": "\\ud800"}']:
        browser = portal.browser()
        answer = browser.client.post(
            "/api/accounts",
            data=data,
            content_type="application/json",
            headers={"X-Parvis": "1", "Idempotency-Key": "0c1b7d1e-1111-4222-8333-444455556666"},
            base_url="https://localhost",
        )

        assert answer.status_code in {400, 422}
        assert answer.mimetype == "application/problem+json"

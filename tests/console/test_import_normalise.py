"""One cell at a time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.console.import_foyers import normalise
from functions.console.import_foyers.remarks import Severity


@pytest.mark.parametrize(
    "written",
    ["+33728194821", "0728194821", "07 28 19 48 21", "07.28.19.48.21", "+33 (0)728194821", "0033 7 28 19 48 21"],
)
def test_every_french_spelling_of_a_telephone_gives_one_number(written: str) -> None:
    assert normalise.phone(written).value == "+33728194821"


@pytest.mark.parametrize(
    "written", ["072819482", "+330612345678", "+33 0 12", "sur liste rouge", "12345", "+33 728194821 poste 4"]
)
def test_what_is_no_telephone_is_left_out_and_said(written: str) -> None:
    cleaned = normalise.phone(written)

    assert cleaned.value == ""
    assert [said.severity for said in cleaned.said] == [Severity.CHECK]
    assert written in cleaned.said[0].message


def test_a_number_already_in_its_final_form_says_nothing() -> None:
    assert normalise.phone("+33612345678") == normalise.Cleaned("+33612345678")


@given(st.integers(0, 99_999_999))
def test_a_quotient_is_read_to_the_centime_however_it_is_written(centimes: int) -> None:
    whole, rest = divmod(centimes, 100)

    with_comma = f"{whole},{rest:02d}"
    with_space = f"{whole:,},{rest:02d}".replace(",", " ", f"{whole:,}".count(","))

    assert normalise.quotient(with_comma).value == centimes
    assert normalise.quotient(with_space).value == centimes
    assert normalise.quotient(f"{whole}.{rest:02d}").value == centimes


@pytest.mark.parametrize("written", ["-12", "1,2,3", "NC", "12,345", "1e3"])
def test_a_quotient_that_is_no_number_is_left_empty(written: str) -> None:
    cleaned = normalise.quotient(written)

    assert cleaned.value is None
    assert cleaned.said[0].kind == "QF illisible"


@pytest.mark.parametrize("written", ["31/02/2020", "29/02/2019", "00/01/2019", "12/13/2019"])
def test_a_date_that_does_not_exist_is_an_error(written: str) -> None:
    cleaned = normalise.civil_date(written)

    assert cleaned.value is None
    assert cleaned.said[0].severity is Severity.ERROR
    assert "n’existe pas" in cleaned.said[0].message


def test_a_year_of_two_digits_is_not_guessed() -> None:
    assert normalise.civil_date("01/02/19").said[0].severity is Severity.ERROR


@given(st.dates())
def test_dates_are_read_day_first_or_year_first(day: date) -> None:
    assert normalise.civil_date(f"{day.day:02d}/{day.month:02d}/{day.year:04d}").value == day
    assert normalise.civil_date(day.isoformat()).value == day


@pytest.mark.parametrize(
    "name", ["O'Neill", "d'Aÿ", "Jean-Émile", "N’Guyen", "Müller 🦊", "DE LA TOUR", "Lebœuf", "Ó Sé"]
)
def test_a_name_keeps_the_form_given(name: str) -> None:
    assert normalise.name(name).value == name


def test_a_name_that_lost_a_letter_is_kept_and_said() -> None:
    cleaned = normalise.name("NGUY?N")

    assert cleaned.value == "NGUY?N"
    assert "lettre perdue" in {said.kind for said in cleaned.said}


def test_spaces_line_breaks_and_invisible_characters_are_tidied_and_said() -> None:
    assert normalise.name("  BRETON\u00a0 ").value == "BRETON"
    assert normalise.line("Rés. A\r\nBât. B").value == "Rés. A, Bât. B"
    assert normalise.line("Martin\u202e\x07").value == "Martin"
    assert all(normalise.line(raw).said for raw in ("  x ", "a\nb", "a\x07"))


def test_html_in_a_name_is_refused() -> None:
    assert normalise.name("<b>Zoé</b>").said[0].severity is Severity.ERROR


def test_a_name_without_end_is_refused() -> None:
    assert normalise.name("a" * 101).said[0].kind == "texte trop long"


@given(st.text(max_size=60))
def test_no_text_makes_a_cleaner_fail(raw: str) -> None:
    for clean in (
        normalise.line,
        normalise.name,
        normalise.given_names,
        normalise.phone,
        normalise.email,
        normalise.civil_date,
        normalise.quotient,
        normalise.allocataire,
        normalise.postcode,
        normalise.regime,
    ):
        assert isinstance(clean(raw), normalise.Cleaned)


def test_spaces_and_capitals_leave_an_email() -> None:
    assert normalise.email("alexandre@EXAMPLE.com ").value == "alexandre@example.com"
    assert normalise.email("sans arobase").said[0].kind == "e-mail illisible"


def test_the_number_of_an_allocataire_loses_its_space() -> None:
    assert normalise.allocataire("2017864 K").value == "2017864K"
    assert normalise.allocataire("2129905").said == ()


def test_a_social_security_number_is_never_kept_nor_shown() -> None:
    cleaned = normalise.allocataire("1 85 05 49 001 042 13")

    assert cleaned.value == ""
    assert "85" not in cleaned.said[0].message

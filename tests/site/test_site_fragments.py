"""What the macros write follows from the rules, number by number."""

from dataclasses import replace
from datetime import date

import pytest
from parvis_site.fragments import Fragments
from parvis_site.rules import phone_link, town_title

from functions.domain.activity import Absence, ActionRule, Capacity, Delay
from functions.domain.reglement import Reglement
from functions.domain.tariffs import Grid

DAY = date(2026, 12, 1)


def pieces(town: Reglement) -> Fragments:
    return Fragments(town, "../", DAY)


def with_activity(town: Reglement, **changes: object) -> Reglement:
    return replace(town, activities={"repas": replace(town.activities["repas"], **changes)})


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_delays_say_both_actions_what_comes_after_and_a_worked_example(town: Reglement) -> None:
    html = plain(pieces(town).delais("repas"))

    assert "<strong>Réserver</strong> jusqu’à 7 jours avant le jour réservé, à 10 h." in html
    assert "avec une majoration (+ 20 %)" in html
    assert "<strong>Annuler</strong> jusqu’à 48 heures avant le début de l’activité." in html
    assert "le jour reste facturé" in html
    assert "pour le mardi 1er décembre 2026" in html
    assert "réservez au plus tard le mardi 24 novembre 2026 à 10 h" in html
    assert "annulez au plus tard le dimanche 29 novembre 2026 à 11 h 30" in html


def test_a_medical_certificate_is_said_with_its_hours_and_their_start(town: Reglement) -> None:
    changed = with_activity(town, absence=Absence(72, "end_of_first_day"))

    html = pieces(changed).delais("repas", "annuler")

    assert "certificat médical dans les 72 heures qui suivent la fin du premier jour d’absence" in html
    assert "certificat" not in pieces(changed).delais("repas", "reserver")
    assert "certificat" not in pieces(town).delais("repas")


def test_one_action_can_be_said_alone(town: Reglement) -> None:
    html = pieces(town).delais("repas", "annuler")

    assert "Annuler" in html
    assert "Réserver" not in html
    assert "réservez" not in html


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        (Delay(1, "day"), "jusqu’à la veille du jour réservé."),
        (Delay(0, "day"), "jusqu’au jour même."),
        (Delay(1, "hour"), "jusqu’à 1 heure avant le début de l’activité."),
        (Delay(2, "week", anchor="session"), "jusqu’à 2 semaines avant le premier jour de la session."),
        (
            Delay(15, "day", anchor="booking", first_day_counted=True),
            "jusqu’à 15 jours avant le premier jour réservé (le premier jour réservé compris dans le compte).",
        ),
        (
            Delay(2, "working_day", working_weekdays=(0, 1, 3, 4)),
            (
                "jusqu’à 2 jours ouvrés avant le jour réservé "
                "(jours comptés : lundi, mardi, jeudi et vendredi, sauf jours fériés)."
            ),
        ),
    ],
)
def test_each_kind_of_delay_reads_as_a_sentence(delay: Delay, said: str, town: Reglement) -> None:
    changed = with_activity(town, booking=ActionRule(delay, "refused"))

    html = plain(pieces(changed).delais("repas", "reserver"))

    assert f"<strong>Réserver</strong> {said}" in html


def test_a_tariff_is_a_table_with_caption_and_scopes(town: Reglement) -> None:
    html = plain(pieces(town).tarifs("repas"))

    assert "<caption>Repas, du 1er septembre 2026 au 2 juillet 2027</caption>" in html
    assert '<th scope="row">jusqu’à 400 €</th><td class="p-money">1,20 €</td>' in html
    assert '<th scope="row">de 400,01 € à 900 €</th><td class="p-money">3,40 €</td>' in html
    assert '<th scope="row">à partir de 900,01 €</th><td class="p-money">5,10 €</td>' in html
    assert '<th scope="row">Familles d’une autre commune</th><td class="p-money">6,20 €</td>' in html
    assert "Sans quotient familial connu, le prix est celui de la tranche « à partir de 900,01 € »." in html
    assert "Réservation après le délai : + 20 % par jour." in html


def test_prices_of_other_towns_by_band_make_a_second_table(town: Reglement) -> None:
    version = town.tariffs["repas"].versions[0]
    tariff = replace(town.tariffs["repas"], versions=(replace(version, outside=version.grid),))

    html = pieces(replace(town, tariffs={"repas": tariff})).tarifs("repas")

    assert html.count("<caption>") == 2
    assert "Repas – Familles d’une autre commune" in html


def test_a_kind_of_price_without_words_stops_the_build(town: Reglement) -> None:
    version = replace(town.tariffs["repas"].versions[0], grid=Grid("au-hasard"))
    tariff = replace(town.tariffs["repas"], versions=(version,))

    with pytest.raises(ValueError, match="au-hasard"):
        pieces(replace(town, tariffs={"repas": tariff})).tarifs("repas")


def test_hours_places_documents_and_who_may_come(town: Reglement) -> None:
    page = pieces(town)

    assert plain(page.horaires("repas")) == "de 11 h 30 à 13 h 30"
    assert "9 h – 12 h" in page.horaires("cantine")
    assert "120 places par jour" in page.places("repas")
    assert "Assurance &lt;RC&gt;" in page.pieces("repas")
    assert "École du Lavoir" in page.conditions("repas")
    assert "École Sainte-Anne" not in page.conditions("repas")
    assert "OGEC Sainte-Anne" in page.conditions("repas")


def test_no_limit_of_places_and_no_document_are_said_in_words(town: Reglement) -> None:
    page = pieces(with_activity(town, capacity=None, required_documents=(), conditions=()))

    assert "n’est pas limité" in page.places("repas")
    assert "Aucun document" in page.pieces("repas")
    assert "Ouvert à tous" in page.conditions("repas")


def test_places_per_school_are_a_table(town: Reglement) -> None:
    page = pieces(with_activity(town, capacity=Capacity(per_school={"lavoir": 80})))

    assert '<th scope="row">École du Lavoir</th><td class="p-money">80</td>' in page.places("repas")


def test_help_names_the_service_concerned_or_else_the_desk(town: Reglement) -> None:
    page = pieces(town)

    assert 'href="tel:+33199001030"' in page.besoin_aide("repas")
    assert "Guichet famille" in page.besoin_aide()
    assert "peuvent toujours être effectuées auprès des services" in page.besoin_aide("repas")


def test_contacts_outside_the_town_hall_are_not_in_the_directory(town: Reglement) -> None:
    directory = pieces(town).annuaire()

    assert 'href="../infos-pratiques/cantine/"' in directory
    assert "OGEC" not in directory


def test_fragments_leave_no_blank_line_for_markdown_to_trip_on(town: Reglement) -> None:
    page = pieces(town)

    for html in (page.delais("repas"), page.tarifs("repas"), page.besoin_aide(), page.formulaire("creer-mon-espace")):
        assert all(line.strip() for line in html.splitlines())
        assert html.startswith("<")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Nantes", "Ville de Nantes"),
        ("Angers", "Ville d’Angers"),
        ("Le Mans", "Ville du Mans"),
        ("Les Ulis", "Ville des Ulis"),
        ("La Rochelle", "Ville de La Rochelle"),
        ("Élancourt", "Ville d’Élancourt"),
    ],
)
def test_the_name_of_the_town_is_contracted_as_one_says_it(name: str, title: str, town: Reglement) -> None:
    assert town_title(replace(town, commune=replace(town.commune, name=name))) == title


def test_a_phone_can_be_called() -> None:
    assert phone_link("02 41 74 10 81") == "+33241741081"
    assert phone_link("+33 2 41 74 10 81") == "+33241741081"

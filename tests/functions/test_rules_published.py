"""The rules in force, as processes know them: one instant for all to switch, and trouble that no family notices."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support import factories
from support.client import Portal
from support.published import Publish, compiled, cut_off, publish, publish_words, words_of
from support.reservations import reglement_file

from functions.kit import clock, config
from functions.kit.rules import Rules
from functions.reglement.compiled import load_file
from functions.store.models import PublishedRules

__all__ = ["publish_words", "reglement_file"]

Travel = Callable[[datetime], None]
MINUTE = timedelta(minutes=1)


def test_where_nothing_is_published_the_compiled_file_rules(settings: config.Config) -> None:
    assert Rules().current() == load_file(settings.reglement)


def test_where_nothing_is_published_a_new_file_is_felt_at_once(settings: config.Config, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_bytes(settings.reglement.read_bytes())
    config.use(replace(settings, reglement=own))
    rules = Rules()
    assert words_of(rules) != "Nouveau"

    own.unlink()
    own.write_bytes(compiled(tmp_path, "Nouveau"))

    assert words_of(rules) == "Nouveau"


def test_two_processes_switch_at_the_same_instant_without_looking_again(publish_words: Publish, travel: Travel) -> None:
    """They looked at different moments; neither reads anything at the switch."""
    since = clock.now() + 2 * MINUTE
    publish_words("Avant", clock.now() - MINUTE)
    publish_words("Après", since)
    one, other = Rules(), Rules()
    travel(since - timedelta(seconds=40))
    assert words_of(one) == "Avant"
    travel(since - timedelta(seconds=10))
    assert words_of(other) == "Avant"

    with cut_off() as calls:
        travel(since - timedelta(seconds=1))
        assert (words_of(one), words_of(other)) == ("Avant", "Avant")
        travel(since)
        assert (words_of(one), words_of(other)) == ("Après", "Après")

    assert calls == []


def test_a_process_that_never_saw_the_publication_sees_it_within_its_notice(
    publish_words: Publish, travel: Travel
) -> None:
    rules = Rules()
    fallback = words_of(rules)
    since = clock.now() + 2 * MINUTE
    publish_words("Après", since)

    travel(since - timedelta(seconds=1))
    assert words_of(rules) == fallback
    travel(since)
    assert words_of(rules) == "Après"


def test_a_process_frozen_for_hours_looks_before_it_answers(publish_words: Publish, travel: Travel) -> None:
    rules = Rules()
    rules.current()
    publish_words("Après", clock.now() + 2 * MINUTE)

    travel(clock.now() + timedelta(hours=5))

    assert words_of(rules) == "Après"


def test_a_look_a_minute_is_one_query_and_files_are_read_once(publish_words: Publish, travel: Travel) -> None:
    publish_words("Avant", clock.now() - MINUTE)
    rules, start = Rules(), clock.now()

    with cut_off() as calls:
        for second in range(0, 180, 5):
            travel(start + timedelta(seconds=second))
            rules.current()

    assert calls == ["Query", "GetItem", "Query", "Query"]


def test_a_withdrawn_publication_does_not_come_into_force(publish_words: Publish, travel: Travel) -> None:
    publish_words("Avant", clock.now() - MINUTE)
    since = clock.now() + 5 * MINUTE
    publish_words("Après", since)
    rules = Rules()
    rules.current()
    PublishedRules("REGLEMENT", f"DES#{since:%Y-%m-%dT%H:%M:%SZ}").delete()

    travel(since)

    assert words_of(rules) == "Avant"


def test_while_the_engine_is_down_the_last_rules_go_on(
    publish_words: Publish, travel: Travel, caplog: pytest.LogCaptureFixture
) -> None:
    """Even the switch that was known takes place; a look that failed is not tried again at each request."""
    since = clock.now() + 2 * MINUTE
    publish_words("Avant", clock.now() - MINUTE)
    publish_words("Après", since)
    rules = Rules()
    rules.current()

    with cut_off("Query") as calls, caplog.at_level("WARNING", "parvis"):
        travel(since - timedelta(seconds=30))
        assert [words_of(rules) for _ in range(20)] == ["Avant"] * 20
        travel(since)
        assert [words_of(rules) for _ in range(20)] == ["Après"] * 20

    assert calls == ["Query", "Query"]
    line = json.loads(caplog.records[0].getMessage())
    assert line == {"event": "rules_not_looked_up", "reason": "EndpointConnectionError"}


def test_a_process_that_starts_while_the_engine_is_down_has_the_fallback_until_it_answers(
    publish_words: Publish, travel: Travel
) -> None:
    publish_words("Publié", clock.now() - MINUTE)
    rules = Rules()

    with cut_off("Query"):
        assert words_of(rules) != "Publié"
    travel(clock.now() + timedelta(seconds=10))

    assert words_of(rules) == "Publié"


@pytest.mark.parametrize("kept", [b"", b"not gzip"])
def test_a_corrupt_file_leaves_the_rules_before_it_in_every_process(
    publish_words: Publish, travel: Travel, caplog: pytest.LogCaptureFixture, kept: bytes
) -> None:
    publish_words("Avant", clock.now() - MINUTE)
    warm = Rules()
    warm.current()
    since = clock.now() + 2 * MINUTE
    digest = publish_words("Après", since)
    PublishedRules("REGLEMENT", f"FICHIER#{digest}", data=kept).save()

    travel(since + timedelta(seconds=1))
    with caplog.at_level("ERROR", "parvis"):
        found = words_of(warm), words_of(Rules())

    assert found == ("Avant", "Avant")
    line = json.loads(caplog.records[0].getMessage())
    assert (line["event"], line["hash"], line["reason"]) == ("rules_not_read", digest, "corrupt")


def test_a_file_of_another_version_of_parvis_leaves_the_rules_before_it(
    publish_words: Publish, caplog: pytest.LogCaptureFixture
) -> None:
    publish_words("Avant", clock.now() - 2 * MINUTE)
    publish(b'{"rules": "of another shape"}', clock.now() - MINUTE)

    with caplog.at_level("ERROR", "parvis"):
        assert words_of(Rules()) == "Avant"

    assert json.loads(caplog.records[0].getMessage())["reason"] == "other_version"


def test_a_repaired_file_is_taken_without_a_restart(publish_words: Publish, travel: Travel) -> None:
    digest = publish_words("Publié", clock.now() - MINUTE)
    key = ("REGLEMENT", f"FICHIER#{digest}")
    good = PublishedRules.get(*key).data
    PublishedRules(*key, data=b"damaged").save()
    rules = Rules()
    assert words_of(rules) != "Publié"

    PublishedRules(*key, data=good).save()
    travel(clock.now() + timedelta(seconds=10))

    assert words_of(rules) == "Publié"


def test_a_family_reads_the_published_rules_at_their_instant(
    portal: Portal, publish_words: Publish, travel: Travel
) -> None:
    browser = factories.signed_in(portal, factories.family().foyer_id)
    since = clock.now() + 2 * MINUTE
    publish_words("Bienvenue à la rentrée", since)

    travel(since - timedelta(seconds=1))
    before = browser.get("/api/family/dashboard")
    travel(since)
    after = browser.get("/api/family/dashboard")

    assert (before.status_code, after.status_code) == (200, 200)
    assert "Bienvenue à la rentrée" not in before.text
    assert "Bienvenue à la rentrée" in after.text


def test_a_dashboard_costs_what_it_did_between_two_looks(portal: Portal) -> None:
    browser = factories.signed_in(portal, factories.family().foyer_id)
    browser.get("/api/family/dashboard")

    with cut_off() as calls:
        assert browser.get("/api/family/dashboard").status_code == 200

    assert calls == ["GetItem", "Query"]

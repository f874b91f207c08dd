"""The rules in force, asked for by many threads of one process at once: one look, and no answer by replaced rules."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from support.published import Publish, cut_off, publish_words, words_of
from support.reservations import reglement_file

from functions.kit import clock
from functions.kit import rules as kit_rules
from functions.kit.rules import Rules
from functions.store import connection

__all__ = ["publish_words", "reglement_file"]

Travel = Callable[[datetime], None]
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("seconds", [0, 61, 3600], ids=["at the first request", "at a look", "frozen for an hour"])
def test_eight_threads_make_one_look(publish_words: Publish, travel: Travel, seconds: int) -> None:
    publish_words("Publié", clock.now() - MINUTE)
    rules = Rules()
    if seconds:
        rules.current()
        travel(clock.now() + timedelta(seconds=seconds))
    found: list[str] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        found.append(words_of(rules))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    with cut_off() as calls:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert found == ["Publié"] * 8
    assert calls.count("Query") == 1


def eight_after_an_hour(publish_words: Publish, travel: Travel) -> list[str]:
    """What eight threads find in a process frozen for an hour, in which rules were replaced; the look takes a while."""
    publish_words("Avant", clock.now() - MINUTE)
    rules = Rules()
    rules.current()
    publish_words("Après", clock.now() + 2 * MINUTE)
    travel(clock.now() + timedelta(hours=1))
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(words_of(rules))) for _ in range(8)]
    hooks = connection.shared().client.meta.events
    hooks.register("before-call.dynamodb", lambda **_: time.sleep(0.1))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_no_thread_answers_by_rules_replaced_while_the_process_was_frozen(
    publish_words: Publish, travel: Travel
) -> None:
    assert eight_after_an_hour(publish_words, travel) == ["Après"] * 8


def test_without_waiting_for_the_look_threads_would_answer_by_replaced_rules(
    publish_words: Publish, travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit_rules, "_GOOD_FOR", timedelta(days=1))

    assert "Avant" in eight_after_an_hour(publish_words, travel)

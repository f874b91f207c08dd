"""`parvis rules publish` and `published` as a town runs them, on the real engine."""

import json
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from support.engine import ROOT
from support.published import cut_off
from support.published import publish as put

from functions.actions import publication
from functions.console.local import access
from functions.jobs import service as jobs
from functions.kit import clock, config
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory
from functions.store import reglements
from functions.store.models import Audit, Core, PublishedRules

CHATOU = str(ROOT / "tests/communes/chatou")
CHAMBLY = str(ROOT / "tests/communes/chambly")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LATER = "2027-01-01T00:00:00+01:00"


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fallback."""
    path = tmp_path_factory.mktemp("chambly") / "reglement.json"
    path.write_bytes(compile_directory(CHAMBLY))
    return path


@pytest.fixture
def parvis(settings: config.Config, monkeypatch: pytest.MonkeyPatch, run_parvis: Any, tmp_path: Path) -> Any:
    """Run the command on this test's tables; return (exit code, standard output, standard error)."""
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PARVIS_DYNAMODB_ENDPOINT", settings.dynamodb_endpoint)
    monkeypatch.setenv("PARVIS_TABLE_PREFIX", settings.table_prefix)
    monkeypatch.setenv("LOGNAME", "camille")

    def run(*arguments: str) -> tuple[int, str, str]:
        code, said, errors = run_parvis("rules", *arguments)
        return code, said.replace("\u202f", " ").replace("\u00a0", " "), errors.replace("\u202f", " ")

    return run


def answer(parvis: Any, *arguments: str) -> dict[str, Any]:
    code, out, err = parvis(*arguments, "--json")
    assert (code, err) == (0, "")
    return dict(json.loads(out))


def test_publishing_says_what_when_and_what_is_in_force_until_then(parvis: Any) -> None:
    code, out, err = parvis("publish", CHATOU, "--from", LATER, "--note", "Rentrée")

    assert (code, err) == (0, "")
    assert sha256(compile_directory(CHATOU)).hexdigest() in out
    assert "en vigueur  le 1er janvier 2027 à 0 h (heure de Paris)" in out
    assert "celles du fichier livré avec le portail" in out
    assert "reconstruisez" in out


def test_what_is_published_is_what_was_compiled(parvis: Any) -> None:
    found = answer(parvis, "publish", CHATOU, "--from", LATER, "--note", " Rentrée ")
    compiled = compile_directory(CHATOU)

    assert found["hash"] == loads(compiled).hash
    assert reglements.read_file(found["hash"]) == compiled
    assert (found["since"], found["since_paris"]) == ("2026-12-31T23:00:00Z", LATER)
    assert (found["published_at"], found["by"], found["note"]) == ("2026-11-21T09:00:00Z", "camille", "Rentrée")
    assert found["bytes"] == len(compiled)
    assert found["packed_bytes"] < len(compiled) / 4
    assert found["in_force"] is None


def test_without_an_instant_rules_come_into_force_in_five_minutes(parvis: Any) -> None:
    found = answer(parvis, "publish", CHATOU)

    assert timedelta(0) <= datetime.fromisoformat(found["since"]) - NOW - timedelta(minutes=5) < timedelta(minutes=1)


def test_the_list_tells_past_present_and_future(parvis: Any) -> None:
    for days, note in ((-2, "un"), (-1, "deux"), (1, "trois")):
        put(note.encode(), NOW + timedelta(days=days), note)

    found = answer(parvis, "published")["pointers"]
    code, out, _ = parvis("published")

    assert [(each["state"], each["note"]) for each in found] == [
        ("past", "un"),
        ("in_force", "deux"),
        ("to_come", "trois"),
    ]
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["passées", "en", "à"]
    assert "« trois »" in out


def test_an_empty_list_says_which_rules_hold(parvis: Any) -> None:
    assert parvis("published") == (
        0,
        "Aucune règle publiée n’est en vigueur : le portail suit le fichier livré avec lui.\n",
        "",
    )


def test_publishing_says_the_published_rules_in_force(parvis: Any) -> None:
    before = put(b"before", NOW - timedelta(days=1))

    later = parvis("publish", CHAMBLY, "--from", "2027-01-01")[1]

    assert answer(parvis, "publish", CHATOU)["in_force"]["hash"] == before.hash
    assert f"d’ici là    {before.hash[:12]}, depuis le 20 novembre 2026" in later


def test_the_same_publication_twice_is_one_with_the_same_answer(parvis: Any) -> None:
    first = answer(parvis, "publish", CHATOU, "--from", LATER)
    clock.set_now(NOW + timedelta(days=50))
    again = answer(parvis, "publish", CHATOU, "--from", LATER)

    assert {**again, "in_force": None} == first
    assert len(reglements.pointers()) == 1
    assert len(list(Core.query("REGLEMENT", Core.sk.startswith("EVT#")))) == 1


def test_other_rules_for_the_same_instant_are_refused(parvis: Any) -> None:
    first = answer(parvis, "publish", CHATOU, "--from", LATER)
    code, out, err = parvis("publish", CHAMBLY, "--from", LATER)

    assert (code, out) == (2, "")
    assert first["hash"][:12] in err
    assert "1er janvier 2027" in err.replace("\u00a0", " ")
    assert [each.hash for each in reglements.pointers()] == [first["hash"]]


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2026-11-21T10:01:58+01:00", "deux minutes à l’avance"),
        ("2020-01-01", "deux minutes à l’avance"),
        ("2030-01-01", "deux ans à l’avance au plus"),
        ("9999-12-31T23:59:59", "ne se lit pas"),
        ("demain", "ne se lit pas"),
    ],
)
def test_an_instant_too_near_too_far_or_unreadable_is_refused(parvis: Any, since: str, said: str) -> None:
    code, out, err = parvis("publish", CHATOU, "--from", since)

    assert (code, out) == (2, "")
    assert err.startswith("Erreur")
    assert said in err
    assert reglements.pointers() == []


def test_rules_with_problems_are_not_published(parvis: Any, tmp_path: Path) -> None:
    (tmp_path / "ville.yml").write_text("services:\n  - id: a\n    nom: A\n    fax: 1\n", "utf-8")
    code, _, err = parvis("publish", str(tmp_path))

    assert code == 2
    assert "rules check" in err
    assert reglements.pointers() == []


def test_rules_too_heavy_for_the_table_are_refused(parvis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "MOST_BYTES", 3_000)
    code, _, err = parvis("publish", CHATOU)

    assert code == 2
    assert "3 ko au plus" in err
    assert reglements.pointers() == []


def test_another_content_under_the_same_hash_is_refused(parvis: Any) -> None:
    digest = sha256(compile_directory(CHATOU)).hexdigest()
    PublishedRules("REGLEMENT", f"FICHIER#{digest}", data=reglements.pack(b"others")).save()
    code, _, err = parvis("publish", CHATOU)

    assert code == 2
    assert digest[:12] in err
    assert reglements.pointers() == []


def test_a_publication_to_come_is_withdrawn_and_may_be_made_again(parvis: Any) -> None:
    answer(parvis, "publish", CHATOU, "--from", LATER)

    assert answer(parvis, "publish", "--withdraw", "01/01/2027")["withdrawn"]["since_paris"] == LATER
    assert reglements.pointers() == []
    assert answer(parvis, "publish", CHAMBLY, "--from", LATER)["since_paris"] == LATER


@pytest.mark.parametrize(
    ("minutes", "said"), [(-60, "ne se retirent plus"), (0, "ne se retirent plus"), (1, "moins de deux minutes")]
)
def test_rules_in_force_or_about_to_be_are_not_withdrawn(parvis: Any, minutes: int, said: str) -> None:
    since = put(b"rules", NOW + timedelta(minutes=minutes)).since
    code, _, err = parvis("publish", "--withdraw", since.isoformat())

    assert code == 2
    assert said in err
    assert len(reglements.pointers()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["publish"],
        ["publish", "/nowhere"],
        ["publish", CHATOU, "--withdraw", LATER],
        ["publish", "--withdraw", LATER],
        ["publish", "--withdraw", "hier"],
    ],
)
def test_a_wrong_command_line_is_one_sentence(parvis: Any, wrong: list[str]) -> None:
    code, out, err = parvis(*wrong)

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_who_published_and_withdrew_goes_to_the_audit(parvis: Any) -> None:
    digest = answer(parvis, "publish", CHATOU, "--from", LATER, "--note", "Mme Martin")["hash"]
    answer(parvis, "publish", "--withdraw", LATER)

    jobs.run_all(clock.now())

    lines = [json.loads(line.doc) for line in Audit.query("REGLEMENT")]
    assert {line["name"] for line in lines} == {"rules_published", "rules_withdrawn"}
    assert {line["actor"] for line in lines} == {"camille"}
    assert {line["details"]["hash"] for line in lines} == {digest}
    assert "Martin" not in str(lines)


def test_an_engine_that_stops_answering_is_one_sentence(parvis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = access.app.prepare

    def prepare_and_cut() -> None:
        prepare()
        stack.enter_context(cut_off("GetItem", "Query"))

    monkeypatch.setattr(access.app, "prepare", prepare_and_cut)
    with ExitStack() as stack:
        code, out, err = parvis("publish", CHATOU)

    assert (code, out) == (2, "")
    assert err == "Erreur : Les règles publiées ne peuvent pas être lues (EndpointConnectionError). Rien n’a changé.\n"


def test_a_town_publishes_on_aws_by_its_own_credentials(parvis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine stands for AWS: only boto's own variables say where it is and who asks."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", config.current().dynamodb_endpoint)
    monkeypatch.delenv("PARVIS_DYNAMODB_ENDPOINT")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "town")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "town")

    digest = answer(parvis, "publish", CHATOU, "--aws")["hash"]

    assert [each["hash"] for each in answer(parvis, "published", "--aws")["pointers"]] == [digest]


def test_aws_without_credentials_is_one_sentence(parvis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    code, out, err = parvis("published", "--aws")

    assert (code, out) == (2, "")
    assert "NoCredentialsError" in err


def test_the_rules_in_force_are_found_for_who_compares(parvis: Any) -> None:
    assert publication.rules_in_force(clock.now()) is None
    digest = answer(parvis, "publish", CHATOU)["hash"]
    clock.set_now(NOW + timedelta(minutes=10))

    found = publication.rules_in_force(clock.now())

    assert found is not None
    assert (found[0].hash, found[1]) == (digest, compile_directory(CHATOU))

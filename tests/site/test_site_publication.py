"""A build takes the place of the served site at its end, whole or not at all, and never two at once."""

import threading
from pathlib import Path

import pytest
from parvis_site import build as builder
from parvis_site.publication import Publication


def _steps(text: str, *, wait_for: threading.Event | None = None, fails: bool = False) -> builder.Steps:
    """A build of one page. `wait_for` holds it half done."""

    def first(out: Publication) -> str:
        out.www.mkdir()
        (out.www / "index.html").write_text(text, encoding="utf-8")
        (out.www / "sw.js").write_text("", encoding="utf-8")
        out.reglement.write_text(text, encoding="utf-8")
        return "une page"

    def second(_: Publication) -> str:
        if wait_for is not None:
            assert wait_for.wait(10)
        if fails:
            raise builder.StepFailed("content/index.md:3 : non")
        return "fini"

    return (("Pages", first), ("Suite", second))


def _served(folder: Path) -> tuple[str, str]:
    return (folder / "www" / "index.html").read_text(), (folder / "reglement" / "reglement.json").read_text()


def test_a_build_that_fails_leaves_the_served_site_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "STEPS", _steps("avant"))
    assert builder.build(folder=tmp_path)

    monkeypatch.setattr(builder, "STEPS", _steps("après", fails=True))
    with pytest.raises(builder.StepFailed, match=r"index\.md:3"):
        builder.build(folder=tmp_path, force=True)

    assert _served(tmp_path) == ("avant", "avant")
    assert not builder.build(folder=tmp_path)


def test_the_served_site_stands_while_the_next_one_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "STEPS", _steps("avant"))
    builder.build(folder=tmp_path)
    go = threading.Event()
    monkeypatch.setattr(builder, "STEPS", _steps("après", wait_for=go))
    running = threading.Thread(target=builder.build, kwargs={"folder": tmp_path, "force": True})
    running.start()
    while not (tmp_path / "next" / "www" / "sw.js").exists():
        running.join(0.01)

    assert _served(tmp_path) == ("avant", "avant")
    go.set()
    running.join(10)

    assert _served(tmp_path) == ("après", "après")
    assert not (tmp_path / "next").exists()


def test_a_second_build_waits_then_finds_nothing_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    go = threading.Event()
    monkeypatch.setattr(builder, "STEPS", _steps("page", wait_for=go))
    done: list[bool] = []
    builds = [threading.Thread(target=lambda: done.append(builder.build(folder=tmp_path))) for _ in range(2)]
    for one in builds:
        one.start()
    while "Une autre construction est en cours" not in capsys.readouterr().out:
        builds[0].join(0.01)
    go.set()
    for one in builds:
        one.join(10)

    assert sorted(done) == [False, True]
    assert _served(tmp_path) == ("page", "page")


def test_a_build_stopped_between_its_renames_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "STEPS", _steps("page"))
    builder.build(folder=tmp_path)
    (tmp_path / "site.stamp").unlink()
    (tmp_path / "next").mkdir()
    (tmp_path / "www").rename(tmp_path / "next" / "former")

    assert builder.build(folder=tmp_path)
    assert _served(tmp_path) == ("page", "page")

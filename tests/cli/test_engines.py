"""Engines from the command line: what they cost, two side by side, and fetching, measuring and removing models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.endpoint import Server, stop
from translate.publishing.xliff import parse


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    stop(made)


def test_a_dry_run_tells_the_cost_and_sends_nothing(run: Run, desk: Path, server: Server) -> None:
    (desk / "translate.toml").write_text("[prices]\nm = [1.0, 4.0]\n", encoding="utf-8")
    done = run("article.txt", "--dry-run", "--json", "-e", f"chat:m@{server.url}")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["documents"][0]["usage"]
    assert told["requests"] == 2 and told["estimated"]
    assert told["dollars"] == pytest.approx((told["input_tokens"] + 4 * told["output_tokens"]) / 1e6)
    assert not server.bodies
    assert not list(desk.glob("translate.memory*")) and not (desk / "outputs").exists()
    assert "about $0.00" in run("article.txt", "--dry-run", "-e", f"chat:m@{server.url}").stdout


def test_a_dry_run_does_not_count_what_the_memory_has(run: Run, desk: Path, server: Server) -> None:
    done = run("short.txt", "-e", f"chat:m@{server.url}", "--json")
    assert done.returncode == 0, done.stderr
    used = json.loads(done.stdout)["documents"][0]["usage"]
    assert used["requests"] == len(server.bodies) >= 1
    assert (used["input_tokens"], used["output_tokens"]) == (10 * used["requests"], 5 * used["requests"])
    assert used["dollars"] is None
    again = run("short.txt", "-e", f"chat:m@{server.url}", "--dry-run").stdout
    assert "chat:m: 0 requests" in again and "1 segments from the memory" in again


def test_the_cost_limit_stops_in_one_line_and_keeps_what_is_finished(run: Run, desk: Path, server: Server) -> None:
    server.counts = False
    (desk / "translate.toml").write_text("[prices]\nm = [100.0, 1000.0]\n", encoding="utf-8")
    (desk / "long.txt").write_text("\n\n".join(f"{i}번째 글을 읽었다고 한다." for i in range(96)), encoding="utf-8")
    done = run("long.txt", "-e", f"chat:m@{server.url}", "--max-cost", "1.5")
    assert done.returncode == 1
    assert "--max-cost 1.5" in done.stderr and "Traceback" not in done.stderr
    sent = len(server.bodies)
    assert 0 < sent < 8
    assert run("long.txt", "-e", f"chat:m@{server.url}").returncode == 0
    assert len(server.bodies) < sent + 8, "what was finished is not asked again"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--max-cost", "1", "-e", "chat:m@http://127.0.0.1:9/v1"], "needs the price of m"),
        (["--max-cost", "0"], "more than 0"),
        (["--compare", "embedded"], "two engines"),
        (["--compare", "embedded,embedded"], "two engines"),
        (["--compare", "chat:m@http://a/v1,chat:m@http://b/v1"], "of different names"),
        (["--compare", "embedded,opus-mt-ko-en", "-e", "embedded"], "leave -e out"),
        (["--compare", "embedded,nllb-600m"], "forbids commercial use"),
    ],
)
def test_mistakes_are_told_before_any_work(run: Run, arguments: list[str], message: str) -> None:
    done = run("short.txt", *arguments)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())


def test_two_engines_side_by_side(run: Run, desk: Path, server: Server) -> None:
    done = run("article.txt", "--compare", f"embedded,chat:m@{server.url}", "--json")
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(done.stdout)["documents"]
    assert report["engine"] == "embedded" and report["compared"]["engine"] == "chat:m"
    assert report["compared"]["terms"]["missing"] > report["terms"]["missing"]
    document = parse((desk / report["outputs"]["xlf"]).read_bytes())
    translated = [s for s in document.segments() if s.engine == "embedded"]
    assert len(translated) > 20
    for segment in translated:
        other = segment.alternatives[0]
        assert other.engine == "chat:m" and other.text == " ".join(f"EN {segment.source}".split())
        assert [o.entry for o in other.occurrences] == [o.entry for o in segment.occurrences]
    assert any(f.check == "terms" for s in translated for f in s.alternatives[0].findings)
    page = (desk / report["outputs"]["html"]).read_text(encoding="utf-8")
    assert page.count('<p class="engine" lang="en">chat:m</p>') == page.count('<p class="engine" lang="en">embedded</p>') == len(translated)
    before = (desk / report["outputs"]["html"]).read_bytes()
    assert run("publish", report["outputs"]["xlf"], "--to", "html", "-o", "again").returncode == 0
    assert (desk / "again" / "article.html").read_bytes() == before

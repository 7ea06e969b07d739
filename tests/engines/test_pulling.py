"""Fetching models: from a hub of our own behind a proxy, broken off and resumed; from a mirror folder; verified, removed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.tiny_models import save_tiny_marian
from translate.document import TranslateError
from translate.engines.pulling import SUMS, belongings, pull, pulled, remove
from translate.engines.registry import Model, best_here, better_than, models, open_engine
from translate.settings import Settings

NAME = "opus-mt-tc-big-ko-en"
MODEL = models()[NAME]


def quiet(step: str) -> None:
    pass


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder as a hub has it: with another framework's weights and a picture, which nobody needs."""
    folder = tmp_path_factory.mktemp("marian")
    save_tiny_marian(folder)
    (folder / "tf_model.h5").write_bytes(b"\0" * 1000)
    (folder / "pytorch_model.bin").write_bytes(b"\0" * 1000)
    (folder / "README.md").write_text("A model.")
    return folder


class Hub:
    """A hub behind a proxy: it answers for http://hub.invalid, and breaks off the weights while ``broken``."""

    def __init__(self, folder: Path) -> None:
        self.broken = False
        self.damaged = False
        self.ranges: list[str] = []
        self.fetched: list[str] = []
        outer = self
        self.files = files = {p.name: p.read_bytes() for p in folder.iterdir()}

        def described(name: str, data: bytes) -> dict[str, object]:
            blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            entry: dict[str, object] = {"type": "file", "path": name, "size": len(data), "oid": blob}
            if name.endswith(("safetensors", "bin", "h5")):
                entry["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
            return entry

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def send(self, data: bytes, headers: dict[str, str], status: int = 200, limit: int | None = None) -> None:
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data[:limit])
                if limit is not None:
                    self.wfile.flush()
                    self.connection.close()

            def do_GET(self) -> None:
                path = self.path.removeprefix("http://hub.invalid")
                if self.path == path:  # not asked as a proxy is
                    return self.send(b"", {}, 502)
                if path.startswith(f"/api/models/{MODEL.hub_name()}/tree/{MODEL.revision}"):
                    listing = [described(n, d) for n, d in files.items()]
                    return self.send(json.dumps(listing).encode(), {"Content-Type": "application/json"})
                found = re.fullmatch(rf"/{MODEL.hub_name()}/resolve/{MODEL.revision}/([\w.]+)", path.partition("?")[0])
                if not found or found[1] not in files:
                    return self.send(b"", {}, 404)
                data = files[found[1]]
                entry = described(found[1], data)
                headers = {"ETag": f'"{entry.get("lfs", {"oid": entry["oid"]})["oid"]}"', "X-Repo-Commit": MODEL.revision}  # type: ignore[index]
                if self.command == "GET":
                    outer.fetched.append(found[1])
                begin = 0
                if "Range" in self.headers:
                    outer.ranges.append(self.headers["Range"])
                    begin = int(self.headers["Range"].removeprefix("bytes=").split("-")[0])
                    headers["Content-Range"] = f"bytes {begin}-{len(data) - 1}/{len(data)}"
                if outer.damaged and found[1].endswith("safetensors"):
                    data = data[:-1] + bytes([data[-1] ^ 1])
                stop = outer.broken and found[1].endswith("safetensors") and self.command == "GET"
                limit = len(data) // 2 - begin if stop else None
                self.send(data[begin:], headers, 206 if begin else 200, None if limit is None else max(0, limit))
                return None

            do_HEAD = do_GET

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def run(self, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``translate engine`` with this as the proxy to the hub."""
        proxy = f"http://127.0.0.1:{self.http.server_port}"
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")} | {
            "HF_ENDPOINT": "http://hub.invalid", "HTTP_PROXY": proxy, "http_proxy": proxy, "TRANSLATE_CACHE": str(cache),
            "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HOME": str(cache / "hf"), "NO_COLOR": "1",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-c", "from translate.cli import main; main()", "engine", *arguments],
            cwd=cache, env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip


@pytest.fixture
def hub(marian: Path) -> Iterator[Hub]:
    made = Hub(marian)
    yield made
    made.http.shutdown()
    made.http.server_close()


def test_pulled_through_a_proxy_what_is_needed_and_no_more(hub: Hub, marian: Path, tmp_path: Path) -> None:
    done = hub.run(tmp_path, "pull", NAME)
    assert done.returncode == 0, done.stderr
    assert re.search(r"421 MB, CC-BY-4\.0, hub: Helsinki-NLP", done.stdout.splitlines()[0])
    folder = pulled(MODEL, tmp_path)
    assert folder
    assert (folder / "model.safetensors").read_bytes() == (marian / "model.safetensors").read_bytes()
    assert {"config.json", "source.spm", "README.md", SUMS} <= {p.name for p in folder.iterdir()}
    assert not {"tf_model.h5", "pytorch_model.bin", ".cache"} & {p.name for p in folder.iterdir()}
    check = subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout
    count = len(hub.fetched)
    assert hub.run(tmp_path, "pull", NAME).returncode == 0
    assert len(hub.fetched) == count, "what is here is not fetched again"


def test_a_broken_fetch_is_one_line_and_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    hub.broken = True
    broken = hub.run(tmp_path, "pull", NAME)
    assert broken.returncode == 1
    assert "goes on from here" in broken.stderr.splitlines()[-1] and "Traceback" not in broken.stderr
    assert pulled(MODEL, tmp_path) is None
    hub.broken = False
    hub.ranges.clear()
    half = len(hub.files["model.safetensors"]) // 2
    done = hub.run(tmp_path, "pull", NAME)
    assert done.returncode == 0, done.stderr
    assert hub.ranges == [f"bytes={half}-"]
    assert hub.fetched.count("source.spm") == 1


def test_damaged_weights_are_refused_and_not_kept(hub: Hub, tmp_path: Path) -> None:
    hub.damaged = True
    done = hub.run(tmp_path, "pull", NAME)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert pulled(MODEL, tmp_path) is None
    hub.damaged = False
    assert hub.run(tmp_path, "pull", NAME).returncode == 0


def test_a_licence_that_forbids_the_use_is_shown_before_it_refuses(hub: Hub, tmp_path: Path) -> None:
    done = hub.run(tmp_path, "pull", "nllb-600m")
    assert done.returncode == 1
    assert "CC-BY-NC-4.0" in done.stdout and "--accept-licence" in done.stderr
    assert "cannot fetch" in hub.run(tmp_path, "pull", "nllb-600m", "--accept-licence").stderr


@pytest.mark.parametrize("inside", [True, False])
def test_from_a_mirror_without_a_network(marian: Path, tmp_path: Path, inside: bool) -> None:
    mirror = tmp_path / "mirror"
    place = mirror / NAME if inside else mirror
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(marian)
    steps: list[str] = []
    folder = pull(MODEL, tmp_path / "cache", steps.append, mirror)
    assert any("no hash is pinned" in s for s in steps)
    again = pull(MODEL, tmp_path / "cache", steps.append, mirror)
    assert again == folder
    # A pulled folder is a mirror itself, and its sums tell a damage on the way.
    second = pull(MODEL, tmp_path / "second", quiet, folder)
    assert (second / SUMS).read_bytes() == (folder / SUMS).read_bytes()
    (folder / "vocab.json").write_text("{}")
    with pytest.raises(TranslateError, match=r"vocab\.json: damaged"):
        pull(MODEL, tmp_path / "third", quiet, folder)
    assert pulled(MODEL, tmp_path / "third") is None


def test_a_damage_in_the_cache_is_found_and_mended(marian: Path, tmp_path: Path) -> None:
    folder = pull(MODEL, tmp_path, quiet, marian)
    (folder / "vocab.json").write_text("{}")
    pull(MODEL, tmp_path, quiet, marian)
    assert (folder / "vocab.json").read_bytes() == (marian / "vocab.json").read_bytes()


def test_pinned_weights_must_be_the_pinned_ones(marian: Path, tmp_path: Path) -> None:
    model = models()["opus-mt-ko-en"]
    with pytest.raises(TranslateError, match="not 4b2209fbd0c5… as pinned"):
        pull(model, tmp_path, quiet, marian)
    assert pulled(model, tmp_path) is None


@pytest.mark.parametrize(("name", "message"), [("embedded", "come with pip"), ("qwen3-8b", "endpoint")])
def test_what_is_not_pulled_says_how_it_comes(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(TranslateError, match=message):
        pull(models()[name], tmp_path, quiet)


def test_a_mirror_without_the_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match="holds no"):
        pull(MODEL, tmp_path / "cache", quiet, tmp_path)


def test_auto_takes_what_was_pulled_and_remove_takes_it_away(marian: Path, tmp_path: Path) -> None:
    assert best_here("ko-en", tmp_path).name == "embedded"
    better = better_than("embedded", "ko-en", tmp_path)
    assert better and better.name == NAME
    pull(MODEL, tmp_path, quiet, marian)
    assert best_here("ko-en", tmp_path).name == NAME
    assert better_than(NAME, "ko-en", tmp_path) is None
    engine = open_engine("auto", Settings(cache=str(tmp_path)))
    assert engine.name == NAME
    paths = belongings(MODEL, tmp_path)
    assert [p.name.split("-")[0] for p in paths] == ["opus", "hub"]
    gone = remove(MODEL, tmp_path)
    assert [path for path, _ in gone] == paths and all(size > 0 for _, size in gone)
    assert not any(p.exists() for p in paths)
    assert best_here("ko-en", tmp_path).name == "embedded"
    assert remove(MODEL, tmp_path) == []


def test_no_engine_here_for_the_direction_says_what_to_pull(tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match="translate engine pull madlad-3b"):
        best_here("en-ko", tmp_path)


@pytest.mark.parametrize("model", [m for m in models().values() if m.kind == "hub"], ids=lambda m: m.name)
def test_every_hub_model_is_pinned(model: Model) -> None:
    assert re.fullmatch("[0-9a-f]{40}", model.revision)
    assert re.fullmatch("([0-9a-f]{64})?", model.sha256)

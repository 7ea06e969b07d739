"""The chat engine against a real local llama.cpp server with the small model that the embedded engine is made from.

Needs llama-cpp-python[server] (built from source, which takes long) or xllamacpp (a wheel) in this Python, or in the one
that LLAMA_PYTHON names; neither is a dependency.  The model is no translator: what is tested is the conversation.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from translate.engines import Request, TermHint
from translate.engines.base_weights import BASE
from translate.engines.chat import ChatEngine

PYTHON = os.environ.get("LLAMA_PYTHON", sys.executable)
COMMANDS = {
    "llama_cpp.server": ["-m", "llama_cpp.server", "--n_ctx", "2048", "--model", "{model}", "--port", "{port}"],
    "xllamacpp": [
        "-c",
        "import sys, time, xllamacpp as x; p = x.CommonParams(); p.model.path, p.port = sys.argv[1], int(sys.argv[2]); "
        "p.n_ctx, p.n_parallel, p.n_predict = 2048, 1, 200; server = x.Server(p); time.sleep(1e6)",
        "{model}",
        "{port}",
    ],
}


@pytest.fixture(scope="module", params=COMMANDS)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is ready."""
    module = request.param
    if subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False).returncode:
        package = "xllamacpp" if module == "xllamacpp" else "llama-cpp-python[server]"
        pytest.skip(f"{module} is not installed: pip install '{package}' (in a venv of its own: LLAMA_PYTHON=VENV/bin/python)")
    model = tmp_path_factory.mktemp("model") / "gemma.gguf"
    model.write_bytes(BASE.read())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [part.format(model=model, port=port) for part in COMMANDS[module]]
    with (model.parent / "log").open("wb") as log, subprocess.Popen([PYTHON, *command], stdout=log, stderr=log) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/v1/models", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
    model.unlink()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, "the server has ended"
            time.sleep(0.5)
    pytest.fail("the server is not ready after two minutes")


def test_every_segment_comes_back_in_order_and_the_servers_count_is_kept(url: str) -> None:
    engine = ChatEngine("gemma", url, concurrency=1, retries=0, timeout=300.0, prices=(1.0, 1.0))
    requests = [Request("비가 내렸다."), Request("눈이 왔다.", (TermHint(0, 1, "snow"),))]
    told = engine.estimate(requests, "ko", "en")
    results = list(engine.translate(requests, "ko", "en"))
    assert len(results) == 2
    assert all(len(found) == 1 and found[0].text for found in results)
    assert not engine.usage.estimated
    assert engine.usage.output_tokens > 0
    # The estimate of a request's tokens is that of a tokenizer it does not know, yet near.
    assert 0.7 < told.input_tokens / (engine.usage.input_tokens / engine.usage.requests) < 1.5

"""A local HTTP server that answers like an OpenAI endpoint, and misbehaves on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Fault = Callable[[int, list[dict[str, Any]]], "tuple[int, dict[str, str], bytes] | str | None"]


class Server:
    """An endpoint whose translations are the segment in capitals with its id; ``fault`` may answer otherwise."""

    def __init__(self) -> None:
        self.fault: Fault = lambda number, segments: None
        self.counts = True  # some servers tell no usage
        self.bodies: list[dict[str, Any]] = []
        self.authorization: list[str] = []
        outer = self
        lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    outer.bodies.append(body)
                    outer.authorization.append(self.headers.get("Authorization", ""))
                    number = len(outer.bodies)
                segments = json.loads(body["messages"][1]["content"])["segments"]
                answer = outer.fault(number, segments)
                if answer == "hang up":
                    self.connection.close()
                    return
                if isinstance(answer, tuple):
                    status, headers, data = answer
                else:
                    text = answer if answer is not None else translated(segments)
                    status, headers, data = 200, {}, completion(text, outer.counts)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(data)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


def translated(segments: list[dict[str, Any]]) -> str:
    return json.dumps({"translations": [{"id": s["id"], "text": f"EN {s['text']}"} for s in segments]}, ensure_ascii=False)


def completion(text: str, counts: bool = True) -> bytes:
    usage = {"usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}} if counts else {}
    return json.dumps(
        {
            "id": "x", "object": "chat.completion", "created": 0, "model": "m",
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            **usage,
        }
    ).encode()  # fmt: skip


def stop(server: Server) -> None:
    server.http.shutdown()
    server.http.server_close()

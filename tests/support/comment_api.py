"""A stand-in for the part of GitHub's API that reads and writes comments at pull requests, on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "token-of-a-test"  # noqa: S105
REPOSITORY = "lab/studies"


@dataclass
class CommentApi:
    """What there is, and which calls were made."""

    url: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    pulls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """The pull requests of a commit."""
    trees: dict[str, str] = field(default_factory=dict)
    """The tree of a commit."""
    calls: list[str] = field(default_factory=list)
    fails_with: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """What GitHub Actions sets for a script."""
        return {"GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN}

    def say(self, body: str, login: str = "somebody") -> dict[str, Any]:
        """Somebody's comment at pull request 7."""
        number = 1000 + len(self.comments)
        made = {
            "id": number,
            "url": f"{self.url}/repos/{REPOSITORY}/issues/comments/{number}",
            "html_url": f"https://example.org/{REPOSITORY}/pull/7#issuecomment-{number}",
            "user": {"login": login},
            "body": body,
        }
        self.comments.append(made)
        return made

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """The status and the answer."""
        match method, path.removeprefix(f"/repos/{REPOSITORY}/").split("/"):
            case "GET", ["issues", "7", "comments"]:
                return 200, self.comments
            case "POST", ["issues", "7", "comments"]:
                return 201, self.say(body["body"], "github-actions[bot]")
            case "PATCH", ["issues", "comments", number]:
                (there,) = [item for item in self.comments if item["id"] == int(number)]
                there["body"] = body["body"]
                return 200, there
            case "GET", ["commits", commit, "pulls"]:
                return 200, self.pulls.get(commit, [])
            case "GET", ["git", "commits", commit]:
                return 200, {"sha": commit, "tree": {"sha": self.trees[commit]}}
        return 404, {"message": "Not Found"}


class _Server(ThreadingHTTPServer):
    def __init__(self, api: CommentApi) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.api = api


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.handle_call()

    def do_POST(self) -> None:
        self.handle_call()

    def do_PATCH(self) -> None:
        self.handle_call()

    def handle_call(self) -> None:
        api, split = self.server.api, urlsplit(self.path)
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        api.calls.append(f"{self.command} {self.path}")
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.send(401, {"message": "Bad credentials"})
        if api.fails_with:
            return self.send(api.fails_with, {"message": "No"})
        status, found = api.answer(self.command, split.path, body)
        if not isinstance(found, list):
            return self.send(status, found)
        asked = {key: int(values[0]) for key, values in parse_qs(split.query).items()}
        most, page = min(asked.get("per_page", 30), 100), asked.get("page", 1)
        first = f"{api.url}{split.path}?per_page={most}"
        links = f'<{first}>; rel="first", <{first}&page={page + 1}>; rel="next"' if page * most < len(found) else ""
        return self.send(status, found[(page - 1) * most : page * most], links)

    def send(self, status: int, body: Any, links: str = "") -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        if links:
            self.send_header("Link", links)
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def comment_api() -> Iterator[CommentApi]:
    """The stand-in, served."""
    api = CommentApi()
    with _Server(api) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        api.url = f"http://127.0.0.1:{http.server_port}"
        yield api
        http.shutdown()
        thread.join()

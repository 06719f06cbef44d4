"""Record the previews of tests/review/recorded anew: `tools/run python -m tests.support.record_previews [NAME …]`.

It runs the real CLI, some ten minutes for all; names are those of `previewed.PREVIEWS`. Where the machine's own paths,
times and addresses stand in a preview, others take their place.
"""

import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pulumi_mturk.marketplace import Marketplace, Server
from tests.support.plugin import with_plugin
from tests.support.previewed import ANSWER_CANARY, HEADER, PREVIEWS, RECORDED, WAITING, WORKER_CANARY, Previewed
from tests.support.pulumi_cli import ROOT, Stack, assert_absent, behind_our_back

# Where a resource stands in the program, and when it was made.
_LEFT_OUT = {"stackTrace", "sourcePosition", "duration", "created", "modified"}
_HOSTS = ("panel.example.org", "panel.example.com")
"""The addresses that programs name; each is served for as long as it is recorded."""
_FOREIGN = re.compile(r"/(?:tmp|root|home|work|usr|opt|dev|var)\b|127\.0\.0\.1|localhost")


def main(names: Sequence[str]) -> None:
    """Record these, or all."""
    chosen = {name: PREVIEWS[name] for name in names} if names else PREVIEWS
    RECORDED.mkdir(exist_ok=True)
    groups: dict[str, dict[str, Previewed]] = {}
    for name, previewed in chosen.items():
        groups.setdefault(_key(previewed), {})[name] = previewed
    for group in groups.values():
        for name, recorded in record(group):
            print(name, recorded["exitCode"], flush=True)
            text = json.dumps(recorded, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
            (RECORDED / f"{name}.json").write_text(text, encoding="utf-8")


def _key(previewed: Previewed) -> str:
    """The same for changes that begin from the same stack, which is brought up once."""
    earlier = previewed.configuration if previewed.earlier is None else previewed.earlier
    alone = previewed.digest if previewed.meanwhile else ""
    return json.dumps([previewed.before, dict(earlier) if previewed.before is not None else {}, alone])


def record(group: Mapping[str, Previewed]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The recordings of changes that begin from the same stack."""
    first = next(iter(group.values()))
    with tempfile.TemporaryDirectory() as folder, _places(Path(folder)) as hosts:
        stack = Stack(Path(folder) / "study", Path(folder) / "home", {})
        stack.env["PULUMI_MTURK_REQUIRE"] = "report"  # as `pulumi-mturk review --stack` runs a preview
        if "plugin" in first.configuration:
            with_plugin(stack)
        if first.before is not None:
            _configure(stack, first.configuration if first.earlier is None else first.earlier, hosts)
            _program(stack, first.before)
            stack.up().ok()
            ids = {name: item["id"] for name, item in stack.resources().items()}
            (stack.folder / "ids.json").write_text(json.dumps(ids))
        for name, previewed in group.items():
            if previewed.meanwhile:
                with Marketplace.open(stack.database) as marketplace:
                    MEANWHILE[previewed.meanwhile](stack, marketplace)
            _configure(stack, previewed.configuration, hosts)
            _program(stack, previewed.program)
            text, code = _preview(stack, previewed)
            yield name, {"madeFrom": previewed.digest, "exitCode": code, "output": _cleaned(text, stack, hosts)}


@contextmanager
def _places(folder: Path) -> Iterator[dict[str, str]]:
    """The addresses that serve one marketplace, by the host that stands for each."""
    with ExitStack() as opened:
        marketplace = opened.enter_context(Marketplace.open(folder / "place.db"))
        yield {host: opened.enter_context(Server(marketplace)).url for host in _HOSTS}


def _configure(stack: Stack, configuration: Mapping[str, str], hosts: Mapping[str, str]) -> None:
    file = stack.folder / "Pulumi.test.yaml"
    kept = [line for line in file.read_text().splitlines() if not line.startswith("  mturk:")]
    file.write_text("\n".join(kept) + "\n")
    there = {}
    for key, value in configuration.items():
        for host, url in hosts.items():
            value = value.replace(f"https://{host}", url).replace(host, url.removeprefix("http://"))
        there[key] = value
    stack.configure(**there)


def _program(stack: Stack, text: str) -> None:
    (stack.folder / "__main__.py").write_text(HEADER + text)


def _preview(stack: Stack, previewed: Previewed) -> tuple[str, int]:
    command = ["pulumi", "preview", "--json", "--show-sames", "--non-interactive", *previewed.arguments]
    env = {**stack.env, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "1" if previewed.streaming else ""}
    with subprocess.Popen(
        command, cwd=stack.folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as running:
        if previewed.ends != "by itself":
            _wait_for(stack.folder / WAITING)
            running.send_signal(signal.SIGINT if previewed.ends == "by Ctrl-C" else signal.SIGKILL)
        text, _ = running.communicate(timeout=300)
    return text, running.returncode


def _wait_for(file: Path) -> None:
    end = time.monotonic() + 120
    while not file.exists():
        assert time.monotonic() < end, f"{file.name} never came"
        time.sleep(0.1)
    file.unlink()


def _cleaned(text: str, stack: Stack, hosts: Mapping[str, str]) -> str | list[Any] | dict[str, Any]:
    """The output without anything of this machine; JSON as such, so that its differences can be read."""
    for host, url in hosts.items():
        text = text.replace(url, f"https://{host}").replace(url.removeprefix("http://"), host)
    for path, name in (
        (stack.folder, "study"),
        (ROOT, "pulumi-mturk"),
        (sys.prefix, "venv"),
        (sys.base_prefix, "python"),
    ):
        text = text.replace(str(path), f"/{name}")
    try:
        cleaned: str | list[Any] | dict[str, Any] = _without(json.loads(text))
    except ValueError:
        lines = text.splitlines()
        cleaned = (
            [_without(json.loads(line)) for line in lines] if lines and all(_is_json(line) for line in lines) else text
        )
    written = json.dumps(cleaned)
    assert_absent([WORKER_CANARY, ANSWER_CANARY, "A9EXAMPLE"], written)
    foreign = _FOREIGN.search(written)
    assert foreign is None, written[max(0, foreign.start() - 100) : foreign.end() + 100]
    return cleaned


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in _LEFT_OUT}
    return [_without(item) for item in value] if isinstance(value, list) else value


def _drift(stack: Stack, marketplace: Marketplace) -> None:
    """Somebody takes a qualification from a worker, changes a type's description, and deletes another type."""
    ids = json.loads((stack.folder / "ids.json").read_text())
    behind_our_back(
        marketplace, "DisassociateQualificationFromWorker", QualificationTypeId=ids["tier"], WorkerId="A2EXAMPLE"
    )
    behind_our_back(marketplace, "UpdateQualificationType", QualificationTypeId=ids["tier"], Description="By hand.")
    behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=ids["reader"])


def _forget(stack: Stack, _: Marketplace) -> None:
    """The state is lost, and all that it told of is there."""
    stack.run("state", "delete", "--all", "--yes").ok()


MEANWHILE: Mapping[str, Callable[[Stack, Marketplace], None]] = {"drift": _drift, "forgotten": _forget}


if __name__ == "__main__":
    main(sys.argv[1:])

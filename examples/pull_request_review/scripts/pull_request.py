"""The report of a review as one comment at its pull request. Standard library only, so that nothing is installed.

    pull_request.py comment REPORT NUMBER     posts the report, or puts it in the place of the one that is there
    pull_request.py reviewed COMMIT TREE      prints the commit and the digest that were reviewed for a merged commit
    pull_request.py digest REPORT             prints the digest of a report of a whole plan

The repository, the token and the API's address are in GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL, as GitHub
Actions sets them; the stack is PROJECT/STACK in REVIEWED_STACK.
"""

import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Whose comments these are. Anybody may write a comment with the same first line.
AUTHOR = "github-actions[bot]"
LONGEST = 65_536
FIRST_LINE = re.compile(
    r"<!-- pulumi-mturk:review:1 stack=(?P<stack>\S+) digest=(?P<digest>[0-9a-f]{64}) "
    r"complete=(?P<complete>true|false) -->"
)


def main(arguments: list[str]) -> None:
    match arguments:
        case ["comment", report, number]:
            comment(Path(report).read_text(encoding="utf-8"), int(number))
        case ["reviewed", commit, tree]:
            print(*reviewed(commit, tree))
        case ["digest", report]:
            print(digest(Path(report).read_text(encoding="utf-8")))
        case _:
            sys.exit(__doc__)


def comment(report: str, number: int) -> None:
    """Post a report, or update the comment of the last one. Nothing else is posted than a review of the stack."""
    # A preview that ended before it could say anything names no stack. It is this one's all the same, and has to take
    # the place of what was said before.
    stack = os.environ["REVIEWED_STACK"]
    report = re.sub(r"^(<!-- \S+ stack=)/( digest=\S+ complete=false -->)", rf"\1{stack}\2", report)
    first_line(report)
    if len(report) > LONGEST:
        sys.exit(f"The report has {len(report):,} characters; GitHub takes {LONGEST:,}.")
    for there in ours(number):
        call("PATCH", there["url"], {"body": report})
        print(f"updated {there['html_url']}")
        return
    made, _ = call("POST", address(f"issues/{number}/comments"), {"body": report})
    print(f"posted {made['html_url']}")


def reviewed(commit: str, tree: str) -> tuple[str, str]:
    """The commit and the digest of the review of the pull request that was merged as this commit with this tree."""
    merged = [
        item
        for item in pages(address(f"commits/{commit}/pulls"))
        if item["merge_commit_sha"] == commit and item["merged_at"]
    ]
    if len(merged) != 1:
        sys.exit(f"Nothing is applied: {commit} is the merge of {len(merged)} pull requests, not of one.")
    head = merged[0]["head"]["sha"]
    there, _ = call("GET", address(f"git/commits/{head}"))
    if there["tree"]["sha"] != tree:
        sys.exit(
            f"Nothing is applied: the merged files are not those that were reviewed ({head}): the base branch has "
            "moved on. Require branches to be up to date before merging; for now, open a pull request with this state."
        )
    for found in ours(merged[0]["number"]):
        return head, digest(found["body"])
    sys.exit(f"Nothing is applied: pull request {merged[0]['number']} has no review.")


def digest(report: str) -> str:
    """The digest of a report, if its plan was whole."""
    found = first_line(report)
    if found["complete"] != "true":
        sys.exit("Nothing is applied: the preview was not complete.")
    return found["digest"]


def first_line(report: str) -> re.Match[str]:
    """What the report's first line says. It is that of the stack in question, or the end."""
    found = FIRST_LINE.fullmatch(report.partition("\n")[0].rstrip("\r"))
    if found is None or found["stack"] != os.environ["REVIEWED_STACK"]:
        sys.exit(f"This is no review of {os.environ['REVIEWED_STACK']}.")
    return found


def ours(number: int) -> Iterator[dict[str, Any]]:
    """Our comments with a review of the stack, on whichever page they are."""
    beginning = f"<!-- pulumi-mturk:review:1 stack={os.environ['REVIEWED_STACK']} "
    for item in pages(address(f"issues/{number}/comments")):
        if item["user"]["login"] == AUTHOR and item["body"].startswith(beginning):
            yield item


def address(path: str) -> str:
    return f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}"


def pages(url: str) -> Iterator[dict[str, Any]]:
    """All items of a list that comes in pages."""
    following: str | None = f"{url}?per_page=100"
    while following:
        items, links = call("GET", following)
        yield from items
        found = re.search(r'<([^>]+)>; rel="next"', links)
        following = found[1] if found else None


def call(method: str, url: str, body: Any = None) -> tuple[Any, str]:
    """The answer to a call, and its header `Link`. The token goes to the API's own address alone."""
    if not url.startswith(os.environ["GITHUB_API_URL"] + "/"):
        sys.exit("The API has answered with an address elsewhere.")
    request = urllib.request.Request(  # noqa: S310 - the API's own address
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.load(answer), answer.headers.get("Link", "")
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {url.partition('?')[0]}: {error.code} {error.reason}")
    except urllib.error.URLError as error:
        sys.exit(f"{method} {url.partition('?')[0]}: {error.reason}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""In the style of tools that do without boto3: urllib, a signature, JSON."""

import json
import os
import sys
import urllib.error
import urllib.request
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HOST = "mturk-requester-sandbox.us-east-1.amazonaws.com"


def call(operation: str, **parameters: object) -> Any:
    url, body = f"https://{HOST}/", json.dumps(parameters).encode()
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"MTurkRequesterServiceV20170117.{operation}",
        "Host": HOST,
    }
    signed = AWSRequest(method="POST", url=url, data=body, headers=headers)
    keys = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
    SigV4Auth(keys, "mturk-requester", "us-east-1").add_auth(signed)
    request = urllib.request.Request(url, body, dict(signed.headers.items()), method="POST")
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310
            answer = response.read()
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error)
    return json.loads(answer)


print(call("GetAccountBalance")["AvailableBalance"])
print(call("CreateWorkerBlock", WorkerId="A1EXAMPLEWORKER", Reason="r"))
print(call("GetHIT", HITId="3NOSUCHHIT")["TurkErrorCode"])
try:
    urllib.request.urlopen("https://example.com/")
except urllib.error.URLError as error:
    sys.exit(f"elsewhere: {error.reason}")

"""In the style of older tools: pages are turned while there is something on them, and messages are read."""

import xml.etree.ElementTree as ElementTree

import boto3
from botocore.exceptions import ClientError

NAMESPACE = {"a": "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"}

mturk = boto3.client(
    service_name="mturk",
    aws_access_key_id="AKIAEXAMPLE",
    aws_secret_access_key="in the script, as so often",  # noqa: S106 - a script in the style of others
    region_name="us-east-1",
    endpoint_url="https://mturk-requester-sandbox.us-east-1.amazonaws.com",
)

hits = []
page = mturk.list_hits(MaxResults=3)
while page["NumResults"] > 0:
    hits += page["HITs"]
    page = mturk.list_hits(MaxResults=3, NextToken=page["NextToken"])  # no guard: a page without it is a KeyError
print("hits", len(hits))

for hit in hits:
    work = mturk.list_assignments_for_hit(HITId=hit["HITId"])
    for assignment in work["Assignments"]:
        answers = ElementTree.fromstring(assignment["Answer"]).findall("a:Answer", NAMESPACE)  # noqa: S314 - see above
        print("answer", [answer.findtext("a:FreeText", None, NAMESPACE) for answer in answers])
        mturk.approve_assignment(AssignmentId=assignment["AssignmentId"])
        mturk.send_bonus(
            WorkerId=assignment["WorkerId"],
            AssignmentId=assignment["AssignmentId"],
            BonusAmount="0.05",
            Reason="Thank you.",
        )
        try:
            mturk.approve_assignment(AssignmentId=assignment["AssignmentId"])
        except ClientError as error:
            print("again:", error.response["Error"]["Code"])
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=0)  # type: ignore[arg-type]  # as they do
    for _ in range(2):
        try:
            mturk.delete_hit(HITId=hit["HITId"])
        except ClientError as error:
            if "currently in the state 'Disposed'" not in str(error):
                raise
            print("was deleted already")

"""In the style of most public scripts: two addresses in a table, one of them chosen on the command line."""

import sys

import boto3

ENVIRONMENTS = {
    "live": {
        "endpoint": "https://mturk-requester.us-east-1.amazonaws.com",
        "preview": "https://worker.mturk.com/mturk/preview",
    },
    "sandbox": {
        "endpoint": "https://mturk-requester-sandbox.us-east-1.amazonaws.com",
        "preview": "https://workersandbox.mturk.com/mturk/preview",
    },
}
QUESTION = """<ExternalQuestion
xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd">
<ExternalURL>https://example.com/task</ExternalURL><FrameHeight>600</FrameHeight></ExternalQuestion>"""

environment = ENVIRONMENTS[sys.argv[1]]
client = boto3.client("mturk", region_name="us-east-1", endpoint_url=environment["endpoint"])
if client.meta.endpoint_url != environment["endpoint"]:
    sys.exit("not where we want to be")
print("balance", client.get_account_balance()["AvailableBalance"])

try:
    answer = client.create_qualification_type(
        Name="Took part already", Description="Has done this study.", QualificationTypeStatus="Active"
    )
    type_id = answer["QualificationType"]["QualificationTypeId"]
    print("made the qualification")
except client.exceptions.RequestError as error:
    if "already created a QualificationType with this name" not in error.response["Error"]["Message"]:
        raise
    found = client.list_qualification_types(
        Query="Took part already", MustBeRequestable=False, MustBeOwnedByCaller=True
    )["QualificationTypes"]
    type_id = found[0]["QualificationTypeId"]
    print("found the qualification")

for number in range(int(sys.argv[2])):
    hit = client.create_hit(
        Title=f"Describe picture {number}",
        Description="One sentence for one picture.",
        Keywords="picture, text",
        Reward="0.15",
        MaxAssignments=1,
        LifetimeInSeconds=3600,
        AssignmentDurationInSeconds=600,
        AutoApprovalDelayInSeconds=86400,
        Question=QUESTION,
        QualificationRequirements=[
            {
                "QualificationTypeId": type_id,
                "Comparator": "DoesNotExist",
                "ActionsGuarded": "DiscoverPreviewAndAccept",
            }
        ],
    )["HIT"]
    print("published", hit["HITId"], f"{environment['preview']}?groupId={hit['HITGroupId']}")

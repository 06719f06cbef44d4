// What a requester's program in JavaScript does, in one process; prints what it found as JSON.
import {
  AssociateQualificationWithWorkerCommand,
  CreateHITCommand,
  CreateQualificationTypeCommand,
  CreateWorkerBlockCommand,
  GetAccountBalanceCommand,
  GetHITCommand,
  MTurkClient,
  RequestError,
  UpdateExpirationForHITCommand,
  paginateListWorkerBlocks,
} from "@aws-sdk/client-mturk";

const client = new MTurkClient({}); // endpoint, region and keys are in the environment

const { AvailableBalance } = await client.send(new GetAccountBalanceCommand({}));
const { QualificationType } = await client.send(
  new CreateQualificationTypeCommand({ Name: "Receipts", Description: "Reads.", QualificationTypeStatus: "Active" }),
);
const granted = await client.send(
  new AssociateQualificationWithWorkerCommand({
    QualificationTypeId: QualificationType.QualificationTypeId,
    WorkerId: "A1EXAMPLEWORKER",
    IntegerValue: 7,
  }),
);
const { HIT } = await client.send(
  new CreateHITCommand({
    Title: "Transcribe",
    Description: "Type it.",
    Reward: "0.1",
    AssignmentDurationInSeconds: 600,
    LifetimeInSeconds: 3600,
    Question: process.env.QUESTION,
    QualificationRequirements: [
      { QualificationTypeId: QualificationType.QualificationTypeId, Comparator: "Exists", ActionsGuarded: "Accept" },
    ],
  }),
);
await client.send(new UpdateExpirationForHITCommand({ HITId: HIT.HITId, ExpireAt: new Date(0) }));

for (let number = 0; number < 5; number += 1) {
  await client.send(new CreateWorkerBlockCommand({ WorkerId: `A${number}EXAMPLE`, Reason: "Spam." }));
}
const pages = [];
for await (const page of paginateListWorkerBlocks({ client, pageSize: 2 }, {})) {
  pages.push(page.WorkerBlocks.map((block) => block.WorkerId));
}

let refused;
try {
  await client.send(new GetHITCommand({ HITId: "3NOSUCHHIT" }));
} catch (error) {
  refused = {
    modelled: error instanceof RequestError,
    name: error.name,
    message: error.message,
    code: error.TurkErrorCode,
    status: error.$metadata.httpStatusCode,
    requestId: error.$metadata.requestId,
  };
}

console.log(
  JSON.stringify({
    balance: AvailableBalance,
    created: QualificationType.CreationTime instanceof Date,
    granted: Object.keys(granted),
    lifetime: HIT.Expiration - HIT.CreationTime,
    reward: HIT.Reward,
    requirement: HIT.QualificationRequirements[0].Comparator,
    pages,
    refused,
  }),
);

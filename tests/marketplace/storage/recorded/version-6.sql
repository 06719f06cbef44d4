BEGIN TRANSACTION;
CREATE TABLE access_keys (
        id TEXT PRIMARY KEY,
        account INTEGER NOT NULL,
        secret TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL,
        revoked REAL
    ) WITHOUT ROWID;
INSERT INTO "access_keys" VALUES('MTMP0H3U41ARXK969IW0',2,'gAAAAABrCVf74D6kiLp3ESm0kLI37K22PCBy_6MgPrKXCjXm3qkkmA5VMfTrAdchtVk9CU3UBOdGqvVqKT11xlNTyp95EukIxzblU4eIBFjPuNxK2PYrp0KL0D_-t4bifR6IeHza5gew',1790000000.0,NULL,NULL);
INSERT INTO "access_keys" VALUES('MTMPGLZXXKJA42AANX4V',2,'gAAAAABrCVf76UMZwYeJKz0T3JQsXJJTohlT6R4NZIJQ0-LHjohV3m58M6_4I1sHbL-GJscgBiD995S6DBiunkPQnr6NUjy-PiKqEqb8HcU1zMXjKhIS9JgpJavgSnK4u4T-msv1x6My',1790000000.0,NULL,1790000000.0);
CREATE TABLE accounts (
        sequence INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created REAL NOT NULL,
        closed REAL
    );
INSERT INTO "accounts" VALUES(1,'First Lab',0.0,NULL);
INSERT INTO "accounts" VALUES(2,'Second Lab',1790000000.0,NULL);
CREATE TABLE assignments (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        hit_id TEXT NOT NULL REFERENCES hits (id),
        worker_id TEXT NOT NULL,
        status TEXT NOT NULL,
        accept_time REAL NOT NULL,
        deadline REAL NOT NULL,
        submit_time REAL,
        auto_approval_time REAL,
        approval_time REAL,
        rejection_time REAL,
        answer TEXT,
        requester_feedback TEXT
    , account INTEGER NOT NULL DEFAULT 1);
INSERT INTO "assignments" VALUES(1,'LOCALTCXFV7TNMI5DHFA34HQD5QZ8P','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(2,'LOCALJRPUV8NRBLUV7785FD9DXF6VM','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A01EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(3,'LOCAL5OWT9BGZQHT3FPSPBZGACQBRS','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A02EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(4,'LOCAL5XVITB03WMZ48607TTPT3C4P2','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A03EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(5,'LOCAL1K5B5BU3M5PEKENN5DI9DKE71','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A04EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(6,'LOCALDMSKLJ4XDZ20B6X2I5YKIP2S7','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A05EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(7,'LOCALTOCOP9XLZUDL10GO6PL77L00Z','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A06EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(8,'LOCALC7DJ3YC4POCTNAJPA1ZRSECI2','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A07EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(9,'LOCAL906FAW320C2ZFBRL1XHRIFCJW','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A08EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(10,'LOCALQ0M7OXX76UCZAA336N2O93NDI','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','A09EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(11,'LOCALYLYMIMGAF3G26XROGT0749U0Y','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','AERASEDK1KSGMAJA0TG','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"/>',NULL,1);
INSERT INTO "assignments" VALUES(12,'LOCALZHT5EQJY2OBGZJQ9JNU26QF5L','LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','AERASEDMT7JESIDFBHL','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(13,'LOCALNL47OL80HX3J6CH580DPGRQP8','LOCALVASFFDKQYV6TBG5LRMKCPBO7B','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(14,'LOCALOZ6Y78TPQHKF2F5C166M5YCX1','LOCALR4PQYWIXPM1BSPBLLOKRYU69J','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(15,'LOCALJCGO00X6DMIO7IR28A9RT3XQU','LOCALD9TW70RV9NVMZ6Q1092AXAMOB','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(16,'LOCALU6GRBOA1SC8GGAG3FOUMYET05','LOCALVW2ANHVLM71ZGSR0BOXPJVVX1','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(17,'LOCALS3LT86TSZFV6WXFP41AISZ0AG','LOCALI9YOUYIMJY0NATG5C7RUBII7O','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(18,'LOCAL9SYMTCAUCCQBW2TXN6W75KWM0','LOCALGGUEJNADWQEM5UBK38OWVJYAY','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(19,'LOCALBN6RLAY9ECQL10PUE4P35UOQ7','LOCALD0OO1TOXPEQEGWTU6UD1HAF7A','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(20,'LOCALJODMD9B9KU93EJZMCTTTOG9PL','LOCALZ0Z88VNWXDALD2ETW78RPVI5U','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(21,'LOCAL85CTPN662K263ANTUXUQZW4FB','LOCALBT3ZTLYEO8O1GO8CJF6UBK4KQ','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(22,'LOCALZE5K94J6FW64U3E7ZU73HX40P','LOCALK0ONVFBD75XFSGJWX8UDBZ98G','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(23,'LOCALPEA0DVFL2XXMDJFNJL92CJA0R','LOCALZ3TFRROLEIYBKJPPJGAXHG167','A00EXAMPLE','Rejected',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,1790000000.0,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>','No.',1);
INSERT INTO "assignments" VALUES(24,'LOCAL7EFV5JKWU7ZXRRU46L5OBVFHU','LOCALDLBR5I15ZAJCPIM89WIAWRGCR','A00EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(25,'LOCALM8Y9ERRDNG53VSCS0DYZ9TTEB','LOCAL1CCIC01VBAZF6PAS6W34TYDZZ','A00EXAMPLE','Returned',1790000000.0,1790000600.0,NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "assignments" VALUES(26,'LOCALPN6MFWG4XLEZLTH52UAQ5V0MK','LOCAL1CCIC01VBAZF6PAS6W34TYDZZ','A01EXAMPLE','Accepted',1790000000.0,1790000600.0,NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "assignments" VALUES(27,'LOCALILASQLFEX7O3F1LAL93KIRKZ8','LOCAL1CCIC01VBAZF6PAS6W34TYDZZ','A02EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(28,'LOCALFELVKHDJTK6MPRR2FIC655H2L','LOCAL1CCIC01VBAZF6PAS6W34TYDZZ','A03EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,1790000000.0,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(29,'LOCALVYDXGIBSUVBBV93BOWRPEZTNP','LOCALID3JCOZK6VQ04LWF7TZ0U9PPL','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(30,'LOCALZO5W6WSZN2HWMI87T8RWMO0NJ','LOCALV4AWHDZ1Y5XZE6X5MJTXZYJ2V','A00EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL,1);
INSERT INTO "assignments" VALUES(31,'LOCALQJQ20GUGXD6OWSRE52T5BDB9I','LOCALSUKUXQ12FC7AXYHMJS1J37708','A01EXAMPLE','Accepted',1790000000.0,1790000600.0,NULL,NULL,NULL,NULL,NULL,NULL,1);
CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY,
        time REAL NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL
    , times INTEGER NOT NULL DEFAULT 1);
INSERT INTO "audit" VALUES(1,1790000000.0,'operator','account renamed','account:1',1);
INSERT INTO "audit" VALUES(2,1790000000.0,'operator','account added','account:2',1);
INSERT INTO "audit" VALUES(3,1790000000.0,'operator','operator key made','',1);
INSERT INTO "audit" VALUES(4,1790000000.0,'operator','access key made','account:2 key:MTMPGLZXXKJA42AANX4V',1);
INSERT INTO "audit" VALUES(5,1790000000.0,'operator','access key made','account:2 key:MTMP0H3U41ARXK969IW0',1);
INSERT INTO "audit" VALUES(6,1790000000.0,'operator','access key revoked','account:2 key:MTMPGLZXXKJA42AANX4V',1);
INSERT INTO "audit" VALUES(7,1790000000.0,'operator','statement set','Payment 1',1);
INSERT INTO "audit" VALUES(8,1790000000.0,'operator','statement set','Consent 1',1);
INSERT INTO "audit" VALUES(9,1790000000.0,'operator','invitation made','1',1);
INSERT INTO "audit" VALUES(10,1790000000.0,'operator','invitation made','2',1);
INSERT INTO "audit" VALUES(11,1790000000.0,'operator','invitation made','3',1);
INSERT INTO "audit" VALUES(12,1790000000.0,'operator','invitation revoked','3',1);
INSERT INTO "audit" VALUES(13,1790000000.0,'worker:9f2a66e3e5615fee2f91a3d3e02723520048bb7246e30d8c2c259cd0d903af0c','joined','',1);
INSERT INTO "audit" VALUES(14,1790000000.0,'names:35','sign-in refused','',5);
INSERT INTO "audit" VALUES(15,1790000000.0,'operator','marked as paid','account:1 payout:1 worker:bc8ffaedfc79dc74db0b9f125d28d099d402aa38258ccb50a7368dceeb5c5aec',1);
INSERT INTO "audit" VALUES(16,1790000000.0,'operator','worker erased','worker:96cf1caa4ab05a0869d28e8d52d4a02b92572824cb03fdd627ac39c1dc863234',1);
INSERT INTO "audit" VALUES(17,1790000000.0,'operator','worker erased','worker:7d06dae1b78c02dcd81781957fe632a4d1e26c8849c9228822793b21da84a88a',1);
CREATE TABLE blocks (
        sequence INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        worker_id TEXT NOT NULL,
        reason TEXT NOT NULL,
        UNIQUE (account, worker_id)
    );
INSERT INTO "blocks" VALUES(2,1,'A01BLOCKED','');
INSERT INTO "blocks" VALUES(3,1,'A02BLOCKED','');
INSERT INTO "blocks" VALUES(4,1,'A03BLOCKED','');
INSERT INTO "blocks" VALUES(5,1,'A04BLOCKED','');
INSERT INTO "blocks" VALUES(6,1,'A05BLOCKED','');
INSERT INTO "blocks" VALUES(7,1,'A06BLOCKED','');
INSERT INTO "blocks" VALUES(8,1,'A07BLOCKED','');
INSERT INTO "blocks" VALUES(9,1,'A08BLOCKED','');
INSERT INTO "blocks" VALUES(10,1,'A09BLOCKED','');
INSERT INTO "blocks" VALUES(11,1,'A10BLOCKED','');
INSERT INTO "blocks" VALUES(12,1,'A11BLOCKED','');
INSERT INTO "blocks" VALUES(13,2,'A04EXAMPLE','A block of the second account');
CREATE TABLE calls (
        sequence INTEGER PRIMARY KEY,
        operation TEXT NOT NULL,
        status INTEGER NOT NULL,
        parameters TEXT,
        time REAL NOT NULL
    , error TEXT NOT NULL DEFAULT '', fault TEXT NOT NULL DEFAULT '', executed INTEGER NOT NULL DEFAULT 0, account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE consents (
        sequence INTEGER PRIMARY KEY,
        worker_id TEXT NOT NULL,
        consent_version INTEGER NOT NULL,
        payment_version INTEGER NOT NULL,
        time REAL NOT NULL
    );
INSERT INTO "consents" VALUES(1,'A13EXAMPLE',1,1,1790000000.0);
CREATE TABLE erasures (
        worker_hash TEXT PRIMARY KEY,
        keep_answers INTEGER NOT NULL,
        time REAL NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "erasures" VALUES('7d06dae1b78c02dcd81781957fe632a4d1e26c8849c9228822793b21da84a88a',0,1790000000.0);
INSERT INTO "erasures" VALUES('96cf1caa4ab05a0869d28e8d52d4a02b92572824cb03fdd627ac39c1dc863234',1,1790000000.0);
CREATE TABLE events (
        sequence INTEGER PRIMARY KEY,
        event_type TEXT NOT NULL,
        hit_type_id TEXT,
        hit_id TEXT,
        assignment_id TEXT,
        time REAL NOT NULL,
        destination TEXT NOT NULL,
        transport TEXT NOT NULL,
        message TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_attempt REAL,
        posted REAL,
        failure TEXT
    , account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE faults (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        operation TEXT NOT NULL,
        times INTEGER,
        probability REAL NOT NULL,
        seed INTEGER NOT NULL,
        seconds REAL NOT NULL,
        draws INTEGER NOT NULL DEFAULT 0
    , skip INTEGER NOT NULL DEFAULT 0, retry_after INTEGER, burst_seconds REAL, burst_every REAL, burst_begun REAL, process_id INTEGER);
CREATE TABLE grants (
        sequence INTEGER PRIMARY KEY,
        qualification_type_id TEXT NOT NULL REFERENCES qualification_types (id),
        worker_id TEXT NOT NULL,
        value INTEGER NOT NULL,
        status TEXT NOT NULL,
        grant_time REAL NOT NULL,
        UNIQUE (qualification_type_id, worker_id)
    );
INSERT INTO "grants" VALUES(1,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A00EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(2,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A01EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(3,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A02EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(4,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A03EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(5,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A04EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(6,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A05EXAMPLE',5,'Revoked',1790000000.0);
INSERT INTO "grants" VALUES(7,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A06EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(8,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A07EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(9,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A08EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(10,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A09EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(13,'LOCALYAVRKE1I4TST6NFLU3ZDYDQLV','A00EXAMPLE',1,'Granted',1790000000.0);
CREATE TABLE hit_requirements (
        qualification_type_id TEXT NOT NULL,
        account INTEGER NOT NULL,
        hit_sequence INTEGER NOT NULL,
        PRIMARY KEY (qualification_type_id, account, hit_sequence)
    ) WITHOUT ROWID;
INSERT INTO "hit_requirements" VALUES('2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',1,26);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,1);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,2);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,3);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,4);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,5);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,6);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,7);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,8);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,9);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,10);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,11);
INSERT INTO "hit_requirements" VALUES('LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',1,12);
CREATE TABLE hit_type_requirements (
        hit_type_id TEXT NOT NULL REFERENCES hit_types (id),
        qualification_type_id TEXT NOT NULL,
        PRIMARY KEY (qualification_type_id, hit_type_id)
    ) WITHOUT ROWID;
INSERT INTO "hit_type_requirements" VALUES('LOCALHC33ND2W0NJ3VU3RJ48WZ3ITC','2F1QJWKUDD8XADTFD2Q0G6UTO95ALH');
INSERT INTO "hit_type_requirements" VALUES('LOCALJK5ZCMY2UQXZTO5VFLVADCGC8','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6');
INSERT INTO "hit_type_requirements" VALUES('LOCALWZA5SW8WOOJY286OBC5A7JTHJ','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6');
INSERT INTO "hit_type_requirements" VALUES('LOCALZ8GZN2DYWW49KU20PC91T8GDV','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6');
CREATE TABLE hit_type_trigrams (
        trigram TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (trigram, sequence)
    ) WITHOUT ROWID;
INSERT INTO "hit_type_trigrams" VALUES('
',1);
INSERT INTO "hit_type_trigrams" VALUES('
',2);
INSERT INTO "hit_type_trigrams" VALUES('
',3);
INSERT INTO "hit_type_trigrams" VALUES('
',4);
INSERT INTO "hit_type_trigrams" VALUES('
',5);
INSERT INTO "hit_type_trigrams" VALUES('
',6);
INSERT INTO "hit_type_trigrams" VALUES('
',7);
INSERT INTO "hit_type_trigrams" VALUES('
',8);
INSERT INTO "hit_type_trigrams" VALUES('
',9);
INSERT INTO "hit_type_trigrams" VALUES('
ty',1);
INSERT INTO "hit_type_trigrams" VALUES('
ty',2);
INSERT INTO "hit_type_trigrams" VALUES('
ty',3);
INSERT INTO "hit_type_trigrams" VALUES('
ty',4);
INSERT INTO "hit_type_trigrams" VALUES('
ty',5);
INSERT INTO "hit_type_trigrams" VALUES('
ty',6);
INSERT INTO "hit_type_trigrams" VALUES('
ty',7);
INSERT INTO "hit_type_trigrams" VALUES('
ty',8);
INSERT INTO "hit_type_trigrams" VALUES('
ty',9);
INSERT INTO "hit_type_trigrams" VALUES(' a ',1);
INSERT INTO "hit_type_trigrams" VALUES(' a ',2);
INSERT INTO "hit_type_trigrams" VALUES(' ac',9);
INSERT INTO "hit_type_trigrams" VALUES(' ma',3);
INSERT INTO "hit_type_trigrams" VALUES(' ma',8);
INSERT INTO "hit_type_trigrams" VALUES(' re',1);
INSERT INTO "hit_type_trigrams" VALUES(' re',2);
INSERT INTO "hit_type_trigrams" VALUES(' re',3);
INSERT INTO "hit_type_trigrams" VALUES(' re',4);
INSERT INTO "hit_type_trigrams" VALUES(' re',5);
INSERT INTO "hit_type_trigrams" VALUES(' re',6);
INSERT INTO "hit_type_trigrams" VALUES(' re',7);
INSERT INTO "hit_type_trigrams" VALUES(' re',8);
INSERT INTO "hit_type_trigrams" VALUES(' re',9);
INSERT INTO "hit_type_trigrams" VALUES(' sa',1);
INSERT INTO "hit_type_trigrams" VALUES(' sa',2);
INSERT INTO "hit_type_trigrams" VALUES(' sa',3);
INSERT INTO "hit_type_trigrams" VALUES(' sa',4);
INSERT INTO "hit_type_trigrams" VALUES(' sa',5);
INSERT INTO "hit_type_trigrams" VALUES(' sa',6);
INSERT INTO "hit_type_trigrams" VALUES(' sa',7);
INSERT INTO "hit_type_trigrams" VALUES(' sa',8);
INSERT INTO "hit_type_trigrams" VALUES(' sa',9);
INSERT INTO "hit_type_trigrams" VALUES(' se',9);
INSERT INTO "hit_type_trigrams" VALUES(' th',1);
INSERT INTO "hit_type_trigrams" VALUES(' th',2);
INSERT INTO "hit_type_trigrams" VALUES(' th',3);
INSERT INTO "hit_type_trigrams" VALUES(' th',4);
INSERT INTO "hit_type_trigrams" VALUES(' th',5);
INSERT INTO "hit_type_trigrams" VALUES(' th',6);
INSERT INTO "hit_type_trigrams" VALUES(' th',7);
INSERT INTO "hit_type_trigrams" VALUES(' th',8);
INSERT INTO "hit_type_trigrams" VALUES(' th',9);
INSERT INTO "hit_type_trigrams" VALUES(' ve',8);
INSERT INTO "hit_type_trigrams" VALUES(' wh',1);
INSERT INTO "hit_type_trigrams" VALUES(' wh',2);
INSERT INTO "hit_type_trigrams" VALUES(' wh',3);
INSERT INTO "hit_type_trigrams" VALUES(' wh',4);
INSERT INTO "hit_type_trigrams" VALUES(' wh',5);
INSERT INTO "hit_type_trigrams" VALUES(' wh',6);
INSERT INTO "hit_type_trigrams" VALUES(' wh',7);
INSERT INTO "hit_type_trigrams" VALUES(' wh',8);
INSERT INTO "hit_type_trigrams" VALUES(' wh',9);
INSERT INTO "hit_type_trigrams" VALUES('.
',1);
INSERT INTO "hit_type_trigrams" VALUES('.
',2);
INSERT INTO "hit_type_trigrams" VALUES('.
',3);
INSERT INTO "hit_type_trigrams" VALUES('.
',4);
INSERT INTO "hit_type_trigrams" VALUES('.
',5);
INSERT INTO "hit_type_trigrams" VALUES('.
',6);
INSERT INTO "hit_type_trigrams" VALUES('.
',7);
INSERT INTO "hit_type_trigrams" VALUES('.
',8);
INSERT INTO "hit_type_trigrams" VALUES('.
',9);
INSERT INTO "hit_type_trigrams" VALUES('a r',1);
INSERT INTO "hit_type_trigrams" VALUES('a r',2);
INSERT INTO "hit_type_trigrams" VALUES('acc',9);
INSERT INTO "hit_type_trigrams" VALUES('ans',1);
INSERT INTO "hit_type_trigrams" VALUES('ans',2);
INSERT INTO "hit_type_trigrams" VALUES('any',8);
INSERT INTO "hit_type_trigrams" VALUES('are',4);
INSERT INTO "hit_type_trigrams" VALUES('ast',3);
INSERT INTO "hit_type_trigrams" VALUES('at ',1);
INSERT INTO "hit_type_trigrams" VALUES('at ',2);
INSERT INTO "hit_type_trigrams" VALUES('at ',3);
INSERT INTO "hit_type_trigrams" VALUES('at ',4);
INSERT INTO "hit_type_trigrams" VALUES('at ',5);
INSERT INTO "hit_type_trigrams" VALUES('at ',6);
INSERT INTO "hit_type_trigrams" VALUES('at ',7);
INSERT INTO "hit_type_trigrams" VALUES('at ',8);
INSERT INTO "hit_type_trigrams" VALUES('at ',9);
INSERT INTO "hit_type_trigrams" VALUES('ays',1);
INSERT INTO "hit_type_trigrams" VALUES('ays',2);
INSERT INTO "hit_type_trigrams" VALUES('ays',3);
INSERT INTO "hit_type_trigrams" VALUES('ays',4);
INSERT INTO "hit_type_trigrams" VALUES('ays',5);
INSERT INTO "hit_type_trigrams" VALUES('ays',6);
INSERT INTO "hit_type_trigrams" VALUES('ays',7);
INSERT INTO "hit_type_trigrams" VALUES('ays',8);
INSERT INTO "hit_type_trigrams" VALUES('ays',9);
INSERT INTO "hit_type_trigrams" VALUES('be ',1);
INSERT INTO "hit_type_trigrams" VALUES('be ',2);
INSERT INTO "hit_type_trigrams" VALUES('cco',9);
INSERT INTO "hit_type_trigrams" VALUES('cei',1);
INSERT INTO "hit_type_trigrams" VALUES('cei',2);
INSERT INTO "hit_type_trigrams" VALUES('cei',3);
INSERT INTO "hit_type_trigrams" VALUES('cei',4);
INSERT INTO "hit_type_trigrams" VALUES('cei',5);
INSERT INTO "hit_type_trigrams" VALUES('cei',6);
INSERT INTO "hit_type_trigrams" VALUES('cei',7);
INSERT INTO "hit_type_trigrams" VALUES('cei',8);
INSERT INTO "hit_type_trigrams" VALUES('cei',9);
INSERT INTO "hit_type_trigrams" VALUES('con',9);
INSERT INTO "hit_type_trigrams" VALUES('cou',9);
INSERT INTO "hit_type_trigrams" VALUES('cri',1);
INSERT INTO "hit_type_trigrams" VALUES('cri',2);
INSERT INTO "hit_type_trigrams" VALUES('d
t',4);
INSERT INTO "hit_type_trigrams" VALUES('d
t',5);
INSERT INTO "hit_type_trigrams" VALUES('d
t',6);
INSERT INTO "hit_type_trigrams" VALUES('d
t',7);
INSERT INTO "hit_type_trigrams" VALUES('d a',9);
INSERT INTO "hit_type_trigrams" VALUES('del',6);
INSERT INTO "hit_type_trigrams" VALUES('e a',1);
INSERT INTO "hit_type_trigrams" VALUES('e a',2);
INSERT INTO "hit_type_trigrams" VALUES('e r',1);
INSERT INTO "hit_type_trigrams" VALUES('e r',2);
INSERT INTO "hit_type_trigrams" VALUES('e r',3);
INSERT INTO "hit_type_trigrams" VALUES('e r',4);
INSERT INTO "hit_type_trigrams" VALUES('e r',5);
INSERT INTO "hit_type_trigrams" VALUES('e r',6);
INSERT INTO "hit_type_trigrams" VALUES('e r',7);
INSERT INTO "hit_type_trigrams" VALUES('e r',8);
INSERT INTO "hit_type_trigrams" VALUES('e r',9);
INSERT INTO "hit_type_trigrams" VALUES('e s',9);
INSERT INTO "hit_type_trigrams" VALUES('e w',1);
INSERT INTO "hit_type_trigrams" VALUES('e w',2);
INSERT INTO "hit_type_trigrams" VALUES('e w',3);
INSERT INTO "hit_type_trigrams" VALUES('e w',4);
INSERT INTO "hit_type_trigrams" VALUES('e w',5);
INSERT INTO "hit_type_trigrams" VALUES('e w',6);
INSERT INTO "hit_type_trigrams" VALUES('e w',7);
INSERT INTO "hit_type_trigrams" VALUES('e w',8);
INSERT INTO "hit_type_trigrams" VALUES('e w',9);
INSERT INTO "hit_type_trigrams" VALUES('ece',1);
INSERT INTO "hit_type_trigrams" VALUES('ece',2);
INSERT INTO "hit_type_trigrams" VALUES('ece',3);
INSERT INTO "hit_type_trigrams" VALUES('ece',4);
INSERT INTO "hit_type_trigrams" VALUES('ece',5);
INSERT INTO "hit_type_trigrams" VALUES('ece',6);
INSERT INTO "hit_type_trigrams" VALUES('ece',7);
INSERT INTO "hit_type_trigrams" VALUES('ece',8);
INSERT INTO "hit_type_trigrams" VALUES('ece',9);
INSERT INTO "hit_type_trigrams" VALUES('eco',9);
INSERT INTO "hit_type_trigrams" VALUES('ed
',4);
INSERT INTO "hit_type_trigrams" VALUES('ed
',5);
INSERT INTO "hit_type_trigrams" VALUES('ed
',6);
INSERT INTO "hit_type_trigrams" VALUES('ed
',7);
INSERT INTO "hit_type_trigrams" VALUES('eip',1);
INSERT INTO "hit_type_trigrams" VALUES('eip',2);
INSERT INTO "hit_type_trigrams" VALUES('eip',3);
INSERT INTO "hit_type_trigrams" VALUES('eip',4);
INSERT INTO "hit_type_trigrams" VALUES('eip',5);
INSERT INTO "hit_type_trigrams" VALUES('eip',6);
INSERT INTO "hit_type_trigrams" VALUES('eip',7);
INSERT INTO "hit_type_trigrams" VALUES('eip',8);
INSERT INTO "hit_type_trigrams" VALUES('eip',9);
INSERT INTO "hit_type_trigrams" VALUES('ele',6);
INSERT INTO "hit_type_trigrams" VALUES('ers',3);
INSERT INTO "hit_type_trigrams" VALUES('ery',8);
INSERT INTO "hit_type_trigrams" VALUES('ete',6);
INSERT INTO "hit_type_trigrams" VALUES('exp',5);
INSERT INTO "hit_type_trigrams" VALUES('f t',9);
INSERT INTO "hit_type_trigrams" VALUES('for',3);
INSERT INTO "hit_type_trigrams" VALUES('for',8);
INSERT INTO "hit_type_trigrams" VALUES('har',4);
INSERT INTO "hit_type_trigrams" VALUES('hat',1);
INSERT INTO "hit_type_trigrams" VALUES('hat',2);
INSERT INTO "hit_type_trigrams" VALUES('hat',3);
INSERT INTO "hit_type_trigrams" VALUES('hat',4);
INSERT INTO "hit_type_trigrams" VALUES('hat',5);
INSERT INTO "hit_type_trigrams" VALUES('hat',6);
INSERT INTO "hit_type_trigrams" VALUES('hat',7);
INSERT INTO "hit_type_trigrams" VALUES('hat',8);
INSERT INTO "hit_type_trigrams" VALUES('hat',9);
INSERT INTO "hit_type_trigrams" VALUES('he ',1);
INSERT INTO "hit_type_trigrams" VALUES('he ',2);
INSERT INTO "hit_type_trigrams" VALUES('he ',3);
INSERT INTO "hit_type_trigrams" VALUES('he ',4);
INSERT INTO "hit_type_trigrams" VALUES('he ',5);
INSERT INTO "hit_type_trigrams" VALUES('he ',6);
INSERT INTO "hit_type_trigrams" VALUES('he ',7);
INSERT INTO "hit_type_trigrams" VALUES('he ',8);
INSERT INTO "hit_type_trigrams" VALUES('he ',9);
INSERT INTO "hit_type_trigrams" VALUES('ibe',1);
INSERT INTO "hit_type_trigrams" VALUES('ibe',2);
INSERT INTO "hit_type_trigrams" VALUES('ipt',1);
INSERT INTO "hit_type_trigrams" VALUES('ipt',2);
INSERT INTO "hit_type_trigrams" VALUES('ipt',3);
INSERT INTO "hit_type_trigrams" VALUES('ipt',4);
INSERT INTO "hit_type_trigrams" VALUES('ipt',5);
INSERT INTO "hit_type_trigrams" VALUES('ipt',6);
INSERT INTO "hit_type_trigrams" VALUES('ipt',7);
INSERT INTO "hit_type_trigrams" VALUES('ipt',8);
INSERT INTO "hit_type_trigrams" VALUES('ipt',9);
INSERT INTO "hit_type_trigrams" VALUES('ire',5);
INSERT INTO "hit_type_trigrams" VALUES('let',6);
INSERT INTO "hit_type_trigrams" VALUES('man',8);
INSERT INTO "hit_type_trigrams" VALUES('mas',3);
INSERT INTO "hit_type_trigrams" VALUES('mov',7);
INSERT INTO "hit_type_trigrams" VALUES('nd ',9);
INSERT INTO "hit_type_trigrams" VALUES('nsc',1);
INSERT INTO "hit_type_trigrams" VALUES('nsc',2);
INSERT INTO "hit_type_trigrams" VALUES('nt
',9);
INSERT INTO "hit_type_trigrams" VALUES('ny
',8);
INSERT INTO "hit_type_trigrams" VALUES('of ',9);
INSERT INTO "hit_type_trigrams" VALUES('ond',9);
INSERT INTO "hit_type_trigrams" VALUES('or ',3);
INSERT INTO "hit_type_trigrams" VALUES('or ',8);
INSERT INTO "hit_type_trigrams" VALUES('oun',9);
INSERT INTO "hit_type_trigrams" VALUES('ove',7);
INSERT INTO "hit_type_trigrams" VALUES('pe ',1);
INSERT INTO "hit_type_trigrams" VALUES('pe ',2);
INSERT INTO "hit_type_trigrams" VALUES('pe ',3);
INSERT INTO "hit_type_trigrams" VALUES('pe ',4);
INSERT INTO "hit_type_trigrams" VALUES('pe ',5);
INSERT INTO "hit_type_trigrams" VALUES('pe ',6);
INSERT INTO "hit_type_trigrams" VALUES('pe ',7);
INSERT INTO "hit_type_trigrams" VALUES('pe ',8);
INSERT INTO "hit_type_trigrams" VALUES('pe ',9);
INSERT INTO "hit_type_trigrams" VALUES('pir',5);
INSERT INTO "hit_type_trigrams" VALUES('pt
',1);
INSERT INTO "hit_type_trigrams" VALUES('pt
',2);
INSERT INTO "hit_type_trigrams" VALUES('pt ',1);
INSERT INTO "hit_type_trigrams" VALUES('pt ',2);
INSERT INTO "hit_type_trigrams" VALUES('pt ',3);
INSERT INTO "hit_type_trigrams" VALUES('pt ',4);
INSERT INTO "hit_type_trigrams" VALUES('pt ',5);
INSERT INTO "hit_type_trigrams" VALUES('pt ',6);
INSERT INTO "hit_type_trigrams" VALUES('pt ',7);
INSERT INTO "hit_type_trigrams" VALUES('pt ',8);
INSERT INTO "hit_type_trigrams" VALUES('pt ',9);
INSERT INTO "hit_type_trigrams" VALUES('r m',3);
INSERT INTO "hit_type_trigrams" VALUES('r v',8);
INSERT INTO "hit_type_trigrams" VALUES('ran',1);
INSERT INTO "hit_type_trigrams" VALUES('ran',2);
INSERT INTO "hit_type_trigrams" VALUES('rec',1);
INSERT INTO "hit_type_trigrams" VALUES('rec',2);
INSERT INTO "hit_type_trigrams" VALUES('rec',3);
INSERT INTO "hit_type_trigrams" VALUES('rec',4);
INSERT INTO "hit_type_trigrams" VALUES('rec',5);
INSERT INTO "hit_type_trigrams" VALUES('rec',6);
INSERT INTO "hit_type_trigrams" VALUES('rec',7);
INSERT INTO "hit_type_trigrams" VALUES('rec',8);
INSERT INTO "hit_type_trigrams" VALUES('rec',9);
INSERT INTO "hit_type_trigrams" VALUES('red',4);
INSERT INTO "hit_type_trigrams" VALUES('red',5);
INSERT INTO "hit_type_trigrams" VALUES('rib',1);
INSERT INTO "hit_type_trigrams" VALUES('rib',2);
INSERT INTO "hit_type_trigrams" VALUES('rs
',3);
INSERT INTO "hit_type_trigrams" VALUES('ry ',8);
INSERT INTO "hit_type_trigrams" VALUES('s
t',3);
INSERT INTO "hit_type_trigrams" VALUES('s.
',1);
INSERT INTO "hit_type_trigrams" VALUES('s.
',2);
INSERT INTO "hit_type_trigrams" VALUES('s.
',3);
INSERT INTO "hit_type_trigrams" VALUES('s.
',4);
INSERT INTO "hit_type_trigrams" VALUES('s.
',5);
INSERT INTO "hit_type_trigrams" VALUES('s.
',6);
INSERT INTO "hit_type_trigrams" VALUES('s.
',7);
INSERT INTO "hit_type_trigrams" VALUES('s.
',8);
INSERT INTO "hit_type_trigrams" VALUES('s.
',9);
INSERT INTO "hit_type_trigrams" VALUES('say',1);
INSERT INTO "hit_type_trigrams" VALUES('say',2);
INSERT INTO "hit_type_trigrams" VALUES('say',3);
INSERT INTO "hit_type_trigrams" VALUES('say',4);
INSERT INTO "hit_type_trigrams" VALUES('say',5);
INSERT INTO "hit_type_trigrams" VALUES('say',6);
INSERT INTO "hit_type_trigrams" VALUES('say',7);
INSERT INTO "hit_type_trigrams" VALUES('say',8);
INSERT INTO "hit_type_trigrams" VALUES('say',9);
INSERT INTO "hit_type_trigrams" VALUES('scr',1);
INSERT INTO "hit_type_trigrams" VALUES('scr',2);
INSERT INTO "hit_type_trigrams" VALUES('sec',9);
INSERT INTO "hit_type_trigrams" VALUES('sha',4);
INSERT INTO "hit_type_trigrams" VALUES('ste',3);
INSERT INTO "hit_type_trigrams" VALUES('t
t',1);
INSERT INTO "hit_type_trigrams" VALUES('t
t',2);
INSERT INTO "hit_type_trigrams" VALUES('t
t',9);
INSERT INTO "hit_type_trigrams" VALUES('t s',1);
INSERT INTO "hit_type_trigrams" VALUES('t s',2);
INSERT INTO "hit_type_trigrams" VALUES('t s',3);
INSERT INTO "hit_type_trigrams" VALUES('t s',4);
INSERT INTO "hit_type_trigrams" VALUES('t s',5);
INSERT INTO "hit_type_trigrams" VALUES('t s',6);
INSERT INTO "hit_type_trigrams" VALUES('t s',7);
INSERT INTO "hit_type_trigrams" VALUES('t s',8);
INSERT INTO "hit_type_trigrams" VALUES('t s',9);
INSERT INTO "hit_type_trigrams" VALUES('t t',1);
INSERT INTO "hit_type_trigrams" VALUES('t t',2);
INSERT INTO "hit_type_trigrams" VALUES('t t',3);
INSERT INTO "hit_type_trigrams" VALUES('t t',4);
INSERT INTO "hit_type_trigrams" VALUES('t t',5);
INSERT INTO "hit_type_trigrams" VALUES('t t',6);
INSERT INTO "hit_type_trigrams" VALUES('t t',7);
INSERT INTO "hit_type_trigrams" VALUES('t t',8);
INSERT INTO "hit_type_trigrams" VALUES('t t',9);
INSERT INTO "hit_type_trigrams" VALUES('ted',6);
INSERT INTO "hit_type_trigrams" VALUES('ter',3);
INSERT INTO "hit_type_trigrams" VALUES('the',1);
INSERT INTO "hit_type_trigrams" VALUES('the',2);
INSERT INTO "hit_type_trigrams" VALUES('the',3);
INSERT INTO "hit_type_trigrams" VALUES('the',4);
INSERT INTO "hit_type_trigrams" VALUES('the',5);
INSERT INTO "hit_type_trigrams" VALUES('the',6);
INSERT INTO "hit_type_trigrams" VALUES('the',7);
INSERT INTO "hit_type_trigrams" VALUES('the',8);
INSERT INTO "hit_type_trigrams" VALUES('the',9);
INSERT INTO "hit_type_trigrams" VALUES('tra',1);
INSERT INTO "hit_type_trigrams" VALUES('tra',2);
INSERT INTO "hit_type_trigrams" VALUES('typ',1);
INSERT INTO "hit_type_trigrams" VALUES('typ',2);
INSERT INTO "hit_type_trigrams" VALUES('typ',3);
INSERT INTO "hit_type_trigrams" VALUES('typ',4);
INSERT INTO "hit_type_trigrams" VALUES('typ',5);
INSERT INTO "hit_type_trigrams" VALUES('typ',6);
INSERT INTO "hit_type_trigrams" VALUES('typ',7);
INSERT INTO "hit_type_trigrams" VALUES('typ',8);
INSERT INTO "hit_type_trigrams" VALUES('typ',9);
INSERT INTO "hit_type_trigrams" VALUES('unt',9);
INSERT INTO "hit_type_trigrams" VALUES('ved',7);
INSERT INTO "hit_type_trigrams" VALUES('ver',8);
INSERT INTO "hit_type_trigrams" VALUES('wha',1);
INSERT INTO "hit_type_trigrams" VALUES('wha',2);
INSERT INTO "hit_type_trigrams" VALUES('wha',3);
INSERT INTO "hit_type_trigrams" VALUES('wha',4);
INSERT INTO "hit_type_trigrams" VALUES('wha',5);
INSERT INTO "hit_type_trigrams" VALUES('wha',6);
INSERT INTO "hit_type_trigrams" VALUES('wha',7);
INSERT INTO "hit_type_trigrams" VALUES('wha',8);
INSERT INTO "hit_type_trigrams" VALUES('wha',9);
INSERT INTO "hit_type_trigrams" VALUES('xpi',5);
INSERT INTO "hit_type_trigrams" VALUES('y
t',8);
INSERT INTO "hit_type_trigrams" VALUES('y m',8);
INSERT INTO "hit_type_trigrams" VALUES('ype',1);
INSERT INTO "hit_type_trigrams" VALUES('ype',2);
INSERT INTO "hit_type_trigrams" VALUES('ype',3);
INSERT INTO "hit_type_trigrams" VALUES('ype',4);
INSERT INTO "hit_type_trigrams" VALUES('ype',5);
INSERT INTO "hit_type_trigrams" VALUES('ype',6);
INSERT INTO "hit_type_trigrams" VALUES('ype',7);
INSERT INTO "hit_type_trigrams" VALUES('ype',8);
INSERT INTO "hit_type_trigrams" VALUES('ype',9);
INSERT INTO "hit_type_trigrams" VALUES('ys.',1);
INSERT INTO "hit_type_trigrams" VALUES('ys.',2);
INSERT INTO "hit_type_trigrams" VALUES('ys.',3);
INSERT INTO "hit_type_trigrams" VALUES('ys.',4);
INSERT INTO "hit_type_trigrams" VALUES('ys.',5);
INSERT INTO "hit_type_trigrams" VALUES('ys.',6);
INSERT INTO "hit_type_trigrams" VALUES('ys.',7);
INSERT INTO "hit_type_trigrams" VALUES('ys.',8);
INSERT INTO "hit_type_trigrams" VALUES('ys.',9);
CREATE TABLE hit_types (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        group_id TEXT NOT NULL,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        keywords TEXT,
        reward TEXT NOT NULL,
        auto_approval_delay INTEGER NOT NULL,
        assignment_duration INTEGER NOT NULL,
        requirements TEXT NOT NULL,
        identity TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0,
        last_used REAL NOT NULL
    , open_hits INTEGER NOT NULL DEFAULT 0, newest_open REAL, masters TEXT NOT NULL DEFAULT '', folded_words TEXT NOT NULL DEFAULT '', account INTEGER NOT NULL DEFAULT 1);
INSERT INTO "hit_types" VALUES(1,'LOCALZ8GZN2DYWW49KU20PC91T8GDV','LOCALL7AMJOVDMNVICOAAIVEWTP5UE','Transcribe a receipt','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "LOCALERVSTJ2IDCS05R1GE2KNMQ5G6", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','9247429a104c71625db6487891d1aa4aad8c0c122915bcae39188798b6c86a92',0,1790000000.0,12,1790000000.0,'','transcribe a receipt
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(2,'LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','LOCALBE6EVJWNWZ3WJV5ZFAW67U7QL','Transcribe a receipt','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','20816a51a6e765adb03e234cf9cb68a9b39238234d75982019fb4cbec00d9b29',0,1790000000.0,1,1790000000.0,'','transcribe a receipt
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(3,'LOCALHC33ND2W0NJ3VU3RJ48WZ3ITC','LOCALWVZL3B1MXA2QRF6AW87US7EVX','For Masters','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','f030a9b1cc43936e998f36a91c565517aa30c96fbb18cc7982a61e5680491482',0,1790000000.0,1,1790000000.0,'2F1QJWKUDD8XADTFD2Q0G6UTO95ALH','for masters
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(4,'LOCALYMVOBTDFI79XMD06PA9XUN8RI','LOCAL3EIK0IV9BYDIBVZHZVB9S2YMC','Shared','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','15ef9c9f7876f5023aedb5851a8ee2fbf4fdf4e7352af161005db0b9143bbd5a',0,1790000000.0,2,1790000000.0,'','shared
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(5,'LOCALZ38ODLD5HWS33874O5TS3DW93','LOCALN1AWDQUXKRPT834CAXWCOU5GY','Expired','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','52ca9b9eada5324fc01a5361fe23d03962a264ff7463c48807067da7a614051f',0,1790000000.0,0,NULL,'','expired
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(6,'LOCALWZA5SW8WOOJY286OBC5A7JTHJ','LOCALIGNNLSOETVWR2UX2OLAC89YMX','Deleted','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "LOCALERVSTJ2IDCS05R1GE2KNMQ5G6", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','92005b89bac228c4ecaa81b9662d6e60c486c6aec4baca46d3d4ec291eb84936',0,1790000000.0,0,NULL,'','deleted
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(7,'LOCALJK5ZCMY2UQXZTO5VFLVADCGC8','LOCALET0UQ99ZN9W44X08QKLPFCC8H','Moved','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "LOCALERVSTJ2IDCS05R1GE2KNMQ5G6", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','61649918c1c7e0d4e2b26fcdbc1d641a3f79b0bdc36d87c539bdc8d17f12e0a2',0,1790000000.0,0,NULL,'','moved
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(8,'LOCALJSWA2SQRS2XGCZFUFQ4CGNR79','LOCAL1VX94MP434YP32IKA224HUDR4','For very many','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','da9322491691946c95c8685089f579a86983a0f6ba09160ef5098461501988da',0,1790000000.0,1,1790000000.0,'','for very many
type what the receipt says.
',1);
INSERT INTO "hit_types" VALUES(9,'LOCALSS44VARGYLB1JKCYDRNAZP3UE','LOCALS9BYEZ8PUL4LWB3U85PIWFSVU','Of the second account','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','acc62646fcbbe66d9e105a249df9fdec466eb33b711da34c42c7f3c27dfd0c74',0,1790000000.0,1,1790000000.0,'','of the second account
type what the receipt says.
',2);
CREATE TABLE hits (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        hit_type_id TEXT NOT NULL REFERENCES hit_types (id),
        question TEXT NOT NULL,
        max_assignments INTEGER NOT NULL,
        requester_annotation TEXT,
        creation_time REAL NOT NULL,
        expiration REAL NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    , layout_id TEXT, assignment_review_policy TEXT, hit_review_policy TEXT, reviewing INTEGER NOT NULL DEFAULT 0, expired INTEGER NOT NULL DEFAULT 0, reviewable_since REAL, pending INTEGER NOT NULL DEFAULT 0, submitted INTEGER NOT NULL DEFAULT 0, completed INTEGER NOT NULL DEFAULT 0, account INTEGER NOT NULL DEFAULT 1);
INSERT INTO "hits" VALUES(1,'LOCALHMNCLB1LJ3UDUHKATH67O1J2X','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(2,'LOCALMPJ5INSBXCJFC16APQZWH3G35','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(3,'LOCALDH7DWIHBFJDZF4LSANIN5VL3F','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(4,'LOCALEDAFHP1VJ7EHG6M9TNRZIS675','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(5,'LOCALBE2D93ZJHMXREQBF9P3HCIRTG','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(6,'LOCALFNH5D5K45QTRYH4ADSHCA1VOI','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(7,'LOCALA6A5XUFLYE9RPTUB9FS1TEQD3','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(8,'LOCALF8LJQLQUTLHJOA1HPH8RDOM0O','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(9,'LOCAL84JQMSA3AES1OTO9HUGOXLVAR','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(10,'LOCALJ5WEEPT9BSD7CBEGPLB1ZLGDO','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(11,'LOCALRHOIZVA3UA33UQKYMYT3Y9H8V','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(12,'LOCALJF54AKV4IZOCMWIPY9YJXWLVG','LOCALZ8GZN2DYWW49KU20PC91T8GDV','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(13,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd"><Question>
<QuestionIdentifier>q1</QuestionIdentifier><QuestionContent><Text>2 + 2?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><Selections>
<Selection><SelectionIdentifier>a</SelectionIdentifier><Text>4</Text></Selection>
<Selection><SelectionIdentifier>b</SelectionIdentifier><Text>5</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question></QuestionForm>',24,NULL,1790000000.0,1790086400.0,0,NULL,'{"PolicyName": "ScoreMyKnownAnswers/2011-09-01", "Parameters": [{"Key": "AnswerKey", "MapEntries": [{"Key": "q1", "Values": ["a"]}]}, {"Key": "RejectIfKnownAnswerScoreIsLessThan", "Values": ["1"]}]}','{"PolicyName": "SimplePlurality/2011-09-01", "Parameters": [{"Key": "QuestionIds", "Values": ["q1"]}, {"Key": "QuestionAgreementThreshold", "Values": ["50"]}]}',0,0,NULL,0,12,0,1);
INSERT INTO "hits" VALUES(14,'LOCALVASFFDKQYV6TBG5LRMKCPBO7B','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(15,'LOCALR4PQYWIXPM1BSPBLLOKRYU69J','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(16,'LOCALD9TW70RV9NVMZ6Q1092AXAMOB','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(17,'LOCALVW2ANHVLM71ZGSR0BOXPJVVX1','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(18,'LOCALI9YOUYIMJY0NATG5C7RUBII7O','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(19,'LOCALGGUEJNADWQEM5UBK38OWVJYAY','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(20,'LOCALD0OO1TOXPEQEGWTU6UD1HAF7A','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(21,'LOCALZ0Z88VNWXDALD2ETW78RPVI5U','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(22,'LOCALBT3ZTLYEO8O1GO8CJF6UBK4KQ','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(23,'LOCALK0ONVFBD75XFSGJWX8UDBZ98G','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(24,'LOCALZ3TFRROLEIYBKJPPJGAXHG167','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,0,1,1);
INSERT INTO "hits" VALUES(25,'LOCALDLBR5I15ZAJCPIM89WIAWRGCR','LOCALLM0SNYVB5GU9GXPOR7AXFTX7I','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0,0,0,1,1);
INSERT INTO "hits" VALUES(26,'LOCALPOMZ8LTJ8UETM9HYPGNMIB61O','LOCALHC33ND2W0NJ3VU3RJ48WZ3ITC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',12,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(27,'LOCAL1CCIC01VBAZF6PAS6W34TYDZZ','LOCALYMVOBTDFI79XMD06PA9XUN8RI','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',5,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,1,0,2,1);
INSERT INTO "hits" VALUES(28,'LOCALID3JCOZK6VQ04LWF7TZ0U9PPL','LOCALZ38ODLD5HWS33874O5TS3DW93','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',3,NULL,1790000000.0,0.0,0,NULL,NULL,NULL,1,1,1790000000.0,0,1,0,1);
INSERT INTO "hits" VALUES(29,'LOCALV4AWHDZ1Y5XZE6X5MJTXZYJ2V','LOCALWZA5SW8WOOJY286OBC5A7JTHJ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,1,NULL,NULL,NULL,0,0,1790000000.0,0,0,1,1);
INSERT INTO "hits" VALUES(30,'LOCALJQR6WV2NFETQPJLV35B0VLGKC','LOCALYMVOBTDFI79XMD06PA9XUN8RI','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,1);
INSERT INTO "hits" VALUES(31,'LOCALSUKUXQ12FC7AXYHMJS1J37708','LOCALJSWA2SQRS2XGCZFUFQ4CGNR79','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1000,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,1,0,0,1);
INSERT INTO "hits" VALUES(32,'LOCALWM525YUC4KHZG4EPIYIU3SJZV','LOCALSS44VARGYLB1JKCYDRNAZP3UE','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL,0,0,0,2);
CREATE TABLE holds (
        account INTEGER NOT NULL,
        reward TEXT NOT NULL,
        masters TEXT NOT NULL,
        higher_fee INTEGER NOT NULL,
        assignments INTEGER NOT NULL,
        PRIMARY KEY (account, reward, masters, higher_fee)
    ) WITHOUT ROWID;
INSERT INTO "holds" VALUES(1,'0.10','',0,27);
INSERT INTO "holds" VALUES(1,'0.10','',1,1024);
INSERT INTO "holds" VALUES(1,'0.10','2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',1,12);
INSERT INTO "holds" VALUES(2,'0.10','',0,1);
CREATE TABLE invitations (
        sequence INTEGER PRIMARY KEY,
        token_hash TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        worker_id TEXT,
        uses INTEGER NOT NULL,
        uses_left INTEGER NOT NULL,
        created REAL NOT NULL,
        expires REAL NOT NULL,
        revoked REAL
    );
INSERT INTO "invitations" VALUES(1,'fe0f2683b6039e9f5a2cc104fe8f8e0bf270d7d79c36e460e078380fc17ad1d3','two readers',NULL,2,1,1790000000.0,1790604800.0,NULL);
INSERT INTO "invitations" VALUES(2,'006033ed862ae5ef61cc9b5f1e83a93ee2550561d057878644ea46493a362106','','A00EXAMPLE',1,1,1790000000.0,1790604800.0,NULL);
INSERT INTO "invitations" VALUES(3,'02b6ce6d1abd0fa2a74ad9df8616ca6a244d1a41a975cdf03726cf7c1ddcaec7','taken back',NULL,1,1,1790000000.0,1790604800.0,1790000000.0);
CREATE TABLE layouts (id TEXT PRIMARY KEY, html TEXT NOT NULL, account INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('clock_offset','0');
INSERT INTO "meta" VALUES('id','b949a639180c426889294ec085b1ae20');
INSERT INTO "meta" VALUES('operator_key','ad032141e4778897f74345c33d9011f2354cc25bf041461f8789d9f83efbc9f8');
INSERT INTO "meta" VALUES('secret','6d566b0bb86632b080de2a4c0f78cb27abdf38311358ed9046d9a8997b6040dd');
INSERT INTO "meta" VALUES('switches','{"account_balance": "500.00", "funds": "prepaid"}');
CREATE TABLE notification_settings (
        hit_type_id TEXT PRIMARY KEY REFERENCES hit_types (id),
        notification TEXT,
        active INTEGER NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE notifications (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        qualification_type_id TEXT,
        text TEXT,
        time REAL NOT NULL
    , subject TEXT, payment INTEGER, account INTEGER NOT NULL DEFAULT 1);
INSERT INTO "notifications" VALUES(1,'Grant','A00EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(2,'Block','A00BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(3,'Grant','A01EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(4,'Block','A01BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(5,'Grant','A02EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(6,'Block','A02BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(7,'Grant','A03EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(8,'Block','A03BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(9,'Grant','A04EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(10,'Block','A04BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(11,'Grant','A05EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(12,'Block','A05BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(13,'Grant','A06EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(14,'Block','A06BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(15,'Grant','A07EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(16,'Block','A07BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(17,'Grant','A08EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(18,'Block','A08BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(19,'Grant','A09EXAMPLE','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6',NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(20,'Block','A09BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(22,'Block','A10BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(24,'Block','A11BLOCKED',NULL,NULL,1790000000.0,NULL,NULL,1);
INSERT INTO "notifications" VALUES(25,'Bonus','A00EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,1,1);
INSERT INTO "notifications" VALUES(26,'Bonus','A01EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,2,1);
INSERT INTO "notifications" VALUES(27,'Bonus','A02EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,3,1);
INSERT INTO "notifications" VALUES(28,'Bonus','A03EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,4,1);
INSERT INTO "notifications" VALUES(29,'Bonus','A04EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,5,1);
INSERT INTO "notifications" VALUES(30,'Bonus','A05EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,6,1);
INSERT INTO "notifications" VALUES(31,'Bonus','A06EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,7,1);
INSERT INTO "notifications" VALUES(32,'Bonus','A07EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,8,1);
INSERT INTO "notifications" VALUES(33,'Bonus','A08EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,9,1);
INSERT INTO "notifications" VALUES(34,'Bonus','A09EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,10,1);
INSERT INTO "notifications" VALUES(37,'Bonus','A03EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,15,1);
INSERT INTO "notifications" VALUES(38,'Bonus','A03EXAMPLE',NULL,'Thanks.',1790000000.0,NULL,16,1);
INSERT INTO "notifications" VALUES(39,'Block','A04EXAMPLE',NULL,NULL,1790000000.0,NULL,NULL,2);
INSERT INTO "notifications" VALUES(40,'Grant','A00EXAMPLE','LOCALYAVRKE1I4TST6NFLU3ZDYDQLV',NULL,1790000000.0,NULL,NULL,2);
CREATE TABLE passkeys (
        credential_id TEXT PRIMARY KEY,
        worker_id TEXT NOT NULL,
        public_key TEXT NOT NULL,
        sign_count INTEGER NOT NULL,
        name TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL
    ) WITHOUT ROWID;
INSERT INTO "passkeys" VALUES('a-credential','A13EXAMPLE','its-public-key',1,'of the phone',1790000000.0,NULL);
CREATE TABLE passphrases (
        worker_id TEXT PRIMARY KEY,
        hash TEXT NOT NULL,
        time REAL NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "passphrases" VALUES('A00EXAMPLE','scrypt$16384$8$5$87d8210919d17f922f66f623cf98e228$6eb294b3361f93a3c34518f648cf806a809ca34064a93a41b8cda7edf4b22047',1790000000.0);
INSERT INTO "passphrases" VALUES('A13EXAMPLE','scrypt$16384$8$5$87d8210919d17f922f66f623cf98e228$6eb294b3361f93a3c34518f648cf806a809ca34064a93a41b8cda7edf4b22047',1790000000.0);
CREATE TABLE payments (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        assignment_id TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        amount_cents INTEGER NOT NULL,
        fee_cents INTEGER NOT NULL,
        reason TEXT,
        time REAL NOT NULL
    , hit_id TEXT, account INTEGER NOT NULL DEFAULT 1, payout INTEGER REFERENCES payouts (sequence));
INSERT INTO "payments" VALUES(1,'Bonus','LOCALTCXFV7TNMI5DHFA34HQD5QZ8P','A00EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,1);
INSERT INTO "payments" VALUES(2,'Bonus','LOCALJRPUV8NRBLUV7785FD9DXF6VM','A01EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(3,'Bonus','LOCAL5OWT9BGZQHT3FPSPBZGACQBRS','A02EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(4,'Bonus','LOCAL5XVITB03WMZ48607TTPT3C4P2','A03EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(5,'Bonus','LOCAL1K5B5BU3M5PEKENN5DI9DKE71','A04EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(6,'Bonus','LOCALDMSKLJ4XDZ20B6X2I5YKIP2S7','A05EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(7,'Bonus','LOCALTOCOP9XLZUDL10GO6PL77L00Z','A06EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(8,'Bonus','LOCALC7DJ3YC4POCTNAJPA1ZRSECI2','A07EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(9,'Bonus','LOCAL906FAW320C2ZFBRL1XHRIFCJW','A08EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(10,'Bonus','LOCALQ0M7OXX76UCZAA336N2O93NDI','A09EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(11,'Bonus','LOCALYLYMIMGAF3G26XROGT0749U0Y','AERASEDK1KSGMAJA0TG',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(12,'Bonus','LOCALZHT5EQJY2OBGZJQ9JNU26QF5L','AERASEDMT7JESIDFBHL',5,1,'Thanks.',1790000000.0,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC',1,NULL);
INSERT INTO "payments" VALUES(13,'Reward','LOCAL7EFV5JKWU7ZXRRU46L5OBVFHU','A00EXAMPLE',10,2,NULL,1790000000.0,'LOCALDLBR5I15ZAJCPIM89WIAWRGCR',1,1);
INSERT INTO "payments" VALUES(14,'Reward','LOCALFELVKHDJTK6MPRR2FIC655H2L','A03EXAMPLE',10,2,NULL,1790000000.0,'LOCAL1CCIC01VBAZF6PAS6W34TYDZZ',1,NULL);
INSERT INTO "payments" VALUES(15,'Bonus','LOCALFELVKHDJTK6MPRR2FIC655H2L','A03EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL1CCIC01VBAZF6PAS6W34TYDZZ',1,NULL);
INSERT INTO "payments" VALUES(16,'Bonus','LOCALFELVKHDJTK6MPRR2FIC655H2L','A03EXAMPLE',5,1,'Thanks.',1790000000.0,'LOCAL1CCIC01VBAZF6PAS6W34TYDZZ',1,NULL);
INSERT INTO "payments" VALUES(17,'Reward','LOCALILASQLFEX7O3F1LAL93KIRKZ8','A02EXAMPLE',10,2,NULL,1790000000.0,'LOCAL1CCIC01VBAZF6PAS6W34TYDZZ',1,NULL);
INSERT INTO "payments" VALUES(18,'Reward','LOCALZO5W6WSZN2HWMI87T8RWMO0NJ','A00EXAMPLE',10,2,NULL,1790000000.0,'LOCALV4AWHDZ1Y5XZE6X5MJTXZYJ2V',1,1);
CREATE TABLE payouts (
        sequence INTEGER PRIMARY KEY,
        reference TEXT NOT NULL,
        time REAL NOT NULL
    );
INSERT INTO "payouts" VALUES(1,'transfer 1',1790000000.0);
CREATE TABLE qualification_requests (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        qualification_type_id TEXT NOT NULL REFERENCES qualification_types (id),
        worker_id TEXT NOT NULL,
        test TEXT,
        answer TEXT,
        status TEXT NOT NULL,
        submit_time REAL NOT NULL
    , account INTEGER NOT NULL DEFAULT 1);
INSERT INTO "qualification_requests" VALUES(1,'LOCALIDC9ADR5ATQEJRBPT17GQKVOD','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A00EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(2,'LOCAL7AP1ZZSY2OOAP36MNH7RJSREL','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A01EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(3,'LOCALDNRFN64A5B7V4IL7QFQJNY160','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A02EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(4,'LOCALHW3L67U4BCGQ61VXRRZHEJ057','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A03EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(5,'LOCALI87FK06999955D9B6AB41V1L3','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A04EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(6,'LOCALYOUP0MPKUA4OZ670LY0MGAYA2','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A05EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(7,'LOCAL3WCIKPBXA9L4VUK5HQM8PW3HP','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A06EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(8,'LOCALE94UIU2DDDX2QED6CF4IMSLNI','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A07EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(9,'LOCAL9VABLLCW6K630QM6PJL920IAQ','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A08EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
INSERT INTO "qualification_requests" VALUES(10,'LOCALRTR6X4JV43MZCWE6P2UNKVTQS','LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','A09EXAMPLE',NULL,NULL,'Pending',1790000000.0,1);
CREATE TABLE qualification_types (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        keywords TEXT,
        status TEXT NOT NULL,
        retry_delay INTEGER,
        test TEXT,
        answer_key TEXT,
        test_duration INTEGER,
        auto_granted INTEGER NOT NULL,
        auto_granted_value INTEGER,
        creation_time REAL NOT NULL,
        last_used REAL NOT NULL,
        held_until REAL
    , sort_name TEXT NOT NULL DEFAULT '', account INTEGER NOT NULL DEFAULT 1);
INSERT INTO "qualification_types" VALUES(1,'LOCALERVSTJ2IDCS05R1GE2KNMQ5G6','Type 0','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 0',1);
INSERT INTO "qualification_types" VALUES(2,'LOCALDQTXRTFNU7N9DRVBMXOWPVFNY','Type 1','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 1',1);
INSERT INTO "qualification_types" VALUES(3,'LOCALRBAN574ZGO1O7DSWYI6TRUYW2','Type 2','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 2',1);
INSERT INTO "qualification_types" VALUES(4,'LOCALGRXK8MA1UUIOXAJ84VDQ9IHCT','Type 3','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 3',1);
INSERT INTO "qualification_types" VALUES(5,'LOCALGAOVY8LS11TUNPLY3RRVXR2IV','Type 4','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 4',1);
INSERT INTO "qualification_types" VALUES(6,'LOCALZQ2RCRC38ZB5P4KQ9IAIVTNZL','Type 5','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 5',1);
INSERT INTO "qualification_types" VALUES(7,'LOCAL9TEXKZUQZGRC3Q9JMAQP2FZHG','Type 6','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 6',1);
INSERT INTO "qualification_types" VALUES(8,'LOCAL66JSJHHN2MX22UXFH336OIMZG','Type 7','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 7',1);
INSERT INTO "qualification_types" VALUES(9,'LOCALUI1PDTWRSP6NG3BAGZBLKQJSB','Type 8','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 8',1);
INSERT INTO "qualification_types" VALUES(10,'LOCALPYALI0CE3U67KY3X89C7D309O','Type 9','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 9',1);
INSERT INTO "qualification_types" VALUES(11,'LOCALHYGGG4HEMR1ULJJMELP85GRAK','Type 10','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 10',1);
INSERT INTO "qualification_types" VALUES(12,'LOCALLHLSL54J03JPUAFP5NG25L9EZ','Type 11','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type 11',1);
INSERT INTO "qualification_types" VALUES(13,'LOCALYFYY8MW8G7Y9GJ59CU7K511XR','A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name A long name ','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name ',1);
INSERT INTO "qualification_types" VALUES(14,'LOCALYAVRKE1I4TST6NFLU3ZDYDQLV','Type of the second account','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL,'type of the second account',2);
CREATE TABLE request_counts (
        method TEXT NOT NULL,
        route TEXT NOT NULL,
        operation TEXT NOT NULL,
        status INTEGER NOT NULL,
        bucket INTEGER NOT NULL,
        requests INTEGER NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (method, route, operation, status, bucket)
    ) WITHOUT ROWID;
INSERT INTO "request_counts" VALUES('GET','/projects','',200,3,2,0.05);
CREATE TABLE review_reports (
        sequence INTEGER PRIMARY KEY,
        hit_id TEXT NOT NULL REFERENCES hits (id),
        level TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL
    );
INSERT INTO "review_reports" VALUES(1,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALWF6NF4I1170VVG0VQTHNFRD2S", "SubjectId": "LOCALTCXFV7TNMI5DHFA34HQD5QZ8P", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(2,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALWF6NF4I1170VVG0VQTHNFRD2S", "SubjectId": "LOCALTCXFV7TNMI5DHFA34HQD5QZ8P", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(3,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALWF6NF4I1170VVG0VQTHNFRD2S", "ActionName": "review", "TargetId": "LOCALTCXFV7TNMI5DHFA34HQD5QZ8P", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(4,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALECFYO7LHB8YTIOA0ZC7K4MXEA", "SubjectId": "LOCALJRPUV8NRBLUV7785FD9DXF6VM", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(5,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALECFYO7LHB8YTIOA0ZC7K4MXEA", "SubjectId": "LOCALJRPUV8NRBLUV7785FD9DXF6VM", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(6,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALECFYO7LHB8YTIOA0ZC7K4MXEA", "ActionName": "review", "TargetId": "LOCALJRPUV8NRBLUV7785FD9DXF6VM", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(7,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALCXWR8SUJPFIGDLV5XIVVQ4NCS", "SubjectId": "LOCAL5OWT9BGZQHT3FPSPBZGACQBRS", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(8,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALCXWR8SUJPFIGDLV5XIVVQ4NCS", "SubjectId": "LOCAL5OWT9BGZQHT3FPSPBZGACQBRS", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(9,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALCXWR8SUJPFIGDLV5XIVVQ4NCS", "ActionName": "review", "TargetId": "LOCAL5OWT9BGZQHT3FPSPBZGACQBRS", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(10,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCAL9RBNJZOV14QWL0WN8W2U710YI", "SubjectId": "LOCAL5XVITB03WMZ48607TTPT3C4P2", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(11,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCAL9RBNJZOV14QWL0WN8W2U710YI", "SubjectId": "LOCAL5XVITB03WMZ48607TTPT3C4P2", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(12,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCAL9RBNJZOV14QWL0WN8W2U710YI", "ActionName": "review", "TargetId": "LOCAL5XVITB03WMZ48607TTPT3C4P2", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(13,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCAL5DHXOHJS4W5GRJ7NTO1AKLR5W", "SubjectId": "LOCAL1K5B5BU3M5PEKENN5DI9DKE71", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(14,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCAL5DHXOHJS4W5GRJ7NTO1AKLR5W", "SubjectId": "LOCAL1K5B5BU3M5PEKENN5DI9DKE71", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(15,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCAL5DHXOHJS4W5GRJ7NTO1AKLR5W", "ActionName": "review", "TargetId": "LOCAL1K5B5BU3M5PEKENN5DI9DKE71", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(16,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALHZ60VTB1GE4BTW60BAIT3EEEQ", "SubjectId": "LOCALDMSKLJ4XDZ20B6X2I5YKIP2S7", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(17,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALHZ60VTB1GE4BTW60BAIT3EEEQ", "SubjectId": "LOCALDMSKLJ4XDZ20B6X2I5YKIP2S7", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(18,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALHZ60VTB1GE4BTW60BAIT3EEEQ", "ActionName": "review", "TargetId": "LOCALDMSKLJ4XDZ20B6X2I5YKIP2S7", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(19,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALU307USVY0ZE6F8UXIS4OXCS8V", "SubjectId": "LOCALTOCOP9XLZUDL10GO6PL77L00Z", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(20,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALU307USVY0ZE6F8UXIS4OXCS8V", "SubjectId": "LOCALTOCOP9XLZUDL10GO6PL77L00Z", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(21,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALU307USVY0ZE6F8UXIS4OXCS8V", "ActionName": "review", "TargetId": "LOCALTOCOP9XLZUDL10GO6PL77L00Z", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(22,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALCQ2TGYLQQBLRVY3PKD4S2G3PQ", "SubjectId": "LOCALC7DJ3YC4POCTNAJPA1ZRSECI2", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(23,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALCQ2TGYLQQBLRVY3PKD4S2G3PQ", "SubjectId": "LOCALC7DJ3YC4POCTNAJPA1ZRSECI2", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(24,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALCQ2TGYLQQBLRVY3PKD4S2G3PQ", "ActionName": "review", "TargetId": "LOCALC7DJ3YC4POCTNAJPA1ZRSECI2", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(25,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCAL9FMM26C3EJGM2MI63LCBE9S6Q", "SubjectId": "LOCAL906FAW320C2ZFBRL1XHRIFCJW", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(26,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCAL9FMM26C3EJGM2MI63LCBE9S6Q", "SubjectId": "LOCAL906FAW320C2ZFBRL1XHRIFCJW", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(27,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCAL9FMM26C3EJGM2MI63LCBE9S6Q", "ActionName": "review", "TargetId": "LOCAL906FAW320C2ZFBRL1XHRIFCJW", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(28,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALESR1NZ4JY6SHEHAFIB92IKDG1", "SubjectId": "LOCALQ0M7OXX76UCZAA336N2O93NDI", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(29,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALESR1NZ4JY6SHEHAFIB92IKDG1", "SubjectId": "LOCALQ0M7OXX76UCZAA336N2O93NDI", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(30,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALESR1NZ4JY6SHEHAFIB92IKDG1", "ActionName": "review", "TargetId": "LOCALQ0M7OXX76UCZAA336N2O93NDI", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(31,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALTV6YQV44O86DXYNG2VE26YDJR", "SubjectId": "LOCALYLYMIMGAF3G26XROGT0749U0Y", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(32,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALTV6YQV44O86DXYNG2VE26YDJR", "SubjectId": "LOCALYLYMIMGAF3G26XROGT0749U0Y", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(33,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALTV6YQV44O86DXYNG2VE26YDJR", "ActionName": "review", "TargetId": "LOCALYLYMIMGAF3G26XROGT0749U0Y", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(34,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALJVWSXPAAJ0Q60APB9YH0JDJWP", "SubjectId": "LOCALZHT5EQJY2OBGZJQ9JNU26QF5L", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(35,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Result','{"ActionId": "LOCALJVWSXPAAJ0Q60APB9YH0JDJWP", "SubjectId": "LOCALZHT5EQJY2OBGZJQ9JNU26QF5L", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(36,'LOCAL9QM8OA55L5UG8ZHCV0SPKZNTC','Assignment','Action','{"ActionId": "LOCALJVWSXPAAJ0Q60APB9YH0JDJWP", "ActionName": "review", "TargetId": "LOCALZHT5EQJY2OBGZJQ9JNU26QF5L", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
CREATE TABLE sessions (
        sequence INTEGER PRIMARY KEY,
        token_hash TEXT NOT NULL UNIQUE,
        worker_id TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL NOT NULL
    );
INSERT INTO "sessions" VALUES(1,'234aca6e7afab9da6e9ba7ab66aa50bd9d5a14f429a8588e536b557706664e01','A13EXAMPLE',1790000000.0,1790000000.0);
INSERT INTO "sessions" VALUES(2,'70a6a39b49977630818a9b0ba093f4e800f420daa7a2b471ce463bde3ab788df','A13EXAMPLE',1790000000.0,1790000000.0);
CREATE TABLE sign_in_attempts (
        sequence INTEGER PRIMARY KEY,
        name_hash TEXT NOT NULL UNIQUE,
        failures INTEGER NOT NULL,
        latest REAL NOT NULL
    );
INSERT INTO "sign_in_attempts" VALUES(1,'34cfd55a5192197ad657277a6cc53ed035944a7d70e3f8510acfc461edca03e3',5,1790000000.0);
CREATE TABLE sign_in_names (
        folded_name TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        worker_id TEXT NOT NULL UNIQUE
    ) WITHOUT ROWID;
INSERT INTO "sign_in_names" VALUES('recorded reader','Recorded Reader','A13EXAMPLE');
INSERT INTO "sign_in_names" VALUES('recorded target','recorded target','A00EXAMPLE');
CREATE TABLE sittings (
        worker_id TEXT NOT NULL,
        qualification_type_id TEXT NOT NULL,
        started REAL NOT NULL,
        PRIMARY KEY (worker_id, qualification_type_id)
    ) WITHOUT ROWID;
CREATE TABLE statements (
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        text TEXT NOT NULL,
        time REAL NOT NULL,
        PRIMARY KEY (kind, version)
    ) WITHOUT ROWID;
INSERT INTO "statements" VALUES('Consent',1,'What is kept of you.',1790000000.0);
INSERT INTO "statements" VALUES('Payment',1,'The lab pays by bank transfer, on the first of each month.',1790000000.0);
CREATE TABLE totals (
        account INTEGER NOT NULL,
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (account, name)
    ) WITHOUT ROWID;
INSERT INTO "totals" VALUES(1,'blocks',11);
INSERT INTO "totals" VALUES(1,'paid',132);
INSERT INTO "totals" VALUES(2,'blocks',1);
CREATE TABLE type_texts (
        sequence INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        keywords TEXT NOT NULL
    );
INSERT INTO "type_texts" VALUES(1,'type 0','words.','');
INSERT INTO "type_texts" VALUES(2,'type 1','words.','');
INSERT INTO "type_texts" VALUES(3,'type 2','words.','');
INSERT INTO "type_texts" VALUES(4,'type 3','words.','');
INSERT INTO "type_texts" VALUES(5,'type 4','words.','');
INSERT INTO "type_texts" VALUES(6,'type 5','words.','');
INSERT INTO "type_texts" VALUES(7,'type 6','words.','');
INSERT INTO "type_texts" VALUES(8,'type 7','words.','');
INSERT INTO "type_texts" VALUES(9,'type 8','words.','');
INSERT INTO "type_texts" VALUES(10,'type 9','words.','');
INSERT INTO "type_texts" VALUES(11,'type 10','words.','');
INSERT INTO "type_texts" VALUES(12,'type 11','words.','');
INSERT INTO "type_texts" VALUES(13,'a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name a long name ','words.','');
INSERT INTO "type_texts" VALUES(14,'type of the second account','words.','');
CREATE TABLE type_trigrams (
        part INTEGER NOT NULL,
        trigram TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (part, trigram, sequence)
    ) WITHOUT ROWID;
INSERT INTO "type_trigrams" VALUES(0,' ',13);
INSERT INTO "type_trigrams" VALUES(0,' 0',1);
INSERT INTO "type_trigrams" VALUES(0,' 1',2);
INSERT INTO "type_trigrams" VALUES(0,' 10',11);
INSERT INTO "type_trigrams" VALUES(0,' 11',12);
INSERT INTO "type_trigrams" VALUES(0,' 2',3);
INSERT INTO "type_trigrams" VALUES(0,' 3',4);
INSERT INTO "type_trigrams" VALUES(0,' 4',5);
INSERT INTO "type_trigrams" VALUES(0,' 5',6);
INSERT INTO "type_trigrams" VALUES(0,' 6',7);
INSERT INTO "type_trigrams" VALUES(0,' 7',8);
INSERT INTO "type_trigrams" VALUES(0,' 8',9);
INSERT INTO "type_trigrams" VALUES(0,' 9',10);
INSERT INTO "type_trigrams" VALUES(0,' a ',13);
INSERT INTO "type_trigrams" VALUES(0,' ac',14);
INSERT INTO "type_trigrams" VALUES(0,' lo',13);
INSERT INTO "type_trigrams" VALUES(0,' na',13);
INSERT INTO "type_trigrams" VALUES(0,' of',14);
INSERT INTO "type_trigrams" VALUES(0,' se',14);
INSERT INTO "type_trigrams" VALUES(0,' th',14);
INSERT INTO "type_trigrams" VALUES(0,'0',1);
INSERT INTO "type_trigrams" VALUES(0,'0',11);
INSERT INTO "type_trigrams" VALUES(0,'1',2);
INSERT INTO "type_trigrams" VALUES(0,'1',12);
INSERT INTO "type_trigrams" VALUES(0,'10',11);
INSERT INTO "type_trigrams" VALUES(0,'11',12);
INSERT INTO "type_trigrams" VALUES(0,'2',3);
INSERT INTO "type_trigrams" VALUES(0,'3',4);
INSERT INTO "type_trigrams" VALUES(0,'4',5);
INSERT INTO "type_trigrams" VALUES(0,'5',6);
INSERT INTO "type_trigrams" VALUES(0,'6',7);
INSERT INTO "type_trigrams" VALUES(0,'7',8);
INSERT INTO "type_trigrams" VALUES(0,'8',9);
INSERT INTO "type_trigrams" VALUES(0,'9',10);
INSERT INTO "type_trigrams" VALUES(0,'a ',13);
INSERT INTO "type_trigrams" VALUES(0,'a l',13);
INSERT INTO "type_trigrams" VALUES(0,'acc',14);
INSERT INTO "type_trigrams" VALUES(0,'am',13);
INSERT INTO "type_trigrams" VALUES(0,'ame',13);
INSERT INTO "type_trigrams" VALUES(0,'cco',14);
INSERT INTO "type_trigrams" VALUES(0,'con',14);
INSERT INTO "type_trigrams" VALUES(0,'cou',14);
INSERT INTO "type_trigrams" VALUES(0,'d a',14);
INSERT INTO "type_trigrams" VALUES(0,'e ',13);
INSERT INTO "type_trigrams" VALUES(0,'e 0',1);
INSERT INTO "type_trigrams" VALUES(0,'e 1',2);
INSERT INTO "type_trigrams" VALUES(0,'e 1',11);
INSERT INTO "type_trigrams" VALUES(0,'e 1',12);
INSERT INTO "type_trigrams" VALUES(0,'e 2',3);
INSERT INTO "type_trigrams" VALUES(0,'e 3',4);
INSERT INTO "type_trigrams" VALUES(0,'e 4',5);
INSERT INTO "type_trigrams" VALUES(0,'e 5',6);
INSERT INTO "type_trigrams" VALUES(0,'e 6',7);
INSERT INTO "type_trigrams" VALUES(0,'e 7',8);
INSERT INTO "type_trigrams" VALUES(0,'e 8',9);
INSERT INTO "type_trigrams" VALUES(0,'e 9',10);
INSERT INTO "type_trigrams" VALUES(0,'e a',13);
INSERT INTO "type_trigrams" VALUES(0,'e o',14);
INSERT INTO "type_trigrams" VALUES(0,'e s',14);
INSERT INTO "type_trigrams" VALUES(0,'eco',14);
INSERT INTO "type_trigrams" VALUES(0,'f t',14);
INSERT INTO "type_trigrams" VALUES(0,'g',13);
INSERT INTO "type_trigrams" VALUES(0,'g n',13);
INSERT INTO "type_trigrams" VALUES(0,'he ',14);
INSERT INTO "type_trigrams" VALUES(0,'lon',13);
INSERT INTO "type_trigrams" VALUES(0,'m',13);
INSERT INTO "type_trigrams" VALUES(0,'me ',13);
INSERT INTO "type_trigrams" VALUES(0,'nam',13);
INSERT INTO "type_trigrams" VALUES(0,'nd ',14);
INSERT INTO "type_trigrams" VALUES(0,'ng',13);
INSERT INTO "type_trigrams" VALUES(0,'ng ',13);
INSERT INTO "type_trigrams" VALUES(0,'nt',14);
INSERT INTO "type_trigrams" VALUES(0,'of ',14);
INSERT INTO "type_trigrams" VALUES(0,'ond',14);
INSERT INTO "type_trigrams" VALUES(0,'ong',13);
INSERT INTO "type_trigrams" VALUES(0,'oun',14);
INSERT INTO "type_trigrams" VALUES(0,'pe ',1);
INSERT INTO "type_trigrams" VALUES(0,'pe ',2);
INSERT INTO "type_trigrams" VALUES(0,'pe ',3);
INSERT INTO "type_trigrams" VALUES(0,'pe ',4);
INSERT INTO "type_trigrams" VALUES(0,'pe ',5);
INSERT INTO "type_trigrams" VALUES(0,'pe ',6);
INSERT INTO "type_trigrams" VALUES(0,'pe ',7);
INSERT INTO "type_trigrams" VALUES(0,'pe ',8);
INSERT INTO "type_trigrams" VALUES(0,'pe ',9);
INSERT INTO "type_trigrams" VALUES(0,'pe ',10);
INSERT INTO "type_trigrams" VALUES(0,'pe ',11);
INSERT INTO "type_trigrams" VALUES(0,'pe ',12);
INSERT INTO "type_trigrams" VALUES(0,'pe ',14);
INSERT INTO "type_trigrams" VALUES(0,'sec',14);
INSERT INTO "type_trigrams" VALUES(0,'t',14);
INSERT INTO "type_trigrams" VALUES(0,'the',14);
INSERT INTO "type_trigrams" VALUES(0,'typ',1);
INSERT INTO "type_trigrams" VALUES(0,'typ',2);
INSERT INTO "type_trigrams" VALUES(0,'typ',3);
INSERT INTO "type_trigrams" VALUES(0,'typ',4);
INSERT INTO "type_trigrams" VALUES(0,'typ',5);
INSERT INTO "type_trigrams" VALUES(0,'typ',6);
INSERT INTO "type_trigrams" VALUES(0,'typ',7);
INSERT INTO "type_trigrams" VALUES(0,'typ',8);
INSERT INTO "type_trigrams" VALUES(0,'typ',9);
INSERT INTO "type_trigrams" VALUES(0,'typ',10);
INSERT INTO "type_trigrams" VALUES(0,'typ',11);
INSERT INTO "type_trigrams" VALUES(0,'typ',12);
INSERT INTO "type_trigrams" VALUES(0,'typ',14);
INSERT INTO "type_trigrams" VALUES(0,'unt',14);
INSERT INTO "type_trigrams" VALUES(0,'ype',1);
INSERT INTO "type_trigrams" VALUES(0,'ype',2);
INSERT INTO "type_trigrams" VALUES(0,'ype',3);
INSERT INTO "type_trigrams" VALUES(0,'ype',4);
INSERT INTO "type_trigrams" VALUES(0,'ype',5);
INSERT INTO "type_trigrams" VALUES(0,'ype',6);
INSERT INTO "type_trigrams" VALUES(0,'ype',7);
INSERT INTO "type_trigrams" VALUES(0,'ype',8);
INSERT INTO "type_trigrams" VALUES(0,'ype',9);
INSERT INTO "type_trigrams" VALUES(0,'ype',10);
INSERT INTO "type_trigrams" VALUES(0,'ype',11);
INSERT INTO "type_trigrams" VALUES(0,'ype',12);
INSERT INTO "type_trigrams" VALUES(0,'ype',14);
INSERT INTO "type_trigrams" VALUES(1,'.',1);
INSERT INTO "type_trigrams" VALUES(1,'.',2);
INSERT INTO "type_trigrams" VALUES(1,'.',3);
INSERT INTO "type_trigrams" VALUES(1,'.',4);
INSERT INTO "type_trigrams" VALUES(1,'.',5);
INSERT INTO "type_trigrams" VALUES(1,'.',6);
INSERT INTO "type_trigrams" VALUES(1,'.',7);
INSERT INTO "type_trigrams" VALUES(1,'.',8);
INSERT INTO "type_trigrams" VALUES(1,'.',9);
INSERT INTO "type_trigrams" VALUES(1,'.',10);
INSERT INTO "type_trigrams" VALUES(1,'.',11);
INSERT INTO "type_trigrams" VALUES(1,'.',12);
INSERT INTO "type_trigrams" VALUES(1,'.',13);
INSERT INTO "type_trigrams" VALUES(1,'.',14);
INSERT INTO "type_trigrams" VALUES(1,'ds.',1);
INSERT INTO "type_trigrams" VALUES(1,'ds.',2);
INSERT INTO "type_trigrams" VALUES(1,'ds.',3);
INSERT INTO "type_trigrams" VALUES(1,'ds.',4);
INSERT INTO "type_trigrams" VALUES(1,'ds.',5);
INSERT INTO "type_trigrams" VALUES(1,'ds.',6);
INSERT INTO "type_trigrams" VALUES(1,'ds.',7);
INSERT INTO "type_trigrams" VALUES(1,'ds.',8);
INSERT INTO "type_trigrams" VALUES(1,'ds.',9);
INSERT INTO "type_trigrams" VALUES(1,'ds.',10);
INSERT INTO "type_trigrams" VALUES(1,'ds.',11);
INSERT INTO "type_trigrams" VALUES(1,'ds.',12);
INSERT INTO "type_trigrams" VALUES(1,'ds.',13);
INSERT INTO "type_trigrams" VALUES(1,'ds.',14);
INSERT INTO "type_trigrams" VALUES(1,'ord',1);
INSERT INTO "type_trigrams" VALUES(1,'ord',2);
INSERT INTO "type_trigrams" VALUES(1,'ord',3);
INSERT INTO "type_trigrams" VALUES(1,'ord',4);
INSERT INTO "type_trigrams" VALUES(1,'ord',5);
INSERT INTO "type_trigrams" VALUES(1,'ord',6);
INSERT INTO "type_trigrams" VALUES(1,'ord',7);
INSERT INTO "type_trigrams" VALUES(1,'ord',8);
INSERT INTO "type_trigrams" VALUES(1,'ord',9);
INSERT INTO "type_trigrams" VALUES(1,'ord',10);
INSERT INTO "type_trigrams" VALUES(1,'ord',11);
INSERT INTO "type_trigrams" VALUES(1,'ord',12);
INSERT INTO "type_trigrams" VALUES(1,'ord',13);
INSERT INTO "type_trigrams" VALUES(1,'ord',14);
INSERT INTO "type_trigrams" VALUES(1,'rds',1);
INSERT INTO "type_trigrams" VALUES(1,'rds',2);
INSERT INTO "type_trigrams" VALUES(1,'rds',3);
INSERT INTO "type_trigrams" VALUES(1,'rds',4);
INSERT INTO "type_trigrams" VALUES(1,'rds',5);
INSERT INTO "type_trigrams" VALUES(1,'rds',6);
INSERT INTO "type_trigrams" VALUES(1,'rds',7);
INSERT INTO "type_trigrams" VALUES(1,'rds',8);
INSERT INTO "type_trigrams" VALUES(1,'rds',9);
INSERT INTO "type_trigrams" VALUES(1,'rds',10);
INSERT INTO "type_trigrams" VALUES(1,'rds',11);
INSERT INTO "type_trigrams" VALUES(1,'rds',12);
INSERT INTO "type_trigrams" VALUES(1,'rds',13);
INSERT INTO "type_trigrams" VALUES(1,'rds',14);
INSERT INTO "type_trigrams" VALUES(1,'s.',1);
INSERT INTO "type_trigrams" VALUES(1,'s.',2);
INSERT INTO "type_trigrams" VALUES(1,'s.',3);
INSERT INTO "type_trigrams" VALUES(1,'s.',4);
INSERT INTO "type_trigrams" VALUES(1,'s.',5);
INSERT INTO "type_trigrams" VALUES(1,'s.',6);
INSERT INTO "type_trigrams" VALUES(1,'s.',7);
INSERT INTO "type_trigrams" VALUES(1,'s.',8);
INSERT INTO "type_trigrams" VALUES(1,'s.',9);
INSERT INTO "type_trigrams" VALUES(1,'s.',10);
INSERT INTO "type_trigrams" VALUES(1,'s.',11);
INSERT INTO "type_trigrams" VALUES(1,'s.',12);
INSERT INTO "type_trigrams" VALUES(1,'s.',13);
INSERT INTO "type_trigrams" VALUES(1,'s.',14);
INSERT INTO "type_trigrams" VALUES(1,'wor',1);
INSERT INTO "type_trigrams" VALUES(1,'wor',2);
INSERT INTO "type_trigrams" VALUES(1,'wor',3);
INSERT INTO "type_trigrams" VALUES(1,'wor',4);
INSERT INTO "type_trigrams" VALUES(1,'wor',5);
INSERT INTO "type_trigrams" VALUES(1,'wor',6);
INSERT INTO "type_trigrams" VALUES(1,'wor',7);
INSERT INTO "type_trigrams" VALUES(1,'wor',8);
INSERT INTO "type_trigrams" VALUES(1,'wor',9);
INSERT INTO "type_trigrams" VALUES(1,'wor',10);
INSERT INTO "type_trigrams" VALUES(1,'wor',11);
INSERT INTO "type_trigrams" VALUES(1,'wor',12);
INSERT INTO "type_trigrams" VALUES(1,'wor',13);
INSERT INTO "type_trigrams" VALUES(1,'wor',14);
CREATE TABLE used_tokens (
        account INTEGER NOT NULL,
        operation TEXT NOT NULL,
        token TEXT NOT NULL,
        made_id TEXT NOT NULL,
        used_at REAL NOT NULL,
        PRIMARY KEY (account, operation, token)
    ) WITHOUT ROWID;
INSERT INTO "used_tokens" VALUES(2,'CreateHIT','token','LOCALWM525YUC4KHZG4EPIYIU3SJZV',1790000000.0);
CREATE TABLE worker_counts (
        worker_id TEXT PRIMARY KEY,
        accepted INTEGER NOT NULL,
        submitted INTEGER NOT NULL,
        abandoned INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        approved INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        reward_cents INTEGER NOT NULL DEFAULT 0,
        bonus_cents INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
INSERT INTO "worker_counts" VALUES('A00EXAMPLE',16,15,0,1,2,1,20,5);
INSERT INTO "worker_counts" VALUES('A01EXAMPLE',3,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('A02EXAMPLE',2,2,0,0,1,0,10,5);
INSERT INTO "worker_counts" VALUES('A03EXAMPLE',2,2,0,0,1,0,10,15);
INSERT INTO "worker_counts" VALUES('A04EXAMPLE',1,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('A05EXAMPLE',1,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('A06EXAMPLE',1,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('A07EXAMPLE',1,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('A08EXAMPLE',1,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('A09EXAMPLE',1,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('AERASEDK1KSGMAJA0TG',1,1,0,0,0,0,0,5);
INSERT INTO "worker_counts" VALUES('AERASEDMT7JESIDFBHL',1,1,0,0,0,0,0,5);
CREATE TABLE workers (worker_id TEXT PRIMARY KEY, country TEXT, subdivision TEXT, masters INTEGER NOT NULL DEFAULT 0, adult INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0, submitted INTEGER NOT NULL DEFAULT 0, abandoned INTEGER NOT NULL DEFAULT 0, returned INTEGER NOT NULL DEFAULT 0, approved INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "workers" VALUES('A00EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A01EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A02EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A03EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A04EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A05EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A06EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A07EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A08EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A09EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A13EXAMPLE','US','CA',0,1,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A99EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
CREATE INDEX assignments_under_way ON assignments (deadline) WHERE status = 'Accepted';
CREATE INDEX assignments_to_review ON assignments (auto_approval_time) WHERE status = 'Submitted';
CREATE INDEX requests_of_worker ON qualification_requests (worker_id, qualification_type_id);
CREATE INDEX grants_of_worker ON grants (worker_id);
CREATE INDEX review_reports_of_hit ON review_reports (hit_id, sequence);
CREATE INDEX payments_of_assignment ON payments (assignment_id, kind);
CREATE INDEX events_to_post ON events (next_attempt) WHERE next_attempt IS NOT NULL;
CREATE INDEX requirements_of_hit_type ON hit_type_requirements (hit_type_id, qualification_type_id);
CREATE INDEX hit_types_by_group ON hit_types (group_id);
CREATE INDEX hit_types_open ON hit_types (newest_open, sequence) WHERE open_hits > 0;
CREATE INDEX assignments_of_hit ON assignments (hit_id, status, submit_time, sequence);
CREATE INDEX assignments_of_worker ON assignments (worker_id, sequence);
CREATE INDEX assignments_accepted ON assignments (worker_id, deadline) WHERE status = 'Accepted';
CREATE INDEX assignments_given_back ON assignments (worker_id, hit_id) WHERE status IN ('Returned', 'Abandoned');
CREATE UNIQUE INDEX assignments_once ON assignments (worker_id, hit_id) WHERE status NOT IN ('Returned', 'Abandoned');
CREATE INDEX grants_of_type ON grants (qualification_type_id, status, sequence);
CREATE INDEX pending_requests_of_type ON qualification_requests (qualification_type_id, sequence)
        WHERE status = 'Pending';
CREATE INDEX qualification_types_by_sort_name ON qualification_types (sort_name, sequence);
CREATE INDEX pending_requests_of_worker ON qualification_requests (worker_id, qualification_type_id)
        WHERE status = 'Pending';
CREATE INDEX notifications_of_worker ON notifications (worker_id, sequence);
CREATE INDEX bonuses_of_hit ON payments (hit_id, sequence) WHERE kind = 'Bonus';
CREATE INDEX blocks_listed ON blocks (account, sequence);
CREATE INDEX blocks_of_worker ON blocks (worker_id);
CREATE INDEX used_tokens_by_age ON used_tokens (used_at);
CREATE INDEX hits_listed ON hits (account, deleted, sequence);
CREATE INDEX hits_to_review ON hits (account, reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND deleted = 0;
CREATE INDEX qualification_types_by_name ON qualification_types (account, name);
CREATE INDEX qualification_types_of_account ON qualification_types (account, sequence);
CREATE INDEX pending_requests ON qualification_requests (account, sequence) WHERE status = 'Pending';
CREATE INDEX hit_types_by_identity ON hit_types (account, identity);
CREATE INDEX payments_of_account ON payments (account, sequence);
CREATE INDEX assignments_reviewed ON assignments (account, worker_id)
        WHERE status IN ('Approved', 'Rejected');
CREATE INDEX hits_of_type ON hits (hit_type_id) WHERE deleted = 0;
CREATE INDEX hits_to_expire ON hits (expiration) WHERE expired = 0 AND deleted = 0;
CREATE INDEX hits_open ON hits (hit_type_id, sequence)
        WHERE expired = 0 AND deleted = 0 AND pending + submitted + completed < max_assignments;
CREATE INDEX hits_of_type_to_review ON hits (hit_type_id, reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND deleted = 0;
CREATE INDEX hits_to_remove ON hits (reviewable_since)
        WHERE reviewable_since IS NOT NULL AND deleted = 0 AND submitted = 0;
CREATE INDEX access_keys_of_account ON access_keys (account, created);
CREATE INDEX consents_of_worker ON consents (worker_id);
CREATE INDEX invitations_of_worker ON invitations (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX sessions_of_worker ON sessions (worker_id, sequence);
CREATE INDEX sessions_by_age ON sessions (last_used);
CREATE INDEX payments_of_worker ON payments (worker_id);
CREATE INDEX payments_owed ON payments (account, worker_id, sequence) WHERE payout IS NULL;
CREATE INDEX passkeys_of_worker ON passkeys (worker_id, created);
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (latest);
CREATE INDEX audit_refusals ON audit (actor, time) WHERE action = 'sign-in refused';
COMMIT;

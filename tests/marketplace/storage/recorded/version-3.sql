BEGIN TRANSACTION;
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
    );
INSERT INTO "assignments" VALUES(1,'LOCALJSLBGF7Y6G2ETWM5TU5D9WO2J','LOCAL8E4903G9R86F27CM1F6J3FS7H','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(2,'LOCALAAMDMIVVHWRE7IFDW52OJAXUM','LOCAL8E4903G9R86F27CM1F6J3FS7H','A01EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(3,'LOCAL62ZA40Q0QIDIBM0Z4ZJTP2SJX','LOCAL8E4903G9R86F27CM1F6J3FS7H','A02EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(4,'LOCALLHWC6FAD7MFBBYWZ0CVN336C5','LOCAL8E4903G9R86F27CM1F6J3FS7H','A03EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(5,'LOCALS4WBOP1MZTH5D3GAH19ARR2GR','LOCAL8E4903G9R86F27CM1F6J3FS7H','A04EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(6,'LOCALSN5IQT11XMLF4X0GP1UEQ5IGK','LOCAL8E4903G9R86F27CM1F6J3FS7H','A05EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(7,'LOCALBO2YSWQFVO06PU0PIZ51Z4YXQ','LOCAL8E4903G9R86F27CM1F6J3FS7H','A06EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(8,'LOCALSDUTZSX3SO8HYO1E9MCJOAPPZ','LOCAL8E4903G9R86F27CM1F6J3FS7H','A07EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(9,'LOCALE4M4JNJPGAZKIKRPWXN74C362','LOCAL8E4903G9R86F27CM1F6J3FS7H','A08EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(10,'LOCALYT0P5TJIFRCQFRRT5A4QUX4NP','LOCAL8E4903G9R86F27CM1F6J3FS7H','A09EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(11,'LOCALT3K3OSJS9X2LLKVW2B05TBKAG','LOCAL8E4903G9R86F27CM1F6J3FS7H','A10EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(12,'LOCALJKPLPX7BUBE3U7QANV79RODXH','LOCAL8E4903G9R86F27CM1F6J3FS7H','A11EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(13,'LOCAL82UKC9Z3LV93VLP5NYV63KAJP','LOCAL8ZAAX3CL0F4RCNUPYF2NXWPN2','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(14,'LOCALJ12QD31IU65SRVGGGZNUOSFB9','LOCALV35B335UJ43Y6MDT2H17IVYQH','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(15,'LOCALDBU5Q86CVOE8JUX8YOQF89HBJ','LOCALNDW2FVMSAB95RUJ2P8138JBHG','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(16,'LOCALYAZHB7H755FQD74WQM3RWFHCZ','LOCALM664B2ZX9CF17YKV1DLJERGIF','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(17,'LOCAL97DK6C0K9A3MFA3SGP6HUEG1Z','LOCALTF5JOFJ4MGRL6E9C6YHRKJHN9','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(18,'LOCAL5JG3NFNVASQSEZ35LZN1C58RS','LOCALHCDVRJHWZ3UHC0OZB3M45RA6R','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(19,'LOCALKEOEV4FU0F37NP4SO71MIMP92','LOCALTTA8IGDJ3BDZHAVUSZD5ZBERS','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(20,'LOCALXJYJT7WJSP8KKXEV8SJQTFEEK','LOCAL634BS87IPWNTCPSAF817W355B','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(21,'LOCALURK9K1FC5PCNP0DI80FMMYW43','LOCALOKIDT4VUXHZQTWQLIHSNVAM5I','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(22,'LOCALOTNL24RPGKFUUD7L448HP6ABU','LOCALS001R2Z6E5A1VR8UP25VNQQ0K','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(23,'LOCAL9MT3GL93SD6Y395PFKSSGGWVM','LOCALR71T9SSYOMVM8YSDNOUU58RPW','A00EXAMPLE','Rejected',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,1790000000.0,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>','No.');
INSERT INTO "assignments" VALUES(24,'LOCALDGS3W3CA1LZMGJD6UMQNB6U8P','LOCAL9WBO2LYAK4VYHRTJXT9UOEF1D','A00EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(25,'LOCAL60DZO03KD8P7Y03WQBZPS7E1B','LOCALKNBLWG4UZJPYMA41KB4VBIE2H','A00EXAMPLE','Returned',1790000000.0,1790000600.0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "assignments" VALUES(26,'LOCALZ3JT8WTICMOHLEZYIISQ7MK5F','LOCALKNBLWG4UZJPYMA41KB4VBIE2H','A01EXAMPLE','Accepted',1790000000.0,1790000600.0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "assignments" VALUES(27,'LOCALUM3T1GXVQ13EKMHCKHZQELQNG','LOCALKNBLWG4UZJPYMA41KB4VBIE2H','A02EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(28,'LOCALCA91DZ9UDRPGTA7XW7XJIEA14','LOCALKNBLWG4UZJPYMA41KB4VBIE2H','A03EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,1790000000.0,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(29,'LOCAL8RXKM5BGYQDXNUOTUOEG6TE5J','LOCALPX36FKPUMHDLQ86598W3CYVKU','A00EXAMPLE','Submitted',1790000000.0,1790000600.0,1790000000.0,1792592000.0,NULL,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
INSERT INTO "assignments" VALUES(30,'LOCALKYNF5TY38AMFS52BG3YORF4O5','LOCAL3EN08ZBVDT2E7YJGQ4UEAD2GT','A00EXAMPLE','Approved',1790000000.0,1790000600.0,1790000000.0,1792592000.0,1790000000.0,NULL,'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q1</QuestionIdentifier><FreeText>a</FreeText></Answer></QuestionFormAnswers>',NULL);
CREATE TABLE blocks (
        sequence INTEGER PRIMARY KEY,
        worker_id TEXT NOT NULL UNIQUE,
        reason TEXT NOT NULL
    );
INSERT INTO "blocks" VALUES(2,'A01BLOCKED','');
INSERT INTO "blocks" VALUES(3,'A02BLOCKED','');
INSERT INTO "blocks" VALUES(4,'A03BLOCKED','');
INSERT INTO "blocks" VALUES(5,'A04BLOCKED','');
INSERT INTO "blocks" VALUES(6,'A05BLOCKED','');
INSERT INTO "blocks" VALUES(7,'A06BLOCKED','');
INSERT INTO "blocks" VALUES(8,'A07BLOCKED','');
INSERT INTO "blocks" VALUES(9,'A08BLOCKED','');
INSERT INTO "blocks" VALUES(10,'A09BLOCKED','');
INSERT INTO "blocks" VALUES(11,'A10BLOCKED','');
INSERT INTO "blocks" VALUES(12,'A11BLOCKED','');
CREATE TABLE calls (
        sequence INTEGER PRIMARY KEY,
        operation TEXT NOT NULL,
        status INTEGER NOT NULL,
        parameters TEXT,
        time REAL NOT NULL
    , error TEXT NOT NULL DEFAULT '', fault TEXT NOT NULL DEFAULT '', executed INTEGER NOT NULL DEFAULT 0);
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
    );
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
INSERT INTO "grants" VALUES(1,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A00EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(2,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A01EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(3,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A02EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(4,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A03EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(5,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A04EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(6,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A05EXAMPLE',5,'Revoked',1790000000.0);
INSERT INTO "grants" VALUES(7,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A06EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(8,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A07EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(9,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A08EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(10,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A09EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(11,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A10EXAMPLE',5,'Granted',1790000000.0);
INSERT INTO "grants" VALUES(12,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A11EXAMPLE',5,'Granted',1790000000.0);
CREATE TABLE hit_type_requirements (
        hit_type_id TEXT NOT NULL REFERENCES hit_types (id),
        qualification_type_id TEXT NOT NULL,
        PRIMARY KEY (qualification_type_id, hit_type_id)
    ) WITHOUT ROWID;
INSERT INTO "hit_type_requirements" VALUES('LOCALWIB74L63KV8R8IOZHL5R2IGMG','2F1QJWKUDD8XADTFD2Q0G6UTO95ALH');
INSERT INTO "hit_type_requirements" VALUES('LOCALDTJRTIUESVCOCP5TZ1E9ZD3OG','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF');
INSERT INTO "hit_type_requirements" VALUES('LOCALGFH6RH69QFGDMDIJU50OOSNMC','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF');
INSERT INTO "hit_type_requirements" VALUES('LOCALVCLH6VBGMQUNMAUMAQ9BFYJJS','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF');
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
    );
INSERT INTO "hit_types" VALUES(1,'LOCALGFH6RH69QFGDMDIJU50OOSNMC','LOCALJ8ESW5HJIOQ845ABZ6RVAO734','Transcribe a receipt','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "LOCALLFXCTNCSBPCDP3EIW8UO9B4KF", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','a5942f0c8cc443eaf4085c97f6b931c251c5e3b6a81cab507180aae85a4c9bd6',0,1790000000.0);
INSERT INTO "hit_types" VALUES(2,'LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','LOCALPAWRI12QGRDEPDPSBWC01SBSN','Transcribe a receipt','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','20816a51a6e765adb03e234cf9cb68a9b39238234d75982019fb4cbec00d9b29',0,1790000000.0);
INSERT INTO "hit_types" VALUES(3,'LOCALWIB74L63KV8R8IOZHL5R2IGMG','LOCAL8KUETNOCE3MIGKIBXMFZDJ4EP','For Masters','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','f030a9b1cc43936e998f36a91c565517aa30c96fbb18cc7982a61e5680491482',0,1790000000.0);
INSERT INTO "hit_types" VALUES(4,'LOCALJ1NXULODG4LXDUNSKCLIEZKO6','LOCAL155EJBYXMOXZI4MWGE60ZBBFH','Shared','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','15ef9c9f7876f5023aedb5851a8ee2fbf4fdf4e7352af161005db0b9143bbd5a',0,1790000000.0);
INSERT INTO "hit_types" VALUES(5,'LOCALKGW47G230LG3LNTN3IBUW3Z68','LOCALRRFKUCYFP8DBPG0A442PKXSPM','Expired','Type what the receipt says.',NULL,'0.10',2592000,600,'[]','52ca9b9eada5324fc01a5361fe23d03962a264ff7463c48807067da7a614051f',0,1790000000.0);
INSERT INTO "hit_types" VALUES(6,'LOCALDTJRTIUESVCOCP5TZ1E9ZD3OG','LOCAL8U1E1CINAVHKZP5W5U75G0M1Y','Deleted','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "LOCALLFXCTNCSBPCDP3EIW8UO9B4KF", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','5da4b7ed111942f57515a68c9e4f9e475c37e1fcd8dd69c9310ae0d0a31ac273',0,1790000000.0);
INSERT INTO "hit_types" VALUES(7,'LOCALVCLH6VBGMQUNMAUMAQ9BFYJJS','LOCALJUT89BU151WWNK257YK10SWMT','Moved','Type what the receipt says.',NULL,'0.10',2592000,600,'[{"QualificationTypeId": "LOCALLFXCTNCSBPCDP3EIW8UO9B4KF", "Comparator": "Exists", "RequiredToPreview": false, "ActionsGuarded": "Accept"}]','c92fef55711bd00d5dbf572022ff104ab3d8bc7b18a6381f481f0f55ccaafe75',0,1790000000.0);
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
    , layout_id TEXT, assignment_review_policy TEXT, hit_review_policy TEXT, reviewing INTEGER NOT NULL DEFAULT 0, expired INTEGER NOT NULL DEFAULT 0, reviewable_since REAL);
INSERT INTO "hits" VALUES(1,'LOCAL9IDFSY7ZX1QTB2I7XKEJWZECS','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(2,'LOCALUNIVAKQ8X5RII8ZLARYPJY7IB','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(3,'LOCALMPYH20SH8L3IH1K8RGIPX8FOH','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(4,'LOCAL9FBCO65097LG70BXNNLGAKM8E','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(5,'LOCAL8HM33PBRN7GN6BO31BBC7J06M','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(6,'LOCALJ8WJZLJA16W7AIR88NJPR7G20','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(7,'LOCAL31VLLN2CH1ICBTL959JDDRZQI','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(8,'LOCALPWY04XE4KUN0HIIF5ULO9SI3X','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(9,'LOCAL9DR346BKEG9U7N5QJ18DVWHNF','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(10,'LOCALHJVXHALYGLH2TCDOTXDFZOKL8','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(11,'LOCALLUMO59NH0HA6P3O5QFATX6DWN','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(12,'LOCALSFKS7DR28HE79RB7N6W3F2HO4','LOCALGFH6RH69QFGDMDIJU50OOSNMC','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(13,'LOCAL8E4903G9R86F27CM1F6J3FS7H','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd"><Question>
<QuestionIdentifier>q1</QuestionIdentifier><QuestionContent><Text>2 + 2?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><Selections>
<Selection><SelectionIdentifier>a</SelectionIdentifier><Text>4</Text></Selection>
<Selection><SelectionIdentifier>b</SelectionIdentifier><Text>5</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question></QuestionForm>',24,NULL,1790000000.0,1790086400.0,0,NULL,'{"PolicyName": "ScoreMyKnownAnswers/2011-09-01", "Parameters": [{"Key": "AnswerKey", "MapEntries": [{"Key": "q1", "Values": ["a"]}]}, {"Key": "RejectIfKnownAnswerScoreIsLessThan", "Values": ["1"]}]}','{"PolicyName": "SimplePlurality/2011-09-01", "Parameters": [{"Key": "QuestionIds", "Values": ["q1"]}, {"Key": "QuestionAgreementThreshold", "Values": ["50"]}]}',0,0,NULL);
INSERT INTO "hits" VALUES(14,'LOCAL8ZAAX3CL0F4RCNUPYF2NXWPN2','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(15,'LOCALV35B335UJ43Y6MDT2H17IVYQH','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(16,'LOCALNDW2FVMSAB95RUJ2P8138JBHG','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(17,'LOCALM664B2ZX9CF17YKV1DLJERGIF','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(18,'LOCALTF5JOFJ4MGRL6E9C6YHRKJHN9','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(19,'LOCALHCDVRJHWZ3UHC0OZB3M45RA6R','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(20,'LOCALTTA8IGDJ3BDZHAVUSZD5ZBERS','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(21,'LOCAL634BS87IPWNTCPSAF817W355B','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(22,'LOCALOKIDT4VUXHZQTWQLIHSNVAM5I','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(23,'LOCALS001R2Z6E5A1VR8UP25VNQQ0K','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(24,'LOCALR71T9SSYOMVM8YSDNOUU58RPW','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(25,'LOCAL9WBO2LYAK4VYHRTJXT9UOEF1D','LOCAL3GHOSNEI06BU1B4EVTWLPUPXQ','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(26,'LOCAL42FM0N8H8SIQEZJ6VNIVH5EST','LOCALWIB74L63KV8R8IOZHL5R2IGMG','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',12,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(27,'LOCALKNBLWG4UZJPYMA41KB4VBIE2H','LOCALJ1NXULODG4LXDUNSKCLIEZKO6','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',5,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
INSERT INTO "hits" VALUES(28,'LOCALPX36FKPUMHDLQ86598W3CYVKU','LOCALKGW47G230LG3LNTN3IBUW3Z68','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',3,NULL,1790000000.0,0.0,0,NULL,NULL,NULL,1,1,1790000000.0);
INSERT INTO "hits" VALUES(29,'LOCAL3EN08ZBVDT2E7YJGQ4UEAD2GT','LOCALDTJRTIUESVCOCP5TZ1E9ZD3OG','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,1,NULL,NULL,NULL,0,0,1790000000.0);
INSERT INTO "hits" VALUES(30,'LOCALOCML9RNIIMEA5QQUKGCKL0T7M','LOCALJ1NXULODG4LXDUNSKCLIEZKO6','<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',1,NULL,1790000000.0,1790086400.0,0,NULL,NULL,NULL,0,0,NULL);
CREATE TABLE layouts (id TEXT PRIMARY KEY, html TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('clock_offset','0');
INSERT INTO "meta" VALUES('id','814147abaad244c19ab1da92add5188f');
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
    , subject TEXT);
INSERT INTO "notifications" VALUES(1,'Grant','A00EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(2,'Block','A00BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(3,'Grant','A01EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(4,'Block','A01BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(5,'Grant','A02EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(6,'Block','A02BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(7,'Grant','A03EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(8,'Block','A03BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(9,'Grant','A04EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(10,'Block','A04BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(11,'Grant','A05EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(12,'Block','A05BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(13,'Grant','A06EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(14,'Block','A06BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(15,'Grant','A07EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(16,'Block','A07BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(17,'Grant','A08EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(18,'Block','A08BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(19,'Grant','A09EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(20,'Block','A09BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(21,'Grant','A10EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(22,'Block','A10BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(23,'Grant','A11EXAMPLE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF',NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(24,'Block','A11BLOCKED',NULL,NULL,1790000000.0,NULL);
INSERT INTO "notifications" VALUES(25,'Bonus','A00EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(26,'Bonus','A01EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(27,'Bonus','A02EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(28,'Bonus','A03EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(29,'Bonus','A04EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(30,'Bonus','A05EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(31,'Bonus','A06EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(32,'Bonus','A07EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(33,'Bonus','A08EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(34,'Bonus','A09EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(35,'Bonus','A10EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(36,'Bonus','A11EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(37,'Bonus','A03EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
INSERT INTO "notifications" VALUES(38,'Bonus','A03EXAMPLE',NULL,'Thanks.',1790000000.0,NULL);
CREATE TABLE payments (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        assignment_id TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        amount_cents INTEGER NOT NULL,
        fee_cents INTEGER NOT NULL,
        reason TEXT,
        time REAL NOT NULL
    );
INSERT INTO "payments" VALUES(1,'Bonus','LOCALJSLBGF7Y6G2ETWM5TU5D9WO2J','A00EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(2,'Bonus','LOCALAAMDMIVVHWRE7IFDW52OJAXUM','A01EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(3,'Bonus','LOCAL62ZA40Q0QIDIBM0Z4ZJTP2SJX','A02EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(4,'Bonus','LOCALLHWC6FAD7MFBBYWZ0CVN336C5','A03EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(5,'Bonus','LOCALS4WBOP1MZTH5D3GAH19ARR2GR','A04EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(6,'Bonus','LOCALSN5IQT11XMLF4X0GP1UEQ5IGK','A05EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(7,'Bonus','LOCALBO2YSWQFVO06PU0PIZ51Z4YXQ','A06EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(8,'Bonus','LOCALSDUTZSX3SO8HYO1E9MCJOAPPZ','A07EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(9,'Bonus','LOCALE4M4JNJPGAZKIKRPWXN74C362','A08EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(10,'Bonus','LOCALYT0P5TJIFRCQFRRT5A4QUX4NP','A09EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(11,'Bonus','LOCALT3K3OSJS9X2LLKVW2B05TBKAG','A10EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(12,'Bonus','LOCALJKPLPX7BUBE3U7QANV79RODXH','A11EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(13,'Reward','LOCALDGS3W3CA1LZMGJD6UMQNB6U8P','A00EXAMPLE',10,2,NULL,1790000000.0);
INSERT INTO "payments" VALUES(14,'Reward','LOCALCA91DZ9UDRPGTA7XW7XJIEA14','A03EXAMPLE',10,2,NULL,1790000000.0);
INSERT INTO "payments" VALUES(15,'Bonus','LOCALCA91DZ9UDRPGTA7XW7XJIEA14','A03EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(16,'Bonus','LOCALCA91DZ9UDRPGTA7XW7XJIEA14','A03EXAMPLE',5,1,'Thanks.',1790000000.0);
INSERT INTO "payments" VALUES(17,'Reward','LOCALUM3T1GXVQ13EKMHCKHZQELQNG','A02EXAMPLE',10,2,NULL,1790000000.0);
INSERT INTO "payments" VALUES(18,'Reward','LOCALKYNF5TY38AMFS52BG3YORF4O5','A00EXAMPLE',10,2,NULL,1790000000.0);
CREATE TABLE qualification_requests (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        qualification_type_id TEXT NOT NULL REFERENCES qualification_types (id),
        worker_id TEXT NOT NULL,
        test TEXT,
        answer TEXT,
        status TEXT NOT NULL,
        submit_time REAL NOT NULL
    );
INSERT INTO "qualification_requests" VALUES(1,'LOCALFZXF58H8OR93FPSMHLZATPALW','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A00EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(2,'LOCALSC928DJB2JEP63JF7UZDCYPC7','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A01EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(3,'LOCALW2D4C5QMT7JESIDFBHLK1KSGM','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A02EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(4,'LOCALAJA0TGR7D3PR4OSY9M3ZWOMBE','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A03EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(5,'LOCALC0JFD45YKIKQFQJ89TI8LMANR','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A04EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(6,'LOCALSHSAJDOBAKIVT1XZ5OL9F0XB4','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A05EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(7,'LOCAL6W03FSS423V6YYIBEMD4UWWYR','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A06EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(8,'LOCALA20STXC0JCJ0H09RNRY1WXCFJ','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A07EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(9,'LOCAL0KUACJYYYKSQQE6H97AQ38QJH','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A08EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(10,'LOCAL8HUFS8E3S5ZI6RAARQKFML4A1','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A09EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(11,'LOCAL4E7Z6KNO9VMPJBD4K7IJSGN85','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A10EXAMPLE',NULL,NULL,'Pending',1790000000.0);
INSERT INTO "qualification_requests" VALUES(12,'LOCAL3W67TZB0Q1XKB7EQMK09JXKUO','LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','A11EXAMPLE',NULL,NULL,'Pending',1790000000.0);
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
    );
INSERT INTO "qualification_types" VALUES(1,'LOCALLFXCTNCSBPCDP3EIW8UO9B4KF','Type 0','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(2,'LOCALEL3GUXNTCCHYPLVQK2ZIUS50K','Type 1','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(3,'LOCAL9EP1FRBY1U5LZVUQ48RXCZX93','Type 2','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(4,'LOCALKNYAQGEC1EIO5CQT535KOM58F','Type 3','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(5,'LOCALGIIRVJAPNU8YSWYB6252OODWC','Type 4','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(6,'LOCALCHFMBAFDNA5WFJMNE49QRDDMJ','Type 5','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(7,'LOCAL3FA8TFTAT95ZJNG1T2LI39433','Type 6','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(8,'LOCAL0ISMBBKJY8Q798NHIHHW64RX2','Type 7','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(9,'LOCALDX621RG2L28OO80GEF63F39XM','Type 8','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(10,'LOCALTEA8XS7P53HJKIVJPE6MQV6P7','Type 9','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(11,'LOCALSTSAPGA2GR0ULST2DUIJ1SU16','Type 10','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
INSERT INTO "qualification_types" VALUES(12,'LOCALPWSSYQTR7Z57JU74EEPCICY26','Type 11','Words.',NULL,'Active',NULL,NULL,NULL,NULL,0,NULL,1790000000.0,1790000000.0,NULL);
CREATE TABLE review_reports (
        sequence INTEGER PRIMARY KEY,
        hit_id TEXT NOT NULL REFERENCES hits (id),
        level TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL
    );
INSERT INTO "review_reports" VALUES(1,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL9UM1PG0B3JX9VXLABFWPS6EIX", "SubjectId": "LOCALJSLBGF7Y6G2ETWM5TU5D9WO2J", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(2,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL9UM1PG0B3JX9VXLABFWPS6EIX", "SubjectId": "LOCALJSLBGF7Y6G2ETWM5TU5D9WO2J", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(3,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCAL9UM1PG0B3JX9VXLABFWPS6EIX", "ActionName": "review", "TargetId": "LOCALJSLBGF7Y6G2ETWM5TU5D9WO2J", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(4,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALXP70I6BTOIC2AT7FHVSX3GLKB", "SubjectId": "LOCALAAMDMIVVHWRE7IFDW52OJAXUM", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(5,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALXP70I6BTOIC2AT7FHVSX3GLKB", "SubjectId": "LOCALAAMDMIVVHWRE7IFDW52OJAXUM", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(6,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCALXP70I6BTOIC2AT7FHVSX3GLKB", "ActionName": "review", "TargetId": "LOCALAAMDMIVVHWRE7IFDW52OJAXUM", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(7,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL8H5AJI080L5LI6WYX9Q4Z4P0U", "SubjectId": "LOCAL62ZA40Q0QIDIBM0Z4ZJTP2SJX", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(8,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL8H5AJI080L5LI6WYX9Q4Z4P0U", "SubjectId": "LOCAL62ZA40Q0QIDIBM0Z4ZJTP2SJX", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(9,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCAL8H5AJI080L5LI6WYX9Q4Z4P0U", "ActionName": "review", "TargetId": "LOCAL62ZA40Q0QIDIBM0Z4ZJTP2SJX", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(10,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL67DHEB43W3WKDD1HLPAJKZNL8", "SubjectId": "LOCALLHWC6FAD7MFBBYWZ0CVN336C5", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(11,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL67DHEB43W3WKDD1HLPAJKZNL8", "SubjectId": "LOCALLHWC6FAD7MFBBYWZ0CVN336C5", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(12,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCAL67DHEB43W3WKDD1HLPAJKZNL8", "ActionName": "review", "TargetId": "LOCALLHWC6FAD7MFBBYWZ0CVN336C5", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(13,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALM3J7KHZRDWC2Z2WMOO6D5AHJ6", "SubjectId": "LOCALS4WBOP1MZTH5D3GAH19ARR2GR", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(14,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALM3J7KHZRDWC2Z2WMOO6D5AHJ6", "SubjectId": "LOCALS4WBOP1MZTH5D3GAH19ARR2GR", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(15,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCALM3J7KHZRDWC2Z2WMOO6D5AHJ6", "ActionName": "review", "TargetId": "LOCALS4WBOP1MZTH5D3GAH19ARR2GR", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(16,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALZ4FFILSFLG90D8DN920PHWDHN", "SubjectId": "LOCALSN5IQT11XMLF4X0GP1UEQ5IGK", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(17,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALZ4FFILSFLG90D8DN920PHWDHN", "SubjectId": "LOCALSN5IQT11XMLF4X0GP1UEQ5IGK", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(18,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCALZ4FFILSFLG90D8DN920PHWDHN", "ActionName": "review", "TargetId": "LOCALSN5IQT11XMLF4X0GP1UEQ5IGK", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(19,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALLWDP2ZWJPQWOY7GX2NR9BTF27", "SubjectId": "LOCALBO2YSWQFVO06PU0PIZ51Z4YXQ", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(20,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALLWDP2ZWJPQWOY7GX2NR9BTF27", "SubjectId": "LOCALBO2YSWQFVO06PU0PIZ51Z4YXQ", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(21,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCALLWDP2ZWJPQWOY7GX2NR9BTF27", "ActionName": "review", "TargetId": "LOCALBO2YSWQFVO06PU0PIZ51Z4YXQ", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(22,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALMJI07SH2OHE13WQUI8MW33QKT", "SubjectId": "LOCALSDUTZSX3SO8HYO1E9MCJOAPPZ", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(23,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALMJI07SH2OHE13WQUI8MW33QKT", "SubjectId": "LOCALSDUTZSX3SO8HYO1E9MCJOAPPZ", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(24,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCALMJI07SH2OHE13WQUI8MW33QKT", "ActionName": "review", "TargetId": "LOCALSDUTZSX3SO8HYO1E9MCJOAPPZ", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(25,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALF3WAA8XJDFI1MF62G6V2Y624H", "SubjectId": "LOCALE4M4JNJPGAZKIKRPWXN74C362", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(26,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALF3WAA8XJDFI1MF62G6V2Y624H", "SubjectId": "LOCALE4M4JNJPGAZKIKRPWXN74C362", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(27,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCALF3WAA8XJDFI1MF62G6V2Y624H", "ActionName": "review", "TargetId": "LOCALE4M4JNJPGAZKIKRPWXN74C362", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(28,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL8CWWBVY7L9SR6BZWM5NRS1HPP", "SubjectId": "LOCALYT0P5TJIFRCQFRRT5A4QUX4NP", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(29,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL8CWWBVY7L9SR6BZWM5NRS1HPP", "SubjectId": "LOCALYT0P5TJIFRCQFRRT5A4QUX4NP", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(30,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCAL8CWWBVY7L9SR6BZWM5NRS1HPP", "ActionName": "review", "TargetId": "LOCALYT0P5TJIFRCQFRRT5A4QUX4NP", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(31,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL7VX26WWWZVYHYQ1DGB16XN32U", "SubjectId": "LOCALT3K3OSJS9X2LLKVW2B05TBKAG", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(32,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCAL7VX26WWWZVYHYQ1DGB16XN32U", "SubjectId": "LOCALT3K3OSJS9X2LLKVW2B05TBKAG", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(33,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCAL7VX26WWWZVYHYQ1DGB16XN32U", "ActionName": "review", "TargetId": "LOCALT3K3OSJS9X2LLKVW2B05TBKAG", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
INSERT INTO "review_reports" VALUES(34,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALFAAYE8D5EAZI0GB1Z40DWZQ7J", "SubjectId": "LOCALJKPLPX7BUBE3U7QANV79RODXH", "SubjectType": "Assignment", "QuestionId": "q1", "Key": "KnownAnswerCorrect", "Value": "1"}');
INSERT INTO "review_reports" VALUES(35,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Result','{"ActionId": "LOCALFAAYE8D5EAZI0GB1Z40DWZQ7J", "SubjectId": "LOCALJKPLPX7BUBE3U7QANV79RODXH", "SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}');
INSERT INTO "review_reports" VALUES(36,'LOCAL8E4903G9R86F27CM1F6J3FS7H','Assignment','Action','{"ActionId": "LOCALFAAYE8D5EAZI0GB1Z40DWZQ7J", "ActionName": "review", "TargetId": "LOCALJKPLPX7BUBE3U7QANV79RODXH", "TargetType": "Assignment", "Status": "Succeeded", "CompleteTime": 1790000000.0, "Result": "Reviewed known answers; 1/1 correct"}');
CREATE TABLE sittings (
        worker_id TEXT NOT NULL,
        qualification_type_id TEXT NOT NULL,
        started REAL NOT NULL,
        PRIMARY KEY (worker_id, qualification_type_id)
    ) WITHOUT ROWID;
CREATE TABLE used_tokens (
        operation TEXT NOT NULL,
        token TEXT NOT NULL,
        made_id TEXT NOT NULL,
        used_at REAL NOT NULL,
        PRIMARY KEY (operation, token)
    ) WITHOUT ROWID;
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
INSERT INTO "workers" VALUES('A10EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A11EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
INSERT INTO "workers" VALUES('A99EXAMPLE',NULL,NULL,0,0,0,0,0,0,0,0);
CREATE INDEX qualification_types_by_name ON qualification_types (name);
CREATE INDEX grants_of_type ON grants (qualification_type_id, sequence);
CREATE INDEX pending_requests ON qualification_requests (sequence) WHERE status = 'Pending';
CREATE INDEX hit_types_by_identity ON hit_types (identity);
CREATE INDEX hits_of_type ON hits (hit_type_id) WHERE NOT deleted;
CREATE INDEX assignments_of_hit ON assignments (hit_id, status);
CREATE INDEX assignments_of_worker ON assignments (worker_id, status);
CREATE UNIQUE INDEX assignments_once ON assignments (hit_id, worker_id)
        WHERE status NOT IN ('Returned', 'Abandoned');
CREATE INDEX assignments_under_way ON assignments (deadline) WHERE status = 'Accepted';
CREATE INDEX assignments_to_review ON assignments (auto_approval_time) WHERE status = 'Submitted';
CREATE INDEX requests_of_worker ON qualification_requests (worker_id, qualification_type_id);
CREATE INDEX grants_of_worker ON grants (worker_id);
CREATE INDEX hits_to_expire ON hits (expiration) WHERE NOT expired AND NOT deleted;
CREATE INDEX hits_to_review ON hits (reviewable_since) WHERE reviewable_since IS NOT NULL AND NOT deleted;
CREATE INDEX review_reports_of_hit ON review_reports (hit_id, sequence);
CREATE INDEX payments_of_assignment ON payments (assignment_id, kind);
CREATE INDEX events_to_post ON events (next_attempt) WHERE next_attempt IS NOT NULL;
COMMIT;

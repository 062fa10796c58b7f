PRAGMA application_id = 1112689730;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE facet (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
) WITHOUT ROWID;
INSERT INTO "facet" VALUES('all','',2);
INSERT INTO "facet" VALUES('language','',0);
INSERT INTO "facet" VALUES('language','en',1);
INSERT INTO "facet" VALUES('language','ru',1);
INSERT INTO "facet" VALUES('outlet','',0);
INSERT INTO "facet" VALUES('outlet','Sample Wire',1);
INSERT INTO "facet" VALUES('outlet','Вестник',1);
INSERT INTO "facet" VALUES('tag','cable',1);
INSERT INTO "facet" VALUES('tag','strait',1);
CREATE TABLE original (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('plain', 'deflated', 'file')),
    data BLOB
);
INSERT INTO "original" VALUES('2b3b8b99010dd18f2213cd9bd27bdc6e5231328906a158cf6c81ca8239137440',86,1,'plain',X'D09AD0B0D0B1D0B5D0BBD18C20D0BFD0B5D180D0B5D180D0B5D0B7D0B0D0BD20D0BDD0BED187D18CD18E2E0A0AD092D0BBD0B0D181D182D0B820D0BED0B1D0B2D0B8D0BDD0B8D0BBD0B820D181D183D0B4D0BDD0BE2E');
INSERT INTO "original" VALUES('92bb35b114e4a431c2797377f0beff1fb5d21458dd5252d6cf0df8902f49f4d4',30,1,'plain',X'546865207374726169742077617320636C6F736564206174206461776E2E');
CREATE TABLE reading (
    source INTEGER NOT NULL REFERENCES source (num) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    reader TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    text BLOB NOT NULL,
    blocks TEXT NOT NULL,
    pages TEXT NOT NULL,
    warnings TEXT NOT NULL,
    PRIMARY KEY (source, version)
);
INSERT INTO "reading" VALUES(1,1,'pasted/1','2b3b8b99010dd18f2213cd9bd27bdc6e5231328906a158cf6c81ca8239137440',X'785E258BBB0D80300C05FB4CE10932239F8226A2A0648A8088B01425AC70DE08238AD7DCBB63277350A896848762C33F6E3F9AD0E8B658B23586C04625DB68132A74EF4ED40D75ACE27CE6FA82F80206B03A6C','[]','[]','[]');
INSERT INTO "reading" VALUES(2,1,'pasted/1','92bb35b114e4a431c2797377f0beff1fb5d21458dd5252d6cf0df8902f49f4d4',X'785E0BC94855282E294ACC2C51284F2C5648CEC92F4E4D51482C5148492CCFD30300A9DD0ACB','[]','[]','[]');
CREATE TABLE removed (change INTEGER PRIMARY KEY, num INTEGER NOT NULL);
INSERT INTO "removed" VALUES(6,3);
CREATE TABLE source (
    num INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    change INTEGER NOT NULL,
    added TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    outlet TEXT NOT NULL,
    published TEXT NOT NULL,
    accessed TEXT NOT NULL,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    member TEXT,
    path TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    reader TEXT NOT NULL,
    version INTEGER NOT NULL,
    pages INTEGER,
    no_text INTEGER NOT NULL,
    reliability TEXT NOT NULL,
    descriptor TEXT NOT NULL,
    title_key TEXT NOT NULL,
    as_read TEXT NOT NULL,
    corrected TEXT NOT NULL
);
INSERT INTO "source" VALUES(1,'570df5b3d7ab',4,'2026-11-25T12:12:47+00:00','Кабель','[]','Вестник','2026-11-03','','ru','','text','',NULL,'','text/plain','2b3b8b99010dd18f2213cd9bd27bdc6e5231328906a158cf6c81ca8239137440','2b3b8b99010dd18f2213cd9bd27bdc6e5231328906a158cf6c81ca8239137440','pasted/1',1,NULL,0,'','','кабель','{"title": "Кабель", "authors": [], "outlet": "Вестник", "published": "2026-11-03", "language": "ru", "url": "", "accessed": ""}','{}');
INSERT INTO "source" VALUES(2,'bdf1532874eb',3,'2026-11-25T12:12:47+00:00','The strait is closed','[]','Sample Wire','','','en','https://example.org/a','text','',NULL,'','text/plain','92bb35b114e4a431c2797377f0beff1fb5d21458dd5252d6cf0df8902f49f4d4','92bb35b114e4a431c2797377f0beff1fb5d21458dd5252d6cf0df8902f49f4d4','pasted/1',1,NULL,0,'B','','the strait is closed','{"title": "Strait closed", "authors": [], "outlet": "Sample Wire", "published": "", "language": "en", "url": "https://example.org/a", "accessed": ""}','{"reliability": "B", "title": "The strait is closed"}');
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "state" VALUES('change','6');
INSERT INTO "state" VALUES('index_generation','3-3ada24ef9fa9');
INSERT INTO "state" VALUES('indexed','6');
CREATE TABLE tag (
    source INTEGER NOT NULL REFERENCES source (num) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (source, tag)
) WITHOUT ROWID;
INSERT INTO "tag" VALUES(1,'cable');
INSERT INTO "tag" VALUES(1,'strait');
CREATE INDEX source_change ON source (change);
CREATE INDEX source_sha256 ON source (sha256);
CREATE INDEX source_text ON source (text_sha256);
CREATE INDEX source_added ON source (added, num);
CREATE INDEX source_published ON source (published, num);
CREATE INDEX source_title ON source (title_key, num);
CREATE TRIGGER source_added AFTER INSERT ON source BEGIN INSERT INTO facet VALUES ('all', '', 1) ON CONFLICT DO UPDATE SET count = count + 1;INSERT INTO facet VALUES ('outlet', new.outlet, 1) ON CONFLICT DO UPDATE SET count = count + 1;INSERT INTO facet VALUES ('language', new.language, 1) ON CONFLICT DO UPDATE SET count = count + 1; END;
CREATE TRIGGER source_removed AFTER DELETE ON source BEGIN UPDATE facet SET count = count - 1 WHERE kind = 'all' AND value = '';UPDATE facet SET count = count - 1 WHERE kind = 'outlet' AND value = old.outlet;UPDATE facet SET count = count - 1 WHERE kind = 'language' AND value = old.language; END;
CREATE TRIGGER source_changed AFTER UPDATE OF outlet, language ON source BEGIN UPDATE facet SET count = count - 1 WHERE kind = 'all' AND value = '';UPDATE facet SET count = count - 1 WHERE kind = 'outlet' AND value = old.outlet;UPDATE facet SET count = count - 1 WHERE kind = 'language' AND value = old.language; INSERT INTO facet VALUES ('all', '', 1) ON CONFLICT DO UPDATE SET count = count + 1;INSERT INTO facet VALUES ('outlet', new.outlet, 1) ON CONFLICT DO UPDATE SET count = count + 1;INSERT INTO facet VALUES ('language', new.language, 1) ON CONFLICT DO UPDATE SET count = count + 1; END;
CREATE TRIGGER tag_added AFTER INSERT ON tag BEGIN INSERT INTO facet VALUES ('tag', new.tag, 1) ON CONFLICT DO UPDATE SET count = count + 1; END;
CREATE TRIGGER tag_removed AFTER DELETE ON tag BEGIN UPDATE facet SET count = count - 1 WHERE kind = 'tag' AND value = old.tag; END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('source',3);
COMMIT;

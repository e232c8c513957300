-- Requests that were done, for those who ask again: with a commit, or by themselves. Removed when they are old.
CREATE TABLE request (
    tenant      TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    fingerprint BLOB    NOT NULL,
    answer      BLOB    NOT NULL
);
CREATE UNIQUE INDEX request_id ON request (tenant, id);
CREATE INDEX request_at ON request (at);

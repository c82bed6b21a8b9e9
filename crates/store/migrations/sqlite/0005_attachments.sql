-- The bytes of attachments (docs/log-format.md, "Files"). Each file has a key of its own, sealed under that of its case;
-- `address` is a keyed hash of the bytes, by which a case keeps the same bytes once. While `staged_at_us` is set no event
-- tells of the file yet: it is being uploaded, or what uploaded it is gone and it will be swept.
CREATE TABLE files (
    file_id      TEXT   PRIMARY KEY,
    case_id      TEXT   NOT NULL,
    sealed_key   BLOB   NOT NULL,
    address      BLOB,
    bytes        BIGINT,
    hash         BLOB,
    staged_at_us BIGINT
);
CREATE UNIQUE INDEX files_by_address ON files (case_id, address) WHERE staged_at_us IS NULL;
CREATE INDEX files_staged ON files (staged_at_us) WHERE staged_at_us IS NOT NULL;

-- The bytes, sealed in pieces, so that no more than a piece is ever in memory.
CREATE TABLE file_pieces (
    file_id TEXT   NOT NULL,
    piece   BIGINT NOT NULL,
    sealed  BLOB   NOT NULL,
    PRIMARY KEY (file_id, piece)
);

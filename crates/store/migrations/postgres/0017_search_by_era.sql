-- Tokens are kept by the era of their case, a stretch of 65536 places of the log, so that the newest can be searched alone. The text of
-- a vector has each token between quotes, and no quote within a token.
DROP INDEX search_by_token;
UPDATE search SET tokens = CAST(regexp_replace(CAST(tokens AS TEXT), '(^| )''', '\1''' || (ordinal / 65536) || '/', 'g') AS TSVECTOR);
CREATE INDEX search_by_token ON search USING gin (tokens) WITH (fastupdate = off);

-- A node of a version before would write tokens that nobody finds: it writes nothing more, as after statistics were derived anew.
UPDATE log_head SET statistics = statistics + 1;

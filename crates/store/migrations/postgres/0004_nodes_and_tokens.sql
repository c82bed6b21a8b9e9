-- How often the statistics were derived anew. A node that has not heard of it writes nothing more: what it would add was
-- measured by other definitions.
ALTER TABLE log_head ADD COLUMN statistics BIGINT NOT NULL DEFAULT 0;

-- Tokens go into the index at once. Put aside first, they would be read through by every search until they are moved.
ALTER INDEX search_by_token SET (fastupdate = off);
SELECT gin_clean_pending_list('search_by_token'::regclass);

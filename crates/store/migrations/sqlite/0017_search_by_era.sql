-- FTS5 gives the newest matches first by itself: on SQLite nothing changes.
SELECT 1;

-- One process writes, and the index of tokens puts nothing aside: on SQLite nothing changes.
SELECT 1;

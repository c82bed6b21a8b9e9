-- On PostgreSQL no table is its own index, so the tables stay as they are.

-- Whoever took a case in is in most cases the first contact too, and is found as taker.
DROP INDEX cases_by_first_contact;
CREATE INDEX cases_by_first_contact ON cases (first_contact, status, sort_due_at_us, ordinal) WHERE first_contact <> taker;

-- Derived: where a case stands among others. `…_order` counts the levels above its own, 99 where it has none; `category` is the
-- way down its tree, names joined by slashes; `hidden_from` are the people for whom there is no such case.
ALTER TABLE cases ADD COLUMN severity       TEXT;
ALTER TABLE cases ADD COLUMN severity_order BIGINT NOT NULL DEFAULT 99;
ALTER TABLE cases ADD COLUMN urgency        TEXT;
ALTER TABLE cases ADD COLUMN urgency_order  BIGINT NOT NULL DEFAULT 99;
ALTER TABLE cases ADD COLUMN category       TEXT;
ALTER TABLE cases ADD COLUMN hidden_from    TEXT;
CREATE INDEX cases_by_severity ON cases (status, severity_order, sort_due_at_us);
CREATE INDEX cases_by_urgency  ON cases (status, urgency_order, sort_due_at_us);
CREATE INDEX cases_by_category ON cases (category, status, sort_due_at_us) WHERE category IS NOT NULL;
CREATE INDEX cases_hidden      ON cases (hidden_from) WHERE hidden_from IS NOT NULL;

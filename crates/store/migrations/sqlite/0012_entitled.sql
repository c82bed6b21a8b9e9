-- Derived: who may do something with a case, whoever has it, and therefore sees it: the positions of which one is enough, in order with a
-- space between them; the unit and the person that the case itself names. Null for nobody.
ALTER TABLE cases ADD COLUMN entitled TEXT;
ALTER TABLE cases ADD COLUMN entitled_unit TEXT;
ALTER TABLE cases ADD COLUMN entitled_person TEXT;
CREATE INDEX cases_by_entitled ON cases (entitled, status, sort_due_at_us) WHERE entitled IS NOT NULL;
CREATE INDEX cases_by_entitled_unit ON cases (entitled_unit, status, sort_due_at_us) WHERE entitled_unit IS NOT NULL;
CREATE INDEX cases_by_entitled_person ON cases (entitled_person, status, sort_due_at_us) WHERE entitled_person IS NOT NULL;

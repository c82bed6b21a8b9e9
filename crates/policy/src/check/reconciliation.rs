//! Comparing a book with the system.

use super::figure::whole;
use super::lines::{Lines, scalar};
use super::link::TEXTS;
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::condition::FactType;
use crate::model::{
    ActId, Against, Answers, BookEntries, FactPath, FieldId, FieldType, KindId, PartId,
    Reconciliation, ReconciliationId,
};
use crate::yaml::{Entry, Node};

const KEYS: [&str; 10] = [
    "title",
    "kinds",
    "unit",
    "from",
    "to",
    "entries",
    "answers",
    "against",
    "within_days",
    "clause",
];
/// How far from an entry's date a case may be looked for: a year.
const WITHIN_DAYS_MAX: u32 = 366;

impl<'t> Reading<'t> {
    pub(super) fn reconciliation(
        &self,
        entry: Entry<'t>,
    ) -> Option<(ReconciliationId, Reconciliation)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let title = self.title(&lines);
        let kinds = self.covered_kinds(&lines);
        let fact = |key, ty| {
            let node = lines.need(key, self.log)?;
            self.fact(node, &[ty])
        };
        let (unit, from, to) = (
            fact("unit", "unit"),
            fact("from", "date"),
            fact("to", "date"),
        );
        let entries = lines.need("entries", self.log);
        let entries = entries.and_then(|node| self.book_entries(node));
        let answers = lines.need("answers", self.log);
        let answers = answers.and_then(|node| self.answers(node));
        let against = lines.need("against", self.log);
        let against = against.and_then(|node| self.against(node));
        let within = lines.need("within_days", self.log);
        let within = within.and_then(|node| whole(node, WITHIN_DAYS_MAX, self.log));
        let clause = self.clause(&lines);
        let reconciliation = Reconciliation {
            title: title?,
            kinds: kinds?,
            unit: unit?,
            from: from?,
            to: to?,
            entries: entries?,
            answers: answers?,
            against: against?,
            within_days: u16::try_from(within?).ok()?,
            clause: clause?,
        };
        Some((ReconciliationId::new(entry.key), reconciliation))
    }

    /// `{act: …, on: …, text: …, contact: …, same: {order: facts.order}}`.
    fn book_entries(&self, node: Node<'t>) -> Option<BookEntries> {
        let known = ["act", "on", "text", "contact", "same"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let act = self.need_name(&lines, "act", Naming::Act)?;
        let own = |key, ty| {
            let node = lines.need(key, self.log)?;
            self.field_of_act(&act, node, ty)
        };
        let (on, text) = (own("on", "date"), own("text", "text"));
        let contact = match lines.get("contact") {
            None => Some(None),
            Some(node) => self.field_of_act(&act, node, "text").map(Some),
        };
        let same = lines.get("same").into_iter().flat_map(Node::entries);
        let same: Vec<_> = same.map(|entry| self.same(&act, entry)).collect();
        Some(BookEntries {
            act: ActId::new(&act),
            on: on?,
            text: text?,
            contact: contact?,
            same: same.into_iter().collect::<Option<_>>()?,
        })
    }

    /// A field of the entry with one of the case that has the same value, both of one type.
    fn same(&self, act: &str, entry: Entry<'t>) -> Option<(FieldId, FactPath)> {
        let field = FieldId::new(entry.key);
        let path = self.path_of_act(act, entry.key);
        let own = path.as_ref().and_then(|path| self.facts.get(path));
        let Some(own) = own else {
            let name = path.map_or_else(|| entry.key.to_owned(), |path| path.to_string());
            let finding = codes::UNKNOWN_FACT.at(entry.key_place).with("name", name);
            self.log.push(finding.done());
            return None;
        };
        let case = self.fact(entry.value, &[own.name()])?;
        Some((field, case))
    }

    /// `{act: …, entry: …, case: …, found: …, missing: …}`.
    fn answers(&self, node: Node<'t>) -> Option<Answers> {
        let known = ["act", "entry", "case", "found", "missing"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let act = self.need_name(&lines, "act", Naming::Act)?;
        let entry = lines.need("entry", self.log);
        let entry = entry.and_then(|node| self.whole_field_of_act(&act, node));
        let case = lines.need("case", self.log);
        let case = case.and_then(|node| self.field_of_act(&act, node, "case"));
        let outcome = |key| {
            let node = lines.need(key, self.log)?;
            self.known_outcome(node, &act, scalar(node, self.log)?)
        };
        let (found, missing) = (outcome("found")?, outcome("missing")?);
        if found == missing {
            let finding = codes::RECONCILIATION_UNFIT.at(Self::place_of(&lines, "missing"));
            let finding = finding.with("what", "outcomes").with("act", &act);
            self.log.push(finding.with("name", missing.as_str()).done());
            return None;
        }
        Some(Answers {
            entry: entry?,
            case: case?,
            found,
            missing,
            act: ActId::new(act),
        })
    }

    /// `{kinds: …, text: form.content}`.
    fn against(&self, node: Node<'t>) -> Option<Against> {
        let lines = Lines::of(node, node.place(), &["kinds", "text"], self.log)?;
        let kinds: Option<Vec<KindId>> = self.covered_kinds(&lines);
        let text = lines.need("text", self.log);
        let text = text.and_then(|node| self.fact(node, &TEXTS));
        Some(Against {
            kinds: kinds?,
            text: text?,
        })
    }

    /// Where a field of an act's part is kept; `None` if the act has no part.
    fn path_of_act(&self, act: &str, field: &str) -> Option<FactPath> {
        let part = self.act_node(act)?.get("part")?.scalar()?;
        Some(FactPath::new(PartId::new(part), FieldId::new(field)))
    }

    /// A field of an act's part, of the given type.
    fn field_of_act(&self, act: &str, node: Node<'t>, ty: &str) -> Option<FieldId> {
        let name = scalar(node, self.log)?;
        let path = self.path_of_act(act, name);
        let found = path.as_ref().and_then(|path| self.facts.get(path));
        match found.map(FactType::name) {
            Some(found) if found == ty => Some(FieldId::new(name)),
            Some(found) => self.of_another_type(node, found, ty),
            None => {
                let name = path.map_or_else(|| name.to_owned(), |path| path.to_string());
                let finding = codes::UNKNOWN_FACT.at(node.place()).with("name", name);
                self.log.push(finding.done());
                None
            }
        }
    }

    /// The same for a whole number.
    fn whole_field_of_act(&self, act: &str, node: Node<'t>) -> Option<FieldId> {
        let field = self.field_of_act(act, node, "number")?;
        let path = self.path_of_act(act, field.as_str())?;
        match self.field_types.get(&path) {
            Some(FieldType::Integer) => Some(field),
            _ => self.of_another_type(node, "number", "integer"),
        }
    }

    fn of_another_type<T>(&self, node: Node<'t>, found: &str, asked: &str) -> Option<T> {
        let finding = codes::CONDITION_TYPE.at(node.place()).with("what", "fact");
        let finding = finding.with("left", found).with("right", asked);
        self.log.push(finding.done());
        None
    }
}

//! Acts.

use std::collections::BTreeSet;

use super::lines::{Lines, flag, list, scalar};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::condition::FactType;
use crate::model::{
    Act, ActId, BandId, ChoiceId, FactPath, FieldId, FieldType, NotBy, NoticeId, PartId, Selector,
    Tell,
};
use crate::yaml::{Entry, Node, Shape};

const KEYS: [&str; 11] = [
    "title",
    "part",
    "outcome",
    "outcomes",
    "by",
    "not_by",
    "corrected_by",
    "to_customer",
    "tell",
    "clause",
    "band",
];

impl<'t> Reading<'t> {
    pub(super) fn act(&self, entry: Entry<'t>) -> Option<(ActId, Act)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let title = self.title(&lines);
        let part = match lines.get("part") {
            None => Some(None),
            Some(node) => self
                .resolve(Naming::Part, node)
                .map(|part| Some(PartId::new(part))),
        };
        let outcome = self.outcome(&lines);
        let outcomes = self.some_outcomes(&lines);
        let by = match lines.get("by") {
            None => Some(None),
            Some(node) => self.selector(node).map(Some),
        };
        let not_by = match lines.get("not_by") {
            None => Some(None),
            Some(node) => self.not_by(&lines, node).map(Some),
        };
        let corrected_by = self.corrected_by(&lines);
        let band = match lines.get("band") {
            None => Some(None),
            Some(node) => self.band_of_act(node).map(Some),
        };
        let tell: Vec<_> = list(lines.get("tell"))
            .into_iter()
            .map(|node| self.tell(node))
            .collect();
        let clause = self.optional_clause(&lines);
        let act = Act {
            title: title?,
            part: part?,
            outcome: outcome?,
            outcomes: outcomes?,
            by: by?,
            not_by: not_by?,
            corrected_by: corrected_by?,
            to_customer: flag(lines.get("to_customer"), self.log),
            tell: tell.into_iter().collect::<Option<_>>()?,
            clause: clause?,
            band: band?,
        };
        Some((ActId::new(entry.key), act))
    }

    /// Who may correct what was put on record, where that is said.
    pub(super) fn corrected_by(&self, lines: &Lines<'t>) -> Option<Option<Selector>> {
        match lines.get("corrected_by") {
            None => Some(None),
            Some(node) => self.selector(node).map(Some),
        }
    }

    /// The band by which an act is decided; it must be over a field, because sheets are no part of an act.
    fn band_of_act(&self, node: Node<'t>) -> Option<BandId> {
        let band = self.resolve(Naming::Band, node)?;
        let written = self.written(Naming::Band, &band);
        if written.is_some_and(|band| band.get("of").is_none()) {
            let finding = codes::NOT_AN_AMOUNT.at(node.place());
            self.log.push(finding.with("name", band).done());
            return None;
        }
        Some(BandId::new(band))
    }

    /// An act that is decided by a band.
    pub(super) fn act_with_band(&self, node: Node<'t>) -> Option<ActId> {
        let act = self.resolve(Naming::Act, node)?;
        let written = self.act_node(&act);
        if written.is_some_and(|written| written.get("band").is_none()) {
            let finding = codes::NOT_AN_AMOUNT.at(node.place());
            self.log.push(finding.with("name", act).done());
            return None;
        }
        Some(ActId::new(act))
    }

    /// `{notice: …, to: …}`.
    pub(super) fn tell(&self, node: Node<'t>) -> Option<Tell> {
        let lines = Lines::of(node, node.place(), &["notice", "to"], self.log)?;
        let notice = self.need_name(&lines, "notice", Naming::Notice);
        let to = lines.need("to", self.log);
        let to = to.and_then(|node| self.selector(node));
        Some(Tell {
            notice: NoticeId::new(notice?),
            to: to?,
        })
    }

    /// Some of the choices of the outcome field.
    fn some_outcomes(&self, lines: &Lines<'t>) -> Option<Option<Vec<ChoiceId>>> {
        let Some(node) = lines.get("outcomes") else {
            return Some(None);
        };
        let known = self.choices_of_outcome(lines);
        let outcomes: Vec<Option<ChoiceId>> = list(Some(node))
            .into_iter()
            .map(|node| {
                let name = scalar(node, self.log)?;
                if known.contains(name) {
                    return Some(ChoiceId::new(name));
                }
                let finding = codes::BAD_OUTCOME.at(node.place()).with("what", "outcome");
                let act = lines.get("part").and_then(Node::scalar);
                let finding = finding.with("act", act.unwrap_or("—")).with("name", name);
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                self.log
                    .push(finding.with("known", known.join(", ")).done());
                None
            })
            .collect();
        outcomes.into_iter().collect::<Option<_>>().map(Some)
    }

    fn choices_of_outcome(&self, lines: &Lines<'t>) -> BTreeSet<String> {
        let word = |key| lines.get(key).and_then(Node::scalar);
        let path = word("part")
            .zip(word("outcome"))
            .map(|(part, field)| FactPath::new(PartId::new(part), FieldId::new(field)));
        match path.and_then(|path| self.facts.get(&path)) {
            Some(FactType::Choice(choices)) => choices.clone(),
            _ => BTreeSet::new(),
        }
    }

    /// A selector, or `{handlers_of: field}` for those of the case of the sample that the act is about.
    fn not_by(&self, lines: &Lines<'t>, node: Node<'t>) -> Option<NotBy> {
        let handlers =
            |node: &Node<'t>| node.shape() == Shape::Map && node.get("handlers_of").is_some();
        let (fields, who): (Vec<_>, Vec<_>) = list(Some(node)).into_iter().partition(handlers);
        let who: Vec<_> = who.into_iter().map(|node| self.selector(node)).collect();
        let who: Option<Vec<_>> = who.into_iter().collect();
        let handlers_of = match fields.first() {
            None => Some(None),
            Some(node) => {
                let lines_of = Lines::of(*node, node.place(), &["handlers_of"], self.log)?;
                let field = lines_of.need("handlers_of", self.log)?;
                let part = lines.get("part").and_then(Node::scalar).unwrap_or_default();
                self.field_of(part, field, "case").map(Some)
            }
        };
        Some(NotBy {
            who: who.map(|who| (!who.is_empty()).then_some(Selector::AnyOf(who)))?,
            handlers_of: handlers_of?,
        })
    }

    /// A field of a part, of the given type.
    pub(super) fn field_of(&self, part: &str, node: Node<'t>, ty: &str) -> Option<FieldId> {
        let name = scalar(node, self.log)?;
        self.field_named(part, name, node, ty)
    }

    /// The same for a name that is a part of what is written at `node`.
    pub(super) fn field_named(
        &self,
        part: &str,
        name: &str,
        node: Node<'t>,
        ty: &str,
    ) -> Option<FieldId> {
        let path = FactPath::new(PartId::new(part), FieldId::new(name));
        let found = self.facts.get(&path).map(FactType::name);
        if found.is_some_and(|found| ty.is_empty() || found == ty) {
            return Some(FieldId::new(name));
        }
        let finding = codes::UNKNOWN_FACT.at(node.place());
        self.log.push(finding.with("name", path.to_string()).done());
        None
    }

    /// The field that says how the act went: a choice of exactly one, in the act's own part.
    fn outcome(&self, lines: &Lines<'t>) -> Option<Option<FieldId>> {
        let Some(node) = lines.get("outcome") else {
            return Some(None);
        };
        let field = scalar(node, self.log)?;
        let part = lines.get("part").and_then(|part| part.scalar());
        let path = part.map(|part| FactPath::new(PartId::new(part), FieldId::new(field)));
        let ty = path.and_then(|path| self.field_types.get(&path));
        if !matches!(ty, Some(FieldType::OneOf(_))) {
            let finding = codes::BAD_OUTCOME.at(node.place()).with("what", "field");
            let finding = finding.with("act", part.unwrap_or("—")).with("name", field);
            self.log.push(finding.with("known", "").done());
            return None;
        }
        Some(Some(FieldId::new(field)))
    }
}

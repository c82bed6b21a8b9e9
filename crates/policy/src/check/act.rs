//! Acts.

use super::lines::{Lines, flag, scalar};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{Act, ActId, BandId, FactPath, FieldId, FieldType, PartId};
use crate::yaml::Entry;

const KEYS: [&str; 7] = [
    "title",
    "part",
    "outcome",
    "by",
    "to_customer",
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
        let by = match lines.get("by") {
            None => Some(None),
            Some(node) => self.selector(node).map(Some),
        };
        let band = match lines.get("band") {
            None => Some(None),
            Some(node) => self
                .resolve(Naming::Band, node)
                .map(|band| Some(BandId::new(band))),
        };
        let clause = self.optional_clause(&lines);
        let act = Act {
            title: title?,
            part: part?,
            outcome: outcome?,
            by: by?,
            to_customer: flag(lines.get("to_customer"), self.log),
            clause: clause?,
            band: band?,
        };
        Some((ActId::new(entry.key), act))
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

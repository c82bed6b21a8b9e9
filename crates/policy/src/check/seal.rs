//! Seals on who somebody is.

use super::lines::{Lines, list, one_of};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{DataClass, FactPath, Field, FieldType, Seal, SealId, SealedFiles};
use crate::yaml::Entry;

/// What the line `files` may say.
const FILES: &[(&str, SealedFiles)] = &[
    ("offered", SealedFiles::Offered),
    ("from_customer", SealedFiles::FromCustomer),
];

impl<'t> Reading<'t> {
    pub(super) fn seal(&self, entry: Entry<'t>) -> Option<(SealId, Seal)> {
        let known = ["title", "opened_by", "tells", "files", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let opened_by = lines.need("opened_by", self.log);
        let opened_by = opened_by.and_then(|node| self.selector(node));
        let tells: Vec<_> = list(lines.get("tells"))
            .into_iter()
            .map(|node| self.tell(node))
            .collect();
        let files = lines.get("files").map_or(Some(SealedFiles::None), |node| {
            one_of(node, FILES, self.log)
        });
        let clause = self.clause(&lines);
        let seal = Seal {
            title: title?,
            opened_by: opened_by?,
            tells: tells.into_iter().collect::<Option<_>>()?,
            files: files?,
            clause: clause?,
        };
        Some((SealId::new(entry.key), seal))
    }

    /// The line `sealed` of a field, which may be left out.
    pub(super) fn sealed(&self, lines: &Lines<'t>) -> Option<Option<SealId>> {
        match lines.get("sealed") {
            None => Some(None),
            Some(node) => self
                .resolve(Naming::Seal, node)
                .map(|seal| Some(SealId::new(seal))),
        }
    }

    /// What is sealed is about a person, and a text: nothing that the engine acts on or counts by.
    pub(super) fn check_sealed(&self, lines: &Lines<'t>, path: &FactPath, field: &Field) {
        let is_text = matches!(field.ty, FieldType::Text { .. });
        if field.sealed.is_none() || (is_text && field.class == DataClass::Personal) {
            return;
        }
        let finding = codes::PERSONAL_DATA.at(Self::place_of(lines, "sealed"));
        let finding = finding
            .with("what", "sealed")
            .with("name", path.to_string());
        self.log.push(finding.done());
    }
}

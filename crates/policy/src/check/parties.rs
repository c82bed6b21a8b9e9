//! Parties of a case, and who is kept out of it.

use std::collections::BTreeSet;

use super::figure::whole;
use super::lines::{Lines, list, one_of};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{
    Employee, ExcludedFrom, Exclusion, ExclusionId, PartId, PartyRole, PartyRoleId, RelationKind,
    Selector, Whom,
};
use crate::yaml::Entry;

/// The most parties of one role that a case may have.
const PARTIES_MAX: u32 = 100;

impl<'t> Reading<'t> {
    pub(super) fn party(&self, entry: Entry<'t>) -> Option<(PartyRoleId, PartyRole)> {
        let known = ["title", "kinds", "part", "max", "employee", "by", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let kinds = self.covered_kinds(&lines);
        let part = match lines.get("part") {
            None => Some(None),
            Some(node) => self
                .resolve(Naming::Part, node)
                .map(|part| Some(PartId::new(part))),
        };
        let max = lines.need("max", self.log);
        let max = max.and_then(|node| whole(node, PARTIES_MAX, self.log));
        let words = [
            ("never", Employee::Never),
            ("allowed", Employee::Allowed),
            ("always", Employee::Always),
        ];
        let employee = match lines.get("employee") {
            None => Some(Employee::Never),
            Some(node) => one_of(node, &words, self.log),
        };
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let clause = self.clause(&lines);
        let role = PartyRole {
            title: title?,
            kinds: kinds?,
            part: part?,
            max: max?,
            employee: employee?,
            by: by?,
            clause: clause?,
        };
        if role.part.is_none() && role.employee != Employee::Always {
            // An outsider is known by what is filled in.
            let missing = codes::MISSING_KEY.at(entry.key_place);
            self.log.push(missing.with("name", "part").done());
        }
        Some((PartyRoleId::new(entry.key), role))
    }

    pub(super) fn exclusion(&self, entry: Entry<'t>) -> Option<(ExclusionId, Exclusion)> {
        let known = ["kinds", "who", "related_to", "as", "from", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let kinds = self.covered_kinds(&lines);
        let who = self.whom(&lines);
        let words = [("handle", ExcludedFrom::Handle), ("see", ExcludedFrom::See)];
        let from = lines.need("from", self.log);
        let from = from.and_then(|node| one_of(node, &words, self.log));
        let clause = self.clause(&lines);
        let exclusion = Exclusion {
            kinds: kinds?,
            who: who?,
            from: from?,
            clause: clause?,
        };
        Some((ExclusionId::new(entry.key), exclusion))
    }

    /// `who`, or `related_to` with the kinds of relation under `as`: all of them if there is no such line.
    fn whom(&self, lines: &Lines<'t>) -> Option<Whom> {
        let related = lines.entry("related_to");
        let key = if related.is_some() {
            "related_to"
        } else {
            "who"
        };
        let unused = if related.is_some() { "who" } else { "as" };
        if let Some(entry) = lines.entry(unused) {
            let finding = codes::UNKNOWN_KEY.at(entry.key_place);
            let finding = finding.with("name", entry.key).with("known", key);
            self.log.push(finding.done());
        }
        let selector = lines.need(key, self.log);
        let selector = selector.and_then(|node| self.selector(node))?;
        if !is_on_record(&selector, related.is_some()) {
            let finding = codes::EXCLUSION_UNDECIDED.at(Self::place_of(lines, key));
            self.log.push(finding.done());
            return None;
        }
        if related.is_none() {
            return Some(Whom::Named(selector));
        }
        let words = RelationKind::ALL.map(|kind| (kind.as_str(), kind));
        let by: Vec<Option<RelationKind>> = list(lines.get("as"))
            .into_iter()
            .map(|node| one_of(node, &words, self.log))
            .collect();
        let by: BTreeSet<RelationKind> = by.into_iter().collect::<Option<_>>()?;
        let by = if by.is_empty() {
            RelationKind::ALL.into()
        } else {
            by
        };
        Some(Whom::Related { to: selector, by })
    }
}

/// Whether the record of a case alone says who is meant, whatever the organisation is like: only so can lists leave a
/// case out, and what was derived be derived again. A unit is nobody in particular, but somebody can be related to it.
fn is_on_record(selector: &Selector, units: bool) -> bool {
    match selector {
        Selector::Party(_)
        | Selector::PersonIn(_)
        | Selector::Did(_)
        | Selector::Taker
        | Selector::FirstContact
        | Selector::Dispatcher
        | Selector::Nobody
        | Selector::Customer => true,
        Selector::AnyOf(selectors) => selectors.iter().all(|one| is_on_record(one, units)),
        Selector::LeadUnit | Selector::UnitIn(_) => units,
        Selector::Anyone
        | Selector::Role(_)
        | Selector::Position(_)
        | Selector::Holder
        | Selector::DeciderAbove
        | Selector::HeadOf(_) => false,
    }
}

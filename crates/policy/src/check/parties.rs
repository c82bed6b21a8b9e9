//! Parties of a case, and who is kept out of it.

use super::figure::whole;
use super::lines::{Lines, one_of};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{
    Employee, ExcludedFrom, Exclusion, ExclusionId, PartId, PartyRole, PartyRoleId, Selector,
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
        let known = ["kinds", "who", "from", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let kinds = self.covered_kinds(&lines);
        let who = lines.need("who", self.log);
        let who = who.and_then(|node| self.selector(node));
        let words = [("handle", ExcludedFrom::Handle), ("see", ExcludedFrom::See)];
        let from = lines.need("from", self.log);
        let from = from.and_then(|node| one_of(node, &words, self.log));
        let clause = self.clause(&lines);
        if who.as_ref().is_some_and(|who| !is_on_record(who)) {
            let place = Self::place_of(&lines, "who");
            self.log.push(codes::EXCLUSION_UNDECIDED.at(place).done());
            return None;
        }
        let exclusion = Exclusion {
            kinds: kinds?,
            who: who?,
            from: from?,
            clause: clause?,
        };
        Some((ExclusionId::new(entry.key), exclusion))
    }
}

/// Whether the record of a case alone says who is meant, whatever the organisation is like: only so can lists leave a
/// case out, and what was derived be derived again.
fn is_on_record(selector: &Selector) -> bool {
    match selector {
        Selector::Party(_)
        | Selector::PersonIn(_)
        | Selector::Did(_)
        | Selector::Taker
        | Selector::FirstContact
        | Selector::Dispatcher
        | Selector::Nobody
        | Selector::Customer => true,
        Selector::AnyOf(selectors) => selectors.iter().all(is_on_record),
        Selector::Anyone
        | Selector::Role(_)
        | Selector::Position(_)
        | Selector::LeadUnit
        | Selector::Holder
        | Selector::UnitIn(_)
        | Selector::DeciderAbove
        | Selector::HeadOf(_) => false,
    }
}

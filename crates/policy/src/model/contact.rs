//! Contacts: trying to reach a customer by rules (T12).

use huiyin_calendar::{ContactWindow, DayPeriod};

use super::{ActId, ChoiceId, ClauseId, ClockId, ContactsId, FieldId, KindId, Policy, Tell, Text};

/// How often and at which times of day somebody tries to reach the customer of a case (联系客户).
#[derive(Debug, Clone)]
pub struct Contacts {
    /// Name, e.g. 联系客户.
    pub title: Text,
    /// The kinds whose cases have such a series.
    pub kinds: Vec<KindId>,
    /// Each entry of this act is an attempt.
    pub act: ActId,
    /// While this clock runs there is to be an attempt on every working day.
    pub within: ClockId,
    /// The times of day at which attempts count, and how far apart they must be.
    pub window: ContactWindow,
    /// The times of day at which they count, as written; none: all day.
    pub open: Vec<DayPeriod>,
    /// The times of day at which they don't count, as written.
    pub closed: Vec<DayPeriod>,
    /// The field of the act's part that says that the customer himself had named the time: then any time of day counts.
    pub named_time: Option<FieldId>,
    /// The outcomes of the act by which the customer was reached: then no further attempt is owed.
    pub reached: Vec<ChoiceId>,
    /// Who is told, and what, when the next attempt is to be made.
    pub due: Vec<Tell>,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

impl Policy {
    /// The contacts that cases of a kind have, each with its place among those of the policy.
    pub fn contacts_of<'p>(
        &'p self,
        kind: &'p KindId,
    ) -> impl Iterator<Item = (u8, &'p ContactsId, &'p Contacts)> {
        let contacts = (0_u8..).zip(&self.contacts);
        contacts
            .filter(|(_, (_, contacts))| contacts.kinds.contains(kind))
            .map(|(nth, (id, contacts))| (nth, id, contacts))
    }
}

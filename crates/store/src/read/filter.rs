//! Which cases a list is asked for.

use huiyin_case::id::{PartyId, PersonId, UnitId};
use huiyin_case::state::Stage;
use huiyin_policy::model::{ChannelId, ChoiceId, KindId, MeasureId, PolicyId, StepId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::row::{category_text, stage_name};
use crate::statement::Text;

/// Which cases are asked for; all conditions must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Being handled, closed or archived; `None` any.
    pub stage: Option<Stage>,
    /// Policy.
    pub policy: Option<PolicyId>,
    /// Kind.
    pub kind: Option<KindId>,
    /// One of these kinds; any if empty.
    pub kinds: Vec<KindId>,
    /// Taken in at this moment or later.
    pub opened_from: Option<Timestamp>,
    /// Taken in before this moment (exclusive).
    pub opened_before: Option<Timestamp>,
    /// Only what some units have to do with.
    pub of: Option<OfUnits>,
    /// Step.
    pub step: Option<StepId>,
    /// Channel.
    pub channel: Option<ChannelId>,
    /// Lead unit.
    pub lead_unit: Option<UnitId>,
    /// The person who must act.
    pub holder_person: Option<PersonId>,
    /// Who registered it.
    pub taker: Option<PersonId>,
    /// The customer, by all records that are the same person's; any if empty.
    pub customers: Vec<PartyId>,
    /// Due at this moment or later.
    pub due_from: Option<Timestamp>,
    /// Due before this moment (exclusive).
    pub due_before: Option<Timestamp>,
    /// Only those that nobody in particular has yet.
    pub unclaimed: bool,
    /// Only those that no unit answers for.
    pub without_unit: bool,
    /// Only this severe.
    pub severity: Option<ChoiceId>,
    /// Only this urgent.
    pub urgency: Option<ChoiceId>,
    /// Only of this category or one below it: the way down its tree; any if empty.
    pub category: Vec<ChoiceId>,
    /// Only those that a total counts.
    pub counted: Option<Counted>,
}

/// What a case has to do with some units: one of them leads it, or one of their people registered it or heard of it first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfUnits {
    /// The units.
    pub units: Vec<UnitId>,
    /// Their people.
    pub people: Vec<PersonId>,
}

impl OfUnits {
    fn condition(&self, text: &mut Text) {
        let units: Vec<String> = self.units.iter().map(ToString::to_string).collect();
        let people: Vec<String> = self.people.iter().map(ToString::to_string).collect();
        let columns = [
            (" OR cases.lead_unit IN ", &units),
            (" OR cases.taker IN ", &people),
            (" OR cases.first_contact IN ", &people),
        ];
        text.push(" AND (1 = 0");
        for (column, values) in columns.into_iter().filter(|(_, values)| !values.is_empty()) {
            text.push(column).list(values.clone());
        }
        text.push(")");
    }
}

/// What a case must count for: the cases behind a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// In which measure.
    pub measure: MeasureId,
    /// From this day on.
    pub first: Date,
    /// Until this day, inclusive.
    pub last: Date,
    /// Only with one of these choices, `None` being none; any if empty.
    pub classes: Vec<Option<ChoiceId>>,
    /// Only with this value or a greater one, if given.
    pub value_min: Option<i64>,
    /// Only with this value or a smaller one, if given.
    pub value_max: Option<i64>,
}

impl Counted {
    fn condition(&self, text: &mut Text) {
        text.push(" AND cases.ordinal IN (SELECT ordinal FROM measurements WHERE measure = ")
            .value(self.measure.as_str());
        text.push(" AND day_on >= ").value(self.first.to_string());
        text.push(" AND day_on <= ").value(self.last.to_string());
        if let Some(least) = self.value_min {
            text.push(" AND value >= ").value(least);
        }
        if let Some(most) = self.value_max {
            text.push(" AND value <= ").value(most);
        }
        if !self.classes.is_empty() {
            let classes = self.classes.iter();
            let classes = classes.map(|class| class.as_ref().map_or("", |class| class.as_str()));
            text.push(" AND class IN ").list(classes);
        }
        text.push(")");
    }
}

impl Filter {
    /// Adds the condition on `cases` to a statement: ` AND …` for each thing asked for.
    pub(super) fn condition(&self, text: &mut Text) {
        let equalities = [
            (
                " AND cases.status = ",
                self.stage.map(|stage| stage_name(stage).to_owned()),
            ),
            (
                " AND cases.policy = ",
                self.policy.as_ref().map(ToString::to_string),
            ),
            (
                " AND cases.kind = ",
                self.kind.as_ref().map(ToString::to_string),
            ),
            (
                " AND cases.step = ",
                self.step.as_ref().map(ToString::to_string),
            ),
            (
                " AND cases.channel = ",
                self.channel.as_ref().map(ToString::to_string),
            ),
            (
                " AND cases.lead_unit = ",
                self.lead_unit.map(|unit| unit.to_string()),
            ),
            (
                " AND cases.holder_person = ",
                self.holder_person.map(|person| person.to_string()),
            ),
            (
                " AND cases.severity = ",
                self.severity.as_ref().map(ToString::to_string),
            ),
            (
                " AND cases.urgency = ",
                self.urgency.as_ref().map(ToString::to_string),
            ),
            (
                " AND cases.taker = ",
                self.taker.map(|person| person.to_string()),
            ),
        ];
        for (condition, value) in equalities {
            if let Some(value) = value {
                text.push(condition).value(value);
            }
        }
        if !self.customers.is_empty() {
            text.push(" AND cases.customer IN ")
                .list(self.customers.iter().map(ToString::to_string));
        }
        if !self.kinds.is_empty() {
            text.push(" AND cases.kind IN ")
                .list(self.kinds.iter().map(ToString::to_string));
        }
        if let Some(moment) = self.opened_from {
            text.push(" AND cases.opened_at_us >= ")
                .value(moment.as_microsecond());
        }
        if let Some(moment) = self.opened_before {
            text.push(" AND cases.opened_at_us < ")
                .value(moment.as_microsecond());
        }
        if let Some(of) = &self.of {
            of.condition(text);
        }
        if self.unclaimed {
            text.push(" AND cases.holder_person IS NULL");
        }
        if self.without_unit {
            text.push(" AND cases.lead_unit IS NULL");
        }
        if let Some(branch) = category_text(&self.category) {
            // Everything below begins with the branch and a slash; the character after the slash ends it.
            text.push(" AND (cases.category = ").value(branch.as_str());
            text.push(" OR (cases.category >= ")
                .value(format!("{branch}/"));
            text.push(" AND cases.category < ")
                .value(format!("{branch}0"))
                .push("))");
        }
        if let Some(counted) = &self.counted {
            counted.condition(text);
        }
        if let Some(moment) = self.due_from {
            text.push(" AND cases.sort_due_at_us >= ")
                .value(moment.as_microsecond());
        }
        if let Some(moment) = self.due_before {
            text.push(" AND cases.sort_due_at_us < ")
                .value(moment.as_microsecond());
        }
    }
}

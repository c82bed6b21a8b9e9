//! The organisation as administrators keep it, and who acts for whom.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case::DueView;
use super::form::Named;
use super::people::PersonName;

/// The whole organisation with its accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganisationView {
    /// All units, closed ones included.
    pub units: Vec<UnitView>,
    /// All people, those who left included.
    pub people: Vec<PersonView>,
    /// The positions that can be held.
    pub positions: Vec<Named>,
}

/// A unit as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Id of the unit above it; absent at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Id of who heads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The name of who heads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_name: Option<String>,
    /// Whether it is closed.
    pub closed: bool,
    /// How often it was changed, for `If-Match`.
    pub revision: u32,
}

/// A person as it is kept, with the account if there is one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonView {
    /// The person.
    pub person: PersonName,
    /// Positions held.
    pub positions: Vec<Named>,
    /// Whether the person works here.
    pub active: bool,
    /// How often it was changed, for `If-Match`.
    pub revision: u32,
    /// Login name, once there is an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Whether the account may be used.
    pub account_open: bool,
    /// Roles of the account.
    pub roles: Vec<String>,
    /// Last day of the present absence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent_until: Option<String>,
    /// Names of those who may act for the person today.
    pub deputies: Vec<String>,
}

/// A new unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUnit {
    /// Name, up to 80 characters.
    pub name: String,
    /// Id of the unit above it; absent at the top.
    pub parent: Option<String>,
    /// Id of who heads it.
    pub head: Option<String>,
}

/// A unit as it is to be from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitChange {
    /// Name, up to 80 characters.
    pub name: String,
    /// Id of the unit above it; absent at the top.
    pub parent: Option<String>,
    /// Id of who heads it.
    pub head: Option<String>,
    /// Whether it is closed; only one without people, units below it and open cases can be.
    pub closed: bool,
}

/// A person, new or as it is to be from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonChange {
    /// Name, up to 80 characters.
    pub name: String,
    /// Id of the unit.
    pub unit: String,
    /// Ids of the positions held.
    pub positions: Vec<String>,
}

/// An entry that was added or changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Kept {
    /// Its id.
    pub id: String,
    /// How often it was changed now, for `If-Match`; also as `ETag`.
    pub revision: u32,
}

/// The roles of an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RolesChange {
    /// The roles the caller saw.
    pub seen: Vec<String>,
    /// The roles it is to have: `administrator`, `staff`, `supervisor`, `auditor`, `reader`.
    pub roles: Vec<String>,
}

/// How somebody leaves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leave {
    /// Id of who gets the open cases; absent: the lists they came from.
    pub to: Option<String>,
    /// The cases that go elsewhere.
    #[serde(default)]
    pub cases: Vec<LeaveCase>,
    /// Why; it stands in the record of each case.
    pub reason: String,
}

/// A case that goes elsewhere.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeaveCase {
    /// Id of the case.
    pub case: String,
    /// Id of who gets it; absent: the list it came from.
    pub to: Option<String>,
}

/// What somebody still holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HoldingsView {
    /// Open cases, the tightest deadline first; at most 200.
    pub cases: Vec<HeldCase>,
    /// How many there are, up to 10,000.
    pub total: u64,
    /// Names of the units the person heads.
    pub heads: Vec<String>,
    /// Whether nobody else could administer.
    pub last_administrator: bool,
}

/// An open case as somebody sees it who sees no case: nothing of the matter or the customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldCase {
    /// Id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Title of the kind.
    pub kind_title: String,
    /// Title of the step.
    pub step_title: String,
    /// Its tightest limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueView>,
}

/// What became of the cases of somebody who left.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandedOverView {
    /// Handed on as asked.
    pub as_asked: u64,
    /// Handed back to their lists, because the successor may not do what they wait for.
    pub back: u64,
    /// Not handed on yet; that is tried again.
    pub left: u64,
}

/// Who acts for a person, and when the person is away, from today on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AwayView {
    /// The person.
    pub person: PersonName,
    /// Positions held, for which alone a deputy may be named.
    pub positions: Vec<Named>,
    /// Deputies.
    pub deputies: Vec<DeputyView>,
    /// Absences.
    pub absences: Vec<AbsenceView>,
}

/// Somebody who acts for a person on some days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeputyView {
    /// Id.
    pub id: String,
    /// Who acts.
    pub by: PersonName,
    /// First day, inclusive.
    pub from: String,
    /// Last day, inclusive.
    pub to: String,
    /// The position it is for; absent where it is for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Named>,
    /// Whether it holds today.
    pub now: bool,
}

/// Days on which a person is away.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AbsenceView {
    /// Id.
    pub id: String,
    /// First day, inclusive.
    pub from: String,
    /// Last day, inclusive.
    pub to: String,
    /// Whether it holds today.
    pub now: bool,
}

/// A deputy to name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDeputy {
    /// Id of who acts.
    pub by: String,
    /// First day, inclusive, `2026-03-02`.
    pub from: String,
    /// Last day, inclusive; a year after the first at most.
    pub to: String,
    /// Id of the position it is for; absent: for all.
    pub position: Option<String>,
}

/// An absence to note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAbsence {
    /// First day, inclusive, `2026-03-02`.
    pub from: String,
    /// Last day, inclusive; a year after the first at most.
    pub to: String,
}

/// What was added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Added {
    /// Its id.
    pub id: String,
}

/// Somebody for whom the caller may act today.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActsFor {
    /// Who is represented.
    pub person: PersonName,
    /// The last day.
    pub until: String,
    /// The positions it is for; empty where it is for all.
    pub positions: Vec<Named>,
}

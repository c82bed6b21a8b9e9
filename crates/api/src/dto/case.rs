//! Cases: rows of the work list, the whole case, and what is sent to change it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::attachment::AttachmentList;
use super::clock::ClockView;
use super::contact::{AttemptView, ContactsView};
use super::form::{MeaningKind, Named};
use super::level::{CaseLevelView, LevelView};
use super::offer::OfferView;
use super::party::{NewParty, PartyGroup};
use super::process::Process;
use super::reconciliation::BookPin;
use super::seal::SealView;
use super::settlement::SettlementView;
use super::tie::{EndingView, HoldView, LinkView};

/// A new case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCase {
    /// Policy.
    pub policy: String,
    /// Kind.
    pub kind: String,
    /// Channel.
    pub channel: String,
    /// Values of the opening part's fields.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: BTreeMap<String, Json>,
    /// When it came in, if earlier than now; RFC 3339.
    pub occurred_at: Option<String>,
    /// Why it is entered only now; needed with `occurred_at`.
    pub late_reason: Option<String>,
    /// The employee who heard of it first, if not the caller.
    pub first_contact: Option<String>,
    /// Id of the earlier case that it repeats, if that is known already.
    pub repeats: Option<String>,
    /// The parties named with it.
    #[serde(default)]
    pub parties: Vec<NewParty>,
}

/// An act to put on record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAct {
    /// Values of its part's fields.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: BTreeMap<String, Json>,
    /// When it happened, if earlier than now; RFC 3339.
    pub occurred_at: Option<String>,
    /// Why it is entered only now; needed with `occurred_at`.
    pub late_reason: Option<String>,
}

/// A case to open out of another.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRaised {
    /// Values of its opening part's fields.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: BTreeMap<String, Json>,
}

/// What opening a case out of another has led to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RaisedDone {
    /// The new case.
    pub raised: String,
    /// Where the other one stands now.
    #[serde(flatten)]
    pub origin: CommandDone,
}

/// An internal note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNote {
    /// The note.
    pub text: String,
}

/// A unit to hand a case to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOver {
    /// Id of the unit.
    pub unit: String,
    /// Why, where the policy asks.
    pub reason: Option<String>,
}

/// A reason, where the policy asks for one.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithReason {
    /// Why.
    pub reason: Option<String>,
}

/// A clock to pause.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PauseClock {
    /// Which clock.
    pub clock: String,
    /// The reason, one of those the policy allows.
    pub reason: String,
    /// What exactly is waited for.
    pub note: String,
}

/// A clock to let run again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResumeClock {
    /// Which clock.
    pub clock: String,
}

/// A correction of a wrong entry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCorrection {
    /// Sequence number of the wrong entry.
    pub entry: u32,
    /// The right values; absent or `null`: the entry is void.
    #[schema(value_type = Option<BTreeMap<String, Object>>)]
    pub fields: Option<BTreeMap<String, Json>>,
    /// Why.
    pub reason: String,
}

/// What a command has led to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommandDone {
    /// The case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its last event, for `If-Match`.
    pub seq: u32,
}

/// A page of the work list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasePage {
    /// At most as many rows as asked for.
    pub rows: Vec<CaseRowView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// What the cases were counted for, if the list was asked for with `measure`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<CountedView>,
}

/// What the cases of a list were counted for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedView {
    /// Title of the kind.
    pub kind: String,
    /// Title of the measure.
    pub title: String,
    /// Titles of the choices asked for; `-` is none on record, `met` and `missed` are how a clock ended.
    pub classes: Vec<String>,
    /// How many cases there are on all pages, up to 10,000.
    pub total: u64,
}

/// How many cases each view holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ViewCounts {
    /// Held by the caller.
    pub mine: u64,
    /// Waiting for someone of the caller's unit or roles.
    pub unclaimed: u64,
    /// Due within the next day.
    pub due_soon: u64,
    /// Past their tightest limit.
    pub overdue: u64,
    /// Closed, and to be followed up by the caller, his unit or his roles.
    pub follow_up: u64,
    /// Registered or first heard of by the caller, and open.
    pub taken: u64,
    /// All open cases the caller may see.
    pub all: u64,
}

/// A case in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CaseRowView {
    /// Id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Kind.
    pub kind: String,
    /// Title of the kind.
    pub kind_title: String,
    /// The matter in one line.
    pub subject: String,
    /// The beginning of the customer's words.
    pub excerpt: String,
    /// The customer's name, masked.
    pub customer_name: String,
    /// Whether it is about the organisation's own work and has no customer.
    pub internal: bool,
    /// Whether who its customer is is sealed; then there is no name.
    pub sealed: bool,
    /// Where it stands.
    pub status: CaseStatus,
    /// How it ended, if the customer took it back or it was merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending: Option<EndingView>,
    /// Present step.
    pub step: String,
    /// Its title.
    pub step_title: String,
    /// Who must act.
    pub holder: HolderView,
    /// Channel.
    pub channel: String,
    /// Its title.
    pub channel_title: String,
    /// When it came in.
    pub opened_at: String,
    /// Its tightest limit; absent when no clock runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueView>,
    /// How severe it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<LevelView>,
    /// How urgent it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<LevelView>,
    /// Its category: the way down the tree, the topmost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<Named>,
    /// Its last event.
    pub seq: u32,
}

/// Whether handling goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaseStatus {
    /// In hand.
    Open,
    /// 已结案.
    Closed,
    /// 已归档.
    Archived,
}

/// Who must act.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct HolderView {
    /// Id of the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The first of the roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The roles of which anyone who has one may take the case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Titles of all the roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_title: Option<String>,
    /// Id of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<String>,
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Last day of the person's present absence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent_until: Option<String>,
    /// Names of those who may act for the person while he is away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<String>,
}

/// The tightest limit of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DueView {
    /// Clock.
    pub clock: String,
    /// Its title.
    pub title: String,
    /// From when it runs.
    pub started_at: String,
    /// When it is due.
    pub at: String,
    /// The date named to people.
    pub date: String,
    /// Whether the holiday arrangement it rests on is still unpublished.
    pub provisional: bool,
}

/// A case with all that the caller may see of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseView {
    /// What the work list shows of it.
    #[serde(flatten)]
    pub row: CaseRowView,
    /// The policy version it keeps.
    pub policy: PolicyPin,
    /// The newest version that the caller may have it go on under, if there is a newer one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migrate_to: Option<u32>,
    /// The unit whose adoption of the policy that version is, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migrate_to_unit: Option<String>,
    /// Who registered it; empty for a historical case, and while nobody has accepted what the customer brought in.
    pub taker: String,
    /// Who heard of it first, on the same terms.
    pub first_contact: String,
    /// Whether the customer brought it in himself, on the portal.
    pub by_customer: bool,
    /// The customer's contact, masked.
    pub customer_contact: String,
    /// Where it stands on the scales of its policy, and why.
    pub levels: Vec<CaseLevelView>,
    /// Its parties beside the customer, by role.
    pub parties: Vec<PartyGroup>,
    /// What is sealed in it, and by whom it was opened.
    pub seals: Vec<SealView>,
    /// What is on record, by part of the form.
    pub facts: Vec<FactGroup>,
    /// How far the attempts to reach the customer are, by each of the rules it is under.
    pub contacts: Vec<ContactsView>,
    /// Its clocks, running ones first.
    pub clocks: Vec<ClockView>,
    /// Where it stands in its flow.
    pub process: Process,
    /// The cases it is linked to.
    pub links: Vec<LinkView>,
    /// What is attached to it.
    pub attachments: AttachmentList,
    /// The books that are compared with the system in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub books: Vec<BookPin>,
    /// The legal hold; absent for those whom it does not concern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldView>,
    /// What the caller may do now.
    pub offers: Vec<OfferView>,
    /// Its history, oldest first.
    pub entries: Vec<EntryView>,
}

/// The policy version a case keeps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyPin {
    /// Policy.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version.
    pub version: u32,
    /// The unit whose adoption of the policy this version is, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// The facts of one part.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FactGroup {
    /// Part.
    pub part: String,
    /// Title.
    pub title: String,
    /// Its filled fields.
    pub fields: Vec<FactView>,
    /// The copies of the form, in its order; none if it has no copies.
    pub copies: Vec<CopyView>,
}

/// A copy of a form.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CopyView {
    /// Copy.
    pub id: String,
    /// What is printed on it.
    pub title: String,
    /// When it was handed out last, in local time; none if it was not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed_out: Option<String>,
    /// Who handed it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// One fact.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FactView {
    /// Field.
    pub id: String,
    /// Label.
    pub title: String,
    /// What it means to the server, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<MeaningKind>,
    /// The value as sent; absent where it is masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub value: Option<Json>,
    /// The value in words, masked if personal; nothing of it if it is sealed.
    pub text: String,
    /// Whether it is sealed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
}

/// One entry of a case's history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    /// Its place in the history.
    pub seq: u32,
    /// What sort of entry it is.
    pub kind: EntryKind,
    /// What happened, in a few words.
    pub title: String,
    /// What was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who did it, and for whom if not in the own right: `李敏（代王强）`; absent for the system and for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Whether the customer did it himself, on the portal.
    pub by_customer: bool,
    /// When it happened.
    pub occurred_at: String,
    /// When it was put on record.
    pub recorded_at: String,
    /// Why it was recorded later than it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_reason: Option<String>,
    /// Whether it is addressed to the customer.
    pub to_customer: bool,
    /// What was filled in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FactView>,
    /// The entry that corrected it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<u32>,
    /// Whether a correction made it void.
    pub void: bool,
    /// Whether the caller may correct it.
    pub correctable: bool,
    /// The act it records, for `act`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// Whether it counts, for an attempt to reach the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<AttemptView>,
    /// What the sheets of its form gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<SettlementView>,
}

/// Sorts of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EntryKind {
    /// Registered.
    Opened,
    /// Said to be a historical case.
    Imported,
    /// Linked to other cases: a duty's sample, a case opened out of another.
    Linked,
    /// Numbered.
    Numbered,
    /// An act of the policy.
    Act,
    /// An internal note.
    Note,
    /// Given to a unit.
    Dispatched,
    /// Passed on.
    Transferred,
    /// Accepted.
    Accepted,
    /// Refused.
    Refused,
    /// Handed on from somebody who left.
    HandedOver,
    /// Came to a step, or somebody else has to act in it.
    Step,
    /// A level was found or set.
    Level,
    /// A party was added or removed.
    Party,
    /// A seal was opened.
    Seal,
    /// A clock started, moved, paused, stopped or fired.
    Clock,
    /// Someone inside was told something.
    Notice,
    /// Closed.
    Closed,
    /// Opened again.
    Reopened,
    /// Archived.
    Archived,
    /// Taken back by the customer.
    Withdrawn,
    /// Put on legal hold, or the hold lifted.
    Hold,
    /// Migrated to another version of its policy.
    Migrated,
    /// Records of the customer were merged or parted.
    Customer,
    /// A correction.
    Correction,
    /// A file attached or removed.
    Attachment,
    /// Of the portal: what the customer agreed to, a receipt code issued.
    Portal,
}

/// A customer in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerView {
    /// Name.
    pub name: String,
    /// Contact.
    pub contact: String,
}

//! Rows of the derived tables, as plain data.

use huiyin_case::command::Firing;
use huiyin_case::entitled::Entitled;
use huiyin_case::event::{DueTime, Holder};
use huiyin_case::exclusion::Hidden;
use huiyin_case::id::{CaseId, PartyId, PersonId, UnitId};
use huiyin_case::receipt::ReceiptHash;
use huiyin_case::sight::Sight;
use huiyin_case::state::clock::{ClockState, Phase};
use huiyin_case::state::{CaseState, Ending, Stage, Timer};
use huiyin_policy::model::{ChannelId, ChoiceId, ClauseId, ClockId, KindId, PolicyId, StepId};
use jiff::Timestamp;

/// A line of the work list.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// Sequence number of its last event.
    pub seq: u32,
    /// Policy it is handled under.
    pub policy: PolicyId,
    /// Version of that policy.
    pub policy_version: u32,
    /// Kind.
    pub kind: KindId,
    /// Channel.
    pub channel: ChannelId,
    /// The step it is in, or was in when it was closed; `None` for a historical case, which went through none here.
    pub step: Option<StepId>,
    /// Whether it is being handled, closed or archived.
    pub stage: Stage,
    /// How it ended if it was not handled: withdrawn, or merged into another case.
    pub ending: Option<Ending>,
    /// Whether it is under legal hold.
    pub held: bool,
    /// Number (编号).
    pub number: Option<String>,
    /// One line that names the matter; readable here and nowhere in the log. Empty for confidential cases.
    pub subject: String,
    /// The beginning of the customer's own words, on the same terms.
    pub excerpt: String,
    /// The customer.
    pub customer: PartyId,
    /// The customer's name, masked.
    pub customer_name: String,
    /// Who registered it (受理人); nobody yet if the customer brought it in himself.
    pub taker: Option<PersonId>,
    /// The first employee who heard of it, on the same terms.
    pub first_contact: Option<PersonId>,
    /// The lead unit (主办单位).
    pub lead_unit: Option<UnitId>,
    /// Who must act.
    pub holder: Holder,
    /// When the matter was taken in.
    pub opened_at: Timestamp,
    /// When the last event was recorded.
    pub recorded_at: Timestamp,
    /// The tightest open clock.
    pub tightest: Option<Tightest>,
    /// What is kept of its receipt code.
    pub receipt: Option<ReceiptHash>,
    /// Where it stands: how severe, how urgent, in which category; and whom it is hidden from.
    pub standing: Standing,
}

/// Where a case stands among others, and who is not to know of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// How severe it is.
    pub severity: Option<Level>,
    /// How urgent it is.
    pub urgency: Option<Level>,
    /// Its category: the way down the tree from the top.
    pub category: Vec<ChoiceId>,
    /// For whom there is no such case.
    pub hidden_from: Hidden,
    /// Who alone sees it; `None` if that depends on who handles it.
    pub sight: Option<Sight>,
    /// The unit whose people read it and do nothing else with it.
    pub read_by: Option<UnitId>,
    /// Who may do something with it, whoever has it.
    pub entitled: Entitled,
}

/// A level of a case on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The level.
    pub level: ChoiceId,
    /// How many levels stand above it.
    pub below_top: u32,
}

/// The open clock of a case that is due first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tightest {
    /// Which clock.
    pub clock: ClockId,
    /// From when it runs.
    pub started_at: Timestamp,
    /// When it is due.
    pub due: DueTime,
}

/// What the work list shows of a case in words. Empty for confidential cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Where it stands among other cases.
    pub standing: Standing,
    /// One line that names the matter.
    pub subject: String,
    /// The beginning of the customer's own words.
    pub excerpt: String,
    /// The customer's name, masked.
    pub customer_name: String,
}

impl CaseRow {
    /// The row of a case in `state`, last changed at `recorded_at`.
    pub fn of(case: CaseId, state: &CaseState, shown: Shown, recorded_at: Timestamp) -> CaseRow {
        CaseRow {
            case,
            seq: state.seq,
            policy: state.opening.policy.clone(),
            policy_version: state.version,
            kind: state.opening.kind.clone(),
            channel: state.opening.channel.clone(),
            step: state.imported.is_none().then(|| state.step.clone()),
            stage: state.stage,
            ending: state.ending.filter(|_| state.ended_unhandled()),
            held: state.held.is_some(),
            number: state.number.clone(),
            subject: shown.subject,
            excerpt: shown.excerpt,
            customer: state.opening.customer,
            customer_name: shown.customer_name,
            taker: state.opening.taker,
            first_contact: state.opening.first_contact,
            lead_unit: state.lead_unit,
            holder: state.holder.clone(),
            opened_at: state.opening.at,
            recorded_at,
            standing: shown.standing,
            tightest: state.tightest_due().and_then(|(id, due)| {
                let started_at = state.clock(id)?.started_at;
                Some(Tightest {
                    clock: id.clone(),
                    started_at,
                    due,
                })
            }),
            receipt: state.receipt,
        }
    }
}

/// A clock of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockRow {
    /// Which clock.
    pub clock: ClockId,
    /// Which of its runs, from 1.
    pub generation: u32,
    /// Where it stands.
    pub phase: ClockPhase,
    /// From when it runs.
    pub started_at: Timestamp,
    /// When it is due; `None` while suspended.
    pub due: Option<DueTime>,
    /// The clause that sets it.
    pub clause: ClauseId,
    /// What it fires next, and when.
    pub next: Option<(Firing, Timestamp)>,
}

impl ClockRow {
    /// The row of a clock; `timers` are those of its case, soonest first.
    pub fn of(clock: &ClockId, state: &ClockState, timers: &[Timer]) -> ClockRow {
        ClockRow {
            clock: clock.clone(),
            generation: state.generation,
            phase: match state.phase {
                Phase::Running if state.due.is_none() => ClockPhase::Suspended,
                Phase::Running => ClockPhase::Running,
                Phase::Stopped { met: true, .. } => ClockPhase::Met,
                Phase::Stopped { met: false, .. } => ClockPhase::Missed,
                Phase::Withdrawn => ClockPhase::Withdrawn,
            },
            started_at: state.started_at,
            due: state.due,
            clause: state.clause.clone(),
            next: timers
                .iter()
                .find(|timer| timer.clock == *clock)
                .map(|timer| (timer.firing, timer.at)),
        }
    }
}

/// Where a clock stands, whatever the time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockPhase {
    /// It runs.
    Running,
    /// It is paused, with no due time.
    Suspended,
    /// It stopped in time.
    Met,
    /// It stopped too late.
    Missed,
    /// It counts as never started.
    Withdrawn,
}

/// A customer or other party, as known without opening anything sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRow {
    /// The party.
    pub party: PartyId,
    /// Whether it comes into being with this append, and so gets a key of its own.
    pub is_new: bool,
    /// Masked name, such as 张*.
    pub display: String,
    /// Normalised contact. Only its keyed hash is kept, by which a returning customer is found.
    pub contact: Option<String>,
    /// Normalised full name. Only its keyed hash is kept, by which likely duplicates are found.
    pub name: Option<String>,
}

/// That two records of customers are the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyMerge {
    /// The record that stands for itself no longer.
    pub party: PartyId,
    /// The record that stands for both.
    pub into: PartyId,
}

/// Something to be sent or done once the transaction has committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// What is to be done, e.g. `notice`.
    pub kind: String,
    /// With what, as JSON. Ids and names only, nothing personal.
    pub payload: String,
    /// Not before.
    pub due_at: Timestamp,
}

/// Names of stages as stored.
const STAGES: [(Stage, &str); 3] = [
    (Stage::Open, "open"),
    (Stage::Closed, "closed"),
    (Stage::Archived, "archived"),
];

/// Names of endings as stored; a case that was handled has none.
const ENDINGS: [(Ending, &str); 2] = [(Ending::Withdrawn, "withdrawn"), (Ending::Merged, "merged")];

/// Names of phases as stored.
const PHASES: [(ClockPhase, &str); 5] = [
    (ClockPhase::Running, "running"),
    (ClockPhase::Suspended, "suspended"),
    (ClockPhase::Met, "met"),
    (ClockPhase::Missed, "missed"),
    (ClockPhase::Withdrawn, "withdrawn"),
];

pub(crate) fn stage_name(stage: Stage) -> &'static str {
    STAGES
        .iter()
        .find(|(one, _)| *one == stage)
        .map_or("open", |(_, name)| name)
}

pub(crate) fn named_stage(name: &str) -> Option<Stage> {
    STAGES
        .iter()
        .find(|(_, one)| *one == name)
        .map(|(stage, _)| *stage)
}

pub(crate) fn ending_name(ending: Option<Ending>) -> Option<&'static str> {
    ENDINGS
        .iter()
        .find(|(one, _)| Some(*one) == ending)
        .map(|(_, name)| *name)
}

pub(crate) fn named_ending(name: &str) -> Option<Ending> {
    ENDINGS
        .iter()
        .find(|(_, one)| *one == name)
        .map(|(ending, _)| *ending)
}

pub(crate) fn phase_name(phase: ClockPhase) -> &'static str {
    PHASES
        .iter()
        .find(|(one, _)| *one == phase)
        .map_or("running", |(_, name)| name)
}

pub(crate) fn named_phase(name: &str) -> Option<ClockPhase> {
    PHASES
        .iter()
        .find(|(_, one)| *one == name)
        .map(|(phase, _)| *phase)
}

/// A way down a tree of categories as it is stored; nothing for none.
pub(crate) fn category_text(path: &[ChoiceId]) -> Option<String> {
    let names: Vec<&str> = path.iter().map(ChoiceId::as_str).collect();
    (!names.is_empty()).then(|| names.join("/"))
}

/// Reads what [`category_text`] wrote.
pub(crate) fn named_category(text: Option<&str>) -> Vec<ChoiceId> {
    let names = text.into_iter().flat_map(|text| text.split('/'));
    names.map(ChoiceId::new).collect()
}

/// For whom there is no such case, as it is stored; nothing for nobody.
pub(crate) fn hidden_text(hidden: &Hidden) -> Option<String> {
    (!hidden.is_empty()).then(|| hidden.to_string())
}

//! The sealed policy: what the checker has proved, and all that the engine reads.
//!
//! Only [`crate::check()`] makes a [`Policy`]; every name in it resolves, every condition type-checks, and every
//! deciding element carries its clause. Maps keep the order of the file, because people read policies in order.

mod category;
mod clock;
mod contact;
mod copies;
mod declaration;
mod duty;
mod field;
mod flow;
mod levels;
mod link;
mod name;
mod party;
mod portal;
mod portion;
mod reconciliation;
mod relation;
mod seal;
mod settling;
mod sheet;
mod statistics;
mod tables;

pub use category::{Categories, Category};
pub use clock::{
    Amount, Clock, CountedFrom, ExtendRule, ExtensionCap, LateNotice, LengthRow, PauseRule, Rest,
    Restart, Share, ShareLimits, Shares, Warning,
};
pub use contact::Contacts;
pub use copies::{FormCopy, KeptFrom};
pub use declaration::Declaration;
pub use duty::{Duty, Every, SAMPLE_MAX, Sample, SampleSize};
pub use field::{Act, DataClass, Field, FieldType, Meaning, NotBy, Part, Required, Tell};
pub use flow::{
    Done, EachOf, FollowUp, Kind, Moment, Move, Need, NeedWhat, Open, Raise, ReadBy, Sees,
    Selector, Step, Target, Verb,
};
pub use levels::{LevelRow, LevelSetting, Levels, LevelsMeaning};
pub use link::{Alike, LinkKind, LinkRule, Withdrawal};
pub use name::{
    AccountId, ActId, BandId, CalendarId, CategoriesId, ChannelId, ChoiceId, ClauseId, ClockId,
    ColumnId, ContactsId, CopyId, DeclarationId, DutyId, ExclusionId, FactPath, FieldId, KindId,
    LadderId, LevelsId, MeasureId, MilestoneId, NoticeId, ParamId, PartId, PartyRoleId,
    PauseReasonId, PolicyId, PositionId, ReconciliationId, ReportId, RoleId, SealId, SeriesId,
    SheetId, StepId, VoucherId,
};
pub use party::{Employee, ExcludedFrom, Exclusion, PartyRole, Whom};
pub use portal::{Milestone, Portal, PortalFiles, Sender};
pub use portion::{Portion, at_least};
pub use reconciliation::{Against, Answers, BookEntries, Reconciliation};
pub use relation::RelationKind;
pub use seal::{Seal, SealedFiles};
pub use settling::{CellFrom, Given, RowsFrom, Settles};
pub use sheet::{
    Account, Cap, Case, Column, ColumnPath, ColumnType, Derived, FirstRow, How, Join, Ladder,
    Match, Outcome, Owed, RowNeed, Rows, Settlement, Sheet, Term, Voucher,
};
pub use statistics::{
    Count, DURATION_MAX, Duration, DurationUnit, Figure, Measure, Rate, Report, Sum, Tally, Which,
};
pub use tables::{
    About, Band, BandOutcome, Channel, Clause, Guidance, Mark, Notice, Param, ParamType,
    ParamValue, Role, Series, SeriesRestart, Text, UnitRule,
};

use indexmap::IndexMap;

/// One checked version of a company's written policy.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Stable name of the policy, the same in all its versions.
    pub id: PolicyId,
    /// Title as printed.
    pub title: Text,
    /// What is kept with it: legal basis, interpretation, aims.
    pub about: Vec<About>,
    /// The calendar by which its time is counted; `None`: the organisation's own.
    pub calendar: Option<CalendarId>,
    /// Every clause the policy file declares, in order.
    pub clauses: IndexMap<ClauseId, Clause>,
    /// Figures an organisation may or must set when it adopts the policy.
    pub params: IndexMap<ParamId, Param>,
    /// Who is meant by the policy's own names for people.
    pub roles: IndexMap<RoleId, Role>,
    /// Ways by which a case may come in.
    pub channels: IndexMap<ChannelId, Channel>,
    /// Trees of categories.
    pub categories: IndexMap<CategoriesId, Categories>,
    /// Groups of fields, filled in together.
    pub parts: IndexMap<PartId, Part>,
    /// Number formats.
    pub series: IndexMap<SeriesId, Series>,
    /// What can be put on record.
    pub acts: IndexMap<ActId, Act>,
    /// What the organisation tells people inside it.
    pub notices: IndexMap<NoticeId, Notice>,
    /// Scales on which cases have a place, such as how severe they are.
    pub levels: IndexMap<LevelsId, Levels>,
    /// Trying to reach customers by rules (T12).
    pub contacts: IndexMap<ContactsId, Contacts>,
    /// Who has a part in a case beside its customer.
    pub parties: IndexMap<PartyRoleId, PartyRole>,
    /// Who is kept out of a case.
    pub exclusions: IndexMap<ExclusionId, Exclusion>,
    /// What every new handler declares first.
    pub declarations: IndexMap<DeclarationId, Declaration>,
    /// Seals on who somebody is.
    pub seals: IndexMap<SealId, Seal>,
    /// Comparisons of books with the system.
    pub reconciliations: IndexMap<ReconciliationId, Reconciliation>,
    /// Kinds of case with their flow.
    pub kinds: IndexMap<KindId, Kind>,
    /// Exact partitions of amounts (P3.21, P3.23).
    pub bands: IndexMap<BandId, Band>,
    /// How money is settled (P3.22 to P3.38).
    pub settlement: Settlement,
    /// What is measured of cases (P1.13).
    pub statistics: IndexMap<MeasureId, Measure>,
    /// Reports that are made at intervals.
    pub reports: IndexMap<ReportId, Report>,
    /// What the organisation owes at intervals.
    pub duties: IndexMap<DutyId, Duty>,
}

impl Policy {
    /// The field at `part.field`, if both exist.
    pub fn field(&self, path: &FactPath) -> Option<&Field> {
        self.parts.get(path.part())?.fields.get(path.field())
    }

    /// The kinds that can be opened out of a case of kind `from`, each with who may.
    pub fn raised_out_of(&self, from: &KindId) -> impl Iterator<Item = (&KindId, &Raise)> {
        self.kinds
            .iter()
            .filter_map(move |(id, raised)| Some((id, raised.raised_from.get(from)?)))
    }

    /// Parameters that have neither a default nor a value: while there is one, the policy can't go live (P7).
    pub fn unset_params(&self) -> impl Iterator<Item = &ParamId> {
        self.params
            .iter()
            .filter(|(_, param)| param.value.is_none())
            .map(|(id, _)| id)
    }
}

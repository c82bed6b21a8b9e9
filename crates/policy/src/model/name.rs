//! Names a policy gives to its parts: one type per kind of thing, cheap to clone.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the name as written in the policy file.
            pub fn new(name: impl AsRef<str>) -> Self {
                Self(Arc::from(name.as_ref()))
            }

            /// The name as written in the policy file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    )*};
}

names! {
    /// A policy, e.g. `general`.
    PolicyId;
    /// A clause as cited, e.g. `P1.8`.
    ClauseId;
    /// A parameter set on adoption.
    ParamId;
    /// A role, e.g. `specialist`.
    RoleId;
    /// A position in the organisation, e.g. `customer-service-specialist`.
    PositionId;
    /// A channel, e.g. `phone`.
    ChannelId;
    /// A part of a form: fields filled in together.
    PartId;
    /// A field within a part.
    FieldId;
    /// One of a field's choices, an outcome of an act, a level of a scale, or a category of a tree.
    ChoiceId;
    /// A number series.
    SeriesId;
    /// An act, e.g. `reply`.
    ActId;
    /// A notice to people inside the organisation.
    NoticeId;
    /// A kind of case, e.g. `complaint`.
    KindId;
    /// A copy of a form, e.g. `accounting`.
    CopyId;
    /// A step of a flow.
    StepId;
    /// A milestone of the portal.
    MilestoneId;
    /// A clock.
    ClockId;
    /// A reason for which a clock may pause.
    PauseReasonId;
    /// A table of decision bands.
    BandId;
    /// Grades in order.
    LadderId;
    /// A sheet of rows and figures.
    SheetId;
    /// A column of a sheet.
    ColumnId;
    /// What is owed month by month.
    AccountId;
    /// A kind of journal voucher.
    VoucherId;
    /// Something measured of cases.
    MeasureId;
    /// A report.
    ReportId;
    /// A periodic duty of the organisation.
    DutyId;
    /// A scale on which cases have a place, e.g. `severity`.
    LevelsId;
    /// A tree of categories.
    CategoriesId;
    /// Rules for trying to reach a customer.
    ContactsId;
    /// A role of parties, e.g. `accused`.
    PartyRoleId;
    /// A rule that keeps people out of a case.
    ExclusionId;
    /// A declaration that new handlers make, e.g. `interest`.
    DeclarationId;
    /// A seal on who somebody is, e.g. `reporter`.
    SealId;
    /// A comparison of a book with the system.
    ReconciliationId;
    /// A calendar that the organisation keeps, e.g. `england`.
    CalendarId;
}

/// Where a fact is kept: `part.field`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactPath {
    part: PartId,
    field: FieldId,
}

impl FactPath {
    /// The path of `field` in `part`.
    pub fn new(part: PartId, field: FieldId) -> Self {
        Self { part, field }
    }

    /// The part's name.
    pub fn part(&self) -> &PartId {
        &self.part
    }

    /// The field's name.
    pub fn field(&self) -> &FieldId {
        &self.field
    }
}

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.part, self.field)
    }
}

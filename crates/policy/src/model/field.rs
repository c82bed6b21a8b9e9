//! Fields, the parts of forms they stand in, and the acts that put them on record.

use indexmap::IndexMap;

use super::{
    BandId, CategoriesId, ChoiceId, ClauseId, CopyId, FieldId, FormCopy, KeptFrom, NoticeId,
    PartId, SealId, Selector, Settles, SheetId, Text, tables::Guidance,
};
use crate::condition::Condition;

/// Fields filled in together: a form, or a section of one.
#[derive(Debug, Clone)]
pub struct Part {
    /// Heading of the section.
    pub title: Text,
    /// The clause that asks for it.
    pub clause: Option<ClauseId>,
    /// The fields in the order of the form.
    pub fields: IndexMap<FieldId, Field>,
    /// Advice shown while it is filled in, in the order of the file.
    pub guidance: Vec<Guidance>,
    /// The copies of the form, in its order.
    pub copies: IndexMap<CopyId, FormCopy>,
    /// Who must never get it.
    pub never_to: Option<KeptFrom>,
    /// The sheets that are worked out when it is put on record.
    pub settles: Option<Settles>,
}

/// One typed, named value: a fact once it is on record.
#[derive(Debug, Clone)]
pub struct Field {
    /// Label.
    pub title: Text,
    /// What may be entered.
    pub ty: FieldType,
    /// Whether it must be filled in.
    pub required: Required,
    /// How the value is protected.
    pub class: DataClass,
    /// The seal it is under, if any: then nobody sees the value who does not open it.
    pub sealed: Option<SealId>,
    /// What the engine and the work list use the value for, if anything.
    pub meaning: Option<Meaning>,
    /// A line of advice under the field.
    pub help: Option<Text>,
    /// The form whose copies are handed out with this entry; its choices are the copies.
    pub copies_of: Option<PartId>,
    /// The clause that asks for it.
    pub clause: Option<ClauseId>,
}

/// Types of values. There are no floating-point numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldType {
    /// Text of at most `max_chars` characters, on one line or several.
    Text {
        /// Whether line breaks are allowed.
        multiline: bool,
        /// Greatest number of characters (Unicode scalar values), inclusive.
        max_chars: usize,
    },
    /// Yes or no.
    Bool,
    /// A whole number.
    Integer,
    /// An amount in the policy's currency, exact to the cent.
    Money,
    /// An exact decimal share of 100.
    Percent,
    /// An exact decimal number of pieces, kilograms, …
    Quantity,
    /// A calendar date.
    Date,
    /// A moment in time.
    Instant,
    /// Exactly one of the choices.
    OneOf(IndexMap<ChoiceId, Text>),
    /// Any number of the choices, each at most once.
    ManyOf(IndexMap<ChoiceId, Text>),
    /// A category of a tree.
    Category {
        /// The tree.
        tree: CategoriesId,
        /// Whether a category with others below it may be taken too.
        branches: bool,
    },
    /// A unit of the organisation.
    Unit,
    /// A person of the organisation.
    Person,
    /// A case of the sample that this case is about.
    Case,
    /// Rows of a sheet that is filled in.
    Rows(SheetId),
}

impl Part {
    /// Whether nobody types a field: the engine puts in what the form's sheets give.
    pub fn gives(&self, field: &FieldId) -> bool {
        let settles = self.settles.as_ref();
        settles.is_some_and(|settles| settles.gives.contains_key(field))
    }
}

/// When a field must be filled in.
#[derive(Debug, Clone)]
pub enum Required {
    /// Always.
    Always,
    /// Never.
    Optional,
    /// Whenever the condition holds.
    When(Condition),
}

/// How a value is protected (ARCHITECTURE.md, "Secrets").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataClass {
    /// Encrypted in the log under the case's key; searchable.
    Ordinary,
    /// About a person: encrypted under that person's key, masked for those without need, never in notices.
    Personal,
}

/// What a value stands for, so that lists, search and replies know it without knowing the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// One line that names the matter in lists.
    Subject,
    /// The customer's own words.
    Content,
    /// The customer's name.
    CustomerName,
    /// Phone number, address or the like under which the customer is reached.
    CustomerContact,
    /// The answer to the customer.
    Reply,
    /// What the case is about, by which lists are filtered.
    Category,
    /// The name of a party other than the customer.
    PartyName,
    /// Under which such a party is reached.
    PartyContact,
    /// The first date that a duty is about; the system fills it in.
    PeriodFrom,
    /// The last date that a duty is about; the system fills it in.
    PeriodTo,
    /// The last day on which a duty is done in time; the system fills it in.
    DueOn,
}

/// Who an act is kept from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotBy {
    /// Whoever is among these.
    pub who: Option<Selector>,
    /// Whoever handled the case of the sample that this field of the act names.
    pub handlers_of: Option<FieldId>,
}

/// What people inside the organisation are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tell {
    /// What is sent.
    pub notice: NoticeId,
    /// To whom.
    pub to: Selector,
}

/// A typed thing put on record about a case: it *occurs* at one time and is *recorded* at another.
#[derive(Debug, Clone)]
pub struct Act {
    /// Name as a verb phrase, e.g. 答复客户.
    pub title: Text,
    /// What is filled in with it.
    pub part: Option<PartId>,
    /// The choice field of `part` that says how it went (e.g. confirmation: accepted, refused, unreachable).
    pub outcome: Option<FieldId>,
    /// The outcomes it can have, where they are not all of that field's choices.
    pub outcomes: Option<Vec<ChoiceId>>,
    /// Who may record it, where that differs from the step's own `by`.
    pub by: Option<Selector>,
    /// Who may not, whatever else he is: nobody checks or rates his own work (P1.12).
    pub not_by: Option<NotBy>,
    /// Who may correct it, besides whoever recorded it; `None`: those who may record it.
    pub corrected_by: Option<Selector>,
    /// Whether it is addressed to the customer: shown to him when he looks up his case.
    pub to_customer: bool,
    /// Who inside the organisation is told of it.
    pub tell: Vec<Tell>,
    /// The clause that asks for it.
    pub clause: Option<ClauseId>,
    /// A decision band that its outcome must respect (P3.21), if any.
    pub band: Option<BandId>,
}

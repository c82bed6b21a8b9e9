//! Forms as the policy describes them.

use huiyin_policy::model::{
    Categories, ChoiceId, DataClass, Field, FieldType, Meaning, Part, PartId, Policy, Required,
    Text,
};
use huiyin_texts::Lang;
use serde::Serialize;
use utoipa::ToSchema;

use super::level::TreeNode;
use super::offer::ClauseText;
use super::settlement::ColumnForm;

/// Picks the text of the caller's language.
pub(crate) fn pick(text: &Text, lang: Lang) -> String {
    match lang {
        Lang::ZhCn => text.zh.clone(),
        Lang::En => text.en.clone(),
    }
}

/// A part of a form: fields filled in together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PartForm {
    /// Name of the part in the policy.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The clause that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Fields in the order of the form.
    pub fields: Vec<FieldForm>,
    /// Advice to whoever fills it in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guidance: Vec<ClauseText>,
    /// Whether sheets are worked out when it is put on record; what they give can be asked for before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub settles: bool,
}

impl PartForm {
    /// The form of `part` in the caller's language.
    pub(crate) fn new(policy: &Policy, id: &PartId, part: &Part, lang: Lang) -> Self {
        Self {
            id: id.to_string(),
            title: pick(&part.title, lang),
            clause: part.clause.as_ref().map(ToString::to_string),
            fields: part
                .fields
                .iter()
                .map(|(id, field)| FieldForm {
                    worked_out: part.gives(id),
                    ..FieldForm::new(policy, id.as_str(), field, lang)
                })
                .collect(),
            settles: part.settles.is_some(),
            guidance: part
                .guidance
                .iter()
                .map(|guidance| ClauseText {
                    id: guidance.clause.to_string(),
                    text: pick(&guidance.text, lang),
                })
                .collect(),
        }
    }
}

/// A field of a form.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FieldForm {
    /// Name of the field in its part.
    pub id: String,
    /// Label.
    pub title: String,
    /// What may be entered.
    #[serde(rename = "type")]
    pub ty: FieldKind,
    /// What can be chosen, for `one_of` and `many_of`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<Named>>,
    /// What can be chosen, for `category`: all categories of the tree, each before those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tree: Option<Vec<TreeNode>>,
    /// Whether it must be filled in.
    pub required: RequiredKind,
    /// How the value is protected.
    pub class: ClassKind,
    /// What the value stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<MeaningKind>,
    /// A line of advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The clause that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Whether nobody sees what is entered any more, once it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// Greatest number of characters of a text, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_chars: Option<usize>,
    /// Whether nobody types it: the form's sheets give it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub worked_out: bool,
    /// What a row is filled in under, for `rows`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<ColumnForm>>,
}

impl FieldForm {
    /// The field without what is meant for those who work by the policy.
    pub(crate) fn for_customers(self) -> Self {
        Self {
            clause: None,
            ..self
        }
    }

    /// A field in the caller's language.
    pub(crate) fn new(policy: &Policy, id: &str, field: &Field, lang: Lang) -> Self {
        let tree = policy.tree_of(&field.ty);
        Self {
            tree: tree.map(|(tree, branches)| nodes(tree, branches, lang)),
            id: id.to_owned(),
            title: pick(&field.title, lang),
            ty: FieldKind::of(&field.ty),
            choices: match &field.ty {
                FieldType::OneOf(choices) | FieldType::ManyOf(choices) => Some(
                    choices
                        .iter()
                        .map(|(id, text)| Named {
                            id: id.to_string(),
                            title: pick(text, lang),
                        })
                        .collect(),
                ),
                _ => None,
            },
            required: match field.required {
                Required::Always => RequiredKind::Always,
                Required::Optional => RequiredKind::Optional,
                Required::When(_) => RequiredKind::Conditional,
            },
            class: match field.class {
                DataClass::Ordinary => ClassKind::Ordinary,
                DataClass::Personal => ClassKind::Personal,
            },
            meaning: field.meaning.map(MeaningKind::of),
            help: field.help.as_ref().map(|help| pick(help, lang)),
            clause: field.clause.as_ref().map(ToString::to_string),
            sealed: field.sealed.is_some(),
            max_chars: match field.ty {
                FieldType::Text { max_chars, .. } => Some(max_chars),
                _ => None,
            },
            worked_out: false,
            columns: match &field.ty {
                FieldType::Rows(sheet) => Some(ColumnForm::all(policy, sheet, lang)),
                _ => None,
            },
        }
    }
}

/// The categories of a tree; one with others below it can be taken if `branches`.
pub(crate) fn nodes(tree: &Categories, branches: bool, lang: Lang) -> Vec<TreeNode> {
    let nodes = tree.nodes.iter().map(|(id, node)| {
        let path: Vec<&str> = tree.path(id).into_iter().map(ChoiceId::as_str).collect();
        TreeNode {
            id: id.to_string(),
            title: pick(&node.title, lang),
            path: path.join("/"),
            depth: node.depth,
            takes: branches || node.is_leaf,
        }
    });
    nodes.collect()
}

/// Something with a name and a title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    /// Stable name.
    pub id: String,
    /// Title in the caller's language.
    pub title: String,
}

/// Types of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldKind {
    /// One line of text.
    Text,
    /// Text with line breaks.
    Multiline,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// An amount, as a string such as `"1200.00"`.
    Money,
    /// A share of 100, as a string.
    Percent,
    /// An exact decimal, as a string.
    Quantity,
    /// `yyyy-mm-dd`.
    Date,
    /// RFC 3339.
    Instant,
    /// The id of one choice.
    OneOf,
    /// A list of ids of choices.
    ManyOf,
    /// The id of a category of the tree.
    Category,
    /// The id of a unit.
    Unit,
    /// The id of a person.
    Person,
    /// The id of a case of the sample, one of the choices.
    Case,
    /// A list of objects with the columns of a sheet.
    Rows,
}

impl FieldKind {
    fn of(ty: &FieldType) -> Self {
        match ty {
            FieldType::Text {
                multiline: false, ..
            } => Self::Text,
            FieldType::Text {
                multiline: true, ..
            } => Self::Multiline,
            FieldType::Bool => Self::Bool,
            FieldType::Integer => Self::Integer,
            FieldType::Money => Self::Money,
            FieldType::Percent => Self::Percent,
            FieldType::Quantity => Self::Quantity,
            FieldType::Date => Self::Date,
            FieldType::Instant => Self::Instant,
            FieldType::OneOf(_) => Self::OneOf,
            FieldType::ManyOf(_) => Self::ManyOf,
            FieldType::Category { .. } => Self::Category,
            FieldType::Unit => Self::Unit,
            FieldType::Person => Self::Person,
            FieldType::Case => Self::Case,
            FieldType::Rows(_) => Self::Rows,
        }
    }
}

/// When a field must be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RequiredKind {
    /// Always.
    Always,
    /// Never.
    Optional,
    /// When the policy's condition holds; the server says so when it does.
    Conditional,
}

/// How a value is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClassKind {
    /// Searchable, shown to whoever sees the case.
    Ordinary,
    /// Masked; each look at it in full is on record.
    Personal,
}

/// What a value stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MeaningKind {
    /// The matter in one line.
    Subject,
    /// The customer's own words.
    Content,
    /// The customer's name.
    CustomerName,
    /// How the customer is reached.
    CustomerContact,
    /// The answer to the customer.
    Reply,
    /// What the case is about.
    Category,
    /// The name of a party other than the customer.
    PartyName,
    /// How such a party is reached.
    PartyContact,
    /// The first date that a duty is about.
    PeriodFrom,
    /// The last date that a duty is about.
    PeriodTo,
    /// The last day on which a duty is done in time.
    DueOn,
}

impl MeaningKind {
    /// What a field of the policy means.
    pub(crate) const fn of(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Subject => Self::Subject,
            Meaning::Content => Self::Content,
            Meaning::CustomerName => Self::CustomerName,
            Meaning::CustomerContact => Self::CustomerContact,
            Meaning::Reply => Self::Reply,
            Meaning::Category => Self::Category,
            Meaning::PartyName => Self::PartyName,
            Meaning::PartyContact => Self::PartyContact,
            Meaning::PeriodFrom => Self::PeriodFrom,
            Meaning::PeriodTo => Self::PeriodTo,
            Meaning::DueOn => Self::DueOn,
        }
    }
}

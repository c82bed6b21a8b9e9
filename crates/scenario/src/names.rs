//! The names that a test may use: those of the policy, and those of its own file.
//!
//! What is expected not to be there must exist all the same: a clock that is spelt wrong has never run.

use huiyin_case::refusal::CODES;
use huiyin_diagnostic::Place;
use huiyin_policy::model::{
    ActId, ChannelId, ChoiceId, ClauseId, ClockId, ContactsId, Count, FactPath, FieldType, KindId,
    LevelsId, MeasureId, NoticeId, PartyRoleId, PauseReasonId, Policy, RoleId, SealId,
};
use huiyin_policy::yaml::{Node, Shape};

use crate::cast::Cast;
use crate::offers;
use crate::reading::{Read, text, unknown_name};

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Act,
    Channel,
    Clause,
    Clock,
    Contacts,
    Field,
    Kind,
    Measure,
    Notice,
    Offer,
    Party,
    PauseReason,
    Person,
    Role,
    Rule,
    Scale,
    Seal,
    Unit,
}

impl Of {
    /// Its key in the texts.
    const fn key(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Channel => "channel",
            Self::Clause => "clause",
            Self::Clock => "clock",
            Self::Contacts => "contacts",
            Self::Field => "field",
            Self::Kind => "kind",
            Self::Measure => "measure",
            Self::Notice => "notice",
            Self::Offer => "offer",
            Self::Party => "party",
            Self::PauseReason => "pause_reason",
            Self::Person => "person",
            Self::Role => "role",
            Self::Rule => "rule",
            Self::Scale => "scale",
            Self::Seal => "seal",
            Self::Unit => "unit",
        }
    }
}

/// Who and what there is.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) cast: &'a Cast,
}

impl<'a> Names<'a> {
    /// All names of a sort.
    pub(crate) fn all(self, of: Of) -> Vec<String> {
        let policy = self.policy;
        let kinds = || policy.kinds.values();
        match of {
            Of::Act => list(policy.acts.keys().map(ActId::as_str)),
            Of::Channel => list(policy.channels.keys().map(ChannelId::as_str)),
            Of::Clause => list(policy.clauses.keys().map(ClauseId::as_str)),
            Of::Clock => {
                let shares = kinds().flat_map(|kind| &kind.shares);
                let shares = shares.flat_map(|shares| shares.all().map(|share| &share.clock));
                let clocks = kinds().flat_map(|kind| kind.clocks.keys());
                list(clocks.chain(shares).map(ClockId::as_str))
            }
            Of::Contacts => list(policy.contacts.keys().map(ContactsId::as_str)),
            Of::Field => {
                let parts = policy.parts.iter();
                let fields = parts.flat_map(|(part, declared)| {
                    declared
                        .fields
                        .keys()
                        .map(move |field| format!("{part}.{field}"))
                });
                fields.collect()
            }
            Of::Kind => list(policy.kinds.keys().map(KindId::as_str)),
            Of::Measure => {
                let measures = policy.statistics.keys().map(MeasureId::as_str);
                list(measures.chain(Count::ALL.iter().map(|count| count.as_str())))
            }
            Of::Notice => list(policy.notices.keys().map(NoticeId::as_str)),
            Of::Offer => offers::all(policy).iter().map(offers::word).collect(),
            Of::Party => list(policy.parties.keys().map(PartyRoleId::as_str)),
            Of::PauseReason => {
                let clocks = kinds().flat_map(|kind| kind.clocks.values());
                let rules = clocks.filter_map(|clock| clock.pause.as_ref());
                list(rules.flat_map(|rule| rule.reasons.keys().map(PauseReasonId::as_str)))
            }
            Of::Person => list(self.cast.people()),
            Of::Role => list(policy.roles.keys().map(RoleId::as_str)),
            Of::Rule => list(CODES.into_iter()),
            Of::Scale => list(policy.levels.keys().map(LevelsId::as_str)),
            Of::Seal => list(policy.seals.keys().map(SealId::as_str)),
            Of::Unit => list(self.cast.units()),
        }
    }

    /// That this is a name of the sort.
    ///
    /// # Errors
    ///
    /// The finding, with what may have been meant.
    pub(crate) fn check(self, of: Of, name: &str, place: Place) -> Read<()> {
        among(&self.all(of), of.key(), name, place)
    }

    /// That every key of a map is a name of the sort.
    pub(crate) fn check_keys(self, of: Of, node: Node<'_>) -> Read<()> {
        let all = self.all(of);
        node.entries()
            .try_for_each(|entry| among(&all, of.key(), entry.key, entry.key_place))
    }

    /// That every word of a list, or the one word, is a name of one of the sorts, or one of `besides`.
    pub(crate) fn check_words(self, sorts: &[Of], besides: &[&str], node: Node<'_>) -> Read<()> {
        let Some(first) = sorts.first() else {
            return Ok(());
        };
        let mut all: Vec<String> = sorts.iter().flat_map(|of| self.all(*of)).collect();
        all.extend(besides.iter().map(|&word| word.to_owned()));
        each_word(&all, first.key(), node)
    }

    /// That this is one of the field's choices, somebody or something that there is, or `none`; whatever is written, if
    /// the field takes anything. `cases` are what cases are called.
    pub(crate) fn check_choice(self, path: &str, node: Node<'_>, cases: &[String]) -> Read<()> {
        let Some((part, field)) = path.split_once('.') else {
            return Ok(());
        };
        let declared = self.policy.parts.get(part);
        let Some(field) = declared.and_then(|part| part.fields.get(field)) else {
            return Ok(());
        };
        match &field.ty {
            FieldType::Bool => among(
                &owned(&["yes", "no", "none"]),
                "choice",
                text(node)?,
                node.place(),
            ),
            FieldType::Unit => self.check_words(&[Of::Unit], &["none"], node),
            FieldType::Person => self.check_words(&[Of::Person], &["none"], node),
            FieldType::Case => {
                let none = owned(&["none"]).into_iter();
                let known: Vec<String> = cases.iter().cloned().chain(none).collect();
                each_word(&known, "case", node)
            }
            ty => match self.choices(ty) {
                Some(mut all) if matches!(ty, FieldType::OneOf(_) | FieldType::Category { .. }) => {
                    all.push("none".to_owned());
                    among(&all, "choice", text(node)?, node.place())
                }
                _ => Ok(()),
            },
        }
    }

    /// What can be chosen in a field of this type, if it has choices.
    pub(crate) fn choices(self, ty: &FieldType) -> Option<Vec<String>> {
        match ty {
            FieldType::OneOf(choices) | FieldType::ManyOf(choices) => {
                Some(list(choices.keys().map(ChoiceId::as_str)))
            }
            FieldType::Category { tree, .. } => {
                let tree = self.policy.categories.get(tree)?;
                Some(list(tree.nodes.keys().map(ChoiceId::as_str)))
            }
            _ => None,
        }
    }

    /// That this is a choice by which a tally counts.
    pub(crate) fn check_tallied(self, by: &FactPath, node: Node<'_>) -> Read<()> {
        let mut all = list(self.policy.choices(by).keys().map(ChoiceId::as_str));
        all.extend(owned(&["none", "never"]));
        among(&all, "choice", text(node)?, node.place())
    }
}

/// That `name` is one of `known`; `what` is a key of the texts.
pub(crate) fn among(known: &[String], what: &str, name: &str, place: Place) -> Read<()> {
    match known.iter().any(|one| one == name) {
        true => Ok(()),
        false => Err(unknown_name(
            place,
            what,
            name,
            known.iter().map(String::as_str),
        )),
    }
}

/// That every word of a list, or the one word, is one of `known`.
pub(crate) fn each_word(known: &[String], what: &str, node: Node<'_>) -> Read<()> {
    match node.shape() {
        Shape::List => node
            .items()
            .try_for_each(|item| among(known, what, text(item)?, item.place())),
        Shape::Nothing => Ok(()),
        _ => among(known, what, text(node)?, node.place()),
    }
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    names.map(str::to_owned).collect()
}

fn owned(words: &[&str]) -> Vec<String> {
    list(words.iter().copied())
}

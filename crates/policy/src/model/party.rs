//! Who has a part in a case beside its customer (当事人), and who is kept out of it.

use std::collections::BTreeSet;

use super::{
    ClauseId, ExclusionId, KindId, PartId, PartyRoleId, Policy, RelationKind, Selector, Text,
};

/// A role that people can have in a case: representative, joint complainant, the accused.
#[derive(Debug, Clone)]
pub struct PartyRole {
    /// Name, e.g. 被投诉人.
    pub title: Text,
    /// The kinds whose cases have such parties.
    pub kinds: Vec<KindId>,
    /// What is filled in of each.
    pub part: Option<PartId>,
    /// How many a case may have at a time.
    pub max: u32,
    /// Whether such a party is one of the organisation's own people.
    pub employee: Employee,
    /// Who may add and remove them.
    pub by: Selector,
    /// The clause behind it.
    pub clause: ClauseId,
}

/// Whether a party is one of the organisation's own people: then it is a person and never a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Employee {
    /// Never: an outsider, known by what is filled in.
    Never,
    /// It may be either.
    Allowed,
    /// Always.
    Always,
}

/// People kept out of a case, whatever else lets them in (回避).
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// The kinds of case it holds for.
    pub kinds: Vec<KindId>,
    /// Who is kept out.
    pub who: Whom,
    /// From what.
    pub from: ExcludedFrom,
    /// The clause behind it.
    pub clause: ClauseId,
}

/// Whom an exclusion means. What the record of the case names is all that its selectors may ask for.
#[derive(Debug, Clone)]
pub enum Whom {
    /// Whoever the record of the case names.
    Named(Selector),
    /// Whoever is known to the organisation to be related to those it names (P6.20).
    Related {
        /// To which people, and to which units.
        to: Selector,
        /// In which ways.
        by: BTreeSet<RelationKind>,
    },
}

impl Whom {
    /// What the record of the case is asked for.
    pub fn selector(&self) -> &Selector {
        match self {
            Self::Named(selector) | Self::Related { to: selector, .. } => selector,
        }
    }
}

/// What someone is kept from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExcludedFrom {
    /// From doing anything with the case, holding it and being told of it.
    Handle,
    /// From that, and from seeing, finding and counting it: for him there is no such case.
    See,
}

impl Policy {
    /// The parties that cases of a kind can have.
    pub fn parties_of<'p>(
        &'p self,
        kind: &'p KindId,
    ) -> impl Iterator<Item = (&'p PartyRoleId, &'p PartyRole)> {
        let roles = self.parties.iter();
        roles.filter(|(_, role)| role.kinds.contains(kind))
    }

    /// The exclusions that hold for a kind.
    pub fn exclusions_of<'p>(
        &'p self,
        kind: &'p KindId,
    ) -> impl Iterator<Item = (&'p ExclusionId, &'p Exclusion)> {
        let exclusions = self.exclusions.iter();
        exclusions.filter(|(_, exclusion)| exclusion.kinds.contains(kind))
    }
}

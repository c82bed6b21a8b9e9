//! Relations that the organisation knows of: between people, and between a person and a unit (P6.20).

use std::fmt;

/// What somebody is to another person or to a unit. It holds both ways between people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Married.
    Spouse,
    /// Of one family.
    Relative,
    /// Worked together once.
    FormerColleague,
    /// One was the other's superior.
    FormerSuperior,
    /// Has money in it, or owes or lends some.
    FinancialInterest,
    /// Anything else that makes somebody partial.
    Other,
}

impl RelationKind {
    /// All kinds, the closest first.
    pub const ALL: [Self; 6] = [
        Self::Spouse,
        Self::Relative,
        Self::FormerColleague,
        Self::FormerSuperior,
        Self::FinancialInterest,
        Self::Other,
    ];

    /// The word for it in policies, in scenarios and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Relative => "relative",
            Self::FormerColleague => "former_colleague",
            Self::FormerSuperior => "former_superior",
            Self::FinancialInterest => "financial_interest",
            Self::Other => "other",
        }
    }

    /// The kind that a word stands for, if it is one.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl fmt::Display for RelationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

//! What ties cases together (关联), and what follows when a customer takes a complaint back (撤回).

use super::{ClauseId, FactPath, KindId, LateNotice, Need, Selector, StepId};

/// The kinds of link that can be decided on between two cases there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// Both are about the same matter (同一事项).
    SameMatter,
    /// One repeats the other: the same customer complains again (二次投诉; P2.15, P3.12).
    Recomplaint,
    /// One is a customer's part of an incident that concerns many (事件; P9.11).
    Incident,
    /// One goes on in the other and ends here (合并).
    Merged,
}

impl LinkKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Recomplaint,
        Self::SameMatter,
        Self::Incident,
        Self::Merged,
    ];

    /// The word for it in a policy, and its published name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameMatter => "same_matter",
            Self::Recomplaint => "recomplaint",
            Self::Incident => "incident",
            Self::Merged => "merged",
        }
    }

    /// The kind with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Who may link a case so, and to what.
#[derive(Debug, Clone)]
pub struct LinkRule {
    /// The kinds of case that the other one may be of.
    pub to: Vec<KindId>,
    /// Who decides on it, and may take it back.
    pub by: Selector,
    /// Who is told of it.
    pub tells: Vec<LateNotice>,
    /// What makes an earlier case of the same customer likely to be the other one; `None`: nothing is looked for.
    pub alike: Option<Alike>,
    /// The clause behind it.
    pub clause: ClauseId,
}

/// What two cases of one customer have in common if they are likely to be about the same (P2.15). Any of it is enough; it is
/// said to people, who decide.
#[derive(Debug, Clone)]
pub struct Alike {
    /// Fields that have the same value in both: the order, the product.
    pub same: Vec<FactPath>,
    /// The text that is compared.
    pub text: Option<FactPath>,
}

/// How a customer's withdrawal is accepted. It ends the case: neither handled nor late, its clocks are withdrawn.
#[derive(Debug, Clone)]
pub struct Withdrawal {
    /// Who may accept it.
    pub by: Selector,
    /// In which steps; any if empty.
    pub steps: Vec<StepId>,
    /// What must be on record first.
    pub needs: Vec<Need>,
    /// Who is told of it.
    pub tells: Vec<LateNotice>,
    /// The clause behind it.
    pub clause: ClauseId,
}

//! Declarations: what everybody says of himself before he has anything to do with a case (利害关系声明).

use super::{ActId, ChoiceId, ClauseId, KindId, Policy};

/// A declaration that everybody makes for each case before he does anything else with it.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The kinds of case for which it is made.
    pub kinds: Vec<KindId>,
    /// The act by which it is made; its outcome is what is declared.
    pub act: ActId,
    /// The outcomes that let in whoever declares them. Whoever declares another is kept out by an exclusion.
    pub clear: Vec<ChoiceId>,
    /// The clause behind it.
    pub clause: ClauseId,
}

impl Policy {
    /// The declarations that are made for cases of a kind.
    pub fn declarations_of<'p>(
        &'p self,
        kind: &'p KindId,
    ) -> impl Iterator<Item = &'p Declaration> {
        let declarations = self.declarations.values();
        declarations.filter(|declaration| declaration.kinds.contains(kind))
    }
}

//! Seals: identities that nobody sees in the course of work (封存).

use super::{ClauseId, FactPath, Field, Meaning, PartId, Policy, SealId, Selector, Tell, Text};

/// A set of fields that tell who somebody is. They are seen by nobody until somebody entitled opens the seal, for a reason that
/// is put on record, and then by him alone, once.
#[derive(Debug, Clone)]
pub struct Seal {
    /// What is sealed, e.g. 举报人身份.
    pub title: Text,
    /// Who may open it.
    pub opened_by: Selector,
    /// Who is told each time it is opened.
    pub tells: Vec<Tell>,
    /// The clause behind it.
    pub clause: ClauseId,
}

impl Policy {
    /// The fields under a seal, in the order of the policy.
    pub fn fields_under<'p>(
        &'p self,
        seal: &'p SealId,
    ) -> impl Iterator<Item = (FactPath, &'p Field)> {
        self.parts.iter().flat_map(move |(part, declared)| {
            let sealed = declared
                .fields
                .iter()
                .filter(move |(_, field)| field.sealed.as_ref() == Some(seal));
            sealed.map(move |(id, field)| (FactPath::new(part.clone(), id.clone()), field))
        })
    }

    /// Whether a form that cases are opened with has the customer's name under a seal.
    pub fn seals_customer(&self, part: &PartId) -> bool {
        let fields = self.parts.get(part).into_iter();
        let mut fields = fields.flat_map(|part| part.fields.values());
        let is_name = |field: &&Field| field.meaning == Some(Meaning::CustomerName);
        fields
            .find(is_name)
            .is_some_and(|field| field.sealed.is_some())
    }
}

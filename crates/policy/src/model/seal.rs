//! Seals: identities that nobody sees in the course of work (封存).

use super::{
    ClauseId, FactPath, Field, Kind, Meaning, PartId, Policy, SealId, Selector, Tell, Text,
};

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
    /// Which files come under it.
    pub files: SealedFiles,
    /// The clause behind it.
    pub clause: ClauseId,
}

/// Which files of a case come under a seal: a letter, a picture or a voice tells who somebody is as well as his name does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SealedFiles {
    /// None.
    #[default]
    None,
    /// Those that whoever attaches them puts there.
    Offered,
    /// Those too, and everything that the customer sends himself.
    FromCustomer,
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

    /// The seals under which files of a case of this kind can be put: those that take files and have a field of the form it is
    /// opened with.
    pub fn seals_for_files<'p>(
        &'p self,
        kind: &'p Kind,
    ) -> impl Iterator<Item = (&'p SealId, &'p Seal)> {
        self.seals.iter().filter(|(id, seal)| {
            let mut fields = self.fields_under(id);
            seal.files != SealedFiles::None
                && fields.any(|(path, _)| *path.part() == kind.open.part)
        })
    }

    /// The seal under which everything comes that the customer of a case of this kind sends: the first that says so.
    pub fn seal_of_customers_files<'p>(&'p self, kind: &'p Kind) -> Option<&'p SealId> {
        self.seals_for_files(kind)
            .find(|(_, seal)| seal.files == SealedFiles::FromCustomer)
            .map(|(id, _)| id)
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

//! What a form that is settled by sheets would give, before it is put on record.

use huiyin_case::command::{Act, Command};
use huiyin_case::decide::preview;
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::settling::FormSettled;
use huiyin_case::state::CaseState;
use huiyin_case::value::Fields;
use huiyin_policy::model::ActId;

use crate::app::App;
use crate::authorise::Action;
use crate::error::{Error, Refused};
use crate::principal::Principal;
use crate::shelf::Version;

/// A form as it is filled in.
#[derive(Debug, Clone)]
pub struct FormAsked {
    /// The case.
    pub case: CaseId,
    /// For whom the caller acts, if not in the own right.
    pub acting_for: Option<PersonId>,
    /// The act that puts the form on record.
    pub act: ActId,
    /// What is filled in.
    pub fields: Fields,
}

/// What a form would give, with what it is shown by.
#[derive(Debug)]
pub struct FormAnswer {
    /// What it would give.
    pub settled: FormSettled,
    /// The case as it is.
    pub state: CaseState,
    /// The policy version the case keeps.
    pub version: Version,
}

impl App {
    /// Works out the sheets of a form. Nothing is stored.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case; [`Error::Forbidden`] if he may not handle cases;
    /// [`Error::Refused`] if he may not put the act on record, if its form is settled by no sheet, or with what keeps the rows from
    /// being settled.
    pub async fn settle(
        &self,
        principal: &Principal,
        asked: FormAsked,
    ) -> Result<FormAnswer, Error> {
        let (state, version, _) = self.load_with_history(asked.case).await?;
        self.require_sight(principal, Action::See, asked.case, &state)
            .await?;
        if !self.may(principal, Action::Handle) {
            return Err(Error::Forbidden);
        }
        let directory = self.directory();
        let context = self.context(&version, &directory.organisation);
        let command = Command {
            actor: principal.person.into(),
            acting_for: asked.acting_for,
            occurred: None,
            act: Act::Record {
                act: asked.act,
                fields: asked.fields,
            },
        };
        match preview(&state, &context, &command) {
            Ok(settled) => Ok(FormAnswer {
                settled,
                state,
                version,
            }),
            Err(refusal) => Err(Error::Refused(Box::new(Refused {
                refusal,
                policy: version.policy,
            }))),
        }
    }
}

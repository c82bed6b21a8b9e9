//! Opening seals: the one way by which what is sealed leaves the log, in the answer to the request that opens it.

use huiyin_case::command::{Act, Command};
use huiyin_case::decide::decide;
use huiyin_case::state::CaseState;
use huiyin_policy::model::SealId;

use crate::app::App;
use crate::commands::{CommandRequest, Done, refused};
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;

/// A case whose seal was opened. Only whoever opened it is shown what is under it.
#[derive(Debug)]
pub struct Opened {
    /// What the opening has led to.
    pub done: Done,
    /// The case, with all that is sealed in it.
    pub state: CaseState,
    /// The policy version it keeps.
    pub version: Version,
    /// The seal that was opened.
    pub seal: SealId,
}

impl App {
    /// Opens a seal; [`Act::OpenSeal`] is what `request` asks for. The opening is on record of the case, and every answer in the
    /// audit log, before anything is told.
    ///
    /// # Errors
    /// As [`App::command`]; [`Error::ReadOnly`] where the audit log can't be written.
    pub async fn open_seal(
        &self,
        principal: &Principal,
        request: CommandRequest,
    ) -> Result<Opened, Error> {
        let Act::OpenSeal { seal, .. } = &request.act else {
            return Err(Error::NotFound);
        };
        let (case, seal) = (request.case, seal.clone());
        let again = Command {
            actor: principal.person.into(),
            acting_for: request.acting_for,
            occurred: None,
            act: request.act.clone(),
        };
        let done = self.command(principal, request).await?;
        let (state, version) = self.load(case).await?;
        // The same request that comes again is answered again, but only to somebody who still may.
        self.still_may(&state, &version, &again)?;
        self.record_opening(principal, case, &seal).await?;
        Ok(Opened {
            done,
            state,
            version,
            seal,
        })
    }

    fn still_may(
        &self,
        state: &CaseState,
        version: &Version,
        command: &Command,
    ) -> Result<(), Error> {
        let directory = self.directory();
        let context = self.context(version, &directory.organisation);
        decide(Some(state), &context, command)
            .map(drop)
            .map_err(|refusal| refused(refusal, version))
    }
}

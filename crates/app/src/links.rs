//! Cases that belong together: opening one out of another, and what a case is linked to.

use std::collections::BTreeMap;

use huiyin_case::Recorded;
use huiyin_case::command::{Act, Command, OpenedBy};
use huiyin_case::decide::decide;
use huiyin_case::duty::raised_case;
use huiyin_case::event::Event;
use huiyin_case::id::{CaseId, PartyId, PersonId};
use huiyin_case::objection::decider_above;
use huiyin_case::state::CaseState;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{KindId, Policy};
use huiyin_store::CaseRow;

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{CommandRequest, Done, Key, Start, refused};
use crate::error::Error;
use crate::ids;
use crate::live::Scope;
use crate::principal::Principal;

/// A case to open out of another.
#[derive(Debug, Clone)]
pub struct RaiseRequest {
    /// The other case.
    pub from: CaseId,
    /// Its last event that the caller saw.
    pub seen_seq: u32,
    /// For whom the caller acts, if not in the own right.
    pub acting_for: Option<PersonId>,
    /// The kind of the new one.
    pub kind: KindId,
    /// Fields of its opening part.
    pub fields: Fields,
    /// The caller's key.
    pub key: Key,
}

/// A case that was opened out of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The new case.
    pub case: CaseId,
    /// Where the other one stands now.
    pub origin: Done,
}

impl App {
    /// Opens a case out of another: first the new one, then the entry in the old one, under the caller's key. The new
    /// case's id follows from the key, so that a request that comes again finds what it opened the first time.
    ///
    /// # Errors
    /// As [`App::command`]; the refusal may be about either case.
    pub async fn raise(
        &self,
        principal: &Principal,
        request: RaiseRequest,
    ) -> Result<Raised, Error> {
        let case = raised_case(
            request.from,
            &format!("{} {}", principal.person, request.key.as_str()),
        );
        let (origin, origin_version) = self.load(request.from).await?;
        self.require_sight(principal, Action::Handle, request.from, &origin)
            .await?;
        let act = Act::Raise {
            case,
            kind: request.kind.clone(),
        };
        let directory = self.directory();
        let command = |act| Command {
            actor: principal.person.into(),
            acting_for: request.acting_for,
            occurred: None,
            act,
        };
        // That the policy lets this person is known before anything is opened.
        decide(
            Some(&origin),
            &self.context(&origin_version, &directory.organisation),
            &command(act.clone()),
        )
        .map_err(|refusal| refused(refusal, &origin_version))?;
        let above = decider_above(
            &origin_version.policy,
            &directory.organisation,
            &origin,
            &request.kind,
        )
        .map_err(|refusal| refused(refusal, &origin_version))?;
        if self.store().existing(&[case]).await?.is_empty() {
            // What comes out of a case is about the same matter: it belongs where that case belongs.
            let unit = origin_version.unit();
            let version = self.taken_in_under(&origin_version.policy.id, unit)?;
            let open = command(Act::Open {
                case,
                customer: PartyId::new(ids::new()),
                by: OpenedBy::Raised {
                    from: request.from,
                    above,
                    kind: request.kind,
                    fields: request.fields,
                },
            });
            match self
                .carry_out(case, &version, Start::new_case(), &open, None)
                .await
            {
                Ok(_) | Err(Error::Conflict { .. }) => {}
                Err(failed) => return Err(failed),
            }
        }
        let done = self
            .command(
                principal,
                CommandRequest {
                    case: request.from,
                    seen_seq: request.seen_seq,
                    acting_for: request.acting_for,
                    act,
                    occurred: None,
                    key: request.key,
                },
            )
            .await?;
        Ok(Raised { case, origin: done })
    }

    /// The rows of all cases that this one is or was linked to, as far as the caller may see them.
    pub(crate) async fn linked(
        &self,
        principal: &Principal,
        (state, policy): (&CaseState, &Policy),
        history: &[Recorded],
    ) -> Result<BTreeMap<CaseId, CaseRow>, Error> {
        let drawn: Vec<CaseId> = state.sample().iter().map(|one| one.case).collect();
        let raised = state.raised.iter().map(|raised| raised.case);
        // Its history tells of links that were taken back, too.
        let tied = history.iter().filter_map(|recorded| match recorded.event {
            Event::CaseLinked { case, .. } => Some(case),
            _ => None,
        });
        let named = history.iter().flat_map(|recorded| named(&recorded.event));
        let linked = raised.chain(state.raised_from).chain(tied).chain(named);
        let linked: Vec<CaseId> = linked.collect();
        let mut found = BTreeMap::new();
        if !drawn.is_empty() {
            let access = self.access_to_drawn(principal, (state, &Scope::of(policy, state)));
            let rows = self.store().case_rows(&access, &drawn).await?;
            found.extend(rows.into_iter().map(|row| (row.case, row)));
        }
        if !linked.is_empty() {
            let access = self.access_of(principal);
            let rows = self.store().case_rows(&access, &linked).await?;
            found.extend(rows.into_iter().map(|row| (row.case, row)));
        }
        Ok(found)
    }
}

/// The cases that are named in what was filled in.
fn named(event: &Event) -> impl Iterator<Item = CaseId> {
    let fields = match event {
        Event::ActRecorded { fields, .. } => Some(fields),
        Event::EntryCorrected { fields, .. } => fields.as_ref(),
        _ => None,
    };
    let values = fields.into_iter().flat_map(Fields::values);
    values.filter_map(|value| match value {
        Value::Case(case) => Some(*case),
        _ => None,
    })
}

//! Bringing in historical cases: many at a time, each once for ever.

use std::collections::HashSet;
use std::sync::Arc;

use huiyin_case::command::{Act, Command};
use huiyin_case::decide::decide;
use huiyin_case::historical::{HistoricalCase, Origin};
use huiyin_case::id::{CaseId, PartyId};
use huiyin_policy::model::PolicyId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{Key, Start};
use crate::error::{Error, Refused};
use crate::ids;
use crate::once::Once;
use crate::prepare;
use crate::principal::Principal;

/// Under whom the keys of all imports are kept: whoever brings a case in, it comes in once.
const IMPORTER: &str = "import";

/// A historical case to bring in.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The policy it is measured under, in its newest version.
    pub policy: PolicyId,
    /// The case.
    pub past: HistoricalCase,
    /// Hash of what the source says of it, by which the same case is told from another one under its key.
    pub content: [u8; 32],
}

/// What became of a historical case that was not refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    /// It came in.
    New(CaseId),
    /// It is here already; nothing was added.
    Known(CaseId),
}

impl App {
    /// Says that cases of a source are about to come in. To be called before the first of them does.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right to import.
    pub async fn begin_import(&self, principal: &Principal, source: &str) -> Result<(), Error> {
        if !self.may(principal, Action::Import) {
            return Err(Error::Forbidden);
        }
        self.record_import(principal, source).await
    }

    /// Brings in cases, as many at a time as come; answers in their order. Those that are here already add nothing,
    /// and one that is refused holds up no other. All of it may be repeated after a failure.
    ///
    /// # Errors
    /// For each case as [`App::register`]; [`Error::KeyReused`] if another case is here under the same key of its source.
    pub async fn import(
        self: &Arc<Self>,
        principal: &Principal,
        requests: Vec<ImportRequest>,
    ) -> Vec<Result<ImportOutcome, Error>> {
        let mut outcomes = Vec::with_capacity(requests.len());
        let mut under_way = Vec::new();
        let mut contacts = HashSet::new();
        for request in requests {
            // A customer who comes twice must be on record before the second case looks for him.
            let contact = self.contact_of(&request);
            if contact.is_some_and(|contact| !contacts.insert(contact)) {
                outcomes.extend(finished(&mut under_way).await);
                contacts.clear();
                contacts.extend(self.contact_of(&request));
            }
            let (app, principal) = (Arc::clone(self), principal.clone());
            under_way.push(tokio::spawn(async move {
                app.import_one(&principal, request).await
            }));
        }
        outcomes.extend(finished(&mut under_way).await);
        outcomes
    }

    /// What [`App::import`] would do with a case. Nothing is stored.
    ///
    /// # Errors
    /// As [`App::import`].
    pub async fn try_import(
        &self,
        principal: &Principal,
        request: ImportRequest,
    ) -> Result<ImportOutcome, Error> {
        if !self.may(principal, Action::Import) {
            return Err(Error::Forbidden);
        }
        if let Some(known) = self.replayed(&once(&request)).await? {
            return Ok(ImportOutcome::Known(known.case));
        }
        let version = self.taken_in_under(&request.policy, request.past.unit)?;
        let directory = self.directory();
        let context = self.context(&version, &directory.organisation);
        let (case, customer) = (CaseId::new(ids::new()), PartyId::new(ids::new()));
        let command = command(principal, case, customer, request.past);
        decide(None, &context, &command)
            .map(|_| ImportOutcome::New(case))
            .map_err(|refusal| {
                Error::Refused(Box::new(Refused {
                    refusal,
                    policy: Arc::clone(&version.policy),
                }))
            })
    }

    async fn import_one(
        &self,
        principal: &Principal,
        request: ImportRequest,
    ) -> Result<ImportOutcome, Error> {
        if !self.may(principal, Action::Import) {
            return Err(Error::Forbidden);
        }
        let once = once(&request);
        if let Some(known) = self.replayed(&once).await? {
            return Ok(ImportOutcome::Known(known.case));
        }
        let version = self.taken_in_under(&request.policy, request.past.unit)?;
        let past = request.past;
        let known = self
            .known_customer(&version.policy, &past.kind, &past.fields)
            .await?;
        let customer = known.unwrap_or_else(|| PartyId::new(ids::new()));
        let case = CaseId::new(ids::new());
        let command = command(principal, case, customer, past);
        let from = Start {
            before: None,
            customer_is_new: known.is_none(),
        };
        let done = self
            .carry_out(case, &version, from, &command, Some(once))
            .await?;
        // The answer names another case when this one came in between the look and the append.
        Ok(if done.case == case {
            ImportOutcome::New(case)
        } else {
            ImportOutcome::Known(done.case)
        })
    }

    fn contact_of(&self, request: &ImportRequest) -> Option<String> {
        let version = self.current_version(&request.policy)?;
        prepare::contact_in(&version.policy, &request.past.kind, &request.past.fields)
    }
}

type UnderWay = tokio::task::JoinHandle<Result<ImportOutcome, Error>>;

/// Waits for all; leaves none.
async fn finished(under_way: &mut Vec<UnderWay>) -> Vec<Result<ImportOutcome, Error>> {
    let mut outcomes = Vec::with_capacity(under_way.len());
    for task in under_way.drain(..) {
        outcomes.push(
            task.await
                .expect("bringing in a case neither panics nor is cancelled"),
        );
    }
    outcomes
}

fn command(
    principal: &Principal,
    case: CaseId,
    customer: PartyId,
    past: HistoricalCase,
) -> Command {
    Command {
        actor: principal.person.into(),
        acting_for: None,
        occurred: None,
        act: Act::Import {
            case,
            customer,
            past: Box::new(past),
        },
    }
}

/// The key of a case never expires: the same file adds nothing however late it comes again.
fn once(request: &ImportRequest) -> Once {
    Once {
        principal: IMPORTER.to_owned(),
        key: Key::new(key_of(&request.past.origin)),
        hash: request.content,
        kept_until: Timestamp::MAX,
    }
}

/// A hash, so that what the source calls its cases stands nowhere in readable form.
fn key_of(origin: &Origin) -> String {
    let mut hash = Sha256::new();
    hash.update(origin.source.as_bytes());
    hash.update([0]);
    hash.update(origin.key.as_bytes());
    hex::encode(hash.finalize())
}

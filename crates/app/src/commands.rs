//! The one write path: authorise, load, decide, prepare, append; then tell the live listeners.

use std::sync::Arc;

use huiyin_case::command::{Act, Command, Occurred};
use huiyin_case::decide::decide;
use huiyin_case::id::{CaseId, PartyId, PersonId};
use huiyin_case::link::OtherCase;
use huiyin_case::measure::increments;
use huiyin_case::party::NewParty;
use huiyin_case::state::CaseState;
use huiyin_case::value::Fields;
use huiyin_case::{Actor, Refusal};
use huiyin_policy::model::{ChannelId, KindId, Policy, PolicyId};
use huiyin_store::{Append, AppendError, Appended, PartyRow, Reply};
use jiff::Timestamp;

use crate::app::App;
use crate::authorise::Action;
use crate::deliver;
use crate::error::{Error, Refused};
use crate::ids;
use crate::live::{Change, Scope, Told};
use crate::maintain::measured;
use crate::once::{Once, request_hash};
use crate::prepare;
use crate::prepare::Derived;
use crate::principal::Principal;
use crate::shelf::Version;

/// How often a command of the system is decided anew when someone else was faster.
pub(crate) const SYSTEM_TRIES_MAX: usize = 5;

/// The caller's key: the same request sent twice has one effect and gets one answer.
#[derive(Debug, Clone)]
pub struct Key(String);

impl Key {
    /// Takes the key as sent.
    pub fn new(key: String) -> Self {
        Self(key)
    }

    /// The key as sent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A case to register.
#[derive(Debug, Clone)]
pub struct NewCaseRequest {
    /// Policy.
    pub policy: PolicyId,
    /// Kind.
    pub kind: KindId,
    /// Channel.
    pub channel: ChannelId,
    /// Fields of the opening part.
    pub fields: Fields,
    /// When it came in, if earlier than now.
    pub occurred: Option<Occurred>,
    /// Who heard of it first, if not the caller.
    pub first_contact: Option<PersonId>,
    /// The earlier case that it repeats, if that is known already.
    pub repeats: Option<OtherCase>,
    /// The parties named with it.
    pub parties: Vec<NewParty>,
    /// The caller's key.
    pub key: Key,
}

/// A command to a case.
#[derive(Debug, Clone)]
pub struct CommandRequest {
    /// The case.
    pub case: CaseId,
    /// The last event the caller saw.
    pub seen_seq: u32,
    /// For whom the caller acts, if not in the own right.
    pub acting_for: Option<PersonId>,
    /// What is asked.
    pub act: Act,
    /// When it happened, if earlier than now.
    pub occurred: Option<Occurred>,
    /// The caller's key.
    pub key: Key,
}

/// What a command has led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its last event.
    pub seq: u32,
}

impl Done {
    pub(crate) fn of(appended: &Appended, number_before: Option<&str>) -> Self {
        let number = appended
            .number
            .as_deref()
            .or(number_before)
            .unwrap_or_default();
        Self {
            case: appended.case,
            number: number.to_owned(),
            seq: appended.seq,
        }
    }

    /// As kept under the idempotency key: `case number seq`.
    pub(crate) fn to_reply(&self) -> Reply {
        Reply {
            status: 200,
            body: format!("{} {} {}", self.case, self.seq, self.number),
        }
    }

    pub(crate) fn from_reply(reply: &Reply) -> Option<Self> {
        let mut words = reply.body.splitn(3, ' ');
        let case = words.next()?.parse().ok()?;
        let seq = words.next()?.parse().ok()?;
        Some(Self {
            case,
            seq,
            number: words.next()?.to_owned(),
        })
    }
}

impl App {
    /// Registers a case.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right to register; [`Error::Refused`] with rule and clause; [`Error::NotFound`]
    /// for an unknown policy; [`Error::PolicyStopped`] and [`Error::PolicyToCome`] if no case is taken in under it now.
    pub async fn register(
        &self,
        principal: &Principal,
        mut request: NewCaseRequest,
    ) -> Result<Done, Error> {
        if !self.may(principal, Action::Register) {
            return Err(Error::Forbidden);
        }
        let version = self.taken_in_by(principal.person, &request.policy)?;
        let case = CaseId::new(ids::new());
        let repeats = request.repeats.take();
        // The earlier case may have moved on when the same request comes again.
        let asked = (&request, repeats.as_ref().map(|earlier| earlier.case));
        let once = self.once(
            principal.person.to_string(),
            request.key.clone(),
            request_hash(&asked),
        );
        let known = self
            .known_customer(&version.policy, &request.kind, &request.fields)
            .await?;
        let customer = known.unwrap_or_else(|| PartyId::new(ids::new()));
        let command = Command {
            actor: principal.person.into(),
            acting_for: None,
            occurred: request.occurred,
            act: Act::Register {
                case,
                customer,
                kind: request.kind,
                channel: request.channel,
                fields: request.fields,
                first_contact: request.first_contact,
                repeats: repeats.map(Box::new),
                parties: ids::of_parties(request.parties),
            },
        };
        let from = Start {
            before: None,
            customer_is_new: known.is_none(),
        };
        self.carry_out_beside(case, &version, from, &command, once)
            .await
    }

    /// Carries out a command on the case as the caller saw it.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case; [`Error::Conflict`] if it has changed since;
    /// [`Error::Refused`] with rule and clause.
    pub async fn command(
        &self,
        principal: &Principal,
        request: CommandRequest,
    ) -> Result<Done, Error> {
        let once = self.once(
            principal.person.to_string(),
            request.key.clone(),
            request_hash(&request),
        );
        let (mut state, version) = self.load(request.case).await?;
        self.require_sight(principal, Action::Handle, request.case, &state)
            .await?;
        if let Some(done) = self.moved_on(&state, request.seen_seq, &once).await? {
            return Ok(done);
        }
        self.check_compared(principal, &state, &version, &request.act)
            .await?;
        self.note_handlers_since(&mut state, &request.act).await?;
        let command = Command {
            actor: principal.person.into(),
            acting_for: request.acting_for,
            occurred: request.occurred,
            act: request.act,
        };
        self.carry_out_beside(request.case, &version, Start::at(state), &command, once)
            .await
    }

    /// Carries out a command of the system itself (a timer), on the case as it is by then.
    ///
    /// # Errors
    /// As [`App::command`]; a refusal means that there is nothing to do any more.
    pub(crate) async fn command_of_system(&self, case: CaseId, act: &Act) -> Result<Done, Error> {
        for _ in 1..SYSTEM_TRIES_MAX {
            match self.try_command_of_system(case, act).await {
                Err(Error::Conflict { .. }) => {}
                done => return done,
            }
        }
        self.try_command_of_system(case, act).await
    }

    async fn try_command_of_system(&self, case: CaseId, act: &Act) -> Result<Done, Error> {
        let (state, version) = self.load(case).await?;
        let command = Command {
            actor: Actor::System,
            acting_for: None,
            occurred: None,
            act: act.clone(),
        };
        self.carry_out(case, &version, Start::at(state), &command, None)
            .await
    }

    pub(crate) async fn carry_out(
        &self,
        case: CaseId,
        version: &Version,
        from: Start,
        command: &Command,
        once: Option<Once>,
    ) -> Result<Done, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            let version = &version.as_of(&self.shelf());
            let done = match self.decide(case, version, from.clone(), command, once.as_ref())? {
                Decided::Nothing(done) => Ok(done),
                Decided::Ready(ready) => self.write(*ready).await,
            };
            match done {
                Err(Error::Append(AppendError::CalendarChanged)) if tries < SYSTEM_TRIES_MAX => {}
                done => return done,
            }
        }
    }

    /// What a command comes to, with everything derived from it. Nothing is written yet.
    ///
    /// # Errors
    /// [`Error::Refused`] with rule and clause.
    pub(crate) fn decide(
        &self,
        case: CaseId,
        version: &Version,
        from: Start,
        command: &Command,
        once: Option<&Once>,
    ) -> Result<Decided, Error> {
        let Start {
            before,
            customer_is_new,
        } = from;
        let now = self.now();
        let directory = self.directory();
        let policy = &version.policy;
        let context = self.context(version, &directory.organisation);
        let decision = decide(before.as_ref(), &context, command)
            .map_err(|refusal| refused(refusal, version))?;
        let expected_seq = before.as_ref().map_or(0, |state| state.seq);
        let number_before = before.as_ref().and_then(|state| state.number.clone());
        if decision.events.is_empty() {
            let number = number_before.unwrap_or_default();
            return Ok(Decided::Nothing(Done {
                case,
                number,
                seq: expected_seq,
            }));
        }
        let events = prepare::new_events(policy, before.as_ref(), decision.events.clone());
        let state = prepare::state_after(policy, before.clone(), &decision.events)
            .ok_or(Error::NotFound)?;
        let shelf = self.shelf();
        let kept = |state: &CaseState| shelf.version(&policy.id, state.version).cloned();
        let version_before = before.as_ref().and_then(kept);
        let version_before = version_before.as_ref().unwrap_or(version);
        let before_it = before.as_ref();
        let kept_before = before_it.map(|state| (&*version_before.policy, state));
        let statistics = increments(
            before_it.map(|state| measured(version_before, state)),
            measured(version, &state),
        );
        let Derived {
            row,
            clocks,
            party,
            search,
        } = prepare::derive(policy, case, &state, now);
        let first_timer = clocks
            .iter()
            .filter_map(|clock| clock.next.map(|(_, at)| at))
            .min();
        let append = Append {
            case,
            expected_seq,
            customer: state.opening.customer,
            now,
            decided_by: Some(version.working.decided_by()),
            number: decision.number,
            row,
            clocks,
            party: prepare::concerns_customer(&events).then_some(PartyRow {
                is_new: customer_is_new,
                ..party
            }),
            search: prepare::search_update(&events, search),
            outbox: deliver::outbox(&events, now),
            statistics,
            files: prepare::file_changes(&events, &state),
            merges: prepare::merges_changed(before.as_ref(), &state),
            vouchers: prepare::vouchers_changed(kept_before, (policy, &state)),
            charges: prepare::charges_changed(kept_before, (policy, &state)),
            beside: None,
            idempotency: once.map(|once| once.to_idempotency(number_before.clone())),
            events,
        };
        Ok(Decided::Ready(Box::new(Ready {
            append,
            state,
            first_timer,
            number_before,
            beside: None,
        })))
    }

    /// Writes what was decided, and tells the live listeners.
    ///
    /// # Errors
    /// [`Error::Conflict`] if the case has changed since; [`Error::KeyReused`]; otherwise [`Error::Append`].
    pub(crate) async fn write(&self, ready: Ready) -> Result<Done, Error> {
        let Ready {
            append,
            first_timer,
            number_before,
            beside,
            ..
        } = ready;
        let case = append.case;
        let sends = !append.outbox.is_empty();
        let scope = Scope::of_row(&append.row);
        let policy = append.row.policy.clone();
        match self.store().append(append).await {
            Ok(appended) => {
                if sends {
                    self.outbox_grew().notify_one();
                }
                self.changed(case, appended.seq, scope, first_timer);
                if let Some(beside) = beside {
                    self.changed(beside.case, beside.seq, beside.scope, None);
                }
                Ok(Done::of(&appended, number_before.as_deref()))
            }
            Err(AppendError::Replayed(reply)) => Done::from_reply(&reply).ok_or(Error::KeyReused),
            Err(AppendError::KeyReused) => Err(Error::KeyReused),
            Err(AppendError::Conflict) => Err(Error::Conflict {
                current_seq: self.current_seq(case).await?,
            }),
            Err(AppendError::PolicyStopped) => Err(self.stopped_meanwhile(&policy).await),
            Err(AppendError::CalendarChanged) => {
                self.read_calendars().await?;
                Err(Error::Append(AppendError::CalendarChanged))
            }
            Err(failed) => Err(Error::Append(failed)),
        }
    }

    pub(crate) async fn current_seq(&self, case: CaseId) -> Result<u32, Error> {
        Ok(self.load(case).await?.0.seq)
    }

    fn changed(&self, case: CaseId, seq: u32, scope: Scope, first_timer: Option<Timestamp>) {
        // On a shared database the desks hear of it when this node follows the log, like those of all others.
        if !self.store().is_shared() {
            self.live()
                .tell(Told::Changed(Arc::new(Change { case, seq, scope })));
        }
        self.wake_timers(first_timer);
    }

    /// The customer this contact belongs to, if one was here before.
    pub(crate) async fn known_customer(
        &self,
        policy: &Policy,
        kind: &KindId,
        fields: &Fields,
    ) -> Result<Option<PartyId>, Error> {
        match prepare::contact_in(policy, kind, fields) {
            Some(contact) => Ok(self
                .store()
                .parties_by_contact(&contact)
                .await?
                .into_iter()
                .next()),
            None => Ok(None),
        }
    }
}

pub(crate) fn refused(refusal: Refusal, version: &Version) -> Error {
    Error::Refused(Box::new(Refused {
        refusal,
        policy: Arc::clone(&version.policy),
    }))
}

/// What a command starts from.
#[derive(Clone)]
pub(crate) struct Start {
    /// The case so far; `None` for a new one.
    pub(crate) before: Option<CaseState>,
    /// Whether a new case's customer was never here before.
    pub(crate) customer_is_new: bool,
}

impl Start {
    /// A new case, with a party that was never here before.
    pub(crate) fn new_case() -> Self {
        Self {
            before: None,
            customer_is_new: true,
        }
    }

    /// A case as it is.
    pub(crate) fn at(state: CaseState) -> Self {
        Self {
            before: Some(state),
            customer_is_new: false,
        }
    }
}

/// What a command comes to.
pub(crate) enum Decided {
    /// Everything is as asked already.
    Nothing(Done),
    /// Something is to be written.
    Ready(Box<Ready>),
}

/// A decided command, ready to be written.
pub(crate) struct Ready {
    /// What the store takes.
    pub(crate) append: Append,
    /// The case after it, without the number that the writer will draw.
    pub(crate) state: CaseState,
    first_timer: Option<Timestamp>,
    number_before: Option<String>,
    beside: Option<Beside>,
}

/// Another case that is written in the same transaction, to be told of afterwards.
struct Beside {
    case: CaseId,
    seq: u32,
    scope: Scope,
}

impl Ready {
    /// Whether the case has ended after it.
    pub(crate) fn has_ended(&self) -> bool {
        self.state.ending.is_some()
    }

    /// Has another case's entry written in the same transaction.
    pub(crate) fn put_beside(&mut self, other: Self) {
        self.beside = Some(Beside {
            case: other.append.case,
            seq: other.state.seq,
            scope: Scope::of_row(&other.append.row),
        });
        self.append.beside = Some(Box::new(other.append));
    }
}

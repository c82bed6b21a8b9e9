//! The application: what all use cases share.

use std::sync::{Arc, Mutex, RwLock};

use huiyin_calendar::Calendar;
use huiyin_case::id::CaseId;
use huiyin_case::state::{CaseState, ReplayError};
use huiyin_store::{Access, Store};
use jiff::Timestamp;
use tokio::sync::broadcast::Receiver;
use tokio::sync::{Notify, watch};

use crate::authorise::{Action, access, admits, authorise};
use crate::clock::Clock;
use crate::directory::Directory;
use crate::duties::Progress;
use crate::error::Error;
use crate::live::{Live, Scope, Told};
use crate::password::Passwords;
use crate::portal::PortalLimits;
use crate::principal::Principal;
use crate::read_only::{PassingSessions, ReadOnly};
use crate::session::{SessionCache, SignInLimits};
use crate::shelf::{Shelf, Version};

/// The application. One for each process, shared by all requests.
#[derive(Debug)]
pub struct App {
    store: Store,
    clock: Clock,
    directory: RwLock<Arc<Directory>>,
    shelf: RwLock<Arc<Shelf>>,
    live: Live,
    next_timer: watch::Sender<Option<Timestamp>>,
    outbox_grew: Notify,
    read_only: Option<ReadOnly>,
    pub(crate) passing: PassingSessions,
    duties: Mutex<Progress>,
    pub(crate) passwords: Passwords,
    pub(crate) sessions: SessionCache,
    pub(crate) sign_in_limits: SignInLimits,
    pub(crate) portal_limits: PortalLimits,
}

impl App {
    /// An application on an open store.
    pub(crate) fn new(
        store: Store,
        clock: Clock,
        directory: Directory,
        shelf: Shelf,
        read_only: Option<ReadOnly>,
    ) -> Self {
        Self {
            store,
            clock,
            directory: RwLock::new(Arc::new(directory)),
            shelf: RwLock::new(Arc::new(shelf)),
            live: Live::new(),
            next_timer: watch::Sender::new(None),
            outbox_grew: Notify::new(),
            read_only,
            passing: PassingSessions::default(),
            duties: Mutex::default(),
            passwords: Passwords::new(),
            sessions: SessionCache::new(),
            sign_in_limits: SignInLimits::new(),
            portal_limits: PortalLimits::new(),
        }
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where the time comes from.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The organisation's own calendar. Cases count time by that of their policy.
    pub fn calendar(&self) -> Calendar {
        self.shelf().calendars().own().calendar.clone()
    }

    /// The log and its tables.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The organisation as last read.
    pub fn directory(&self) -> Arc<Directory> {
        Arc::clone(&self.directory.read().expect("no holder of the lock panics"))
    }

    /// The published policies.
    pub fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shelf.read().expect("no holder of the lock panics"))
    }

    pub(crate) fn replace_directory(&self, directory: Directory) {
        *self
            .directory
            .write()
            .expect("no holder of the lock panics") = Arc::new(directory);
    }

    /// Changes what is known of the published policies.
    pub(crate) fn change_shelf(&self, change: impl FnOnce(&mut Shelf)) {
        let mut shelf = self.shelf.write().expect("no holder of the lock panics");
        change(Arc::make_mut(&mut shelf));
    }

    pub(crate) fn replace_shelf(&self, shelf: Shelf) {
        *self.shelf.write().expect("no holder of the lock panics") = Arc::new(shelf);
    }

    /// Whether the account opens this door at all.
    pub fn may(&self, principal: &Principal, action: Action) -> bool {
        authorise(principal, action, None)
    }

    /// Which cases the caller may see.
    pub(crate) fn access_of(&self, principal: &Principal) -> Access {
        let directory = self.directory();
        access(
            principal,
            &directory.organisation,
            &self.shelf(),
            self.today(),
        )
    }

    /// Whether the caller may see a case of this scope.
    pub fn may_see(&self, principal: &Principal, scope: &Scope) -> bool {
        admits(&self.access_of(principal), scope)
    }

    /// Refuses unless the caller may do `action` to this case. To someone who may not see it, it does not exist; the
    /// denial is on record.
    pub(crate) async fn require_sight(
        &self,
        principal: &Principal,
        action: Action,
        case: CaseId,
        state: &CaseState,
    ) -> Result<(), Error> {
        let access = self.access_of(principal);
        let opening = &state.opening;
        let shelf = self.shelf();
        let version = shelf.version(&opening.policy, state.version);
        let version = version.ok_or(Error::PolicyMissing)?;
        let scope = Scope::of(&version.policy, state);
        if authorise(principal, action, Some((&scope, &access))) {
            return Ok(());
        }
        if action == Action::See && self.is_drawn_for(principal, case, (state, &scope)).await? {
            return Ok(());
        }
        self.record_denial(principal, action, case).await;
        let visible = authorise(principal, Action::See, Some((&scope, &access)));
        Err(if visible {
            Error::Forbidden
        } else {
            Error::NotFound
        })
    }

    /// The live bus.
    pub(crate) fn live(&self) -> &Live {
        &self.live
    }

    /// Listens to changes of all cases; the listener asks [`App::may_see`] for each.
    pub fn listen(&self) -> Receiver<Told> {
        self.live.listen()
    }

    /// A case's state and the policy version it keeps.
    pub(crate) async fn load(&self, case: CaseId) -> Result<(CaseState, Version), Error> {
        let (state, version, _) = self.load_with_history(case).await?;
        Ok((state, version))
    }

    /// The same with the history it adds up.
    pub(crate) async fn load_with_history(
        &self,
        case: CaseId,
    ) -> Result<(CaseState, Version, Vec<huiyin_case::Recorded>), Error> {
        let history = self.store.load(case).await?;
        let shelf = self.shelf();
        let (state, version) = shelf.replay(&history).map_err(|error| match error {
            ReplayError::Empty | ReplayError::NotOpened => Error::NotFound,
            ReplayError::VersionMissing(_) => Error::PolicyMissing,
            error => error.into(),
        })?;
        let version = version.clone();
        Ok((state, version, history))
    }

    /// Tells the timer loop of a moment it must not sleep through.
    pub(crate) fn wake_timers(&self, at: Option<Timestamp>) {
        let Some(at) = at else { return };
        self.next_timer.send_if_modified(|next| {
            let sooner = next.is_none_or(|next| at < next);
            if sooner {
                *next = Some(at);
            }
            sooner
        });
    }

    /// Told whenever something was put into the outbox; one telling is kept for whoever is not listening yet.
    pub(crate) fn outbox_grew(&self) -> &Notify {
        &self.outbox_grew
    }

    pub(crate) fn next_timer(&self) -> &watch::Sender<Option<Timestamp>> {
        &self.next_timer
    }

    /// What is known of the duties so far.
    pub(crate) fn duties<T>(&self, with: impl FnOnce(&mut Progress) -> T) -> T {
        with(&mut self.duties.lock().expect("no holder of the lock panics"))
    }

    /// Why nothing can be written, if the application only reads.
    pub const fn read_only(&self) -> Option<ReadOnly> {
        self.read_only
    }

    /// Whether the database answers and takes work: all of it, or all that a reader may ask for.
    pub async fn is_ready(&self) -> bool {
        self.store.failure().is_none() && self.store.next_timer().await.is_ok()
    }
}

//! Keeping the organisation: units, persons, deputies and absences, relations, and who leaves.
//!
//! A change is thought of on one state of the whole organisation and takes effect only if it is still that: so what holds
//! of the whole, such as that units make a tree, holds also when several people, or nodes, change it at once. Each change
//! is in the audit log before it takes effect.

pub mod accounts;
pub mod deputies;
pub mod leaving;
pub mod persons;
pub mod relations;
pub mod units;

use std::collections::BTreeSet;

use huiyin_case::id::PersonId;
use huiyin_policy::model::{PositionId, Text};
use huiyin_store::{Account, Change, Roster, WriteError};

use crate::app::App;
use crate::authorise::Action;
use crate::error::Error;
use crate::principal::{AccountRole, Principal};
use crate::start::open_directory;

/// Longest name of a unit or a person, in characters.
pub const NAME_CHARS_MAX: usize = 80;
/// Most units of an organisation, closed ones included.
pub const UNITS_MAX: usize = 2_000;
/// Most people of an organisation, those who left included.
pub const PERSONS_MAX: usize = 50_000;
/// How often a change is thought of anew when somebody else was faster.
const TRIES_MAX: usize = 5;

/// Why the organisation can't be changed like that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsuitable {
    /// A name is empty or too long.
    Name,
    /// A unit beside it has the same name.
    NameTaken,
    /// There is no such unit, or it is closed.
    Unit,
    /// There is no such person, or the person has left.
    Person,
    /// No policy knows the position.
    Position,
    /// The unit would stand below itself.
    BelowItself,
    /// The unit still has something: people, units below it, open cases.
    UnitInUse {
        /// People who work there.
        people: usize,
        /// Units below it.
        units: usize,
        /// Open cases that it answers for or that wait there.
        cases: u64,
    },
    /// Nobody would be left to administer.
    LastAdministrator,
    /// The days lie in the past, the last before the first, or too far apart.
    Days,
    /// Nobody is his own deputy.
    OwnDeputy,
    /// Nobody is related to himself.
    OwnRelation,
    /// The last day lies before the first.
    DayOrder,
    /// A note is too long.
    Note,
    /// An account needs a role.
    NoRole,
    /// The person has no account.
    NoAccount,
    /// A reason must be given, and not too long a one.
    Reason,
    /// There are as many as there can be.
    TooMany,
}

/// What a change is thought of on.
pub(crate) struct Seen {
    /// The organisation.
    pub(crate) roster: Roster,
    /// All accounts.
    pub(crate) accounts: Vec<Account>,
}

/// What a change comes to.
pub(crate) enum Planned<T> {
    /// Everything is as asked already.
    Nothing(T),
    /// These are to be written.
    Changes(Vec<Change>, T),
}

/// What is put down in the audit log of a change: ids and names of fields only.
pub(crate) struct Told<'a> {
    pub(crate) by: &'a Principal,
    pub(crate) action: &'static str,
    pub(crate) detail: String,
}

impl App {
    /// Changes the organisation as `plan` thinks of it.
    ///
    /// # Errors
    /// What `plan` refuses; [`Error::Busy`] when others were faster again and again.
    pub(crate) async fn change_organisation<T>(
        &self,
        told: Told<'_>,
        plan: impl Fn(&Seen) -> Result<Planned<T>, Error>,
    ) -> Result<T, Error> {
        let mut is_told = false;
        for _ in 0..TRIES_MAX {
            let seen = Seen {
                roster: self.store().roster().await?,
                accounts: self.store().accounts().await?,
            };
            let (changes, answer) = match plan(&seen)? {
                Planned::Nothing(answer) => return Ok(answer),
                Planned::Changes(changes, answer) => (changes, answer),
            };
            if !is_told {
                self.record_change(told.by, told.action, &told.detail)
                    .await?;
                is_told = true;
            }
            let revision = seen.roster.revision;
            match self.store().change_organisation(revision, changes).await {
                Ok(()) => {
                    self.replace_directory(open_directory(self.store()).await?);
                    self.sessions.clear();
                    return Ok(answer);
                }
                Err(WriteError::Unmet | WriteError::Duplicate) => {}
                Err(failed) => return Err(failed.into()),
            }
        }
        Err(Error::Busy)
    }

    /// Refuses unless the caller keeps the organisation.
    pub(crate) fn require_administrator(&self, principal: &Principal) -> Result<(), Error> {
        if self.may(principal, Action::Administer) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    /// The positions that policies in force know, each with the title of its role, and those that people hold besides.
    pub fn positions(&self) -> Vec<(PositionId, Option<Text>)> {
        let shelf = self.shelf();
        let mut known: Vec<(PositionId, Option<Text>)> = Vec::new();
        let roles = shelf
            .all_current(self.today())
            .flat_map(|version| version.policy.roles.values());
        for role in roles {
            if let Some(position) = &role.position
                && !known.iter().any(|(one, _)| one == position)
            {
                known.push((position.clone(), Some(role.title.clone())));
            }
        }
        let directory = self.directory();
        let persons = directory.organisation.persons.values();
        let held: BTreeSet<&PositionId> = persons.flat_map(|person| &person.positions).collect();
        for position in held {
            if !known.iter().any(|(one, _)| one == position) {
                known.push((position.clone(), None));
            }
        }
        known
    }
}

/// A name without spaces around it.
pub(crate) fn name(text: &str) -> Result<String, Error> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.contains(char::is_control) {
        return Err(Unsuitable::Name.into());
    }
    Ok(name.to_owned())
}

/// Refuses what was thought of on an older state of the entry.
pub(crate) fn require_seen(seen: u32, current: Option<&u32>) -> Result<(), Error> {
    match current {
        None => Err(Error::NotFound),
        Some(&current) if current == seen => Ok(()),
        Some(&current) => Err(Error::Changed {
            current: Some(current),
        }),
    }
}

impl Seen {
    /// Whether an account lets its person administer.
    fn administers(&self, account: &Account) -> bool {
        let works = |person: PersonId| self.roster.organisation.active(person).is_some();
        let role = AccountRole::Administrator.as_str();
        account.active
            && account.person.is_some_and(works)
            && account.roles.iter().any(|one| one == role)
    }

    /// Whether nobody but this person can administer.
    pub(crate) fn is_last_administrator(&self, person: PersonId) -> bool {
        let mut all = self.accounts.iter().filter(|one| self.administers(one));
        let others = all.clone().any(|one| one.person != Some(person));
        all.any(|one| one.person == Some(person)) && !others
    }
}

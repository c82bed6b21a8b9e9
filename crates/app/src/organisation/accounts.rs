//! Accounts as administrators keep them: roles, one-time links, ends of sessions.

use std::collections::BTreeSet;

use huiyin_case::id::PersonId;
use huiyin_store::{Account, Change, Invitation};

use super::{Planned, Told, Unsuitable};
use crate::account::{INVITATION_LASTS, Invited};
use crate::app::App;
use crate::error::Error;
use crate::principal::{AccountRole, Principal};
use crate::secret::Secret;

impl App {
    /// A one-time link for a person, by which an account with these roles is made. For a person who has an account, the link
    /// opens it with a new password; one in use keeps its roles.
    ///
    /// # Errors
    /// [`Error::NotFound`] for nobody who works here; [`Error::Unsuitable`] without roles.
    pub async fn invite(
        &self,
        principal: &Principal,
        person: PersonId,
        roles: BTreeSet<AccountRole>,
    ) -> Result<Invited, Error> {
        self.require_administrator(principal)?;
        if self.directory().organisation.active(person).is_none() {
            return Err(Error::NotFound);
        }
        if roles.is_empty() {
            return Err(Unsuitable::NoRole.into());
        }
        let roles: Vec<String> = roles.iter().map(AccountRole::to_string).collect();
        let detail = format!("person={person} roles={}", roles.join(","));
        self.record_change(principal, "invite_person", &detail)
            .await?;
        let secret = Secret::generate();
        let expires_at = self.now() + INVITATION_LASTS;
        let invitation = Invitation {
            person,
            roles,
            expires_at,
        };
        self.store()
            .add_invitation(secret.reveal().as_bytes(), &invitation)
            .await?;
        Ok(Invited { secret, expires_at })
    }

    /// Gives a person's account these roles instead of those the caller saw. Its sessions end.
    ///
    /// # Errors
    /// [`Error::Changed`] if it has other roles by now; [`Error::Unsuitable`] without an account or without roles, or when nobody would be left to administer.
    pub async fn set_roles(
        &self,
        principal: &Principal,
        person: PersonId,
        seen_roles: &BTreeSet<AccountRole>,
        roles: &BTreeSet<AccountRole>,
    ) -> Result<(), Error> {
        self.require_administrator(principal)?;
        if roles.is_empty() {
            return Err(Unsuitable::NoRole.into());
        }
        let names: Vec<String> = roles.iter().map(AccountRole::to_string).collect();
        let told = Told {
            by: principal,
            action: "set_roles",
            detail: format!("person={person} roles={}", names.join(",")),
        };
        self.change_organisation(told, |seen| {
            let mut accounts = seen
                .accounts
                .iter()
                .filter(|one| one.person == Some(person));
            let account = accounts.next().ok_or(Unsuitable::NoAccount)?;
            let keeps = roles.contains(&AccountRole::Administrator);
            if !keeps && seen.is_last_administrator(person) {
                return Err(Unsuitable::LastAdministrator.into());
            }
            let current: BTreeSet<AccountRole> = account
                .roles
                .iter()
                .filter_map(|role| role.parse().ok())
                .collect();
            if current == *roles {
                return Ok(Planned::Nothing(()));
            }
            if current != *seen_roles {
                return Err(Error::Changed { current: None });
            }
            let account = Account {
                roles: names.clone(),
                ..account.clone()
            };
            Ok(Planned::Changes(vec![Change::Account(account)], ()))
        })
        .await
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// [`Error::Unsuitable`] without an account.
    pub async fn end_sessions(&self, principal: &Principal, person: PersonId) -> Result<(), Error> {
        self.require_administrator(principal)?;
        let accounts = self.store().accounts().await?;
        let mut of_person = accounts.iter().filter(|one| one.person == Some(person));
        let account = of_person.next().ok_or(Unsuitable::NoAccount)?;
        self.record_change(principal, "end_sessions", &format!("person={person}"))
            .await?;
        self.store().end_sessions(account.id).await?;
        self.sessions.clear();
        Ok(())
    }
}

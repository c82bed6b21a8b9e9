//! Consents to drafts: who is asked, and what is answered to which state of the files.

use huiyin_case::id::PersonId;
use huiyin_store::{DraftAnswer, DraftChange, DraftId};

use super::Unfit;
use super::drafts::{Draft, TRIES_MAX, hash_words, said};
use crate::app::App;
use crate::error::Error;
use crate::principal::Principal;

/// Most people who can be asked for consent to a draft.
const CONSENTS_MAX: usize = 50;

impl App {
    /// Asks people for their consent to an open draft.
    ///
    /// # Errors
    /// As [`App::replace_draft`]; [`Error::Unfit`] for somebody who doesn't work here.
    pub async fn ask_for_consent(
        &self,
        principal: &Principal,
        (id, seen): (DraftId, u32),
        people: Vec<PersonId>,
    ) -> Result<Draft, Error> {
        self.require_administrator(principal)?;
        let draft = self.open_draft(id, Some(seen)).await?;
        let directory = self.directory();
        let organisation = &directory.organisation;
        if people.is_empty() || people.iter().any(|one| organisation.active(*one).is_none()) {
            return Err(Unfit::People.into());
        }
        let asked = self.store().draft_consents(id).await?.len();
        if asked + people.len() > CONSENTS_MAX {
            return Err(Unfit::TooMany.into());
        }
        let names: Vec<String> = people.iter().map(ToString::to_string).collect();
        let detail = format!("people={}", names.join(","));
        self.record_draft(principal, "ask_consent", (&draft.policy, id), &detail)
            .await?;
        let change = DraftChange::Ask {
            people,
            by: principal.person,
            at: self.now(),
        };
        self.change_draft((id, seen), change).await?;
        self.draft(principal, id).await
    }

    /// Gives or refuses the consent that the caller was asked for, to the files in the state that he has read.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for somebody who was not asked; [`Error::Changed`] if the files are not in that state any more;
    /// [`Error::Unfit`] for a refusal without a reason.
    pub async fn answer_draft(
        &self,
        principal: &Principal,
        id: DraftId,
        (consents, reason, files): (bool, &str, &str),
    ) -> Result<Draft, Error> {
        self.require_inside(principal)?;
        let reason = if consents && reason.trim().is_empty() {
            String::new()
        } else {
            said(reason)?
        };
        for _ in 0..TRIES_MAX {
            let draft = self.open_draft(id, None).await?;
            let asked = self.store().draft_consents(id).await?;
            if !asked.iter().any(|one| one.person == principal.person) {
                return Err(Error::Forbidden);
            }
            if hash_words(&draft.files_hash) != files {
                return Err(Error::Changed { current: None });
            }
            let detail = format!("consents={consents} files={files}");
            self.record_draft(principal, "answer_draft", (&draft.policy, id), &detail)
                .await?;
            let answer = DraftAnswer {
                consents,
                reason: reason.clone(),
                at: self.now(),
                files_hash: draft.files_hash,
            };
            let change = DraftChange::Answer(principal.person, answer);
            match self.change_draft((id, draft.revision), change).await {
                Err(Error::Changed { .. }) => {}
                done => {
                    done?;
                    return self.draft(principal, id).await;
                }
            }
        }
        Err(Error::Busy)
    }
}

//! Drafts of a policy's next version: checked at once, commented on, consented to, and published (P1.16).
//!
//! A consent belongs to one state of the files and lapses when they change. Each step is in the audit log before it takes
//! effect.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::id::UnitId;
use huiyin_case::limits::has_control;
use huiyin_policy::model::{ClauseId, PolicyId};
use huiyin_policy::{Checked, SourceFile, check, is_policy_file};
use huiyin_store::{
    DraftChange, DraftComment, DraftConsent, DraftEnd, DraftId, PolicyDraft, WriteError,
    policy_files_hash,
};
use jiff::civil::Date;

use super::Unfit;
use super::publish::{Publication, stored};
use crate::app::App;
use crate::authorise::Action;
use crate::calendars::first_version;
use crate::commands::Key;
use crate::error::Error;
use crate::ids;
use crate::principal::Principal;
use crate::shelf::Version;

/// Most that the files of a draft take together, in bytes.
pub const DRAFT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most files of a draft.
pub const DRAFT_FILES_MAX: usize = 200;
/// Longest name of a file, in characters.
const FILE_NAME_CHARS_MAX: usize = 200;
/// Longest name of a policy, in characters.
const POLICY_CHARS_MAX: usize = 64;
/// Longest comment, and longest reason of an answer, in characters.
pub const COMMENT_CHARS_MAX: usize = 2_000;
/// Most comments on a draft.
const COMMENTS_MAX: usize = 1_000;
/// Most drafts that can be open at a time.
const DRAFTS_OPEN_MAX: usize = 50;
/// How often a comment or an answer is put down anew when somebody else was faster.
pub(super) const TRIES_MAX: usize = 5;

/// A draft with all there is to say of it now.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The draft.
    pub draft: PolicyDraft,
    /// What checking its files gave.
    pub checked: Checked,
    /// The version it is compared with: the one in force, or else the newest.
    pub before: Option<Version>,
    /// What was said of it, in order.
    pub comments: Vec<DraftComment>,
    /// Whose consent is asked for.
    pub consents: Vec<DraftConsent>,
    /// What keeps it from being published.
    pub hindrances: Vec<Unfit>,
}

/// How somebody who was asked stands to a draft as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// There is no answer yet.
    Asked,
    /// The files have changed since the answer.
    Lapsed,
    /// Given.
    Given,
    /// Refused.
    Refused,
}

impl Draft {
    /// How somebody who was asked stands to the files as they are.
    pub fn stands(&self, consent: &DraftConsent) -> Consent {
        stands(&self.draft, consent)
    }
}

fn stands(draft: &PolicyDraft, consent: &DraftConsent) -> Consent {
    match &consent.answer {
        None => Consent::Asked,
        Some(answer) if answer.files_hash != draft.files_hash => Consent::Lapsed,
        Some(answer) if answer.consents => Consent::Given,
        Some(_) => Consent::Refused,
    }
}

/// A state of a policy's files in words, as it is told and sent back.
pub fn hash_words(hash: &[u8; 32]) -> String {
    hex::encode(hash)
}

impl App {
    /// All drafts, also those that have ended, by policy, the newest first.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for those who are not inside.
    pub async fn drafts(&self, principal: &Principal) -> Result<Vec<PolicyDraft>, Error> {
        self.require_inside(principal)?;
        Ok(self.store().policy_drafts().await?)
    }

    /// A draft.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Forbidden`] for those who are not inside.
    pub async fn draft(&self, principal: &Principal, id: DraftId) -> Result<Draft, Error> {
        self.require_inside(principal)?;
        let draft = self.store().policy_draft(id).await?;
        self.with_all(draft.ok_or(Error::NotFound)?).await
    }

    /// Puts down a draft. The same key puts it down once.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller administers; [`Error::Unfit`] when names or sizes of the files can't be;
    /// [`Error::KeyReused`].
    pub async fn add_draft(
        &self,
        principal: &Principal,
        policy: PolicyId,
        files: BTreeMap<String, String>,
        key: &Key,
    ) -> Result<Draft, Error> {
        self.require_administrator(principal)?;
        let name = policy.as_str();
        if name.is_empty() || name.chars().count() > POLICY_CHARS_MAX || has_control(name) {
            return Err(Unfit::Files.into());
        }
        let files = of_policy(files)?;
        let id = DraftId::new(ids::of_key(principal.person, "policy_draft", key));
        let open = self.store().policy_drafts().await?;
        let known = open.iter().any(|one| one.id == id);
        if !known && open.iter().filter(|one| one.ended.is_none()).count() >= DRAFTS_OPEN_MAX {
            return Err(Unfit::TooMany.into());
        }
        let hash = policy_files_hash(&files);
        self.record_draft(principal, "draft_policy", (&policy, id), &hash_words(&hash))
            .await?;
        let by = (principal.person, self.now());
        match self.store().add_policy_draft(id, &policy, &files, by).await {
            Ok(()) => {}
            Err(WriteError::Duplicate) => {
                let there = self.store().policy_draft(id).await?;
                let same = |one: &PolicyDraft| one.policy == policy && one.files_hash == hash;
                if !there.as_ref().is_some_and(same) {
                    return Err(Error::KeyReused);
                }
            }
            Err(failed) => return Err(failed.into()),
        }
        self.draft(principal, id).await
    }

    /// Puts other files in the place of those of an open draft; answers to those lapse.
    ///
    /// # Errors
    /// As [`App::add_draft`]; [`Error::Changed`] if something was done with it since `seen`, or it has ended.
    pub async fn replace_draft(
        &self,
        principal: &Principal,
        (id, seen): (DraftId, u32),
        files: BTreeMap<String, String>,
    ) -> Result<Draft, Error> {
        self.require_administrator(principal)?;
        let files = of_policy(files)?;
        let draft = self.open_draft(id, Some(seen)).await?;
        let hash = hash_words(&policy_files_hash(&files));
        self.record_draft(principal, "change_draft", (&draft.policy, id), &hash)
            .await?;
        let change = DraftChange::Replace {
            files,
            by: principal.person,
            at: self.now(),
        };
        self.change_draft((id, seen), change).await?;
        self.draft(principal, id).await
    }

    /// Says something of an open draft: of a clause, or of the whole.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for those who are not inside; [`Error::Unfit`] without a text, or for a clause that neither the
    /// draft nor the version in force has.
    pub async fn comment_on_draft(
        &self,
        principal: &Principal,
        id: DraftId,
        clause: Option<ClauseId>,
        text: &str,
    ) -> Result<Draft, Error> {
        self.require_inside(principal)?;
        let text = said(text)?;
        for _ in 0..TRIES_MAX {
            let draft = self.open_draft(id, None).await?;
            let draft = self.with_all(draft).await?;
            if let Some(clause) = &clause {
                let old = draft.before.as_ref().map(|before| &*before.policy);
                let mut known = draft.checked.policy.iter().chain(old);
                if !known.any(|policy| policy.clauses.contains_key(clause)) {
                    return Err(Unfit::Clause.into());
                }
            }
            if draft.comments.len() >= COMMENTS_MAX {
                return Err(Unfit::TooMany.into());
            }
            let number = draft.comments.last().map_or(1, |last| last.number + 1);
            let of = (&draft.draft.policy, id);
            self.record_draft(principal, "comment_draft", of, &format!("comment={number}"))
                .await?;
            let comment = DraftChange::Comment(DraftComment {
                number,
                by: principal.person,
                at: self.now(),
                clause: clause.clone(),
                text: text.clone(),
                files_hash: draft.draft.files_hash,
            });
            match self.change_draft((id, draft.draft.revision), comment).await {
                Err(Error::Changed { .. }) => {}
                done => {
                    done?;
                    return self.draft(principal, id).await;
                }
            }
        }
        Err(Error::Busy)
    }

    /// Gives an open draft up.
    ///
    /// # Errors
    /// As [`App::replace_draft`].
    pub async fn withdraw_draft(
        &self,
        principal: &Principal,
        (id, seen): (DraftId, u32),
    ) -> Result<Draft, Error> {
        self.require_administrator(principal)?;
        let draft = self.open_draft(id, Some(seen)).await?;
        let hash = hash_words(&draft.files_hash);
        self.record_draft(principal, "withdraw_draft", (&draft.policy, id), &hash)
            .await?;
        let end = DraftEnd {
            version: None,
            by: principal.person,
            at: self.now(),
        };
        self.change_draft((id, seen), DraftChange::Withdraw(end))
            .await?;
        self.draft(principal, id).await
    }

    /// Publishes an open draft as the next version of its policy, from a day on. What units have adopted follows it, but for that of
    /// `ending`, which ends with it.
    ///
    /// # Errors
    /// As [`App::replace_draft`]; [`Error::Unfit`] with what keeps it from being published; [`Error::Busy`] if another
    /// version was published meanwhile.
    pub async fn publish_draft(
        &self,
        principal: &Principal,
        (id, seen): (DraftId, u32),
        (from, ending): (Option<Date>, BTreeSet<UnitId>),
    ) -> Result<Version, Error> {
        self.require_administrator(principal)?;
        let draft = self.open_draft(id, Some(seen)).await?;
        let draft = self.with_all(draft).await?;
        // What units have adopted is settled below: it may end with this version.
        let of_units = |one: &Unfit| matches!(one, Unfit::Adoptions(_));
        let mut hindrances = draft.hindrances.into_iter();
        if let Some(hindrance) = hindrances.find(|one| !of_units(one)) {
            return Err(hindrance.into());
        }
        let publication = Publication {
            files: sources(&draft.draft.files),
            from,
            ending,
        };
        let versions = self.next_versions(publication, principal.person)?;
        let version = versions[0].clone();
        let by = self.account_of(principal.person).await?;
        let detail = format!(
            "version={} from={} files={}",
            version.version,
            version.effective_on,
            hash_words(&draft.draft.files_hash)
        );
        let of = (&draft.draft.policy, id);
        self.record_draft(principal, "publish_draft", of, &detail)
            .await?;
        let end = DraftEnd {
            version: Some(version.version),
            by: principal.person,
            at: self.now(),
        };
        let calendar = self.calendar_with(&version, Some(principal.person))?;
        let published = versions.iter().map(|one| stored(one, by, self.now()));
        let change = DraftChange::Publish(published.collect(), calendar.map(Box::new), end);
        let published = self.store().change_policy_draft(id, seen, change).await;
        match published {
            Ok(()) => {}
            Err(WriteError::Duplicate) => return Err(Error::Busy),
            Err(WriteError::Unmet) => return Err(Error::Changed { current: None }),
            Err(failed) => return Err(failed.into()),
        }
        self.put_on_shelf(versions).await?;
        Ok(version.as_of(&self.shelf()))
    }

    pub(crate) fn require_inside(&self, principal: &Principal) -> Result<(), Error> {
        if self.may(principal, Action::SeeOrganisation) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    pub(super) async fn open_draft(
        &self,
        id: DraftId,
        seen: Option<u32>,
    ) -> Result<PolicyDraft, Error> {
        let draft = self.store().policy_draft(id).await?;
        let draft = draft.ok_or(Error::NotFound)?;
        if draft.ended.is_some() {
            return Err(Unfit::Ended.into());
        }
        if seen.is_some_and(|seen| seen != draft.revision) {
            return Err(Error::Changed {
                current: Some(draft.revision),
            });
        }
        Ok(draft)
    }

    pub(super) async fn change_draft(
        &self,
        (id, seen): (DraftId, u32),
        change: DraftChange,
    ) -> Result<(), Error> {
        match self.store().change_policy_draft(id, seen, change).await {
            Err(WriteError::Unmet | WriteError::Duplicate) => Err(Error::Changed { current: None }),
            written => Ok(written?),
        }
    }

    pub(super) async fn record_draft(
        &self,
        principal: &Principal,
        action: &str,
        (policy, id): (&PolicyId, DraftId),
        detail: &str,
    ) -> Result<(), Error> {
        let detail = format!("policy={policy} draft={id} {detail}");
        self.record_change(principal, action, &detail).await
    }

    async fn with_all(&self, draft: PolicyDraft) -> Result<Draft, Error> {
        let comments = self.store().draft_comments(draft.id).await?;
        let consents = self.store().draft_consents(draft.id).await?;
        let checked = check(&sources(&draft.files));
        let shelf = self.shelf();
        let current = shelf.current(&draft.policy, self.today());
        let before = current.or_else(|| shelf.newest(&draft.policy)).cloned();
        let hindrances = self.hindrances(&draft, &checked, &consents);
        Ok(Draft {
            draft,
            checked,
            before,
            comments,
            consents,
            hindrances,
        })
    }

    fn hindrances(
        &self,
        draft: &PolicyDraft,
        checked: &Checked,
        consents: &[DraftConsent],
    ) -> Vec<Unfit> {
        let mut hindrances = Vec::new();
        match &checked.policy {
            None => hindrances.push(Unfit::Errors),
            Some(policy) if policy.id != draft.policy => {
                hindrances.push(Unfit::OtherPolicy(policy.id.to_string()));
            }
            Some(policy) => {
                let unset: Vec<String> = policy.unset_params().map(ToString::to_string).collect();
                if !unset.is_empty() {
                    hindrances.push(Unfit::Unset(unset));
                }
                let not_fitting = self.not_fitting_draft(draft, policy);
                if !not_fitting.is_empty() {
                    hindrances.push(Unfit::Adoptions(not_fitting));
                }
                let policy = (policy, &*sources(&draft.files));
                let calendar = first_version(&self.shelf(), policy, (None, self.now()));
                hindrances.extend(calendar.err().map(|name| Unfit::Calendar(name.to_string())));
            }
        }
        let directory = self.directory();
        // Whoever has left can't answer any more.
        let works = |one: &&DraftConsent| directory.organisation.active(one.person).is_some();
        let missing = consents.iter().filter(works);
        let missing = missing.filter(|one| stands(draft, one) != Consent::Given);
        let missing: Vec<String> = missing
            .filter_map(|one| directory.organisation.active(one.person))
            .map(|person| person.name.clone())
            .collect();
        if !missing.is_empty() {
            hindrances.push(Unfit::Consents(missing));
        }
        hindrances
    }
}

/// Files as the checker takes them.
pub(super) fn sources(files: &BTreeMap<String, String>) -> Vec<SourceFile> {
    let files = files.iter();
    files
        .map(|(name, text)| SourceFile::new(name, text.as_str()))
        .collect()
}

/// The files that are part of a policy, within limits. What else lies in its folder, such as tests, is left out.
fn of_policy(mut files: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Error> {
    files.retain(|name, _| is_policy_file(name));
    let named = |name: &str| {
        name.chars().count() <= FILE_NAME_CHARS_MAX && !name.contains(char::is_control)
    };
    let bytes: usize = files.values().map(String::len).sum();
    if files.is_empty()
        || files.len() > DRAFT_FILES_MAX
        || bytes > DRAFT_BYTES_MAX
        || !files.keys().all(|name| named(name))
    {
        return Err(Unfit::Files.into());
    }
    Ok(files)
}

/// What somebody says, within limits.
pub(super) fn said(text: &str) -> Result<String, Error> {
    let text = text.trim().to_owned();
    if !(1..=COMMENT_CHARS_MAX).contains(&text.chars().count()) || has_control(&text) {
        return Err(Unfit::Text.into());
    }
    Ok(text)
}

//! Reading cases: lists, counts, search, one case; always through the caller's access.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use huiyin_case::Recorded;
use huiyin_case::command::{Act, Command};
use huiyin_case::decide::{Context, decide};
use huiyin_case::id::{CaseId, PartyId, PersonId};
use huiyin_case::link::Tie;
use huiyin_case::offers::{self, Offer};
use huiyin_case::party::Party;
use huiyin_case::state::{CaseState, Stage};
use huiyin_policy::model::{ChannelId, ChoiceId, KindId, Meaning, PartId, Policy, PolicyId};
pub use huiyin_store::{CaseRow, Cursor, Page};
use huiyin_store::{Filter, Order, PageRequest};
use jiff::SignedDuration;

use crate::app::App;
use crate::authorise::Action;
use crate::commands::NewCaseRequest;
use crate::counted::CountedCases;
use crate::error::{Error, Refused};
use crate::ids;
use crate::likeness::Likeness;
use crate::live::Scope;
use crate::prepare;
use crate::principal::Principal;
use crate::shelf::Version;

/// A case is due soon when its tightest limit ends within this time.
pub const DUE_SOON: SignedDuration = SignedDuration::from_hours(24);

/// Views of the work list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListView {
    /// Held by the caller.
    Mine,
    /// Waiting for someone of the caller's unit or roles.
    Unclaimed,
    /// Due within [`DUE_SOON`].
    DueSoon,
    /// Past the tightest limit.
    Overdue,
    /// Closed cases that wait for a follow-up by the caller or by someone of his unit or roles; for those who see everything,
    /// by anyone.
    FollowUp,
    /// Registered by the caller.
    Taken,
    /// All the caller may see.
    All,
}

impl ListView {
    /// All views.
    pub const ALL: [Self; 7] = [
        Self::Mine,
        Self::Unclaimed,
        Self::DueSoon,
        Self::Overdue,
        Self::FollowUp,
        Self::Taken,
        Self::All,
    ];

    /// The published name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unclaimed => "unclaimed",
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
            Self::FollowUp => "follow_up",
            Self::Taken => "taken",
            Self::All => "all",
        }
    }
}

/// A view nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no view `{0}`")]
pub struct UnknownView(pub String);

impl FromStr for ListView {
    type Err = UnknownView;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|view| view.as_str() == text)
            .ok_or_else(|| UnknownView(text.to_owned()))
    }
}

/// Where the cases of a list are to stand among others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandingAsked {
    /// Only this severe.
    pub severity: Option<ChoiceId>,
    /// Only this urgent.
    pub urgency: Option<ChoiceId>,
    /// Only of this category or one below it: the way down its tree; any if empty.
    pub category: Vec<ChoiceId>,
}

impl StandingAsked {
    /// What is asked for, as it is put on record.
    pub(crate) fn in_words(&self) -> impl Iterator<Item = String> {
        let category: Vec<&str> = self.category.iter().map(ChoiceId::as_str).collect();
        let category = Some(category.join("/")).filter(|path| !path.is_empty());
        let asked = [
            ("severity", self.severity.as_ref().map(ToString::to_string)),
            ("urgency", self.urgency.as_ref().map(ToString::to_string)),
            ("category", category),
        ];
        let asked = asked.into_iter();
        asked.filter_map(|(name, value)| Some(format!("{name}={}", value?)))
    }

    pub(crate) fn narrow(&self, filter: Filter) -> Filter {
        Filter {
            severity: self.severity.clone(),
            urgency: self.urgency.clone(),
            category: self.category.clone(),
            ..filter
        }
    }
}

/// By what a list is ordered before the tightest limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The most severe first.
    Severity,
    /// The most urgent first.
    Urgency,
}

/// Which page of which list.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// View.
    pub view: ListView,
    /// As whom one looks: somebody for whom one is deputy today. `None` as oneself.
    pub acting_for: Option<PersonId>,
    /// Being handled, closed or archived; `None` any.
    pub stage: Option<Stage>,
    /// Only of this policy.
    pub policy: Option<PolicyId>,
    /// Only this kind.
    pub kind: Option<KindId>,
    /// Only this channel.
    pub channel: Option<ChannelId>,
    /// Only where they stand so.
    pub standing: StandingAsked,
    /// By what they are ordered; by the tightest limit if it is not said.
    pub sort: Option<Sort>,
    /// Only those behind a figure of the statistics.
    pub counted: Option<CountedCases>,
    /// After this row.
    pub after: Option<Cursor>,
    /// Rows at most.
    pub rows: u32,
}

impl ListRequest {
    /// All open cases of a view, from the first row on.
    pub fn of(view: ListView, rows: u32) -> Self {
        Self {
            view,
            acting_for: None,
            stage: Some(Stage::Open),
            policy: None,
            kind: None,
            channel: None,
            standing: StandingAsked::default(),
            sort: None,
            counted: None,
            after: None,
            rows,
        }
    }
}

/// A case with all that is needed to show it.
#[derive(Debug, Clone)]
pub struct CaseDetail {
    /// The case.
    pub case: CaseId,
    /// What its events add up to.
    pub state: CaseState,
    /// The policy version it keeps.
    pub version: Version,
    /// Its events.
    pub history: Vec<Recorded>,
    /// What the caller may do now.
    pub offers: Vec<Offer>,
    /// Sequence numbers of the entries the caller may correct.
    pub correctable: Vec<u32>,
    /// Whether the caller may attach files.
    pub attachable: bool,
    /// The events that added attachments which the caller may remove.
    pub removable: Vec<u32>,
    /// Its line in the work list.
    pub row: CaseRow,
    /// The customer's contact, in full: to be masked by whoever shows it.
    pub contact: String,
    /// The cases it is linked to, as far as the caller may see them.
    pub linked: BTreeMap<CaseId, CaseRow>,
    /// The links that the caller may take back.
    pub loose: Vec<Tie>,
    /// Whether a hold is shown to the caller.
    pub sees_holds: bool,
    /// Whether the caller may place or lift one.
    pub may_hold: bool,
    /// The newest version that the caller may migrate it to, if there is a newer one.
    pub could_migrate_to: Option<Version>,
}

/// A customer in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Name.
    pub name: String,
    /// Contact.
    pub contact: String,
}

/// What a registration would lead to.
#[derive(Debug, Clone)]
pub struct Previewed {
    /// The case as it would be.
    pub state: CaseState,
    /// The version in force.
    pub version: Version,
    /// Which earlier cases of the customer it is likely to repeat.
    pub likenesses: Vec<Likeness>,
}

impl App {
    /// A page of a list.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for somebody for whom one is no deputy today.
    pub async fn list(&self, principal: &Principal, request: &ListRequest) -> Result<Page, Error> {
        let (access, filter) = self.listed(principal, request)?;
        let waits = request.stage == Some(Stage::Open) || request.view == ListView::FollowUp;
        let order = match request.sort {
            Some(Sort::Severity) => Order::MostSevere,
            Some(Sort::Urgency) => Order::MostUrgent,
            None if waits && request.counted.is_none() => Order::TightestDue,
            None => Order::NewestFirst,
        };
        let page = PageRequest {
            order,
            after: request.after,
            rows_max: request.rows,
        };
        Ok(self.store().list(&access, &filter, page).await?)
    }

    /// How many open cases each view holds, as oneself or as somebody for whom one is deputy today.
    ///
    /// # Errors
    /// As [`App::list`].
    pub async fn counts(
        &self,
        principal: &Principal,
        acting_for: Option<PersonId>,
    ) -> Result<BTreeMap<ListView, u64>, Error> {
        let mut counts = BTreeMap::new();
        for view in ListView::ALL {
            let (access, filter) = self.view(principal, acting_for, view, Some(Stage::Open))?;
            let count = self
                .store()
                .counts(&access, &[filter])
                .await?
                .first()
                .copied()
                .unwrap_or_default();
            counts.insert(view, u64::from(count));
        }
        Ok(counts)
    }

    /// The newest cases that a search finds: those of the customer with this very contact, or else those with these words.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn search(
        &self,
        principal: &Principal,
        query: &str,
        rows: u32,
    ) -> Result<Vec<CaseRow>, Error> {
        let access = self.access_of(principal);
        let customers = self.customers_by_contact(query).await?;
        if customers.is_empty() {
            return Ok(self.store().search(&access, query, rows).await?);
        }
        let filter = Filter {
            customers,
            ..Filter::default()
        };
        let page = PageRequest {
            order: Order::NewestFirst,
            after: None,
            rows_max: rows,
        };
        Ok(self.store().list(&access, &filter, page).await?.rows)
    }

    /// A case.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none that the caller may see.
    pub async fn case(&self, principal: &Principal, case: CaseId) -> Result<CaseDetail, Error> {
        let (state, version, history) = self.load_with_history(case).await?;
        self.require_sight(principal, Action::See, case, &state)
            .await?;
        let directory = self.directory();
        let context = self.context(&version, &directory.organisation);
        // Whoever sees it only because it was drawn for him changes nothing.
        let scope = Scope::of(&version.policy, &state);
        let may_handle = self.may(principal, Action::Handle) && self.may_see(principal, &scope);
        let offers = if may_handle {
            offers::offers(&state, &context, principal.person.into())
        } else {
            Vec::new()
        };
        let correctable = state.entries.iter().map(|entry| entry.seq);
        let correctable = correctable
            .filter(|&seq| {
                may_handle && offers::correctable(&state, &context, principal.person, seq).is_ok()
            })
            .collect();
        let attachable =
            may_handle && offers::attachable(&state, &context, principal.person).is_ok();
        let removable = state.attached().map(|one| one.entry);
        let removable = removable
            .filter(|&entry| {
                may_handle && offers::detachable(&state, &context, principal.person, entry)
            })
            .collect();
        let row = prepare::derive(&version.policy, case, &state, self.now()).row;
        let contact = prepare::meaning_of(&version.policy, &state, Meaning::CustomerContact)
            .unwrap_or_default();
        let linked = self
            .linked(principal, (&state, &version.policy), &history)
            .await?;
        let ties = state.ties.iter().copied();
        let loose = ties
            .filter(|tie| {
                may_handle
                    && linked.contains_key(&tie.case)
                    && offers::may_take_back(&state, &context, principal.person, *tie)
            })
            .collect();
        let could_migrate_to = self.could_migrate_to(principal, &state);
        Ok(CaseDetail {
            case,
            state,
            version,
            history,
            offers,
            correctable,
            attachable,
            removable,
            row,
            contact,
            linked,
            loose,
            sees_holds: self.sees_holds(principal),
            may_hold: self.may(principal, Action::Hold),
            could_migrate_to,
        })
    }

    /// The policy version a case keeps.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case.
    pub async fn policy_of(
        &self,
        principal: &Principal,
        case: CaseId,
    ) -> Result<Arc<Policy>, Error> {
        let (state, version) = self.load(case).await?;
        self.require_sight(principal, Action::See, case, &state)
            .await?;
        Ok(version.policy)
    }

    /// The policy version a case keeps, and the part that one of its entries filled in.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case.
    pub async fn entry_part(
        &self,
        principal: &Principal,
        case: CaseId,
        entry: u32,
    ) -> Result<(Arc<Policy>, Option<PartId>), Error> {
        let (state, version) = self.load(case).await?;
        self.require_sight(principal, Action::See, case, &state)
            .await?;
        let part = state
            .entry(entry)
            .and_then(|entry| state.part_of(&version.policy, &entry.what))
            .cloned();
        Ok((version.policy, part))
    }

    /// The customer in full. Each look is on record.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case.
    pub async fn customer(&self, principal: &Principal, case: CaseId) -> Result<Customer, Error> {
        let (state, version) = self.load(case).await?;
        self.require_sight(principal, Action::SeePersonalData, case, &state)
            .await?;
        self.record_look(principal, case).await?;
        let said =
            |meaning| prepare::meaning_of(&version.policy, &state, meaning).unwrap_or_default();
        Ok(Customer {
            name: said(Meaning::CustomerName),
            contact: said(Meaning::CustomerContact),
        })
    }

    /// A party of a case, with the policy version that the case keeps. Each look is on record.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case, or it has no such party.
    pub async fn party(
        &self,
        principal: &Principal,
        case: CaseId,
        party: PartyId,
    ) -> Result<(Party, Version), Error> {
        let (state, version) = self.load(case).await?;
        self.require_sight(principal, Action::SeePersonalData, case, &state)
            .await?;
        let mut parties = state.parties.into_iter();
        let found = parties.find(|one| one.id == party);
        let found = found.ok_or(Error::NotFound)?;
        self.record_look(principal, case).await?;
        Ok((found, version))
    }

    /// The case that a registration would make. Nothing is stored.
    ///
    /// # Errors
    /// As [`App::register`].
    pub async fn preview(
        &self,
        principal: &Principal,
        request: NewCaseRequest,
    ) -> Result<Previewed, Error> {
        if !self.may(principal, Action::Register) {
            return Err(Error::Forbidden);
        }
        let version = self.taken_in_by(principal.person, &request.policy)?;
        let contact = prepare::contact_in(&version.policy, &request.kind, &request.fields);
        let directory = self.directory();
        let context = self.context(&version, &directory.organisation);
        let command = Command {
            actor: principal.person.into(),
            acting_for: None,
            occurred: request.occurred,
            act: Act::Register {
                case: CaseId::new(ids::new()),
                customer: PartyId::new(ids::new()),
                kind: request.kind,
                channel: request.channel,
                fields: request.fields,
                first_contact: request.first_contact,
                repeats: request.repeats.map(Box::new),
                parties: ids::of_parties(request.parties),
            },
        };
        let decision = decide(None, &context, &command).map_err(|refusal| {
            Error::Refused(Box::new(Refused {
                refusal,
                policy: Arc::clone(&version.policy),
            }))
        })?;
        let state =
            prepare::state_after(&version.policy, None, &decision.events).ok_or(Error::NotFound)?;
        let likenesses = match contact {
            Some(contact) => {
                let earlier = self.earlier_cases(principal, &contact).await?;
                self.likenesses(&version.policy, &state, &earlier).await?
            }
            None => Vec::new(),
        };
        Ok(Previewed {
            state,
            version,
            likenesses,
        })
    }

    /// Kinds of the policies in force for the caller's unit that he may register.
    pub fn kinds_open_to(&self, principal: &Principal) -> Vec<(Version, KindId)> {
        if !self.may(principal, Action::Register) {
            return Vec::new();
        }
        let directory = self.directory();
        let shelf = self.shelf();
        let organisation = &directory.organisation;
        let person = organisation.persons.get(&principal.person);
        let unit = person.map(|person| person.unit);
        let today = self.today();
        let in_force = shelf.all_in_force(today).filter_map(|version| {
            shelf.in_force_at(&version.policy.id, unit, (organisation, today))
        });
        let kinds = in_force.flat_map(|version| {
            version
                .policy
                .kinds
                .keys()
                .map(move |kind| (version.clone(), kind.clone()))
        });
        kinds
            .filter(|(version, kind)| {
                let kind = version.policy.kinds.get(kind);
                kind.is_some_and(|kind| {
                    offers::may_open(kind, &version.policy, organisation, principal.person)
                })
            })
            .collect()
    }

    pub(crate) fn context<'a>(
        &'a self,
        version: &'a Version,
        organisation: &'a huiyin_case::organisation::Organisation,
    ) -> Context<'a> {
        Context {
            policy: &version.policy,
            policy_version: version.version,
            calendar: version.calendar(),
            organisation,
            now: self.now(),
        }
    }
}

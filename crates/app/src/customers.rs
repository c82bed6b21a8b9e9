//! A customer's cases over all records of that person, and the decision that two records are the same person.

use std::sync::Arc;

use huiyin_case::Refusal;
use huiyin_case::command::{Act, Command};
use huiyin_case::id::{CaseId, PartyId};
use huiyin_case::refusal::Rule;
use huiyin_policy::model::Policy;
use huiyin_store::{CaseRow, Filter, Order, PageRequest, PartyRecord};

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{CommandRequest, Done, Key, Start, refused};
use crate::error::Error;
use crate::likeness::Likeness;
use crate::once::request_hash;
use crate::prepare;
use crate::principal::Principal;

/// Earlier cases of a customer that are shown, newest first.
const CASES_SHOWN: u32 = 20;
/// Cases shown of a record that may be the same person's.
const CASES_OF_ALIKE_SHOWN: u32 = 3;

/// What is known of the customer of a case beyond the case.
#[derive(Debug, Clone)]
pub struct CustomerFile {
    /// All records of the customer; that which stands for all of them first.
    pub records: Vec<PartyRecord>,
    /// The record of the case that was asked about.
    pub own: PartyId,
    /// Other cases under these records that the caller may see, newest first.
    pub cases: Vec<CaseRow>,
    /// The policy of the case.
    pub policy: Arc<Policy>,
    /// Which of these the case is likely to repeat.
    pub likenesses: Vec<Likeness>,
    /// Records that are likely to be the same person's, each with cases that the caller may see.
    pub alike: Vec<(PartyId, Vec<CaseRow>)>,
    /// Whether the caller may decide on them.
    pub may_decide: bool,
}

/// A decision about a record of a customer.
#[derive(Debug, Clone)]
pub struct RecordRequest {
    /// The case at hand.
    pub case: CaseId,
    /// Its last event that the caller saw.
    pub seen_seq: u32,
    /// The other record.
    pub record: PartyId,
    /// Why.
    pub reason: String,
    /// The caller's key.
    pub key: Key,
}

impl App {
    /// What is known of the customer of a case beyond the case.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case.
    pub async fn customer_file(
        &self,
        principal: &Principal,
        case: CaseId,
    ) -> Result<CustomerFile, Error> {
        let (state, version) = self.load(case).await?;
        self.require_sight(principal, Action::See, case, &state)
            .await?;
        let own = state.opening.customer;
        let may_decide = self.may(principal, Action::MergeCustomers);
        let internal = state
            .kind(&version.policy)
            .is_some_and(|kind| kind.internal);
        if internal {
            return Ok(CustomerFile {
                records: Vec::new(),
                own,
                cases: Vec::new(),
                policy: version.policy,
                likenesses: Vec::new(),
                alike: Vec::new(),
                may_decide: false,
            });
        }
        let records = self.store().records_of(own).await?;
        let parties: Vec<PartyId> = records.iter().map(|record| record.party).collect();
        let cases = self
            .cases_of(principal, parties.clone(), CASES_SHOWN + 1)
            .await?;
        let mut alike = Vec::new();
        if may_decide {
            for party in self.store().parties_alike(own).await? {
                if parties.contains(&party) {
                    continue;
                }
                let cases = self
                    .cases_of(principal, vec![party], CASES_OF_ALIKE_SHOWN)
                    .await?;
                if !cases.is_empty() {
                    alike.push((party, cases));
                }
            }
        }
        let others = cases.into_iter().filter(|row| row.case != case);
        let cases: Vec<CaseRow> = others.take(CASES_SHOWN as usize).collect();
        let likenesses = self.likenesses(&version.policy, &state, &cases).await?;
        Ok(CustomerFile {
            records,
            own,
            cases,
            policy: version.policy,
            likenesses,
            alike,
            may_decide,
        })
    }

    /// Cases of the customer with this contact, newest first, as far as the caller may see them.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right to register.
    pub async fn earlier_cases(
        &self,
        principal: &Principal,
        contact: &str,
    ) -> Result<Vec<CaseRow>, Error> {
        if !self.may(principal, Action::Register) {
            return Err(Error::Forbidden);
        }
        let parties = self.customers_by_contact(contact).await?;
        if parties.is_empty() {
            return Ok(Vec::new());
        }
        self.cases_of(principal, parties, CASES_SHOWN).await
    }

    /// All records of the customer with this contact; none if nobody has it.
    pub(crate) async fn customers_by_contact(&self, contact: &str) -> Result<Vec<PartyId>, Error> {
        let contact = prepare::normalise_contact(contact);
        let known = self.store().parties_by_contact(&contact).await?;
        let Some(&party) = known.first() else {
            return Ok(Vec::new());
        };
        let records = self.store().records_of(party).await?;
        Ok(records.into_iter().map(|record| record.party).collect())
    }

    async fn cases_of(
        &self,
        principal: &Principal,
        customers: Vec<PartyId>,
        rows_max: u32,
    ) -> Result<Vec<CaseRow>, Error> {
        let access = self.access_of(principal);
        let filter = Filter {
            customers,
            ..Filter::default()
        };
        let page = PageRequest {
            order: Order::NewestFirst,
            after: None,
            rows_max,
        };
        Ok(self.store().list(&access, &filter, page).await?.rows)
    }

    /// Puts on record that another record is the same person as the customer of a case. The older record stands for both
    /// from now on.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right; [`Error::NotFound`] if the caller may see no case of either; otherwise as
    /// [`App::command`].
    pub async fn merge_customers(
        &self,
        principal: &Principal,
        request: RecordRequest,
    ) -> Result<Done, Error> {
        let (state, version) = self.load(request.case).await?;
        self.require_sight(principal, Action::MergeCustomers, request.case, &state)
            .await?;
        let known = self.cases_of(principal, vec![request.record], 1).await?;
        if known.is_empty() {
            return Err(Error::NotFound);
        }
        let own = self.standing_for(state.opening.customer).await?;
        let other = self.standing_for(request.record).await?;
        if own == other {
            return Err(refused(Refusal::new(Rule::SameCustomer), &version));
        }
        let act = Act::MergeCustomers {
            party: own.max(other),
            into: own.min(other),
            reason: request.reason,
        };
        let told = format!("{} {}", own.max(other), own.min(other));
        self.record_keeping(principal, "merge_customers", request.case, &told)
            .await?;
        self.command(
            principal,
            CommandRequest {
                case: request.case,
                seen_seq: request.seen_seq,
                acting_for: None,
                act,
                occurred: None,
                key: request.key,
            },
        )
        .await
    }

    /// Takes such a decision back: the record stands for itself again.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right; [`Error::NotFound`] if the record stands for itself.
    pub async fn part_customers(
        &self,
        principal: &Principal,
        request: RecordRequest,
    ) -> Result<Done, Error> {
        let (state, _) = self.load(request.case).await?;
        self.require_sight(principal, Action::MergeCustomers, request.case, &state)
            .await?;
        let records = self.store().records_of(state.opening.customer).await?;
        let record = records.iter().find(|one| one.party == request.record);
        let (_, decided_in) = record.and_then(|one| one.merged).ok_or(Error::NotFound)?;
        let told = request.record.to_string();
        self.record_keeping(principal, "part_customers", decided_in, &told)
            .await?;
        let command = Command {
            actor: principal.person.into(),
            acting_for: None,
            occurred: None,
            act: Act::PartCustomers {
                party: request.record,
                reason: request.reason.clone(),
            },
        };
        let once = self.once(
            principal.person.to_string(),
            request.key,
            request_hash(&(
                "part_customers",
                request.case,
                request.record,
                request.reason,
            )),
        );
        // It is taken back where it stands, whichever case the caller has before the eyes.
        let (state, version) = self.load(decided_in).await?;
        self.require_sight(principal, Action::MergeCustomers, decided_in, &state)
            .await?;
        self.carry_out(decided_in, &version, Start::at(state), &command, Some(once))
            .await
    }

    /// The record that stands for this one.
    async fn standing_for(&self, party: PartyId) -> Result<PartyId, Error> {
        let records = self.store().records_of(party).await?;
        Ok(records.first().map_or(party, |record| record.party))
    }
}

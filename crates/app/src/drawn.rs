//! Whoever has to look into a case that was drawn for a duty sees it until that is done (P1.12: nobody checks what he can't read).
//!
//! The predicate of lists knows nothing of this: drawn cases are reached through the duty's own case.

use huiyin_case::CaseState;
use huiyin_case::deputy::Right;
use huiyin_case::id::CaseId;
use huiyin_case::state::Stage;
use huiyin_policy::model::KindId;
use huiyin_store::{Access, Arm, Filter, Order, PageRequest};

use crate::app::App;
use crate::authorise::{admits, arms};
use crate::error::Error;
use crate::live::Scope;
use crate::principal::{AccountRole, Principal};

/// Most open cases of a duty that are looked through, the newest first.
const DUTY_CASES_MAX: u32 = 50;

impl App {
    /// Whether a case was drawn for a duty that waits for the caller. What is hidden from him, or shown to others alone, stays so.
    ///
    /// # Errors
    /// When the database can't be read.
    pub(crate) async fn is_drawn_for(
        &self,
        principal: &Principal,
        case: CaseId,
        (state, scope): (&CaseState, &Scope),
    ) -> Result<bool, Error> {
        if !principal.is(AccountRole::Staff) || !admits(&self.unhidden(principal), scope) {
            return Ok(false);
        }
        let waiting = self.waiting_for(principal);
        for kind in self.kinds_that_draw(state) {
            let filter = Filter {
                stage: Some(Stage::Open),
                policy: Some(state.opening.policy.clone()),
                kind: Some(kind),
                ..Filter::default()
            };
            let page = PageRequest {
                order: Order::NewestFirst,
                after: None,
                rows_max: DUTY_CASES_MAX,
            };
            for row in self.store().list(&waiting, &filter, page).await?.rows {
                let (duty, version) = self.load(row.case).await?;
                let is_his = self.waits_for(principal, &Scope::of(&version.policy, &duty));
                if is_his && duty.sample().iter().any(|drawn| drawn.case == case) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Which cases the caller sees of those drawn for a duty: all that are not hidden from him while it waits for him, or else what he
    /// sees anyway.
    pub(crate) fn access_to_drawn(
        &self,
        principal: &Principal,
        duty: (&CaseState, &Scope),
    ) -> Access {
        let (state, scope) = duty;
        let waits = state.stage == Stage::Open && self.waits_for(principal, scope);
        match waits && principal.is(AccountRole::Staff) {
            true => self.unhidden(principal),
            false => self.access_of(principal),
        }
    }

    fn waits_for(&self, principal: &Principal, scope: &Scope) -> bool {
        admits(&self.waiting_for(principal), scope) && admits(&self.access_of(principal), scope)
    }

    /// Everything that is not hidden from the caller.
    fn unhidden(&self, principal: &Principal) -> Access {
        self.access_of(principal).hiding().unwrap_or(Access::All)
    }

    /// The cases that wait for the caller, or for somebody in whose right he may act today.
    fn waiting_for(&self, principal: &Principal) -> Access {
        let directory = self.directory();
        let organisation = &directory.organisation;
        let rights = organisation.rights(principal.person, self.today());
        let own = Right::own(principal.person);
        let waits = |arm: &Arm| {
            matches!(
                arm,
                Arm::HolderPerson(_) | Arm::HolderUnit(_) | Arm::HolderRole(_)
            )
        };
        let all = std::iter::once(own).chain(rights);
        let all = all.flat_map(|right| arms(&right, organisation, &self.shelf()));
        Access::Arms(all.filter(waits).collect())
    }

    /// The kinds of the cases that duties open to look into cases such as this one.
    fn kinds_that_draw(&self, state: &CaseState) -> Vec<KindId> {
        let version = self.current_version(&state.opening.policy);
        let duties = version
            .iter()
            .flat_map(|version| version.policy.duties.values());
        let draw = duties.filter(|duty| {
            let sample = duty.sample.as_ref();
            sample.is_some_and(|sample| sample.of.contains(&state.opening.kind))
        });
        draw.map(|duty| duty.opens.clone()).collect()
    }
}

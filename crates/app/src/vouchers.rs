//! Handing vouchers over to the accounting system (P3.38): each once, and a change by a counter-voucher.
//!
//! A run is put on record before its table is given out, so a crash in between loses nothing: the run is there, and its table can be
//! fetched again as it was. Each run is in the audit log before that, with what it holds.

use std::collections::HashMap;

use huiyin_case::id::CaseId;
use huiyin_policy::settle::to_hand_over;
use huiyin_store::{
    AppendError, HandOverError, HandedOverVoucher, NewVoucherRun, ReadError, Unreadable,
    VoucherRun, WaitingCase, WaitingVoucher, WaitingVouchers, WriteError,
};

use crate::app::App;
use crate::authorise::Action;
use crate::error::Error;
use crate::principal::Principal;

/// Most cases that a run is made of.
const CASES_MAX: u32 = 2_000;
/// After so many vouchers a run takes no further case; the next run has the rest.
const VOUCHERS_MAX: usize = 10_000;
/// Most runs that are listed.
pub const RUNS_MAX: u32 = 200;
/// How often it is tried anew when another run was faster.
const TRIES_MAX: usize = 5;

/// What is to be handed over now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ToHandOver {
    /// The vouchers and counter-vouchers, in the order in which their cases were taken in.
    pub vouchers: Vec<HandedOverVoucher>,
    /// Vouchers whose identifier is that of another case's already. They stay until the numbers of the cases are told apart.
    pub taken: Vec<TakenIdentifier>,
    /// Whether there are further ones for the next run.
    pub more: bool,
}

/// A voucher that can't be handed over under its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIdentifier {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The identifier.
    pub identifier: String,
}

/// In which form the table of a run is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunForm {
    /// Form of the table, such as `csv`.
    pub format: String,
    /// Language of its headings.
    pub language: String,
}

/// A run with its vouchers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullRun {
    /// The run.
    pub run: VoucherRun,
    /// What it handed over.
    pub vouchers: Vec<HandedOverVoucher>,
}

/// What became of handing over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOverNow {
    /// The run; `None` if there was nothing to hand over.
    pub run: Option<FullRun>,
    /// As in [`ToHandOver`].
    pub taken: Vec<TakenIdentifier>,
    /// As in [`ToHandOver`].
    pub more: bool,
}

impl App {
    /// What the next run would have. Vouchers of cases that the caller doesn't see are left to somebody who does.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whoever may not see vouchers; when the database can't be read.
    pub async fn vouchers_to_hand_over(&self, principal: &Principal) -> Result<ToHandOver, Error> {
        if !self.may(principal, Action::SeeVouchers) {
            return Err(Error::Forbidden);
        }
        Ok(planned(self.waiting(principal).await?))
    }

    /// Hands over what was not handed over yet, as a run that is on record.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whoever may not hand vouchers over; [`Error::Busy`] when others were faster again and again; when
    /// the database can't be read or written.
    pub async fn hand_over_vouchers(
        &self,
        principal: &Principal,
        form: &RunForm,
    ) -> Result<HandedOverNow, Error> {
        if !self.may(principal, Action::HandOverVouchers) {
            return Err(Error::Forbidden);
        }
        for _ in 0..TRIES_MAX {
            let waiting = self.waiting(principal).await?;
            let number = waiting.last_run + 1;
            let ToHandOver {
                vouchers,
                taken,
                more,
            } = planned(waiting);
            if vouchers.is_empty() {
                let run = None;
                return Ok(HandedOverNow { run, taken, more });
            }
            let new = NewVoucherRun {
                number,
                by: principal.person,
                at: self.now(),
                format: form.format.clone(),
                language: form.language.clone(),
                vouchers,
            };
            self.record_change(principal, "hand_over_vouchers", &detail(&new))
                .await?;
            match self.store().hand_over(&new).await {
                Ok(run) => {
                    let vouchers = new.vouchers;
                    let run = Some(FullRun { run, vouchers });
                    return Ok(HandedOverNow { run, taken, more });
                }
                // Another run was made meanwhile: what it took is left out now.
                Err(HandOverError::Write(WriteError::Duplicate)) => {}
                Err(HandOverError::Write(failed)) => return Err(failed.into()),
                Err(HandOverError::Read(failed)) => return Err(read_failed(failed)),
            }
        }
        Err(Error::Busy)
    }

    /// The runs of which the caller sees every case, the last first; [`RUNS_MAX`] at most.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whoever may not see vouchers; when the database can't be read.
    pub async fn voucher_runs(&self, principal: &Principal) -> Result<Vec<VoucherRun>, Error> {
        if !self.may(principal, Action::SeeVouchers) {
            return Err(Error::Forbidden);
        }
        let access = self.access_of(principal);
        Ok(self.store().voucher_runs(&access, RUNS_MAX).await?)
    }

    /// A run as it was handed over. That somebody fetches it is on record.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whoever may not see vouchers; [`Error::NotFound`] for a run that is not there, or has a case that the
    /// caller doesn't see; [`AppendError::Erased`] once a case of it was erased.
    pub async fn voucher_run(&self, principal: &Principal, number: u32) -> Result<FullRun, Error> {
        if !self.may(principal, Action::SeeVouchers) {
            return Err(Error::Forbidden);
        }
        let access = self.access_of(principal);
        let found = self.store().voucher_run(&access, number).await;
        let (run, vouchers) = found.map_err(read_failed)?.ok_or(Error::NotFound)?;
        self.record_change(principal, "fetch_voucher_run", &format!("run={number}"))
            .await?;
        Ok(FullRun { run, vouchers })
    }

    async fn waiting(&self, principal: &Principal) -> Result<WaitingVouchers, Error> {
        let access = self.access_of(principal);
        let waiting = self.store().waiting_vouchers(&access, CASES_MAX).await;
        waiting.map_err(read_failed)
    }
}

/// What has to be handed over of what waits. What is held back moves nothing, neither forth nor back.
fn planned(waiting: WaitingVouchers) -> ToHandOver {
    let mut plan = ToHandOver {
        more: waiting.more,
        ..ToHandOver::default()
    };
    // Two cases may have the same number, if their policies number alike: the identifier is the first one's.
    let mut owners: HashMap<String, CaseId> = HashMap::new();
    for case in waiting.cases {
        if plan.vouchers.len() >= VOUCHERS_MAX {
            plan.more = true;
            break;
        }
        for voucher in case.vouchers.iter().filter(|voucher| !voucher.now.held) {
            let owner = owners.entry(voucher.now.id.clone()).or_insert(case.case);
            if voucher.is_anothers || *owner != case.case {
                plan.taken.push(TakenIdentifier {
                    case: case.case,
                    number: case.number.clone(),
                    identifier: voucher.now.id.clone(),
                });
                continue;
            }
            plan.vouchers.extend(handed_over(&case, voucher));
        }
    }
    plan
}

fn handed_over(case: &WaitingCase, voucher: &WaitingVoucher) -> Vec<HandedOverVoucher> {
    let handed = to_hand_over(voucher.before, voucher.now.amount).into_iter();
    let handed = handed.map(|handed| HandedOverVoucher {
        case: case.case,
        number: case.number.clone(),
        policy: case.policy.clone(),
        policy_version: case.policy_version,
        voucher: voucher.now.voucher.clone(),
        id: voucher.now.id.clone(),
        handed,
        settled_at: voucher.now.settled_at,
    });
    handed.collect()
}

/// What is put on record of a run: enough to tell it from any other, and no identifier.
fn detail(run: &NewVoucherRun) -> String {
    let hash = hex::encode(run.content_hash());
    format!(
        "run={} vouchers={} content={hash}",
        run.number,
        run.vouchers.len()
    )
}

fn read_failed(failed: ReadError) -> Error {
    match failed {
        ReadError::Unreadable(Unreadable::Erased) => Error::Append(AppendError::Erased),
        failed => failed.into(),
    }
}

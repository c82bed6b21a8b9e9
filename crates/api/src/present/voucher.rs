//! Vouchers and their runs as they are sent.

use huiyin_app::vouchers::{FullRun, HandedOverNow, TakenIdentifier, ToHandOver};
use huiyin_app::{Action, App, Principal};
use huiyin_policy::model::Voucher;
use huiyin_settlement::Money;
use huiyin_store::{HandedOverVoucher, VoucherRun};
use huiyin_texts::Lang;

use super::names;
use crate::dto::form::pick;
use crate::dto::voucher::{
    FullVoucherRunView, JournalVoucherView, TakenIdentifierView, VoucherRunView,
    VouchersHandedOverView, WaitingVouchersView,
};

/// A voucher in words of the policy version that it was made under.
pub(crate) fn voucher(app: &App, of: &HandedOverVoucher, lang: Lang) -> JournalVoucherView {
    let shelf = app.shelf();
    let version = shelf.version(&of.policy, of.policy_version);
    let declared: Option<&Voucher> =
        version.and_then(|version| version.policy.settlement.vouchers.get(&of.voucher));
    JournalVoucherView {
        identifier: of.identifier(),
        voucher: of.voucher.to_string(),
        title: declared.map_or_else(
            || of.voucher.to_string(),
            |declared| pick(&declared.title, lang),
        ),
        amount: of.handed.amount.to_string(),
        reverses: of.reverses(),
        case: of.case.to_string(),
        number: of.number.clone(),
        policy: of.policy.to_string(),
        clause: declared.map_or_else(String::new, |declared| declared.clause.to_string()),
        settled_at: names::instant(&app.calendar(), of.settled_at),
    }
}

/// What the next run would hand over.
pub(crate) fn waiting(
    app: &App,
    principal: &Principal,
    plan: &ToHandOver,
    lang: Lang,
) -> WaitingVouchersView {
    WaitingVouchersView {
        vouchers: vouchers(app, &plan.vouchers, lang),
        total: total(&plan.vouchers),
        taken: taken(&plan.taken),
        more: plan.more,
        may_hand_over: app.may(principal, Action::HandOverVouchers),
    }
}

/// A run.
pub(crate) fn run(app: &App, of: &VoucherRun) -> VoucherRunView {
    VoucherRunView {
        number: of.number,
        by: names::person(&app.directory(), of.by),
        at: names::instant(&app.calendar(), of.at),
        format: of.format.clone(),
        language: of.language.clone(),
        count: of.count,
        content_hash: hex::encode(of.content_hash),
    }
}

/// A run with what it handed over.
pub(crate) fn full_run(app: &App, of: &FullRun, lang: Lang) -> FullVoucherRunView {
    FullVoucherRunView {
        run: run(app, &of.run),
        vouchers: vouchers(app, &of.vouchers, lang),
        total: total(&of.vouchers),
    }
}

/// What became of handing over.
pub(crate) fn handed_over(app: &App, now: &HandedOverNow, lang: Lang) -> VouchersHandedOverView {
    VouchersHandedOverView {
        run: now.run.as_ref().map(|run| full_run(app, run, lang)),
        taken: taken(&now.taken),
        more: now.more,
    }
}

fn vouchers(app: &App, of: &[HandedOverVoucher], lang: Lang) -> Vec<JournalVoucherView> {
    of.iter().map(|one| voucher(app, one, lang)).collect()
}

fn taken(of: &[TakenIdentifier]) -> Vec<TakenIdentifierView> {
    let views = of.iter().map(|one| TakenIdentifierView {
        identifier: one.identifier.clone(),
        case: one.case.to_string(),
        number: one.number.clone(),
    });
    views.collect()
}

/// The sum of vouchers; empty if it is too large to be said.
pub fn total(of: &[HandedOverVoucher]) -> String {
    let sum = Money::sum(of.iter().map(|one| one.handed.amount));
    sum.map_or_else(|_| String::new(), |sum| sum.to_string())
}

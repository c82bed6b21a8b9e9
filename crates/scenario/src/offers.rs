//! Offers in the words of a test.

use huiyin_case::offers::Offered;
use huiyin_policy::model::{LinkKind, Policy};

/// How a test writes what is offered, as in `record answer` or `close`.
pub(crate) fn word(what: &Offered) -> String {
    match what {
        Offered::Record(act) => format!("record {act}"),
        Offered::Note => "note".to_owned(),
        Offered::Dispatch => "dispatch".to_owned(),
        Offered::Transfer => "transfer".to_owned(),
        Offered::Accept => "accept".to_owned(),
        Offered::Refuse => "refuse".to_owned(),
        Offered::Pause(clock) => format!("pause {clock}"),
        Offered::Resume(clock) => format!("resume {clock}"),
        Offered::Extend(clock) => format!("extend {clock}"),
        Offered::Close => "close".to_owned(),
        Offered::Reopen => "reopen".to_owned(),
        Offered::Archive => "archive".to_owned(),
        Offered::IssueReceipt => "issue_receipt".to_owned(),
        Offered::Withdraw => "withdraw".to_owned(),
        Offered::Link(kind) => format!("link {}", kind.as_str()),
        Offered::Raise(kind) => format!("raise {kind}"),
        Offered::AddParty(role) => format!("add {role}"),
        Offered::RemoveParty(role) => format!("remove {role}"),
        Offered::SetLevel(levels) => format!("set {levels}"),
        Offered::OpenSeal(seal) => format!("open_seal {seal}"),
    }
}

/// All that anybody can ever be offered under a policy.
pub(crate) fn all(policy: &Policy) -> Vec<Offered> {
    let mut all = vec![
        Offered::Note,
        Offered::Dispatch,
        Offered::Transfer,
        Offered::Accept,
        Offered::Refuse,
        Offered::Close,
        Offered::Reopen,
        Offered::Archive,
        Offered::IssueReceipt,
        Offered::Withdraw,
    ];
    all.extend(policy.acts.keys().cloned().map(Offered::Record));
    let kinds = || policy.kinds.values();
    let clocks = || kinds().flat_map(|kind| kind.clocks.keys().cloned());
    all.extend(clocks().map(Offered::Pause));
    all.extend(clocks().map(Offered::Resume));
    all.extend(clocks().map(Offered::Extend));
    all.extend(LinkKind::ALL.map(Offered::Link));
    all.extend(policy.kinds.keys().cloned().map(Offered::Raise));
    all.extend(policy.parties.keys().cloned().map(Offered::AddParty));
    all.extend(policy.parties.keys().cloned().map(Offered::RemoveParty));
    all.extend(policy.levels.keys().cloned().map(Offered::SetLevel));
    all.extend(policy.seals.keys().cloned().map(Offered::OpenSeal));
    all
}

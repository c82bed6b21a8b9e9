//! Offers in the words of a test.

use huiyin_case::offers::{Offer, Offered};

/// How a test writes what is offered, as in `record answer` or `close`.
pub(crate) fn word(offer: &Offer) -> String {
    match &offer.what {
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

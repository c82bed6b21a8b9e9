//! Vouchers, and the runs by which they were handed over.

use serde::Serialize;
use utoipa::ToSchema;

use super::people::PersonName;

/// A voucher or counter-voucher.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalVoucherView {
    /// The identifier to post by; no other voucher has it.
    pub identifier: String,
    /// Which of the policy's vouchers it is.
    pub voucher: String,
    /// The same in words.
    pub title: String,
    /// The amount in yuan, such as `1234.50`; below zero in a counter-voucher.
    pub amount: String,
    /// The identifier that it reverses; absent unless it is a counter-voucher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverses: Option<String>,
    /// Id of the case.
    pub case: String,
    /// The case's number.
    pub number: String,
    /// The policy.
    pub policy: String,
    /// The clause that asks for it.
    pub clause: String,
    /// When the form was given that it was made of, RFC 3339.
    pub settled_at: String,
}

/// A voucher whose identifier is that of another case's already.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakenIdentifierView {
    /// The identifier.
    pub identifier: String,
    /// Id of the case.
    pub case: String,
    /// The case's number.
    pub number: String,
}

/// What the next run would hand over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingVouchersView {
    /// The vouchers and counter-vouchers, in order.
    pub vouchers: Vec<JournalVoucherView>,
    /// Their sum in yuan.
    pub total: String,
    /// Those that can't be handed over under their identifier.
    pub taken: Vec<TakenIdentifierView>,
    /// Whether there are more than one run takes.
    pub more: bool,
    /// Whether the caller may hand them over.
    pub may_hand_over: bool,
}

/// A run that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VoucherRunView {
    /// Number, from 1.
    pub number: u32,
    /// Who made it.
    pub by: PersonName,
    /// When, RFC 3339.
    pub at: String,
    /// Form of the table that was given out: `csv`, `xlsx` or `jsonl`.
    pub format: String,
    /// Language of its headings.
    pub language: String,
    /// How many vouchers and counter-vouchers it has.
    pub count: u32,
    /// What it holds: SHA-256 over identifiers and amounts, in hexadecimal digits.
    pub content_hash: String,
}

/// A run with what it handed over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FullVoucherRunView {
    /// The run.
    #[serde(flatten)]
    pub run: VoucherRunView,
    /// What it handed over, in order.
    pub vouchers: Vec<JournalVoucherView>,
    /// The sum in yuan.
    pub total: String,
}

/// What became of handing over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VouchersHandedOverView {
    /// The run; absent if there was nothing to hand over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<FullVoucherRunView>,
    /// Those that can't be handed over under their identifier.
    pub taken: Vec<TakenIdentifierView>,
    /// Whether there are further ones for another run.
    pub more: bool,
}

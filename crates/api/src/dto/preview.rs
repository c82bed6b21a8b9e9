//! A case before it is registered.

use serde::Serialize;
use utoipa::ToSchema;

use super::clock::ClockView;
use super::level::CaseLevelView;
use super::tie::LikenessView;

/// What a registration would lead to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Preview {
    /// The clocks that would run.
    pub clocks: Vec<ClockView>,
    /// Where the case would stand on the scales of its policy, and why.
    pub levels: Vec<CaseLevelView>,
    /// Which earlier cases of the customer it is likely to repeat.
    pub likenesses: Vec<LikenessView>,
}

//! Whose work a case of a sample is by now.
//!
//! A sample is drawn with those who had handled its cases until then. Who came to handle one since, because it was opened again,
//! rates his own work as well; what is known of that is brought to the decision.

use huiyin_case::command::Act;
use huiyin_case::duty::handlers;
use huiyin_case::id::CaseId;
use huiyin_case::state::CaseState;
use huiyin_case::value::{Fields, Value};

use crate::app::App;
use crate::error::Error;

impl App {
    /// Adds to the cases of the sample that `act` is about whoever has handled them since.
    ///
    /// # Errors
    /// When the database can't be read.
    pub(crate) async fn note_handlers_since(
        &self,
        state: &mut CaseState,
        act: &Act,
    ) -> Result<(), Error> {
        for case in about(state, act) {
            let handled = handlers(&self.store().load(case).await?);
            let sample = state.duty.iter_mut().flat_map(|owed| &mut owed.sample);
            for sampled in sample.filter(|sampled| sampled.case == case) {
                sampled.handlers.extend(handled.iter().copied());
            }
        }
        Ok(())
    }
}

/// The cases of the sample that an act or a correction names.
fn about(state: &CaseState, act: &Act) -> Vec<CaseId> {
    let none = Fields::new();
    let (said, corrected) = match act {
        Act::Record { fields, .. } => (fields, &none),
        Act::Correct { entry, fields, .. } => (
            fields.as_ref().unwrap_or(&none),
            state.entry(*entry).map_or(&none, |entry| &entry.fields),
        ),
        _ => return Vec::new(),
    };
    let named = said.values().chain(corrected.values());
    let mut cases: Vec<CaseId> = named
        .filter_map(|value| match value {
            Value::Case(case) => Some(*case),
            _ => None,
        })
        .filter(|case| state.sample().iter().any(|sampled| sampled.case == *case))
        .collect();
    cases.sort();
    cases.dedup();
    cases
}

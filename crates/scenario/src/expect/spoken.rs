//! How a case and its clocks stand, in the words of a test.

use huiyin_case::state::{Ending, Stage, Standing};

pub(super) fn ending_word(ending: Option<Ending>) -> &'static str {
    match ending {
        None => "no",
        Some(Ending::Handled) => "handled",
        Some(Ending::Withdrawn) => "withdrawn",
        Some(Ending::Merged) => "merged",
    }
}

pub(super) fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "open",
        Stage::Closed => "closed",
        Stage::Archived => "archived",
    }
}

const STANDINGS: [Standing; 6] = [
    Standing::Running,
    Standing::Overdue,
    Standing::Suspended,
    Standing::Met,
    Standing::Missed,
    Standing::Withdrawn,
];

pub(super) fn standing_of(word: &str) -> Option<Standing> {
    STANDINGS
        .into_iter()
        .find(|&standing| standing_word(standing) == word)
}

pub(super) fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Running => "running",
        Standing::Overdue => "overdue",
        Standing::Suspended => "suspended",
        Standing::Met => "met",
        Standing::Missed => "missed",
        Standing::Withdrawn => "withdrawn",
    }
}

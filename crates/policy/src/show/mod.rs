//! A policy for people to read: its clauses with what carries them out, and the map of each kind.

mod clauses;
mod columns;
mod contacts;
mod diff;
mod duty;
mod figures;
mod items;
mod map;
mod measure;
mod outline;
mod settled;
mod settled_lines;
mod speaker;
mod strip;
mod svg;
mod ways;
mod written;

pub use clauses::{ClauseShown, cited, clause_view, clauses_shown};
pub use contacts::contact_rules;
pub use diff::{Changes, ClauseChange, ClauseFate, TouchedElements, changes, diff};
pub use duty::{DutyWords, duty_words};
pub use map::{Edge, Lane, MapNode, NodeKind, ProcessMap};
pub use measure::{count_words, definition};
pub use outline::process_text;
pub use settled::{open_in_words, settled_text};
pub use settled_lines::{SettledLine, SettledRow, SettledSheet, settled_lines};
pub use strip::{Line, Place, Strip, StripWay, WayKind};
pub use svg::process_svg;
pub use written::written;

use self::speaker::Speaker;
use crate::condition::Condition;
use crate::model::{Param, Policy, Selector, Text};

/// The language a policy is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

/// A condition of a policy as a sentence.
pub fn condition(policy: &Policy, condition: &Condition, language: Language) -> String {
    Speaker { policy, language }.condition(condition)
}

/// Who is meant by a selector, all of them.
pub fn everyone(policy: &Policy, who: &Selector, language: Language) -> String {
    Speaker { policy, language }.everyone(who)
}

/// A text with the figures that the organisation set filled in.
pub fn filled_in(policy: &Policy, text: &Text, language: Language) -> String {
    Speaker { policy, language }.filled_in(text)
}

/// A parameter's figure in words, or its title in brackets while it has none.
pub fn figure(policy: &Policy, param: &Param, language: Language) -> String {
    Speaker { policy, language }.figure(param)
}

/// Whom a selector means, in words.
pub fn selector(policy: &Policy, selector: &Selector, language: Language) -> String {
    Speaker { policy, language }.selector(selector)
}

impl Language {
    /// The text in this language.
    pub fn of(self, text: &Text) -> &str {
        match self {
            Self::ZhCn => &text.zh,
            Self::En => &text.en,
        }
    }
}

//! Repairs of the workshop, and its policy with other words.

#![allow(unreachable_pub, reason = "shared by test files")]

use huiyin_case::command::Act;
use huiyin_policy::model::Policy;
use huiyin_testkit::{Story, fields, organisation, policy_of, workshop, workshop_text};

pub const BROKEN: &str = "subject: tap, damaged: yes, damage: cracked, weight: #grave";
pub const TAP: &str = "subject: tap, damaged: no, weight: #light";

/// The workshop's policy with some words changed.
pub fn other(changes: &[(&str, &str)]) -> Policy {
    let mut text = workshop_text().to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "`{from}` is not there");
        text = text.replace(from, to);
    }
    policy_of(&text)
}

/// A repair registered by dora on Monday 2 March 2026 at 09:00, with the north, accepted by moe.
pub fn story(form: &str) -> Story {
    let mut story = Story::under(workshop(), organisation());
    story.registers("dora", "repair", fields(form));
    story.dispatches("dora", "north").does("moe", Act::Accept);
    story
}

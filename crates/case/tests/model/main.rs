//! Random courses of cases, under the general policy and the workshop's: whatever people try in whatever order, what the
//! policy forbids does not happen.

mod counted;
mod history;
mod people;
mod tries;

use huiyin_case::CaseState;
use huiyin_testkit::{Story, general, organisation, workshop};
use proptest::prelude::*;

use tries::{Try, any_try, play, wait};

fn course() -> impl Strategy<Value = Vec<Try>> {
    prop::collection::vec(any_try(), 1..60)
}

/// Plays a course and checks after each try what must hold.
fn check(mut story: Story, kind: &str, course: &[Try]) {
    let mut counted = counted::Counted::default();
    for one in course {
        wait(&mut story, one);
        counted.follow(&story);
        let before = (story.opened().cloned(), story.events.len());
        if play(&mut story, kind, one).is_err() {
            let after = (story.opened().cloned(), story.events.len());
            assert!(before == after, "a refused command changes nothing");
        }
        counted.follow(&story);
        if story.opened().is_some() {
            history::check(&story);
        }
    }
    if let Some(state) = story.opened() {
        let replayed =
            CaseState::replay(&story.policy, &story.events).expect("the events are a history");
        assert_eq!(&replayed, state, "the state is what the events add up to");
    }
}

/// Plays a course, then compares every offer to everyone with what the engine does.
fn check_offers(mut story: Story, kind: &str, course: &[Try]) {
    for one in course {
        wait(&mut story, one);
        let _ = play(&mut story, kind, one);
    }
    if story.opened().is_some() {
        people::check_offers(&story);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_inquiry_keeps_to_the_general_policy(course in course()) {
        check(Story::under(general(), organisation()), "inquiry", &course);
    }

    #[test]
    fn a_complaint_keeps_to_the_general_policy(course in course()) {
        check(Story::under(general(), organisation()), "complaint", &course);
    }

    #[test]
    fn a_repair_keeps_to_the_workshop_policy(course in course()) {
        check(Story::under(workshop(), organisation()), "repair", &course);
    }

    #[test]
    fn offers_are_what_the_engine_does(course in course()) {
        check_offers(Story::under(general(), organisation()), "inquiry", &course);
        check_offers(Story::under(general(), organisation()), "complaint", &course);
        check_offers(Story::under(workshop(), organisation()), "repair", &course);
    }
}

//! Told again under its own version, a case comes to what is on record; that is what makes figures of another one comparable.

mod support;

use huiyin_case::Context;
use huiyin_case::decide::retell::{Untellable, retell};
use huiyin_case::misfit::Misfit;
use huiyin_case::state::CaseState;
use huiyin_case::state::clock::ClockState;
use huiyin_policy::model::{ClockId, KindId, Policy};
use huiyin_policy::{adopted_in_tests, check};
use huiyin_scenario::{Played, histories};
use huiyin_testkit::calendar;
use support::{files, policies};

/// The clocks of a case but for the warnings they gave, and for the place in the log of what was drawn from the rules.
fn clocks(state: &CaseState) -> Vec<(ClockId, ClockState)> {
    let mut clocks = state.clocks.clone();
    for (_, clock) in &mut clocks {
        clock.fired.clear();
        for extension in &mut clock.extensions {
            extension.seq = 0;
            extension.by = None;
        }
    }
    clocks
}

fn context<'a>(
    policy: &'a Policy,
    calendar: &'a huiyin_calendar::Calendar,
    played: &'a Played,
) -> Context<'a> {
    Context {
        policy,
        policy_version: 2,
        calendar,
        organisation: &played.organisation,
        now: played.now,
    }
}

fn shipped(folder: &str) -> (Policy, Vec<Played>) {
    let files = adopted_in_tests(&files(&policies().join(folder)));
    let policy = check(&files).policy.expect("the policy has no error");
    let played = histories(&policy, &calendar(), &files).expect("its tests pass");
    (policy, played)
}

fn names() -> Vec<String> {
    let entries = std::fs::read_dir(policies()).expect("the policies are there");
    let names = entries.map(|entry| entry.expect("a folder").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn told_under_its_own_version_every_case_of_the_shipped_policies_comes_to_what_is_on_record() {
    let calendar = calendar();
    let mut cases = 0;
    for name in names() {
        let (policy, played) = shipped(&name);
        for played in &played {
            let context = context(&policy, &calendar, played);
            for history in &played.cases {
                let told = retell(&|_| Some(&policy), &context, history).expect("it fits");
                assert_eq!(
                    clocks(&told.before),
                    clocks(&told.after),
                    "{name}: {}",
                    played.name
                );
                assert_eq!(told.before.levels, told.after.levels, "{}", played.name);
                assert_eq!(told.before.step, told.after.step, "{}", played.name);
                assert_eq!(
                    told.before.follow_up, told.after.follow_up,
                    "{}",
                    played.name
                );
                assert!(
                    told.deciders.is_empty(),
                    "{}: {:?}",
                    played.name,
                    told.deciders
                );
                cases += 1;
            }
        }
    }
    assert!(cases > 300, "{cases}");
}

#[test]
fn a_case_of_a_kind_that_the_other_version_lacks_does_not_fit() {
    let (policy, played) = shipped("general");
    let (workshop, calendar) = (huiyin_testkit::workshop(), calendar());
    for played in &played {
        let context = context(&workshop, &calendar, played);
        for history in &played.cases {
            let untellable =
                retell(&|_| Some(&policy), &context, history).expect_err("no such kind");
            let Untellable::Misfits(misfits) = untellable else {
                unreachable!("{untellable:?}");
            };
            let kinds = policy.kinds.keys().cloned().map(Misfit::Kind);
            let kinds: Vec<Misfit> = kinds.collect();
            assert!(misfits.iter().all(|misfit| kinds.contains(misfit)));
            assert!(!misfits.contains(&Misfit::Kind(KindId::new("repair"))));
        }
    }
}

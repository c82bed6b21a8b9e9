//! Which cases keep a version of a policy.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_case::state::Stage;
use huiyin_policy::model::PolicyId;
use huiyin_store::{KeptUnder, Store};

use crate::support::{Matter, at, case_id};

pub async fn the_cases_of_a_version_are_found_page_by_page(store: &Store) {
    for number in 1..=5 {
        store.append(Matter::new(number).register()).await.unwrap();
    }
    let all = KeptUnder {
        policy: PolicyId::new("general"),
        version: 1,
        since: None,
        before: None,
        stage: None,
    };
    assert_eq!(store.count_kept_under(&all).await.unwrap(), 5);
    let (mut after, mut found) = (0, Vec::new());
    loop {
        let page = store.kept_under(&all, after, 2).await.unwrap();
        let Some((_, last)) = page.last() else { break };
        assert!(page.len() <= 2);
        after = *last;
        found.extend(page.into_iter().map(|(case, _)| case));
    }
    assert_eq!(found, (1..=5).map(case_id).collect::<Vec<_>>());
    let counted = async |kept: KeptUnder| store.count_kept_under(&kept).await.unwrap();
    let of = |since: i64, before: i64| KeptUnder {
        since: Some(at(since)),
        before: Some(at(before)),
        ..all.clone()
    };
    assert_eq!(counted(of(0, 1)).await, 5, "the first moment counts");
    assert_eq!(counted(of(-1, 0)).await, 0, "the last does not");
    let at_stage = |stage: Stage| KeptUnder {
        stage: Some(stage),
        ..all.clone()
    };
    assert_eq!(counted(at_stage(Stage::Open)).await, 5);
    assert_eq!(counted(at_stage(Stage::Closed)).await, 0);
    let other = KeptUnder {
        version: 2,
        ..all.clone()
    };
    assert_eq!(counted(other).await, 0);
}

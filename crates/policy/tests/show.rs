//! What people read of a policy: clause view, outline and map.

mod support;

use huiyin_policy::check;
use huiyin_policy::model::Policy;
use huiyin_policy::show::{Language, ProcessMap, clause_view, diff, process_svg, process_text};
use support::{check_text, general, manufacturing_files};

const LANGUAGES: [Language; 2] = [Language::ZhCn, Language::En];

fn policies() -> [Policy; 2] {
    let manufacturing = check(&manufacturing_files());
    [check_text(general()), manufacturing].map(|checked| checked.policy.expect("the policy checks"))
}

#[test]
fn the_clause_view_of_the_general_policy_reads_well() {
    let [policy, _] = policies();
    insta::assert_snapshot!("general_zh", clause_view(&policy, Language::ZhCn));
    insta::assert_snapshot!("general_en", clause_view(&policy, Language::En));
}

#[test]
fn the_clause_view_states_shares_bands_and_splits() {
    let [_, policy] = policies();
    insta::assert_snapshot!("manufacturing_zh", clause_view(&policy, Language::ZhCn));
}

/// The general policy with another limit, another decider, a need taken away, a field added and a clause worded anew.
fn revised() -> Policy {
    let revised = general()
        .replacen("length: 7 working days", "length: 5 working days", 1)
        .replacen(
            "      - {on: archived, by: ",
            "      - {on: archived, reason: true, by: ",
            1,
        )
        .replacen(
            "within 7 working days of registration; no complaint",
            "within 5 working days of registration; no complaint",
            1,
        );
    check_text(revised).policy.expect("the policy checks")
}

#[test]
fn what_differs_is_told_by_clause() {
    let [policy, _] = policies();
    let (zh, en) = LANGUAGES
        .map(|language| diff(&policy, &revised(), language))
        .into();
    insta::assert_snapshot!("difference_zh", zh);
    insta::assert_snapshot!("difference_en", en);
    assert_eq!(diff(&policy, &policy, Language::En), "");
}

#[test]
fn the_outline_of_a_complaint_reads_from_top_to_bottom() {
    let [policy, _] = policies();
    insta::assert_snapshot!(process_text(
        &policy,
        &policy.kinds["complaint"],
        Language::ZhCn
    ));
}

#[test]
fn every_clause_is_in_the_view_in_both_languages() {
    for policy in policies() {
        for language in LANGUAGES {
            let view = clause_view(&policy, language);
            for clause in policy.clauses.keys() {
                assert!(view.contains(&format!("\n## {clause} · ")), "{clause}");
            }
        }
    }
}

#[test]
fn every_step_has_a_place_of_its_own_inside_the_map() {
    for policy in policies() {
        for kind in policy.kinds.values() {
            let map = ProcessMap::new(&policy, kind, Language::ZhCn);
            assert_eq!(map.nodes.len(), kind.steps.len() + 2);
            for pair in map.nodes.windows(2) {
                assert!(pair[0].y < pair[1].y);
            }
            for node in &map.nodes {
                assert!((0..map.width).contains(&node.x) && (0..map.height).contains(&node.y));
            }
            for edge in &map.edges {
                assert!(edge.from < map.nodes.len() && edge.to < map.nodes.len());
            }
        }
    }
}

#[test]
fn names_with_markup_do_not_break_the_drawing() {
    let text = general().replace("en: Answering}", "en: '<b> & \"x\"'}");
    let policy = check_text(text).policy.expect("the policy checks");
    let svg = process_svg(&policy, &policy.kinds["inquiry"], Language::En);
    assert!(svg.contains("&lt;b&gt; &amp; &quot;x&quot;"));
    assert!(!svg.contains("<b>"));
}

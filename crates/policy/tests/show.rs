//! What people read of a policy: clause view, outline and map.

mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use huiyin_policy::model::{Kind, Moment, Policy, StepId, Target, Verb};
use huiyin_policy::show::{
    Language, ProcessMap, Strip, clause_view, diff, process_svg, process_text,
};
use huiyin_policy::{SourceFile, check};
use support::{check_text, general, manufacturing_files, read, root};

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

/// Every policy of this repository that checks as it ships, with its folder's name.
fn shipped() -> Vec<(String, Policy)> {
    let folders = std::fs::read_dir(root().join("policies")).expect("the repository has policies");
    let mut shipped = vec![("manufacturing".to_owned(), check(&manufacturing_files()))];
    for folder in folders {
        let folder = folder.expect("a readable entry").path();
        let name = folder.file_name().expect("a name").to_string_lossy();
        if !folder.is_dir() || name == "manufacturing" {
            continue;
        }
        let files = std::fs::read_dir(&folder).expect("a readable folder");
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("an entry").path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
        files.sort();
        let files: Vec<SourceFile> = files
            .iter()
            .map(|file| SourceFile::new(file.display().to_string(), read(file)))
            .collect();
        shipped.push((name.into_owned(), check(&files)));
    }
    let shipped = shipped.into_iter();
    shipped
        .map(|(name, checked)| {
            let policy = checked.policy.expect("a shipped policy checks");
            (name, policy)
        })
        .collect()
}

/// Whether a case goes from one step to the other by a row of the policy, or because the step is passed over.
fn leads(kind: &Kind, from: Option<&StepId>, to: Option<&StepId>) -> bool {
    let is = |then: &Target| match (then, to) {
        (Target::Closed, None) => true,
        (Target::Step(step), Some(to)) => step == to,
        _ => false,
    };
    let Some(from) = from else {
        return kind.after_close.iter().any(|row| is(&row.then));
    };
    let step = &kind.steps[from];
    let next = kind.steps.get_index_of(from).map(|index| index + 1);
    let next = next.and_then(|index| kind.steps.get_index(index));
    let passed_over = step.when.is_some() || step.skip_if_actor;
    step.moves.iter().any(|row| is(&row.then)) || (passed_over && next.map(|(id, _)| id) == to)
}

#[test]
fn each_line_drawn_of_each_shipped_policy_is_a_move() {
    for (name, policy) in shipped() {
        for (id, kind) in &policy.kinds {
            let everywhere: BTreeSet<StepId> = kind.steps.keys().cloned().collect();
            for was in [BTreeSet::new(), everywhere] {
                let strip = Strip::new(&policy, kind, &was, Language::ZhCn);
                let step = |at: usize| strip.places[at].step.as_ref();
                for line in &strip.lines {
                    let (from, to) = (step(line.from), step(line.to));
                    assert!(leads(kind, from, to), "{name}.{id}: {from:?} → {to:?}");
                }
                for way in &strip.ways {
                    assert!(
                        leads(kind, way.from.as_ref(), way.to.as_ref()),
                        "{name}.{id}"
                    );
                    assert!(!way.label.is_empty(), "{name}.{id}: {way:?}");
                }
            }
            let map = ProcessMap::new(&policy, kind, Language::ZhCn);
            let step = |at: usize| kind.steps.get_index(at.wrapping_sub(1)).map(|(id, _)| id);
            for edge in map.edges.iter().filter(|edge| edge.from > 0) {
                assert!(leads(kind, step(edge.from), step(edge.to)), "{name}.{id}");
            }
        }
    }
}

#[test]
fn every_move_between_steps_is_told_on_the_strip() {
    for (name, policy) in shipped() {
        for (id, kind) in &policy.kinds {
            let strip = Strip::new(&policy, kind, &BTreeSet::new(), Language::En);
            let told = |from: &StepId, then: &Target| {
                let to = match then {
                    Target::Step(step) => Some(step),
                    Target::Closed => None,
                    Target::Stay | Target::Archived => return true,
                };
                let mut ways = strip.ways.iter();
                ways.any(|way| way.from.as_ref() == Some(from) && way.to.as_ref() == to)
            };
            for (step, declared) in &kind.steps {
                for row in &declared.moves {
                    assert!(told(step, &row.then), "{name}.{id}.{step}");
                }
                let drawn = strip
                    .places
                    .iter()
                    .any(|place| place.step.as_ref() == Some(step));
                assert_ne!(drawn, strip.aside.contains(step), "{name}.{id}.{step}");
            }
        }
    }
}

#[test]
fn the_main_way_goes_past_what_is_out_of_the_ordinary() {
    let [policy, _] = policies();
    let complaint = &policy.kinds["complaint"];
    let row = |was: &[&str]| {
        let was = was.iter().map(|&step| StepId::new(step)).collect();
        let strip = Strip::new(&policy, complaint, &was, Language::En);
        let places = strip.places.iter();
        let steps = places.map(|place| {
            place
                .step
                .as_ref()
                .map_or("closed", StepId::as_str)
                .to_owned()
        });
        steps.collect::<Vec<String>>()
    };
    insta::assert_snapshot!(row(&[]).join(" → "));
    insta::assert_snapshot!(row(&["arbitration"]).join(" → "));
}

#[test]
fn every_clock_stands_on_the_map_where_it_starts() {
    for (name, policy) in shipped() {
        for (id, kind) in &policy.kinds {
            let map = ProcessMap::new(&policy, kind, Language::ZhCn);
            for (clock_id, clock) in &kind.clocks {
                let notes = |at: usize| map.nodes[at].notes.iter();
                let is_here =
                    |at: &usize| notes(*at).any(|note| note.starts_with(clock.title.zh.as_str()));
                let places: Vec<usize> = (0..map.nodes.len()).filter(is_here).collect();
                assert!(!places.is_empty(), "{name}.{id}: {clock_id} stands nowhere");
                let opened = |one: &Moment| {
                    matches!(
                        one,
                        Moment::Verb {
                            verb: Verb::Opened,
                            ..
                        }
                    )
                };
                let only_later = !clock.start.iter().any(opened) && kind.open.acts.is_empty();
                assert!(
                    !only_later || !places.contains(&0),
                    "{name}.{id}: {clock_id}"
                );
            }
        }
    }
}

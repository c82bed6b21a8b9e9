//! Shares of a clock over the steps of a flow (P3.18), under a manufacturer's policy.

use huiyin_case::command::Act;
use huiyin_case::state::Standing;
use huiyin_testkit::{Org, Story, fields, manufacturing, record};

fn story() -> Story {
    let policy = manufacturing();
    let organisation = Org::new()
        .unit("plant", "")
        .unit("sales", "plant")
        .person("sally", "sales", &["sales"])
        .person("gus", "plant", &["gm-desk"])
        .person("quinn", "plant", &["quality-engineer"]);
    let mut story = Story::under(policy, organisation);
    let form = "order: A1, part_no: P9, demand: money back, market: #home, class: #quality, \
                loss: yes, remarks: soon, sample: three boards";
    let mut form = fields(form);
    let shipped = jiff::civil::date(2026, 2, 27);
    form.insert(
        huiyin_policy::model::FieldId::new("shipped"),
        huiyin_case::value::Value::Date(shipped),
    );
    for (name, count) in [("quantity", 1_000), ("defective", 3)] {
        form.insert(
            huiyin_policy::model::FieldId::new(name),
            huiyin_case::value::Value::Quantity(count.into()),
        );
    }
    story.does(
        "sally",
        huiyin_testkit::register("complaint", "customer", form),
    );
    story
}

#[test]
fn a_share_runs_while_the_case_is_in_its_steps() {
    let mut story = story();
    assert_eq!(story.due("gm_first").as_deref(), Some("2026-03-02 21:00"));
    assert_eq!(story.standing("quality_share"), None);
    story.at("2026-03-02 16:00").does("gus", Act::Accept);
    assert_eq!(story.standing("gm_first"), Some(Standing::Met));
    assert_eq!(
        story.due("quality_share").as_deref(),
        Some("2026-03-03 18:00")
    );
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-16 00:00"));
}

#[test]
fn a_share_left_too_late_is_missed() {
    let mut story = story();
    story.at("2026-03-02 16:00").does("gus", Act::Accept);
    let mut cause =
        fields("side: #ours, text: dust, inspection: dusty, persons: the press, needs_rnd: no");
    let unit = huiyin_case::value::Value::Unit(huiyin_testkit::unit_id("plant"));
    cause.insert(huiyin_policy::model::FieldId::new("unit"), unit);
    story
        .at("2026-03-03 18:01")
        .does("quinn", record("find_cause", cause));
    assert_eq!(story.standing("quality_share"), Some(Standing::Missed));
    assert_eq!(story.standing("production_share"), Some(Standing::Running));
}

#[test]
fn a_correction_takes_back_what_had_started_a_share() {
    let mut story = story();
    story.at("2026-03-02 16:00").does("gus", Act::Accept);
    let mut cause =
        fields("side: #ours, text: dust, inspection: dusty, persons: the press, needs_rnd: no");
    let unit = huiyin_case::value::Value::Unit(huiyin_testkit::unit_id("plant"));
    cause.insert(huiyin_policy::model::FieldId::new("unit"), unit);
    story
        .at("2026-03-02 17:00")
        .does("quinn", record("find_cause", cause.clone()));
    let wrong = story.state().entries.last().expect("the cause").seq;
    let void = Act::Correct {
        entry: wrong,
        fields: None,
        reason: "another case".to_owned(),
    };
    story.at("2026-03-02 17:05").does("quinn", void);
    assert_eq!(story.state().step.as_str(), "cause");
    assert_eq!(
        story.standing("production_share"),
        Some(Standing::Withdrawn)
    );
    assert_eq!(story.standing("quality_share"), Some(Standing::Running));
    assert_eq!(
        story.due("quality_share").as_deref(),
        Some("2026-03-03 18:00")
    );
    story
        .at("2026-03-03 09:00")
        .does("quinn", record("find_cause", cause));
    assert_eq!(
        story.due("production_share").as_deref(),
        Some("2026-03-04 18:00")
    );
}

//! The worked example of docs/import.md comes out as the page says.

use std::path::Path;
use std::sync::Arc;

use huiyin_case::command::{Act, Command};
use huiyin_case::decide::{Context, decide};
use huiyin_case::event::Event;
use huiyin_exchange::{Bound, Mapping, Row, World, read};
use huiyin_policy::SourceFile;
use huiyin_testkit::{Org, calendar, case_id, general, instant, party_id, person_id};

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/import.md");
    std::fs::read_to_string(path).expect("the page is there")
}

fn block(fence: &str) -> String {
    let page = page();
    let after = page.split(fence).nth(1).expect("the block is there");
    let block = after.split("\n```").next().unwrap_or_default();
    block.to_owned()
}

/// What the page says of a row: its kind and its reply clock, the rule that refuses it, or what is wrong with a cell.
fn outcome(bound: &Bound<'_>, row: &Row, world: World<'_>) -> String {
    let case = match bound.case(row, world) {
        Ok(mapped) => mapped.case,
        Err(problems) => {
            let problems: Vec<String> = problems
                .into_iter()
                .map(|one| format!("{} {}", one.column.unwrap_or_default(), one.message.key()))
                .collect();
            return problems.join(", ");
        }
    };
    let kind = case.kind.to_string();
    let context = Context {
        policy: world.policy,
        policy_version: 1,
        calendar: world.calendar,
        organisation: world.organisation,
        now: instant("2026-03-02 09:00"),
    };
    let command = Command {
        actor: person_id("dora").into(),
        acting_for: None,
        occurred: None,
        act: Act::Import {
            case: case_id("case"),
            customer: party_id("customer"),
            past: Box::new(case),
        },
    };
    match decide(None, &context, &command) {
        Err(refusal) => refusal.rule.code().to_owned(),
        Ok(decision) => {
            let met = decision
                .events
                .iter()
                .find_map(|recorded| match recorded.event {
                    Event::ClockStopped { met, .. } => Some(met),
                    _ => None,
                });
            let met = if met == Some(true) { "met" } else { "missed" };
            format!("{kind}, reply {met}")
        }
    }
}

#[test]
fn the_worked_example_comes_out_as_the_page_says() {
    let policy = Arc::new(general());
    let organisation = Org::new()
        .unit("安装维修部", "")
        .unit("客服部", "")
        .person("dora", "客服部", &[])
        .build();
    let calendar = calendar();
    let file = SourceFile::new("old.yaml", block("```yaml\n"));
    let checked = Mapping::check(&file, std::slice::from_ref(&policy));
    let mapping = checked.mapping.expect("the mapping is right");
    let csv = block("```csv\n").into_bytes();
    let sheet = read("old.csv", csv, &mapping.reading).expect("the table can be read");
    let bound = mapping.bind(&sheet.columns).expect("it has the columns");
    let world = World {
        policy: &policy,
        calendar: &calendar,
        organisation: &organisation,
    };
    let lines: Vec<String> = sheet
        .rows
        .iter()
        .map(|row| format!("{}: {}", bound.key(row), outcome(&bound, row, world)))
        .collect();
    assert_eq!(lines.join("\n"), block("```text\n"));
}

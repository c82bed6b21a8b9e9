//! Mappings: every mistake is found with its line, and rows become cases or say why not.

use std::sync::Arc;

use huiyin_calendar::Calendar;
use huiyin_case::historical::HistoricalCase;
use huiyin_case::organisation::Organisation;
use huiyin_case::value::Value;
use huiyin_exchange::{Mapped, Mapping, Problem, Reading, World, codes, read};
use huiyin_policy::SourceFile;
use huiyin_policy::model::{FieldId, Policy};
use huiyin_testkit::{calendar, instant, organisation, workshop};

const GOOD: &str = "
source: old
policy: workshop
id: id
cases:
  - kind: repair
    channel: {column: via, values: {电话: phone, 当面: visit}}
    opened: {column: day, time: '09:00'}
    fields:
      subject: {column: title, cut: true}
      damaged: hurt
      damage: harm
      weight: {column: grade, values: {轻: light, 重: grave}, otherwise: light}
      bought: {column: bought, format: '%d.%m.%Y'}
      seen: seen
      pieces: pieces
      spoilt: spoilt
      rebate: rebate
      wishes: {column: wishes, values: {修: repair, 退: refund}}
      maker: maker
      shop: shop
    acts:
      - {act: tell, at: {column: day, plus_days: after, time: '17:00'}, fields: {text: word}}
      - {act: inspect, at: seen, fields: {text: found, amount: cost}}
    closed: closed
    number: id
    unit: shop
";

const HEADING: &str = "id;via;day;title;hurt;harm;grade;bought;seen;pieces;spoilt;rebate;wishes;maker;shop;after;word;found;cost;closed\n";
const ROW: &str = "7;电话;2024/3/4;tap;是;cracked;重;02.01.2024;2024-03-05 10:00;1,200;2.5;20%;修、退;mia;north;3;told;leaks;¥1,200.50;2024-03-11 12:00\n";

struct Bench {
    policy: Arc<Policy>,
    calendar: Calendar,
    organisation: Organisation,
}

impl Bench {
    fn new() -> Self {
        Self {
            policy: Arc::new(workshop()),
            calendar: calendar(),
            organisation: organisation().build(),
        }
    }

    fn mapping(&self, text: &str) -> Mapping {
        let file = SourceFile::new("m.yaml", text);
        let checked = Mapping::check(&file, std::slice::from_ref(&self.policy));
        let findings: Vec<_> = checked
            .findings
            .iter()
            .map(|one| (one.code, checked.sources.excerpt(one.place)))
            .collect();
        assert!(checked.mapping.is_some(), "{findings:?}");
        checked.mapping.expect("asserted above")
    }

    fn row(&self, row: &str) -> Result<Mapped, Vec<Problem>> {
        let mapping = self.mapping(GOOD);
        let table = format!("{HEADING}{row}").into_bytes();
        let sheet = read("a.csv", table, &Reading::default()).expect("it can be read");
        let bound = mapping.bind(&sheet.columns).expect("it has the columns");
        let world = World {
            policy: &self.policy,
            calendar: &self.calendar,
            organisation: &self.organisation,
        };
        bound.case(&sheet.rows[0], world)
    }

    fn case(&self, row: &str) -> HistoricalCase {
        self.row(row).expect("the row is good").case
    }

    /// Column and key of each problem.
    fn problems(&self, row: &str) -> Vec<String> {
        let problems = self.row(row).expect_err("the row is bad").into_iter();
        problems
            .map(|one| format!("{} {}", one.column.unwrap_or_default(), one.message.key()))
            .collect()
    }

    /// Line and code of each finding.
    fn findings(&self, text: &str) -> Vec<String> {
        let file = SourceFile::new("m.yaml", text);
        let checked = Mapping::check(&file, std::slice::from_ref(&self.policy));
        let line = |byte: usize| text[..byte].matches('\n').count() + 1;
        let findings = checked.findings.iter();
        findings
            .map(|one| format!("{} {}", line(one.place.span.start), one.code))
            .collect()
    }
}

#[test]
fn a_row_becomes_a_case_with_typed_values_and_moments() {
    let case = Bench::new().case(ROW);
    assert_eq!(case.origin.key, "7");
    assert_eq!(case.number.as_deref(), Some("7"));
    assert_eq!(case.opened_at, instant("2024-03-04 09:00"));
    assert_eq!(case.closed_at, Some(instant("2024-03-11 12:00")));
    let value = |name: &str| {
        case.fields
            .get(&FieldId::new(name))
            .map(|one| format!("{one:?}"))
    };
    let shown = |name, expected: &str| assert_eq!(value(name).as_deref(), Some(expected), "{name}");
    shown("damaged", "Bool(true)");
    shown("weight", "OneOf(\"grave\")");
    shown("bought", "Date(2024-01-02)");
    shown("pieces", "Integer(1200)");
    shown("wishes", "ManyOf([\"repair\", \"refund\"])");
    assert!(matches!(
        case.fields.get(&FieldId::new("maker")),
        Some(Value::Person(_))
    ));
    let acts: Vec<_> = case
        .acts
        .iter()
        .map(|act| (act.act.as_str(), act.at))
        .collect();
    let expected = [
        ("tell", instant("2024-03-07 17:00")),
        ("inspect", instant("2024-03-05 10:00")),
    ];
    assert_eq!(acts, expected);
}

#[test]
fn empty_cells_give_nothing_and_acts_without_a_time_were_not_done() {
    let bare = "7;电话;2024/3/4;tap;0;;;;;;;;;;;;;;;2024-03-11 12:00\n";
    let case = Bench::new().case(bare);
    let filled: Vec<&str> = case.fields.keys().map(FieldId::as_str).collect();
    assert_eq!(filled, ["damaged", "subject", "weight"]);
    assert!(case.acts.is_empty() && case.unit.is_none());
    assert_eq!(case.told.len(), 2);
}

#[test]
fn everything_wrong_with_a_row_is_said_at_once_with_its_column() {
    let bench = Bench::new();
    let bad = ";鸽子;4.3.2024;tap;maybe;;中;2024-01-02;later;many;-1;half;修、换;nobody;nowhere;soon;told;;;\n";
    let expected = [
        "id import-cell-no-id",
        "via import-cell-no-value",
        "day import-cell-no-date",
        "shop import-cell-no-unit",
        "hurt import-cell-no-bool",
        "bought import-cell-no-date",
        "seen import-cell-no-date",
        "pieces import-cell-no-number",
        "spoilt import-cell-no-number",
        "rebate import-cell-no-number",
        "wishes import-cell-no-value",
        "maker import-cell-no-person",
        "shop import-cell-no-unit",
        "after import-cell-no-days",
        "seen import-cell-no-date",
    ];
    assert_eq!(bench.problems(bad), expected);
}

#[test]
fn words_without_a_time_are_no_act_and_are_not_dropped() {
    let row = ROW.replace(";3;told", ";;told");
    assert_eq!(
        Bench::new().problems(&row),
        ["day import-cell-act-without-time"]
    );
}

#[test]
fn a_date_alone_needs_a_time_of_day_that_the_mapping_names() {
    let row = ROW.replace("2024-03-11 12:00", "2024-03-11");
    assert_eq!(
        Bench::new().problems(&row),
        ["closed import-cell-no-time-of-day"]
    );
}

#[test]
fn a_text_is_put_on_one_line_and_cut_only_where_the_mapping_says_so() {
    let row = ROW.replace(";tap;", ";\"a long\n  subject of many words\";");
    let case = Bench::new().case(&row);
    assert_eq!(
        case.fields.get(&FieldId::new("subject")),
        Some(&Value::Text("a long subject of m…".to_owned()))
    );
}

#[test]
fn the_content_of_a_row_is_the_same_whatever_the_order_of_its_columns() {
    let bench = Bench::new();
    let mapping = bench.mapping(GOOD);
    let world = World {
        policy: &bench.policy,
        calendar: &bench.calendar,
        organisation: &bench.organisation,
    };
    let content = |table: &str| {
        let sheet = read("a.csv", table.into(), &Reading::default()).expect("it can be read");
        let bound = mapping.bind(&sheet.columns).expect("it has the columns");
        bound
            .case(&sheet.rows[0], world)
            .map(|mapped| mapped.content)
    };
    let turned = |line: &str| {
        let cells: Vec<&str> = line.trim_end().split(';').rev().collect();
        format!("{}\n", cells.join(";"))
    };
    let one = content(&format!("{HEADING}{ROW}"));
    assert!(one.is_ok());
    assert_eq!(one, content(&format!("{}{}", turned(HEADING), turned(ROW))));
    assert_ne!(
        one,
        content(&format!("{HEADING}{}", ROW.replace("tap", "tub")))
    );
}

#[test]
fn every_mistake_of_a_mapping_is_found_with_its_line() {
    let bench = Bench::new();
    assert_eq!(bench.findings(GOOD), Vec::<String>::new());
    let wrong = "
source: Old Desk
policy: workshop
zone: Middle/Earth
sort: yes
cases:
  - kind: repair
    channel: {column: via, values: {电话: fone}}
    opened: {column: day, format: 'dd.mm', time: nine}
    fields:
      subjekt: title
      weight: {fixed: heavy}
      damaged: {fixed: perhaps}
    acts:
      - {act: dance, at: day}
      - {act: tell, fields: {text: word}}
    missing: [intake.colour]
  - kind: repair
    channel: via
    opened: day
    missing: [intake.subject, intake.damaged, intake.weight]
";
    let expected = [
        "2 HY-M002",  // id
        "2 HY-M003",  // source
        "4 HY-M003",  // zone
        "5 HY-M001",  // sort
        "8 HY-M004",  // fone
        "9 HY-M003",  // format
        "9 HY-M003",  // time
        "11 HY-M004", // subjekt
        "12 HY-M004", // heavy
        "13 HY-M003", // perhaps
        "15 HY-M004", // dance
        "16 HY-M002", // at
        "17 HY-M004", // intake.colour
        "18 HY-M007", // never reached
    ];
    assert_eq!(bench.findings(wrong), expected);
    let left_out = GOOD.replace("      subject: {column: title, cut: true}\n", "");
    assert_eq!(bench.findings(&left_out), ["10 HY-M005"]);
    let policy = GOOD.replace("policy: workshop", "policy: workshp");
    assert_eq!(bench.findings(&policy), ["3 HY-M004"]);
}

#[test]
fn a_column_the_file_does_not_have_is_found_with_the_one_that_was_meant() {
    let bench = Bench::new();
    let mapping = bench.mapping(GOOD);
    let columns: Vec<String> = HEADING
        .trim_end()
        .replace("title", "titel")
        .split(';')
        .map(str::to_owned)
        .collect();
    let findings = mapping.bind(&columns).expect_err("a column is missing");
    let found: Vec<_> = findings
        .iter()
        .map(|one| (one.code, one.message.args().last().cloned()))
        .collect();
    let expected = (codes::UNKNOWN_COLUMN, Some(("meant", "titel".to_owned())));
    assert_eq!(found, [expected]);
}

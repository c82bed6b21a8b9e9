//! Every finding has a page, and the examples on it are right: the wrong one gives exactly this
//! code, the other one doesn't.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use huiyin_diagnostic::{Headings, Message, Report, Severity};
use huiyin_policy::{Checked, SourceFile, check_adopted, codes};
use huiyin_texts::{Args, Lang, has, render};
use support::{check_text, codes as codes_of, listing, read, root};

fn folder() -> PathBuf {
    root().join("docs/findings")
}

fn page(code: &str) -> String {
    read(&folder().join(format!("{code}.md")))
}

/// The text between the fences of the block with this heading.
fn block<'p>(page: &'p str, heading: &str) -> &'p str {
    let fence = format!("```diff {heading}\n");
    let (_, after) = page.split_once(&fence).expect("the page has this block");
    let (block, _) = after.split_once("\n```").expect("the block is closed");
    block
}

/// What a unit sets of its own in the example with this heading, if the page has that.
fn own(page: &str, heading: &str) -> BTreeMap<String, String> {
    let fence = format!("```own {heading}\n");
    let block = page
        .split_once(&fence)
        .and_then(|(_, after)| after.split_once("\n```"));
    let lines = block.into_iter().flat_map(|(block, _)| block.lines());
    let lines = lines.filter_map(|line| line.split_once(": "));
    lines
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Checks the example with this heading.
fn checked(code: &str, heading: &str) -> Checked {
    let page = page(code);
    let policy = SourceFile::new("policy.yaml", changed(block(&page, heading)));
    let files: Vec<SourceFile> = [policy].into_iter().chain(beside(&page, heading)).collect();
    check_adopted(&files, &own(&page, heading))
}

/// The example policy with a change: the lines of every hunk, separated by `@@`, are looked up
/// and those with `-` replaced by those with `+`.
fn changed(diff: &str) -> String {
    let mut text = read(&folder().join("example.yaml"));
    for hunk in diff.split("\n@@\n") {
        let side = |mark: char| -> String {
            let lines = hunk
                .lines()
                .filter(|line| line.is_empty() || line.starts_with([' ', mark]));
            lines
                .map(|line| format!("{}\n", line.get(1..).unwrap_or_default()))
                .collect()
        };
        let (before, after) = (side('-'), side('+'));
        assert_eq!(text.matches(&before).count(), 1, "not once:\n{before}");
        text = text.replacen(&before, &after, 1);
    }
    text
}

/// A file that an example needs beside the policy, ```` ```json wrong calendars/england.json ````.
fn beside(page: &str, heading: &str) -> Option<SourceFile> {
    let (_, after) = page.split_once(&format!("```json {heading} "))?;
    let (name, text) = after.split_once('\n').expect("a name ends with its line");
    let (text, _) = text.split_once("\n```").expect("the block is closed");
    Some(SourceFile::new(name, text))
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes: BTreeSet<String> = codes::ALL
        .iter()
        .map(|kind| format!("{}.md", kind.code))
        .collect();
    let entries = std::fs::read_dir(folder()).expect("the folder exists");
    let pages: BTreeSet<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("HY-"))
        .collect();
    assert_eq!(codes, pages);
    assert_eq!(codes.len(), codes::ALL.len(), "a code stands twice");
}

#[test]
fn the_index_names_every_page_with_its_severity() {
    let index = read(&folder().join("README.md"));
    for kind in codes::ALL {
        let line = index
            .lines()
            .find(|line| line.contains(&format!("({}.md)", kind.code)));
        let line = line.unwrap_or_else(|| unreachable!("{} is not in the index", kind.code));
        assert_eq!(
            line.ends_with(" warning"),
            kind.severity == Severity::Warning,
            "{line}"
        );
        let before = kind.severity == Severity::BeforePublishing;
        assert_eq!(line.contains("before publishing"), before, "{line}");
    }
}

#[test]
fn the_example_itself_has_no_finding() {
    let checked = check_text(read(&folder().join("example.yaml")));
    assert!(checked.findings.is_empty(), "{}", listing(&checked));
}

#[test]
fn every_wrong_example_gives_its_code_and_nothing_else() {
    for kind in codes::ALL {
        let code = kind.code.as_str();
        let checked = checked(code, "wrong");
        let found: BTreeSet<&str> = codes_of(&checked).into_iter().collect();
        assert_eq!(found, BTreeSet::from([code]), "{}", listing(&checked));
    }
}

#[test]
fn every_right_example_has_no_finding() {
    for kind in codes::ALL {
        let code = kind.code.as_str();
        let checked = checked(code, "right");
        assert!(checked.findings.is_empty(), "{code}: {}", listing(&checked));
        assert!(checked.policy.is_some());
    }
}

#[test]
fn every_code_has_its_texts() {
    for kind in codes::ALL {
        let key = kind.code.as_str().to_lowercase();
        assert!(has(&key), "{key}");
        assert!(has(&format!("{key}-help")), "{key}-help");
    }
}

fn worded(lang: Lang, message: &Message) -> String {
    let args = message.args().iter();
    let args = args.fold(Args::new(), |args, (name, value)| {
        args.with(name, value.as_str())
    });
    render(lang, message.key(), &args)
}

fn headings(lang: Lang) -> Headings {
    let words = match lang {
        Lang::ZhCn => ["错误", "上线前", "提醒", "办法", "条款"],
        Lang::En => ["error", "before publishing", "warning", "help", "clause"],
    };
    let [error, before_publishing, warning, help, clause] = words.map(str::to_owned);
    Headings {
        error,
        before_publishing,
        warning,
        help,
        clause,
    }
}

/// Every wrong example as a terminal shows it.
fn all_reports(lang: Lang) -> String {
    let mut text = String::new();
    for kind in codes::ALL {
        let checked = checked(kind.code.as_str(), "wrong");
        let finding = checked.findings.iter().next().expect("there is a finding");
        let report = Report::new(finding, &checked.sources, &|message| worded(lang, message));
        text.push_str(&report.to_text(&headings(lang)));
        text.push('\n');
    }
    text
}

#[test]
fn every_finding_reads_well_in_chinese() {
    let reports = all_reports(Lang::ZhCn);
    assert!(!reports.contains("{$") && !reports.contains(": hy-p"));
    insta::assert_snapshot!(reports);
}

#[test]
fn every_finding_reads_well_in_english() {
    let reports = all_reports(Lang::En);
    assert!(!reports.contains("{$") && !reports.contains(": hy-p"));
    insta::assert_snapshot!(reports);
}

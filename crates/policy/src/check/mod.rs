//! From files to a sealed policy: sections, names, elements, proofs.

mod act;
mod amounts;
mod calendar;
mod categories;
mod clock;
mod condition;
mod contact;
mod copies;
mod declaration;
mod duty;
mod extend;
mod figure;
mod flow;
mod kind;
mod levels;
mod lines;
mod link;
mod log;
mod moment;
mod names;
mod own;
mod part;
mod parties;
mod portal;
mod reading;
mod reconciliation;
mod seal;
mod sections;
mod selector;
mod settles;
mod shares;
mod sheet;
mod sight;
mod statistics;
mod tables;
mod text;

use std::collections::BTreeMap;

use huiyin_diagnostic::{Findings, Place, Sources};

pub use self::calendar::{OWN_CALENDAR, brought_calendar, calendar_of_file, is_calendar_name};
pub(crate) use self::log::Log;
pub use self::own::own_parameter;
use self::reading::Reading;
pub(crate) use self::sections::Sections;
use crate::codes;
use crate::model::Policy;
use crate::proof;
use crate::yaml::{self, Tree, limits::FILES_MAX};

/// One file of a policy's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The name in the folder, such as `policy.yaml`.
    pub name: String,
    /// The content as stored.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// A file with the given name and content.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: content.into(),
        }
    }
}

/// What checking gave: the policy if nothing makes it unusable, and everything there is to say.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The sealed policy; `None` while any finding is an error.
    pub policy: Option<Policy>,
    /// All findings, in the order of the files and from top to bottom.
    pub findings: Findings,
    /// The texts the findings point into.
    pub sources: Sources,
}

/// Checks the files of one policy's folder. The `.yaml` files outside `tests/` are the policy itself, whose sections may be
/// spread over several files; a calendar that it brings along is checked with it.
pub fn check(files: &[SourceFile]) -> Checked {
    check_adopted(files, &BTreeMap::new())
}

/// Checks a policy as a unit adopts it: with values of its own, in the policy's words, for some of its parameters. Everything is
/// proved with these values; one that the policy does not leave to units is a finding.
pub fn check_adopted(files: &[SourceFile], own: &BTreeMap<String, String>) -> Checked {
    let mut sources = Sources::new();
    let mut findings = Findings::new();
    let trees = read_all(files, &mut sources, &mut findings);
    let own = own::tree(own, &mut sources, &mut findings);
    let log = Log::new(findings);
    let policy = if log.has_errors() {
        None
    } else {
        check_trees(&trees, own.as_ref(), files, &log)
    };
    calendar::check_files(files, &mut sources, &log);
    let mut findings = log.into_findings();
    findings.sort_by_place();
    let policy = policy.filter(|_| !findings.has_errors());
    Checked {
        policy,
        findings,
        sources,
    }
}

/// Whether a file of a policy's folder is part of the policy, and not one of its tests or texts
/// for people.
pub fn is_policy_file(name: &str) -> bool {
    is_of_language(name) || calendar_of_file(name).is_some()
}

/// Whether it is written in the language of policies.
fn is_of_language(name: &str) -> bool {
    name.ends_with(".yaml") && !name.starts_with("tests/")
}

/// What an organisation might set that adopts the policy; only its tests know it.
const ADOPTION_IN_TESTS: &str = "tests/adoption.yaml";

/// A policy's folder as its tests see it: with the parameters set as in `tests/adoption.yaml`, if there is one.
pub fn adopted_in_tests(files: &[SourceFile]) -> Vec<SourceFile> {
    let mut files = files.to_vec();
    for file in &mut files {
        if file.name == ADOPTION_IN_TESTS {
            file.name = ADOPTION_IN_TESTS.replace('/', "-");
        }
    }
    files
}

fn read_all(files: &[SourceFile], sources: &mut Sources, findings: &mut Findings) -> Vec<Tree> {
    let mut trees = Vec::new();
    let of_policy = files.iter().filter(|file| is_of_language(&file.name));
    for (index, file) in of_policy.enumerate() {
        if index == FILES_MAX {
            let place = Place {
                file: sources.add(&file.name, ""),
                span: Default::default(),
            };
            let too_many = codes::TOO_BIG.at(place).with("what", "files");
            findings.push(too_many.with("max", FILES_MAX.to_string()).done());
            break;
        }
        let Some(id) = yaml::decode(&file.name, &file.bytes, sources, findings) else {
            continue;
        };
        trees.extend(yaml::read(id, sources.text(id), findings));
    }
    if trees.is_empty() && findings.is_empty() {
        let place = Place {
            file: sources.add("policy.yaml", ""),
            span: Default::default(),
        };
        let none = codes::NOT_ONE_DOCUMENT.at(place).with("what", "none");
        findings.push(none.done());
    }
    trees
}

/// Checks like [`check`] with a log of one's own, and gives the trees that were read.
pub(crate) fn check_heard(files: &[SourceFile], sources: &mut Sources, log: &Log) -> Vec<Tree> {
    let mut findings = Findings::new();
    let trees = read_all(files, sources, &mut findings);
    if !findings.has_errors() {
        check_trees(&trees, None, files, log);
    }
    trees
}

fn check_trees(
    trees: &[Tree],
    own: Option<&Tree>,
    files: &[SourceFile],
    log: &Log,
) -> Option<Policy> {
    let sections = Sections::collect(trees, own, log);
    let reading = Reading::new(&sections, log);
    let policy = reading.policy(&sections)?;
    reading.report_unused();
    if let Some(node) = sections.calendar() {
        calendar::check_brought(&policy, files, node.place(), log);
    }
    if !log.has_errors() {
        proof::prove(&policy, &proof::Places::new(&sections), log);
    }
    Some(policy)
}

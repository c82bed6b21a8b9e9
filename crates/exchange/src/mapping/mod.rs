//! Mapping files: which column is which field of a case.

mod apply;
mod lines;
mod model;
mod moment;
mod read;
mod taken;
mod value;

use std::collections::HashMap;
use std::sync::Arc;

use huiyin_calendar::Calendar;
use huiyin_case::organisation::Organisation;
use huiyin_diagnostic::{Finding, Findings, Place, Sources, nearest};
use huiyin_policy::SourceFile;
use huiyin_policy::model::{Policy, PolicyId};
use huiyin_policy::yaml;
use jiff::tz::TimeZone;

use crate::codes::UNKNOWN_COLUMN;
use crate::read::Reading;

use model::CaseRule;

pub use apply::Mapped;

/// A checked mapping: every name of the policy in it is declared.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Name of the source; with a row's id it is the row's key for ever.
    pub source: String,
    /// The policy that the cases are measured under.
    pub policy: PolicyId,
    /// How the file is to be read.
    pub reading: Reading,
    /// The column that tells one row from all others.
    id: String,
    /// The zone of local times; the calendar's if not given.
    zone: Option<TimeZone>,
    /// What becomes of a row: the first rule that fits.
    cases: Vec<CaseRule>,
    /// Every column that is asked for, with the place where it is.
    columns: Vec<(String, Place)>,
}

/// What checking a mapping gave.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The mapping; `None` while any finding is an error.
    pub mapping: Option<Mapping>,
    /// All findings from top to bottom.
    pub findings: Findings,
    /// The texts the findings point into.
    pub sources: Sources,
}

/// What rows are read against.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The policy the mapping names.
    pub policy: &'a Policy,
    /// Working time and its zone.
    pub calendar: &'a Calendar,
    /// Units and people, found by their names.
    pub organisation: &'a Organisation,
}

/// A mapping with the columns of a file found.
#[derive(Debug, Clone)]
pub struct Bound<'m> {
    mapping: &'m Mapping,
    /// Places of the columns in a row.
    places: HashMap<String, usize>,
}

impl Mapping {
    /// Reads a mapping file and checks it against the policy it names, one of `policies`.
    pub fn check(file: &SourceFile, policies: &[Arc<Policy>]) -> Checked {
        let mut sources = Sources::new();
        let mut findings = Findings::new();
        let id = yaml::decode(&file.name, &file.bytes, &mut sources, &mut findings);
        let tree = id.and_then(|id| yaml::read(id, sources.text(id), &mut findings));
        let mapping = tree.and_then(|tree| read::mapping(tree.root(), policies, &mut findings));
        findings.sort_by_place();
        let mapping = mapping.filter(|_| !findings.has_errors());
        Checked {
            mapping,
            findings,
            sources,
        }
    }

    /// Finds the columns in those of a file.
    ///
    /// # Errors
    /// A finding for each column that the file doesn't have.
    pub fn bind(&self, columns: &[String]) -> Result<Bound<'_>, Findings> {
        let mut findings = Findings::new();
        let known = || {
            columns
                .iter()
                .map(String::as_str)
                .filter(|name| !name.is_empty())
        };
        for (column, place) in &self.columns {
            if !known().any(|one| one == column) {
                let all = known().collect::<Vec<_>>().join(", ");
                let args = [
                    ("name", column.as_str()),
                    ("known", all.as_str()),
                    (
                        "meant",
                        nearest(column, known()).unwrap_or(lines::NOTHING_LIKE_IT),
                    ),
                ];
                findings.push(Finding::by_code(UNKNOWN_COLUMN, *place, &args));
            }
        }
        if findings.has_errors() {
            return Err(findings);
        }
        let places = columns.iter().cloned().zip(0..).collect();
        Ok(Bound {
            mapping: self,
            places,
        })
    }
}

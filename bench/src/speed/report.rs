//! The figures beside the aims, for people and for programs.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Which side of an aim is good.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
    /// Told for comparison.
    None,
}

impl Aim {
    fn is_met(self, figure: f64) -> Option<bool> {
        match self {
            Self::AtLeast(least) => Some(figure >= least),
            Self::AtMost(most) => Some(figure <= most),
            Self::None => None,
        }
    }

    fn in_words(self) -> String {
        match self {
            Self::AtLeast(least) => format!("≥ {least}"),
            Self::AtMost(most) => format!("≤ {most}"),
            Self::None => String::new(),
        }
    }
}

/// All figures of one database, in the order in which they were measured.
#[derive(Debug)]
pub(crate) struct Report {
    database: &'static str,
    figures: Vec<(String, f64, &'static str, Aim)>,
}

impl Report {
    /// A report without figures.
    pub(crate) const fn new(database: &'static str) -> Self {
        Self {
            database,
            figures: Vec::new(),
        }
    }

    /// Adds a figure and prints its line.
    pub(crate) fn add(
        &mut self,
        what: impl Into<String>,
        figure: f64,
        unit: &'static str,
        aim: Aim,
    ) {
        let what = what.into();
        let verdict = match aim.is_met(figure) {
            Some(true) => "met",
            Some(false) => "SHORT",
            None => "",
        };
        println!(
            "{what:<56} {figure:>10.2} {unit:<6} {:>8} {verdict}",
            aim.in_words()
        );
        self.figures.push((what, figure, unit, aim));
    }

    /// A figure added before; not a number if there is none.
    pub(crate) fn figure(&self, what: &str) -> f64 {
        self.figures
            .iter()
            .find(|(known, ..)| known == what)
            .map_or(f64::NAN, |(_, figure, ..)| *figure)
    }

    fn to_json(&self) -> Value {
        let figures = self.figures.iter().map(|(what, figure, unit, aim)| {
            json!({"what": what, "figure": figure, "unit": unit, "aim": aim.in_words(), "met": aim.is_met(*figure)})
        });
        json!({"database": self.database, "figures": figures.collect::<Vec<_>>()})
    }
}

/// Prints what each of the later reports comes to beside the first, in percent of its speed: of requests a second the
/// ratio, of times the inverse ratio. Shares and memory are no speed.
pub(crate) fn compare(reports: &[Report]) {
    let Some((first, others)) = reports.split_first() else {
        return;
    };
    for other in others {
        println!(
            "\n{} in percent of the speed of {}",
            other.database, first.database
        );
        for (what, of_first, unit, _) in &first.figures {
            let ratio = match *unit {
                "/s" => other.figure(what) / of_first,
                "ms" | "s" => of_first / other.figure(what),
                _ => continue,
            };
            println!("{what:<56} {:>9.0} %", 100.0 * ratio);
        }
    }
}

/// Writes all figures as JSON into `folder` and tells the file.
///
/// # Errors
/// When the file can't be written.
pub(crate) fn write_all(reports: &[Report], folder: &Path, cases: usize) -> Result<PathBuf> {
    let databases: Vec<Value> = reports.iter().map(Report::to_json).collect();
    let file = folder.join(format!("speed-{cases}.json"));
    std::fs::create_dir_all(folder)
        .and_then(|()| {
            std::fs::write(
                &file,
                json!({"cases": cases, "databases": databases}).to_string(),
            )
        })
        .with_context(|| format!("can't write `{}`", file.display()))?;
    Ok(file)
}

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

/// All figures of a run, in the order in which they were measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    figures: Vec<(String, f64, &'static str, Aim)>,
}

impl Report {
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

    /// Writes the figures as JSON into `folder` and tells the file.
    ///
    /// # Errors
    /// When the file can't be written.
    pub(crate) fn write(&self, folder: &Path, cases: usize) -> Result<PathBuf> {
        let figures: Vec<Value> = self
            .figures
            .iter()
            .map(|(what, figure, unit, aim)| {
                json!({"what": what, "figure": figure, "unit": unit, "aim": aim.in_words(), "met": aim.is_met(*figure)})
            })
            .collect();
        let file = folder.join(format!("speed-{cases}.json"));
        std::fs::create_dir_all(folder)
            .and_then(|()| {
                std::fs::write(
                    &file,
                    json!({"cases": cases, "figures": figures}).to_string(),
                )
            })
            .with_context(|| format!("can't write `{}`", file.display()))?;
        Ok(file)
    }
}

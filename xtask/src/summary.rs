//! What each stage found and how long it took.

use std::time::{Duration, Instant};

use crate::count::Counts;

/// How a stage ended.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    Held(Counts),
    Failed(Counts),
    /// What it needs failed before.
    Skipped,
}

struct Line {
    name: &'static str,
    ending: Ending,
    took: Duration,
}

/// The stages so far.
#[derive(Default)]
pub(crate) struct Summary {
    lines: Vec<Line>,
}

impl Summary {
    /// Announces the stage, runs it and notes its ending.
    #[expect(clippy::disallowed_methods, reason = "measures how long a stage takes")]
    pub(crate) fn run(&mut self, name: &'static str, work: impl FnOnce() -> Ending) {
        println!("\n=== {name}");
        let start = Instant::now();
        let ending = work();
        self.lines.push(Line {
            name,
            ending,
            took: start.elapsed(),
        });
    }

    /// Notes a stage that can't run.
    pub(crate) fn skip(&mut self, name: &'static str) {
        self.lines.push(Line {
            name,
            ending: Ending::Skipped,
            took: Duration::ZERO,
        });
    }

    /// Whether the stage of this name ran and held.
    pub(crate) fn held(&self, name: &str) -> bool {
        self.lines
            .iter()
            .any(|line| line.name == name && matches!(line.ending, Ending::Held(_)))
    }

    /// Whether every stage held.
    pub(crate) fn all_held(&self) -> bool {
        self.lines
            .iter()
            .all(|line| matches!(line.ending, Ending::Held(_)))
    }

    /// Prints one line for each stage and, last, the sum that CI reads.
    pub(crate) fn print(&self) {
        println!("\n=== summary");
        for line in &self.lines {
            println!("{}", line.text());
        }
        let Counts { passed, failed } = self.total();
        let took: Duration = self.lines.iter().map(|line| line.took).sum();
        println!("in {:.0} s", took.as_secs_f64());
        println!("{passed} passed, {failed} failed");
    }

    /// All tests together; a check that counts no tests counts as one, and so does a stage that failed without
    /// saying which test did.
    fn total(&self) -> Counts {
        let mut total = Counts::default();
        for line in &self.lines {
            total += match line.ending {
                Ending::Held(counts) => counts,
                Ending::Failed(counts) => Counts {
                    failed: counts.failed.max(1),
                    ..counts
                },
                Ending::Skipped => Counts::check(false),
            };
        }
        total
    }
}

impl Line {
    fn text(&self) -> String {
        let (word, counts) = match self.ending {
            Ending::Held(counts) => ("ok", counts),
            Ending::Failed(counts) => ("FAILED", counts),
            Ending::Skipped => ("skipped, the build failed", Counts::default()),
        };
        let tests = match counts.passed + counts.failed {
            0 | 1 => String::new(),
            number => format!(", {number} tests"),
        };
        format!(
            "{:>7.1} s  {:<16} {word}{tests}",
            self.took.as_secs_f64(),
            self.name
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(endings: &[Ending]) -> Summary {
        let lines = endings.iter().map(|&ending| Line {
            name: "stage",
            ending,
            took: Duration::ZERO,
        });
        Summary {
            lines: lines.collect(),
        }
    }

    #[test]
    fn a_failed_or_skipped_stage_counts_as_a_failure_at_least_once() {
        let endings = [
            Ending::Held(Counts {
                passed: 7,
                failed: 0,
            }),
            Ending::Failed(Counts {
                passed: 3,
                failed: 0,
            }),
            Ending::Failed(Counts {
                passed: 3,
                failed: 2,
            }),
            Ending::Skipped,
        ];
        assert_eq!(
            summary(&endings).total(),
            Counts {
                passed: 13,
                failed: 4
            }
        );
        assert!(!summary(&endings).all_held());
    }

    #[test]
    fn a_stage_that_was_skipped_did_not_hold() {
        assert!(!summary(&[Ending::Skipped]).held("stage"));
        assert!(summary(&[Ending::Held(Counts::default())]).held("stage"));
    }
}

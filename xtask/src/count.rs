//! How many tests passed and failed, read from what the test runners print.

use std::ops::AddAssign;

/// Tests that ran, by how they ended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// One check that holds or doesn't, such as the formatter's.
    pub(crate) fn check(holds: bool) -> Self {
        Self {
            passed: holds.into(),
            failed: (!holds).into(),
        }
    }

    /// Nothing ran.
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Who prints the numbers, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runner {
    /// `Summary [ 0.1s] 5 tests run: 4 passed, 1 failed, 0 skipped`
    Nextest,
    /// `test result: ok. 3 passed; 0 failed; …`, one line for each test binary
    CargoTest,
    /// `Tests  1 failed | 11 passed (12)`
    Vitest,
    /// `ℹ pass 5` and `ℹ fail 0`, or with `#` where the output is no terminal
    Node,
    /// `5 passed, 0 failed`
    Huiyin,
}

impl Runner {
    /// The tests that this line of the runner's output accounts for; none for most lines.
    pub(crate) fn count(self, line: &str) -> Counts {
        let line = line.trim();
        let has_counts = match self {
            Self::Nextest => line.starts_with("Summary ["),
            Self::CargoTest => line.starts_with("test result:"),
            Self::Vitest => line.starts_with("Tests "),
            Self::Node => {
                let line = line.trim_start_matches(['ℹ', '#', ' ']);
                return Counts {
                    passed: after(line, "pass "),
                    failed: after(line, "fail "),
                };
            }
            Self::Huiyin => line.ends_with(" failed"),
        };
        if !has_counts {
            return Counts::default();
        }
        Counts {
            passed: before(line, "passed"),
            failed: before(line, "failed") + before(line, "timed out"),
        }
    }
}

/// The number that stands before `word`, or 0.
fn before(line: &str, word: &str) -> u64 {
    line.find(word)
        .and_then(|at| line[..at].split_whitespace().next_back())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// The number that follows the `start` of the line, or 0.
fn after(line: &str, start: &str) -> u64 {
    line.strip_prefix(start)
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(runner: Runner, line: &str, passed: u64, failed: u64) {
        assert_eq!(runner.count(line), Counts { passed, failed }, "{line}");
    }

    #[test]
    fn the_summary_of_each_runner_is_understood() {
        check(
            Runner::Nextest,
            "     Summary [   0.119s] 5 tests run: 4 passed, 1 failed, 0 skipped",
            4,
            1,
        );
        check(
            Runner::Nextest,
            "     Summary [   0.1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 0 skipped",
            3,
            2,
        );
        check(
            Runner::CargoTest,
            "test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured",
            3,
            1,
        );
        check(
            Runner::Vitest,
            "      Tests  1 failed | 11 passed (12)",
            11,
            1,
        );
        check(Runner::Vitest, "      Tests  12 passed (12)", 12, 0);
        check(Runner::Node, "ℹ pass 7", 7, 0);
        check(Runner::Node, "ℹ fail 2", 0, 2);
        check(Runner::Node, "# pass 3", 3, 0);
        check(Runner::Huiyin, "14 passed, 2 failed", 14, 2);
    }

    #[test]
    fn other_lines_count_nothing() {
        check(
            Runner::Nextest,
            "        PASS [   0.005s] huiyin-case state::a_case_that_passed",
            0,
            0,
        );
        check(Runner::CargoTest, "test a_case_that_failed ... ok", 0, 0);
        check(Runner::Vitest, " Test Files  3 passed (3)", 0, 0);
        check(Runner::Node, "ℹ tests 9", 0, 0);
        check(Runner::Huiyin, "policies/p1: 3 scenarios", 0, 0);
    }
}

//! Bands of amounts.

use huiyin_settlement::{Bands, Money};

use super::figure;
use super::lines::{Lines, expect, scalar};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{Band, BandId, BandOutcome, ChoiceId, FactPath, FieldType, LadderId, RoleId};
use crate::yaml::{Entry, Node, Shape};

impl<'t> Reading<'t> {
    /// A line that names a field for money.
    fn amount_fact(&self, lines: &Lines<'t>, key: &'static str) -> Option<FactPath> {
        let node = lines.need(key, self.log)?;
        let path = self.fact(node, &[])?;
        if self.field_types.get(&path) == Some(&FieldType::Money) {
            return Some(path);
        }
        let finding = codes::NOT_AN_AMOUNT.at(node.place());
        self.log.push(finding.with("name", path.to_string()).done());
        None
    }

    pub(super) fn band(&self, entry: Entry<'t>) -> Option<(BandId, Band)> {
        let known = ["of", "ladder", "rows", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let ladder = match lines.get("ladder") {
            None => Some(None),
            Some(node) => self.resolve(Naming::Ladder, node).map(Some),
        };
        // A band of grades may be left to sheets, which apply it to amounts of their own.
        let of = match (&ladder, lines.get("of")) {
            (Some(Some(_)), None) => Some(None),
            _ => self.amount_fact(&lines, "of").map(Some),
        };
        let clause = self.clause(&lines);
        let rows = lines.need("rows", self.log)?;
        expect(rows, lines.owner, Shape::List, self.log)?;
        let rows = self.band_rows(rows, ladder.as_ref()?.as_deref());
        let band = Band {
            of: of?,
            ladder: ladder?.map(LadderId::new),
            rows: Bands::new(rows?).ok()?,
            clause: clause?,
        };
        Some((BandId::new(entry.key), band))
    }

    /// Each row says where it begins and where it ends, so that a gap or an overlap shows.
    fn band_rows(
        &self,
        rows: Node<'t>,
        ladder: Option<&str>,
    ) -> Option<Vec<(Option<Money>, BandOutcome)>> {
        let count = rows.items().count();
        let known = match ladder {
            None => ["above", "up_to", "decider"],
            Some(_) => ["above", "up_to", "grade"],
        };
        // Where a row's own figures can't be read, nothing is said of how the next one follows it.
        let mut previous_end = Some(Some(Money::ZERO));
        let mut previous_grade = None;
        let mut read = Vec::new();
        for (index, row) in rows.items().enumerate() {
            let lines = Lines::of(row, row.place(), &known, self.log);
            let outcome = lines.as_ref().and_then(|lines| match ladder {
                None => self.decider(lines),
                Some(ladder) => self.grade(lines, ladder, &mut previous_grade),
            });
            let end = lines.and_then(|lines| {
                let above = match lines.get("above") {
                    None => Some(Money::ZERO),
                    Some(node) => figure::money(node, self.log),
                };
                let up_to = match lines.get("up_to") {
                    None => Some(None),
                    Some(node) => figure::money(node, self.log).map(Some),
                };
                let (above, up_to) = (above?, up_to?);
                let is_last = index + 1 == count;
                let previous = previous_end?;
                if let Some(problem) = band_problem(previous, above, up_to, is_last) {
                    let finding = codes::BANDS.at(row.place()).with("what", problem);
                    let end = previous.unwrap_or_default().to_string();
                    let finding = finding.with("end", end).with("above", above.to_string());
                    self.log.push(finding.done());
                }
                Some(up_to)
            });
            previous_end = end;
            read.push(end.zip(outcome));
        }
        if count == 0 {
            let empty = codes::BANDS.at(rows.place()).with("what", "empty");
            self.log
                .push(empty.with("end", "0").with("above", "0").done());
        }
        read.into_iter().collect()
    }

    fn decider(&self, lines: &Lines<'t>) -> Option<BandOutcome> {
        self.need_name(lines, "decider", Naming::Role)
            .map(|role| BandOutcome::Decider(RoleId::new(role)))
    }

    /// A grade of the ladder, higher than that of the row before.
    fn grade(
        &self,
        lines: &Lines<'t>,
        ladder: &str,
        previous: &mut Option<usize>,
    ) -> Option<BandOutcome> {
        let node = lines.need("grade", self.log)?;
        let name = scalar(node, self.log)?;
        let grades = self.ladder_grades(ladder);
        let position = grades.iter().position(|grade| *grade == name);
        let what = match position {
            None => "unknown",
            Some(position) if previous.is_some_and(|previous| position <= previous) => "order",
            Some(position) => {
                *previous = Some(position);
                return Some(BandOutcome::Grade(ChoiceId::new(name)));
            }
        };
        let finding = codes::GRADES.at(node.place()).with("what", what);
        let finding = finding.with("name", name).with("known", grades.join(", "));
        let meant = self.log.suggestion(name, grades.iter().copied());
        self.log
            .push(finding.meant(meant.filter(|_| what == "unknown")).done());
        None
    }
}

/// What keeps a row from following the one that ended at `previous_end`, if anything does.
fn band_problem(
    previous_end: Option<Money>,
    above: Money,
    up_to: Option<Money>,
    is_last: bool,
) -> Option<&'static str> {
    let Some(previous_end) = previous_end else {
        return Some("after_last");
    };
    match up_to {
        _ if above > previous_end => Some("gap"),
        _ if above < previous_end => Some("overlap"),
        Some(up_to) if up_to <= above => Some("order"),
        Some(_) if is_last => Some("open_end"),
        _ => None,
    }
}

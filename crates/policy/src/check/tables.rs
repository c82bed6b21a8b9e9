//! Clauses, parameters, roles, channels, series, notices, bands and splits.

use huiyin_settlement::{Bands, Money};

use super::figure;
use super::lines::{Lines, expect, list, one_of, scalar};
use super::names::{Naming, check_position};
use super::reading::Reading;
use super::text::{LANGUAGES, text, text_of};
use crate::codes;
use crate::model::{
    Band, BandId, BandOutcome, Channel, ChannelId, Clause, ClauseId, Mark, Notice, NoticeId, Param,
    ParamId, ParamType, ParamValue, PositionId, Role, RoleId, Series, SeriesId, SeriesRestart,
    Split, SplitId,
};
use crate::yaml::{Entry, Node, Shape};

/// The longest fixed text before a number.
const PREFIX_CHARS_MAX: usize = 16;
/// The most digits to which a serial is filled up.
const SERIAL_DIGITS_MAX: u32 = 12;
/// The blanks that the engine fills in a notice. None of them is personal.
const NOTICE_BLANKS: [&str; 4] = ["number", "clock", "due", "step"];

impl<'t> Reading<'t> {
    pub(super) fn clause_text(&self, entry: Entry<'t>) -> Option<(ClauseId, Clause)> {
        let known = ["mark", LANGUAGES[0], LANGUAGES[1]];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let words = [
            ("rule", Mark::Rule),
            ("form", Mark::Form),
            ("clock", Mark::Clock),
            ("report", Mark::Report),
            ("guide", Mark::Guide),
            ("admin", Mark::Admin),
        ];
        lines.need("mark", self.log);
        let marks: Vec<Option<Mark>> = list(lines.get("mark"))
            .into_iter()
            .map(|node| one_of(node, &words, self.log))
            .collect();
        let text = text_of(&lines, self.log);
        let clause = Clause {
            marks: marks.into_iter().collect::<Option<Vec<Mark>>>()?,
            text: text?,
        };
        Some((ClauseId::new(entry.key), clause))
    }

    pub(super) fn param(&self, entry: Entry<'t>) -> Option<(ParamId, Param)> {
        let known = ["title", "type", "default", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let words = [
            ("integer", ParamType::Integer),
            ("money", ParamType::Money),
            ("percent", ParamType::Percent),
            ("limit", ParamType::Limit),
            ("text", ParamType::Text),
        ];
        let title = self.title(&lines);
        let ty = lines.need("type", self.log);
        let ty = ty.and_then(|node| one_of(node, &words, self.log));
        let clause = self.clause(&lines);
        let ty = ty?;
        let value = match lines.get("default") {
            None => None,
            Some(node) => Some(self.param_value(ty, node)?),
        };
        let param = Param {
            title: title?,
            ty,
            value,
            clause: clause?,
        };
        if param.value.is_none() {
            let unset = codes::UNSET_PARAMETER.at(entry.key_place);
            let unset = unset.with("name", entry.key).clause(param.clause.as_str());
            self.log.push(unset.done());
        }
        Some((ParamId::new(entry.key), param))
    }

    fn param_value(&self, ty: ParamType, node: Node<'t>) -> Option<ParamValue> {
        Some(match ty {
            ParamType::Integer => ParamValue::Integer(figure::integer(node, self.log)?),
            ParamType::Money => ParamValue::Money(figure::money(node, self.log)?),
            ParamType::Percent => ParamValue::Percent(figure::percent(node, self.log)?),
            ParamType::Limit => ParamValue::Limit(figure::limit(node, self.log)?),
            ParamType::Text => ParamValue::Text(scalar(node, self.log)?.to_owned()),
        })
    }

    pub(super) fn role(&self, entry: Entry<'t>) -> Option<(RoleId, Role)> {
        let known = ["title", "position"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let position = match lines.get("position") {
            None => None,
            Some(node) => {
                let name = scalar(node, self.log)?;
                check_position(name, node.place(), self.log);
                Some(PositionId::new(name))
            }
        };
        let role = Role {
            title: title?,
            position,
        };
        Some((RoleId::new(entry.key), role))
    }

    pub(super) fn channel(&self, entry: Entry<'t>) -> Option<(ChannelId, Channel)> {
        let lines = Lines::of(entry.value, entry.key_place, &["title"], self.log)?;
        let title = self.title(&lines)?;
        Some((ChannelId::new(entry.key), Channel { title }))
    }

    pub(super) fn series(&self, entry: Entry<'t>) -> Option<(SeriesId, Series)> {
        let known = ["prefix", "restart", "digits", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let words = [
            ("year", SeriesRestart::Year),
            ("month", SeriesRestart::Month),
            ("day", SeriesRestart::Day),
        ];
        let prefix = match lines.get("prefix") {
            None => Some(String::new()),
            Some(node) => self.prefix(node),
        };
        let restart = lines.need("restart", self.log);
        let restart = restart.and_then(|node| one_of(node, &words, self.log));
        let digits = lines.need("digits", self.log);
        let digits = digits.and_then(|node| figure::whole(node, SERIAL_DIGITS_MAX, self.log));
        let clause = self.clause(&lines);
        let series = Series {
            prefix: prefix?,
            restart: restart?,
            serial_digits_min: u8::try_from(digits?).unwrap_or(u8::MAX),
            clause: clause?,
        };
        Some((SeriesId::new(entry.key), series))
    }

    /// The fixed text before a number. It has no blanks, so that nothing about a case or a person
    /// can get into a number.
    fn prefix(&self, node: Node<'t>) -> Option<String> {
        let prefix = scalar(node, self.log)?;
        if let Some(blank) = blanks(prefix).next() {
            self.refuse_blank(node, blank, "number");
            return None;
        }
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        if prefix.chars().all(plain) && prefix.len() <= PREFIX_CHARS_MAX {
            return Some(prefix.to_owned());
        }
        let finding = codes::BAD_NAME.at(node.place()).with("name", prefix);
        self.log.push(finding.with("why", "prefix").done());
        None
    }

    pub(super) fn notice(&self, entry: Entry<'t>) -> Option<(NoticeId, Notice)> {
        let lines = Lines::of(entry.value, entry.key_place, &["title", "text"], self.log)?;
        let [title, body] = ["title", "text"].map(|key| {
            let node = lines.need(key, self.log)?;
            let text = text(node, self.log)?;
            self.check_blanks(node);
            Some(text)
        });
        let notice = Notice {
            title: title?,
            text: body?,
        };
        Some((NoticeId::new(entry.key), notice))
    }

    fn check_blanks(&self, texts: Node<'t>) {
        for text in texts.entries().map(|entry| entry.value) {
            for blank in blanks(text.scalar().unwrap_or_default()) {
                if !NOTICE_BLANKS.contains(&blank) {
                    self.refuse_blank(text, blank, "notice");
                }
            }
        }
    }

    /// A blank for a fact would carry what is on record out of the case.
    fn refuse_blank(&self, node: Node<'_>, blank: &str, what: &'static str) {
        let is_fact = self.facts.keys().any(|path| path.to_string() == blank);
        let finding = if is_fact {
            codes::PERSONAL_DATA.at(node.place()).with("what", what)
        } else {
            let known = NOTICE_BLANKS.join(", ");
            codes::UNKNOWN_BLANK
                .at(node.place())
                .with("what", what)
                .with("known", known)
        };
        self.log.push(finding.with("name", blank).done());
    }

    pub(super) fn split(&self, entry: Entry<'t>) -> Option<(SplitId, Split)> {
        let known = ["total", "weights_sum", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let total = self.amount_fact(&lines, "total");
        let sum = lines.need("weights_sum", self.log);
        let sum = sum.and_then(|node| figure::percent(node, self.log));
        let clause = self.clause(&lines);
        let split = Split {
            total: total?,
            weights_sum: sum?,
            clause: clause?,
        };
        Some((SplitId::new(entry.key), split))
    }

    /// A line that names a field for money.
    fn amount_fact(&self, lines: &Lines<'t>, key: &str) -> Option<crate::model::FactPath> {
        let node = lines.need(key, self.log)?;
        let path = self.fact(node, &[])?;
        if self.field_types.get(&path) == Some(&crate::model::FieldType::Money) {
            return Some(path);
        }
        let finding = codes::NOT_AN_AMOUNT.at(node.place());
        self.log.push(finding.with("name", path.to_string()).done());
        None
    }

    pub(super) fn band(&self, entry: Entry<'t>) -> Option<(BandId, Band)> {
        let known = ["of", "rows", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let of = self.amount_fact(&lines, "of");
        let clause = self.clause(&lines);
        let rows = lines.need("rows", self.log)?;
        expect(rows, lines.owner, Shape::List, self.log)?;
        let rows = self.band_rows(rows);
        let band = Band {
            of: of?,
            rows: Bands::new(rows?).ok()?,
            clause: clause?,
        };
        Some((BandId::new(entry.key), band))
    }

    /// Each row says where it begins and where it ends, so that a gap or an overlap shows.
    fn band_rows(&self, rows: Node<'t>) -> Option<Vec<(Option<Money>, BandOutcome)>> {
        let count = rows.items().count();
        let mut previous_end = Some(Money::ZERO);
        let mut read = Vec::new();
        for (index, row) in rows.items().enumerate() {
            let known = ["above", "up_to", "decider", "grade"];
            let lines = Lines::of(row, row.place(), &known, self.log);
            let outcome = lines.as_ref().and_then(|lines| self.band_outcome(lines));
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
                if let Some(problem) = band_problem(previous_end, above, up_to, is_last) {
                    let finding = codes::BANDS.at(row.place()).with("what", problem);
                    let end = previous_end.unwrap_or_default().to_string();
                    let finding = finding.with("end", end).with("above", above.to_string());
                    self.log.push(finding.done());
                }
                Some(up_to)
            });
            previous_end = end.unwrap_or(previous_end);
            read.push(end.zip(outcome));
        }
        if count == 0 {
            let empty = codes::BANDS.at(rows.place()).with("what", "empty");
            self.log
                .push(empty.with("end", "0").with("above", "0").done());
        }
        read.into_iter().collect()
    }

    fn band_outcome(&self, lines: &Lines<'t>) -> Option<BandOutcome> {
        if let Some(node) = lines.get("decider") {
            return self
                .resolve(Naming::Role, node)
                .map(|role| BandOutcome::Decider(RoleId::new(role)));
        }
        let grade = lines.need("grade", self.log)?;
        scalar(grade, self.log).map(|grade| BandOutcome::Grade(grade.to_owned()))
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

/// The words in braces of a text: `{number} is due` has `number`.
fn blanks(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(blank, _)| blank.trim()))
}

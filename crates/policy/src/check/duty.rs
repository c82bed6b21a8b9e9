//! Duties, and what is kept with the policy.

use huiyin_calendar::Period;

use super::figure::{self, PER, exists, whole};
use super::lines::{Lines, flag, list, one_of};
use super::names::Naming;
use super::reading::Reading;
use super::text::text;
use crate::codes;
use crate::model::{
    About, Duty, DutyId, Every, KindId, ParamId, Portion, SAMPLE_MAX, Sample, SampleSize, Text,
};
use crate::yaml::{Entry, Node, Shape};

const KEYS: [&str; 8] = [
    "title", "opens", "by", "every", "covers", "sample", "agenda", "clause",
];

impl<'t> Reading<'t> {
    pub(super) fn duty(&self, entry: Entry<'t>) -> Option<(DutyId, Duty)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let title = self.title(&lines);
        let opens = self.need_name(&lines, "opens", Naming::Kind);
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let every = lines.need("every", self.log);
        let every = every.and_then(|node| self.every(node));
        let covers = lines.get("covers");
        let ahead = covers.map_or(Some(false), |node| {
            one_of(node, &[("past", false), ("next", true)], self.log)
        });
        let sample = match lines.get("sample") {
            None => Some(None),
            Some(node) => self.sample(node).map(Some),
        };
        let agenda: Vec<Option<Text>> = list(lines.get("agenda"))
            .into_iter()
            .map(|node| text(node, self.log))
            .collect();
        let agenda: Option<Vec<Text>> = agenda.into_iter().collect();
        let clause = self.clause(&lines);
        let duty = Duty {
            title: title?,
            opens: KindId::new(opens?),
            by: by?,
            every: every?,
            ahead: ahead?,
            sample: sample?,
            agenda: agenda?,
            clause: clause?,
        };
        Some((DutyId::new(entry.key), duty))
    }

    /// A period in words, a parameter, so many times as a parameter says, or days of named months.
    fn every(&self, node: Node<'t>) -> Option<Every> {
        if node.shape() != Shape::Map {
            return figure::period(node, self.log).map(Every::Fixed);
        }
        let known = ["param", "times", "a", "months", "days", "covers_months"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        if let Some(param) = lines.get("param") {
            let param = self.resolve(Naming::Param, param);
            return param.map(|param| Every::Param(ParamId::new(param)));
        }
        if lines.get("times").is_some() {
            let times = self.need_name(&lines, "times", Naming::Param);
            let per = lines.need("a", self.log);
            let per = per.and_then(|node| one_of(node, &PER, self.log));
            return Some(Every::Times(ParamId::new(times?), per?));
        }
        self.between(node, &lines)
    }

    /// `{months: [6, 12], days: [1, 10], covers_months: 6}` (P2.13).
    fn between(&self, node: Node<'t>, lines: &Lines<'t>) -> Option<Every> {
        let numbers = |key: &'static str| {
            let node = lines.need(key, self.log)?;
            let numbers: Vec<Option<u8>> = list(Some(node))
                .into_iter()
                .map(|node| u8::try_from(whole(node, 31, self.log)?).ok())
                .collect();
            numbers.into_iter().collect::<Option<Vec<u8>>>()
        };
        let (months, days) = (numbers("months"), numbers("days"));
        let covers = numbers("covers_months");
        let (months, days, covers) = (months?, days?, covers?);
        let period = Period::Between {
            months,
            from_day: *days.first()?,
            to_day: *days.last()?,
            covers_months: *covers.first()?,
        };
        if exists(&period) {
            return Some(Every::Fixed(period));
        }
        let finding = codes::BAD_FIGURE
            .at(node.place())
            .with("found", "months, days");
        self.log.push(finding.with("expected", "period").done());
        None
    }

    fn sample(&self, node: Node<'t>) -> Option<Sample> {
        let known = ["of", "take", "each_unit"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        lines.need("of", self.log);
        let of = self.names_on(lines.get("of"), Naming::Kind);
        let take = lines.need("take", self.log);
        let take = take.and_then(|node| self.sample_size(node));
        Some(Sample {
            of: of?.into_iter().map(KindId::new).collect(),
            take: take?,
            each_unit: flag(lines.get("each_unit"), self.log),
        })
    }

    /// A number, a share or a parameter.
    fn sample_size(&self, node: Node<'t>) -> Option<SampleSize> {
        if node.shape() == Shape::Map {
            let lines = Lines::of(node, node.place(), &["param"], self.log)?;
            let param = self.need_name(&lines, "param", Naming::Param)?;
            return Some(SampleSize::Param(ParamId::new(param)));
        }
        if node.scalar().is_some_and(|text| text.ends_with('%')) {
            return figure::percent(node, self.log).map(SampleSize::Share);
        }
        whole(node, SAMPLE_MAX, self.log).map(SampleSize::Number)
    }

    /// A share or a parameter.
    pub(super) fn portion(&self, node: Node<'t>) -> Option<Portion> {
        if node.shape() == Shape::Map {
            let lines = Lines::of(node, node.place(), &["param"], self.log)?;
            let param = self.need_name(&lines, "param", Naming::Param)?;
            return Some(Portion::Param(ParamId::new(param)));
        }
        figure::percent(node, self.log).map(Portion::Fixed)
    }

    /// One thing that is kept with the policy.
    pub(super) fn about(&self, node: Node<'t>) -> Option<About> {
        let lines = Lines::of(node, node.place(), &["title", "text", "clause"], self.log)?;
        let title = self.title(&lines);
        let body = lines.need("text", self.log);
        let body = body.and_then(|node| {
            self.check_figures(node);
            text(node, self.log)
        });
        let clause = self.clause(&lines);
        Some(About {
            title: title?,
            text: body?,
            clause: clause?,
        })
    }
}

//! What a duty says in words: for the clause view, and where duties are looked over.

use huiyin_calendar::{Per, Period};

use super::Language;
use super::speaker::Speaker;
use crate::model::{Duty, Every, ParamId, ParamValue, Policy, Portion, Sample, SampleSize};

/// A duty in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyWords {
    /// How often it is due.
    pub every: String,
    /// Who answers for it.
    pub by: String,
    /// How many cases it draws, and of which.
    pub sample: Option<String>,
}

/// A duty in the words of `language`.
pub fn duty_words(policy: &Policy, duty: &Duty, language: Language) -> DutyWords {
    let say = Speaker { policy, language };
    DutyWords {
        every: say.every(duty),
        by: say.selector(&duty.by),
        sample: duty.sample.as_ref().map(|sample| say.sample(sample)),
    }
}

impl<'p> Speaker<'p> {
    /// How many cases a sample has, and of which.
    pub(super) fn sample(self, sample: &'p Sample) -> String {
        let of = self.list(sample.of.iter().map(|kind| self.kind(kind)));
        let take = match &sample.take {
            SampleSize::Number(cases) => cases.to_string(),
            SampleSize::Share(share) => share.to_string(),
            SampleSize::Param(param) => self.share_set(param),
        };
        let units = match sample.each_unit {
            true => self.pick(
                "，每个主办单位至少一件",
                ", at least one of every lead unit",
            ),
            false => "",
        };
        match self.language {
            Language::ZhCn => format!("从期内已结案的{of}中抽取 {take}{units}"),
            Language::En => format!("{take} of {of} closed in its period{units}"),
        }
    }

    /// A share, with the name it is set under on adoption.
    pub(super) fn portion(self, portion: &Portion) -> String {
        match portion {
            Portion::Fixed(share) => share.to_string(),
            Portion::Param(param) => self.share_set(param),
        }
    }

    /// A number or share set on adoption, with the name it is set under.
    fn share_set(self, id: &ParamId) -> String {
        let Some(param) = self.policy.params.get(id) else {
            return id.to_string();
        };
        let title = self.quoted(self.text(&param.title));
        match &param.value {
            Some(ParamValue::Integer(cases)) => format!("{title} {cases}"),
            Some(ParamValue::Percent(share)) => format!("{title} {share}"),
            _ => title,
        }
    }

    /// How often a duty is due.
    pub(super) fn every(self, duty: &'p Duty) -> String {
        let say = self;
        let param = match &duty.every {
            Every::Fixed(period) => return self.period(period),
            Every::Param(param) | Every::Times(param, _) => say.policy.params.get(param),
        };
        let title = param.map_or(String::new(), |param| say.quoted(say.text(&param.title)));
        match say.policy.period_of(duty) {
            Some(period) => format!("{title} {}", self.period(&period)),
            None => title,
        }
    }

    /// A period in words.
    pub(super) fn period(self, period: &Period) -> String {
        let chinese = self.language == Language::ZhCn;
        match period {
            Period::EveryDays(n) if chinese => format!("每 {n} 天一次"),
            Period::EveryDays(n) => format!("every {n} days"),
            Period::EveryWeeks(n) if chinese => format!("每 {n} 周一次"),
            Period::EveryWeeks(n) => format!("every {n} weeks"),
            Period::EveryMonths(n) if chinese => format!("每 {n} 个月一次"),
            Period::EveryMonths(n) => format!("every {n} months"),
            Period::Times { times, per } => {
                let (zh, en) = match per {
                    Per::Day => ("每天", "day"),
                    Per::WorkingDay => ("每个工作日", "working day"),
                    Per::Week => ("每周（周一至周日）", "week, from Monday to Sunday"),
                    Per::Month => ("每月", "month"),
                    Per::Quarter => ("每季度", "quarter"),
                    Per::Year => ("每年", "year"),
                };
                match chinese {
                    true => format!("{zh} {times} 次"),
                    false => format!("{times} time(s) a {en}"),
                }
            }
            Period::ByDay(day) if chinese => format!("每月 {day} 日前"),
            Period::ByDay(day) => format!("by day {day} of the month"),
            Period::ByWorkingDay(day) if chinese => format!("每月第 {day} 个工作日前"),
            Period::ByWorkingDay(day) => format!("by working day {day} of the month"),
            Period::Between {
                months,
                from_day,
                to_day,
                ..
            } => {
                let months: Vec<String> = months.iter().map(ToString::to_string).collect();
                let months = months.join(self.pick("、", ", "));
                match chinese {
                    true => format!("{months} 月的 {from_day} 日至 {to_day} 日"),
                    false => format!("from day {from_day} to {to_day} of the months {months}"),
                }
            }
        }
    }
}

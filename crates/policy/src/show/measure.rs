//! What a measure says, in one sentence: for the clause view, and beside every figure of a report.

use super::Language;
use super::speaker::Speaker;
use crate::model::{
    ChoiceId, Count, Duration, DurationUnit, Figure, Kind, Measure, Moment, Policy, Rate, Sum,
    Tally, Which,
};

/// How a figure comes about, without the measure's name: “days from … to …”.
pub fn definition(policy: &Policy, measure: &Measure, language: Language) -> String {
    let say = Speaker { policy, language };
    let kind = measure.kinds.first().and_then(|id| policy.kinds.get(id));
    let how = match &measure.figure {
        Figure::Duration(duration) => say.duration(kind, duration),
        Figure::InTime(clock) => {
            let title = kind.and_then(|kind| kind.clock_title(clock));
            let name = title.map_or(String::new(), |title| say.quoted(say.text(title)));
            match language {
                Language::ZhCn => format!("{name}到期或办完的案件里，按时办完的占多少"),
                Language::En => {
                    format!("share of cases that met {name}, of those that met it or ran out")
                }
            }
        }
        Figure::Tally(tally) => say.tally(kind, tally),
        Figure::Rate(rate) => say.rate(rate),
        Figure::Sum(sum) => say.sum(kind, sum),
    };
    let Some(target) = &measure.target else {
        return how;
    };
    let target = say.portion(target);
    match language {
        Language::ZhCn => format!("{how}；目标不低于 {target}"),
        Language::En => format!("{how}; at least {target} is the target"),
    }
}

/// What the engine counts of every case, by name and how it comes about.
pub fn count_words(count: Count, language: Language) -> (&'static str, &'static str) {
    let (name, meaning) = match count {
        Count::Opened => (
            ("受理", "Opened"),
            ("受理日在这段时间内的案件", "cases taken in on these days"),
        ),
        Count::Closed => (
            ("结案", "Closed"),
            (
                "最后一次结案在这段时间内的案件",
                "cases last closed on these days",
            ),
        ),
        Count::Withdrawn => (
            ("撤回", "Withdrawn"),
            (
                "客户在这段时间内撤回、没有重新受理的案件",
                "cases that the customer took back on these days, and that were not opened again",
            ),
        ),
        Count::Merged => (
            ("合并", "Merged"),
            (
                "这段时间内合并到另一案的案件",
                "cases merged into another on these days",
            ),
        ),
        Count::Late => (
            ("超时", "Late"),
            (
                "第一个超时的时限在这段时间内到期的案件",
                "cases whose first limit to run out did so on these days",
            ),
        ),
        Count::Extended => (
            ("延期", "Extended"),
            (
                "最后一次延期在这段时间内的案件；按延长后的时限判断是否超时",
                "cases last given more time on these days; whether they are late is judged by the new limit",
            ),
        ),
        Count::Reopened => (
            ("重新受理", "Reopened"),
            (
                "最后一次重新受理在这段时间内的案件",
                "cases last opened again on these days",
            ),
        ),
        Count::Transferred => (
            ("转办", "Transferred"),
            (
                "最后一次转办在这段时间内的案件",
                "cases last transferred on these days",
            ),
        ),
        Count::Refused => (
            ("退单", "Refused"),
            (
                "最后一次退单在这段时间内的案件",
                "cases last refused by a unit on these days",
            ),
        ),
        Count::Archived => (
            ("归档", "Archived"),
            ("归档日在这段时间内的案件", "cases archived on these days"),
        ),
    };
    match language {
        Language::ZhCn => (name.0, meaning.0),
        Language::En => (name.1, meaning.1),
    }
}

impl<'p> Speaker<'p> {
    fn duration(self, kind: Option<&'p Kind>, duration: &'p Duration) -> String {
        let (from, to) = (
            self.any_of(kind, &duration.from),
            self.any_of(kind, &duration.to),
        );
        let unit = match duration.unit {
            DurationUnit::WorkingDays => self.pick("工作日数", "working days"),
            DurationUnit::Days => self.pick("自然日数", "calendar days"),
            DurationUnit::Hours => self.pick("小时数", "hours"),
        };
        match (self.language, duration.which) {
            (Language::ZhCn, Which::First) => format!("从{from}到首次{to}的{unit}"),
            (Language::ZhCn, Which::Last) => format!("从{from}到最后一次{to}的{unit}"),
            (Language::En, Which::First) => format!("{unit} from {from} to the first {to}"),
            (Language::En, Which::Last) => format!("{unit} from {from} to the last {to}"),
        }
    }

    fn tally(self, kind: Option<&'p Kind>, tally: &'p Tally) -> String {
        let by = self.quoted(self.fact(&tally.by));
        let on = self.any_of(kind, &tally.on);
        match self.language {
            Language::ZhCn => format!("{on}的案件按{by}分类"),
            Language::En => format!("cases by {by}, on the day of {on}"),
        }
    }

    fn sum(self, kind: Option<&'p Kind>, sum: &'p Sum) -> String {
        let of = self.quoted(self.fact(&sum.of));
        let on = self.any_of(kind, &sum.on);
        let by = sum.by.as_ref().map(|by| self.quoted(self.fact(by)));
        match (self.language, by) {
            (Language::ZhCn, None) => format!("{on}的案件的{of}合计"),
            (Language::ZhCn, Some(by)) => format!("{on}的案件的{of}合计，按{by}分类"),
            (Language::En, None) => format!("sum of {of}, on the day of {on}"),
            (Language::En, Some(by)) => format!("sum of {of} by {by}, on the day of {on}"),
        }
    }

    fn rate(self, rate: &'p Rate) -> String {
        let choices = |ids: &[ChoiceId]| {
            let names = self.tallied(rate);
            let titles = ids
                .iter()
                .map(|id| names.get(id).map_or(id.as_str(), |title| self.text(title)));
            self.list(titles.map(str::to_owned))
        };
        let count = choices(&rate.count);
        match (&rate.among, self.language) {
            (Some(among), Language::ZhCn) => format!("{}里{count}的占比", choices(among)),
            (Some(among), Language::En) => format!("{count} among {}", choices(among)),
            (None, Language::ZhCn) => {
                let of = self.policy.statistics.get(&rate.of);
                let of = of.map_or("", |measure| self.text(&measure.title));
                format!("{}所统计的全部案件里{count}的占比", self.quoted(of))
            }
            (None, Language::En) => {
                let of = self.policy.statistics.get(&rate.of);
                let of = of.map_or("", |measure| self.text(&measure.title));
                format!("{count} among all cases of {}", self.quoted(of))
            }
        }
    }

    fn tallied(self, rate: &Rate) -> indexmap::IndexMap<ChoiceId, &'p crate::model::Text> {
        match self.policy.statistics.get(&rate.of).map(|of| &of.figure) {
            Some(Figure::Tally(tally)) => self.policy.choices(&tally.by),
            _ => indexmap::IndexMap::new(),
        }
    }

    fn any_of(self, kind: Option<&'p Kind>, moments: &[Moment]) -> String {
        let Some(kind) = kind else {
            return String::new();
        };
        let moments = moments.iter().map(|moment| self.moment(kind, moment));
        moments
            .collect::<Vec<String>>()
            .join(self.pick("或", " or "))
    }
}

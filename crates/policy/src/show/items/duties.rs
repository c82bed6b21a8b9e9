//! Duties, and what is kept with the policy.

use huiyin_calendar::{Per, Period};

use super::Collector;
use crate::model::{Duty, Every, SampleSize};
use crate::show::Language;

impl<'p> Collector<'p> {
    pub(super) fn duties(&mut self) {
        let say = self.say;
        for about in &say.policy.about {
            let (title, text) = (say.text(&about.title), say.text(&about.text));
            let (zh, en) = (format!("{title}：{text}"), format!("{title}: {text}"));
            self.add(&about.clause, zh, en);
        }
        for duty in say.policy.duties.values() {
            self.duty(duty);
        }
    }

    fn duty(&mut self, duty: &'p Duty) {
        let say = self.say;
        let title = say.quoted(say.text(&duty.title));
        let (kind, by) = (say.kind(&duty.opens), say.selector(&duty.by));
        let every = self.every(duty);
        self.add(
            &duty.clause,
            format!("定期事项{title}：{every}，系统按期立{kind}，由{by}负责；逾期未办的一直欠着。"),
            format!("Duty {title}: {every}; the system opens {kind} in time, for which {by} answers. One that was missed stays owed."),
        );
        let Some(sample) = &duty.sample else { return };
        let of = say.list(sample.of.iter().map(|kind| say.kind(kind)));
        let take = match &sample.take {
            SampleSize::Number(cases) => cases.to_string(),
            SampleSize::Share(share) => share.to_string(),
            SampleSize::Param(param) => match say.policy.params.get(param) {
                Some(param) => say.quoted(say.text(&param.title)),
                None => param.to_string(),
            },
        };
        let units = match sample.each_unit {
            true => say.pick(
                "，每个主办单位至少一件",
                ", at least one of every lead unit",
            ),
            false => "",
        };
        self.add(
            &duty.clause,
            format!("{title}从期内已结案的{of}中抽取 {take}{units}；由系统按固定算法抽取，不由人选。"),
            format!("{title} draws {take} of {of} closed in its period{units}; the system draws by a fixed rule, nobody chooses."),
        );
    }

    fn every(&self, duty: &'p Duty) -> String {
        let say = self.say;
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

    fn period(&self, period: &Period) -> String {
        let chinese = self.say.language == Language::ZhCn;
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
                let months = months.join(self.say.pick("、", ", "));
                match chinese {
                    true => format!("{months} 月的 {from_day} 日至 {to_day} 日"),
                    false => format!("from day {from_day} to {to_day} of the months {months}"),
                }
            }
        }
    }
}

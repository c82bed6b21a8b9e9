//! Measures and reports.

use huiyin_calendar::PeriodLength;

use super::Collector;
use crate::model::KindId;
use crate::show::measure::definition;

impl<'p> Collector<'p> {
    pub(super) fn statistics(&mut self) {
        let say = self.say;
        for measure in say.policy.statistics.values() {
            let title = say.quoted(say.text(&measure.title));
            let kinds = self.kinds(&measure.kinds);
            let how = definition(say.policy, measure, say.language);
            self.add(
                &measure.clause,
                format!("统计{kinds}的{title}：{how}。"),
                format!("Measured for {kinds}, {title}: {how}."),
            );
        }
        for report in say.policy.reports.values() {
            let title = say.quoted(say.text(&report.title));
            let kinds = self.kinds(&report.kinds);
            let measures = report.measures.iter();
            let measures = measures.filter_map(|id| say.policy.statistics.get(id));
            let shown = say.list(measures.map(|measure| say.text(&measure.title).to_owned()));
            let (zh, en) = every(report.every);
            self.add(
                &report.clause,
                format!("{zh}一份{title}（{kinds}）：受理、结案、超时等件数，以及{shown}。"),
                format!("Every {en} the report {title} ({kinds}): cases opened, closed and late, and {shown}."),
            );
        }
    }

    fn kinds(&self, kinds: &[KindId]) -> String {
        let say = self.say;
        let kinds = kinds.iter().filter_map(|id| say.policy.kinds.get(id));
        say.list(kinds.map(|kind| say.text(&kind.title).to_owned()))
    }
}

/// How often a report is made, in Chinese and in English.
const fn every(length: PeriodLength) -> (&'static str, &'static str) {
    match length {
        PeriodLength::Week => ("每周", "week"),
        PeriodLength::Month => ("每月", "month"),
        PeriodLength::Quarter => ("每季度", "quarter"),
        PeriodLength::HalfYear => ("每半年", "half-year"),
        PeriodLength::Year => ("每年", "year"),
    }
}

//! Duties, and what is kept with the policy.

use super::Collector;
use crate::model::Duty;

impl<'p> Collector<'p> {
    pub(super) fn duties(&mut self) {
        let say = self.say;
        for about in &say.policy.about {
            let (title, text) = (say.text(&about.title), say.filled_in(&about.text));
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
        let every = say.every(duty);
        self.add(
            &duty.clause,
            format!("定期事项{title}：{every}，系统按期立{kind}，由{by}负责；逾期未办的一直欠着。"),
            format!("Duty {title}: {every}; the system opens {kind} in time, for which {by} answers. One that was missed stays owed."),
        );
        if !duty.agenda.is_empty() {
            let agenda = say.list(duty.agenda.iter().map(|text| say.text(text).to_owned()));
            self.add(
                &duty.clause,
                format!("{title}要过的内容：{agenda}。"),
                format!("{title} goes through: {agenda}."),
            );
        }
        let Some(sample) = &duty.sample else { return };
        let drawn = say.sample(sample);
        self.add(
            &duty.clause,
            format!("{title}{drawn}；由系统按固定算法抽取，不由人选。"),
            format!("{title} draws {drawn}; the system draws by a fixed rule, nobody chooses."),
        );
    }
}

//! Duties, and what is kept with the policy.

use super::Collector;
use crate::model::{Duty, Kind};

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
        let (about_zh, about_en) = match duty.ahead {
            true => ("为下一期做准备，", ", for the period to come"),
            false => ("", ""),
        };
        self.add(
            &duty.clause,
            format!("定期事项{title}：{every}，{about_zh}系统按期立{kind}，由{by}负责；逾期未办的一直欠着。"),
            format!("Duty {title}: {every}{about_en}; the system opens {kind} in time, for which {by} answers. One that was missed stays owed."),
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

    pub(super) fn follow_up(&mut self, kind: &'p Kind, title: &str) {
        let Some(follow_up) = &kind.follow_up else {
            return;
        };
        let say = self.say;
        let (by, act) = (
            say.selector(&follow_up.by),
            say.quoted(&say.act(&follow_up.act)),
        );
        let (mut if_zh, mut if_en) = (String::new(), String::new());
        if let Some(when) = &follow_up.when {
            let when = say.condition(when);
            if_zh = format!("{when}的");
            if_en = format!(" if {when}");
        }
        let (zh, en) = match &follow_up.take {
            None => (
                format!("结案的{if_zh}{title}都要回访"),
                format!("Every case of {title} is followed up when it is closed{if_en}"),
            ),
            Some(share) => {
                let share = say.portion(share);
                (
                    format!("结案的{if_zh}{title}由系统按固定算法抽取 {share} 回访"),
                    format!(
                        "The system draws {share} of {title} for follow-up when they are closed{if_en}"
                    ),
                )
            }
        };
        let done = std::iter::once(&follow_up.act).chain(&follow_up.or);
        let done: Vec<String> = done.map(|act| say.quoted(&say.act(act))).collect();
        let done = done.join(say.pick("或", " or "));
        self.add(
            &follow_up.clause,
            format!("{zh}，由{by}登记{act}；已经有{done}的不再回访。"),
            format!("{en}: {by} record {act}; not where {done} is on record already."),
        );
    }
}

//! Series, parameters and bands.

use super::Collector;
use crate::model::{Band, BandOutcome, SeriesRestart, UnitRule};
use crate::show::Language;

impl<'p> Collector<'p> {
    pub(super) fn tables(&mut self) {
        let say = self.say;
        for series in say.policy.series.values() {
            let (zh, en) = match series.restart {
                SeriesRestart::Year => ("每年", "each year"),
                SeriesRestart::Month => ("每月", "each month"),
                SeriesRestart::Day => ("每天", "each day"),
            };
            let (prefix, digits) = (&series.prefix, series.serial_digits_min);
            self.add(
                &series.clause,
                format!("编号“{prefix}”加日期和至少 {digits} 位序号，{zh}重新起编，不跳号。"),
                format!("Numbers are “{prefix}”, the date and a serial of at least {digits} digits, from one again {en}, without gaps."),
            );
        }
        for param in say.policy.params.values() {
            let title = say.quoted(say.text(&param.title));
            let (zh, en) = match param.value {
                Some(_) => {
                    let figure = say.figure(param);
                    (
                        format!("{figure}，可以另定"),
                        format!("{figure}, which may be set otherwise"),
                    )
                }
                None => (
                    "上线前必须设定".to_owned(),
                    "must be set before the policy goes live".to_owned(),
                ),
            };
            let (zh_units, en_units) = match param.units {
                UnitRule::Fixed => ("", ""),
                UnitRule::Any => (
                    "；采用制度的部门可以自定",
                    "; a unit that adopts the policy may set its own",
                ),
                UnitRule::AtMost => (
                    "；采用制度的部门可以自定，但不得更多",
                    "; a unit that adopts the policy may set its own, but no more",
                ),
                UnitRule::AtLeast => (
                    "；采用制度的部门可以自定，但不得更少",
                    "; a unit that adopts the policy may set its own, but no less",
                ),
            };
            self.add(
                &param.clause,
                format!("参数{title}：{zh}{zh_units}。"),
                format!("Parameter {title}: {en}{en_units}."),
            );
        }
        for band in say.policy.bands.values() {
            self.band(band);
        }
    }

    fn band(&mut self, band: &'p Band) {
        let say = self.say;
        let ladder = band.ladder.as_ref();
        let ladder = ladder.and_then(|ladder| say.policy.settlement.ladders.get(ladder));
        let fact = match &band.of {
            Some(of) => say.quoted(say.fact(of)),
            None => say.pick("金额", "the amount").to_owned(),
        };
        let rows = band.rows.rows().iter().map(|(up_to, outcome)| {
            let outcome = match outcome {
                BandOutcome::Grade(grade) => {
                    match ladder.and_then(|ladder| ladder.grades.get(grade)) {
                        Some(title) => say.text(title).to_owned(),
                        None => grade.to_string(),
                    }
                }
                BandOutcome::Decider(role) => match say.policy.roles.get(role) {
                    Some(role) => say.text(&role.title).to_owned(),
                    None => role.to_string(),
                },
            };
            match (up_to, say.language) {
                (Some(up_to), Language::ZhCn) => format!("{up_to} 元及以下 → {outcome}"),
                (Some(up_to), Language::En) => format!("up to {up_to} yuan → {outcome}"),
                (None, Language::ZhCn) => format!("以上 → {outcome}"),
                (None, Language::En) => format!("above → {outcome}"),
            }
        });
        let rows = rows.collect::<Vec<String>>().join(say.pick("；", "; "));
        self.add(
            &band.clause,
            format!("按{fact}：{rows}。"),
            format!("By {fact}: {rows}."),
        );
    }
}

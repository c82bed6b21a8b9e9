//! Clocks, their pauses and shares.

use super::super::speaker::Speaker;
use super::Collector;
use crate::model::{
    Clock, CountedFrom, ExtendRule, Kind, Moment, Rest, Share, ShareLimits, Shares,
};
use crate::show::Language;

impl<'p> Collector<'p> {
    pub(super) fn clock(&mut self, kind: &'p Kind, title: &str, clock: &'p Clock) {
        let say = self.say;
        let name = say.quoted(say.text(&clock.title));
        let moments = |moments: &[Moment], zh: &'static str, en: &'static str| {
            let words: Vec<String> = moments.iter().map(|one| say.moment(kind, one)).collect();
            words.join(say.pick(zh, en))
        };
        let start = moments(&clock.start, "或", " or ");
        let stops: Vec<String> = clock
            .stop
            .iter()
            .map(|all| moments(all, "和", " and "))
            .collect();
        let stop = stops.join(say.pick("，或", ", or "));
        let lengths: Vec<String> = clock
            .length
            .iter()
            .map(|row| match &row.when {
                None => say.amount(&row.amount),
                Some(when) => format!("{} ({})", say.amount(&row.amount), say.condition(when)),
            })
            .collect();
        let lengths_zh = lengths.iter().map(|length| spaced(length));
        let length_zh = lengths_zh.collect::<Vec<String>>().join("，否则");
        let length = lengths.join(", otherwise ");
        let mut zh = format!("{title}的{name}：自{start}起{length_zh}，到{stop}为止");
        let mut en = format!("{title}, {name}: {length} from {start} to {stop}");
        if let Some(when) = &clock.when {
            let when = say.condition(when);
            zh.push_str(&format!("；仅在{when}时计时"));
            en.push_str(&format!("; runs only if {when}"));
        }
        if let Some(restart) = &clock.restart {
            let on = moments(&restart.on, "或", " or ");
            zh.push_str(&format!("；{on}时重新起算"));
            en.push_str(&format!("; starts anew on {on}"));
            if let Some(times) = restart.times_max {
                zh.push_str(&format!("，最多 {times} 次"));
                en.push_str(&format!(", {times} time(s) at most"));
            }
        }
        for warning in &clock.warn {
            let to = say.everyone(&warning.to);
            let before = say.time_before(warning.before_seconds);
            if let Some(clause) = &warning.clause {
                self.add(
                    clause,
                    format!("{title}的{name}到期前 {before}提醒{to}。"),
                    format!("{title}, {name}: {to} is reminded {before} before."),
                );
            }
            zh.push_str(&format!("；到期前 {before}提醒{to}"));
            en.push_str(&format!("; {to} is reminded {before} before"));
        }
        for row in &clock.length {
            let (Some(clause), amount) = (&row.clause, say.amount(&row.amount)) else {
                continue;
            };
            let (mut when_zh, mut when_en) = (String::new(), String::new());
            if let Some(when) = &row.when {
                let when = say.condition(when);
                when_zh = format!("在{when}时");
                when_en = format!(" if {when}");
            }
            self.add(
                clause,
                format!("{title}的{name}{when_zh}为{}。", spaced(&amount)),
                format!("{title}, {name}: {amount}{when_en}."),
            );
        }
        for late in &clock.late {
            let to = say.everyone(&late.to);
            // Under the clause of the clock its own sentence says so.
            if let Some(clause) = late
                .clause
                .as_ref()
                .filter(|clause| **clause != clock.clause)
            {
                self.add(
                    clause,
                    format!("{title}的{name}超时通知{to}。"),
                    format!("{title}, {name}: {to} is told when it is late."),
                );
            }
            zh.push_str(&format!("；超时通知{to}"));
            en.push_str(&format!("; when late {to} is told"));
        }
        self.add(&clock.clause, format!("{zh}。"), format!("{en}."));
        if let Some(pause) = &clock.pause {
            let by = say.selector(&pause.by);
            let reasons = pause
                .reasons
                .values()
                .map(|reason| say.text(reason).to_owned());
            let reasons = say.list(reasons);
            self.add(
                &pause.clause,
                format!("{name}可由{by}暂停，理由限于：{reasons}。"),
                format!("{name} may be paused by {by}, for these reasons only: {reasons}."),
            );
        }
        if let Some(extend) = &clock.extend {
            self.extension(&name, extend);
        }
    }

    fn extension(&mut self, name: &str, extend: &'p ExtendRule) {
        let say = self.say;
        let (by, cap) = (say.selector(&extend.by), say.cap(&extend.cap));
        let cap_zh = spaced(&cap);
        let (from_zh, from_en) = match extend.counted_from {
            CountedFrom::Start => ("自起算时起", "from its start"),
            CountedFrom::LastRestart => ("自最近一次重新起算时起", "from its last restart"),
        };
        let (times_zh, times_en) = match extend.times_max {
            None => (String::new(), String::new()),
            Some(times) => (
                format!("最多 {times} 次，"),
                format!(", {times} time(s) at most"),
            ),
        };
        let (when_zh, when_en) = match &extend.when {
            None => (String::new(), String::new()),
            Some(when) => {
                let when = say.condition(when);
                (format!("在{when}时"), format!(" if {when}"))
            }
        };
        self.add(
            &extend.clause,
            format!("{name}{when_zh}可由{by}延期，{times_zh}连同延期{from_zh}合计不超过{cap_zh}；超过的不予延期。"),
            format!("{name} may be extended by {by}{when_en}{times_en}, to {cap} in all at most, counted {from_en}; nothing beyond that is granted."),
        );
    }

    pub(super) fn shares(&mut self, kind: &'p Kind, shares: &'p Shares) {
        let say = self.say;
        let whole = kind.clocks.get(&shares.of);
        let whole = whole.map_or(String::new(), |clock| say.quoted(say.text(&clock.title)));
        let parts = say.list(shares.parts.iter().map(|part| say.share(kind, part)));
        for warning in &shares.warn {
            let to = say.everyone(&warning.to);
            let before = say.time_before(warning.before_seconds);
            self.add(
                warning.clause.as_ref().unwrap_or(&shares.clause),
                format!("{whole}的各分段到期前 {before}提醒{to}。"),
                format!("{to} is reminded {before} before a share of {whole} ends."),
            );
        }
        for late in &shares.late {
            let to = say.everyone(&late.to);
            self.add(
                late.clause.as_ref().unwrap_or(&shares.clause),
                format!("{whole}的各分段超时通知{to}。"),
                format!("When a share of {whole} is late {to} is told."),
            );
        }
        let (zh, en) = match shares.rest {
            Rest::None => (
                "合计与总时限相等，已由检查证明",
                "The check has proved that they add up",
            ),
            Rest::Nobodys => (
                "其余时间不归任何一段；合计不超过总时限，已由检查证明",
                "The rest is nobody's; the check has proved that they come to no more than the whole",
            ),
        };
        self.add(
            &shares.clause,
            format!("{whole}分段：{parts}。{zh}。"),
            format!("{whole} is divided: {parts}. {en}."),
        );
    }
}

/// A length as it follows Chinese words: a figure stands apart from them.
fn spaced(length: &str) -> String {
    let begins_with_figure = length.starts_with(|first: char| first.is_ascii_digit());
    let blank = if begins_with_figure { " " } else { "" };
    format!("{blank}{length}")
}

impl Speaker<'_> {
    /// Elapsed time before something: in days, hours or minutes, whichever comes out whole.
    fn time_before(self, seconds: i64) -> String {
        let units = [
            (86_400, "天", "day(s)"),
            (3_600, "小时", "hour(s)"),
            (60, "分钟", "minute(s)"),
        ];
        let whole = |(unit, ..): &&(i64, &str, &str)| seconds % unit == 0;
        let (unit, zh, en) = units
            .iter()
            .find(whole)
            .copied()
            .unwrap_or((1, "秒", "second(s)"));
        format!("{} {}", seconds / unit, self.pick(zh, en))
    }

    /// How long a share is, by each value of the choice that it hangs on.
    pub(in crate::show) fn share_limits(self, share: &Share) -> String {
        match &share.limits {
            ShareLimits::One(limit) => self.limit(*limit),
            ShareLimits::By(path, limits) => {
                let columns = limits.iter().map(|(choice, limit)| {
                    let choice = self.choice(path, choice.as_str());
                    format!("{choice} {}", self.limit(*limit))
                });
                columns.collect::<Vec<String>>().join(" / ")
            }
        }
    }

    /// A share with its steps, its length and what of it is given on.
    fn share(self, kind: &Kind, share: &Share) -> String {
        let from = self.step(kind, &share.from);
        let steps = match share.from == share.to {
            true => from,
            false => format!("{from}–{}", self.step(kind, &share.to)),
        };
        let length = self.share_limits(share);
        let named = match &share.title {
            Some(title) => format!("{} ({steps}) {length}", self.text(title)),
            None => format!("{steps} {length}"),
        };
        if share.of_which.is_empty() {
            return named;
        }
        let within = self.list(share.of_which.iter().map(|within| self.share(kind, within)));
        match self.language {
            Language::ZhCn => format!("{named}（其中 {within}）"),
            Language::En => format!("{named} (of which {within})"),
        }
    }
}

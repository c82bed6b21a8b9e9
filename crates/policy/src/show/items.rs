//! What a policy does about each clause, one sentence for every element that names it.

use indexmap::IndexMap;

use super::Language;
use super::speaker::Speaker;
use crate::model::{
    Act, BandOutcome, ClauseId, Clock, FactPath, Kind, Moment, Move, Need, NeedWhat, Part, Policy,
    Required, Selector, SeriesRestart, ShareLimits, Shares, Step, StepId, Target, Verb,
};

/// Sentences by clause.
pub(super) type Items = IndexMap<ClauseId, Vec<String>>;

/// Goes through the whole policy in the order in which a reader would.
pub(super) fn items(policy: &Policy, language: Language) -> Items {
    let mut collector = Collector {
        say: Speaker { policy, language },
        items: Items::new(),
    };
    for kind in policy.kinds.values() {
        collector.kind(kind);
    }
    for part in policy.parts.iter() {
        collector.part(part.1);
    }
    for act in policy.acts.values() {
        collector.act(act);
    }
    collector.tables();
    collector.items
}

struct Collector<'p> {
    say: Speaker<'p>,
    items: Items,
}

impl<'p> Collector<'p> {
    fn add(&mut self, clause: &ClauseId, zh: String, en: String) {
        let sentence = match self.say.language {
            Language::ZhCn => zh,
            Language::En => en,
        };
        let sentences = self.items.entry(clause.clone()).or_default();
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }

    fn kind(&mut self, kind: &'p Kind) {
        let say = self.say;
        let title = say.quoted(say.text(&kind.title));
        let by = say.selector(&kind.open.by);
        let part = say.policy.parts.get(&kind.open.part);
        let form = part.map_or(String::new(), |part| say.quoted(say.text(&part.title)));
        self.add(
            &kind.open.clause,
            format!("{by}都可以登记{title}，填写{form}。"),
            format!("Registered as {title} by {by}, on the form {form}."),
        );
        self.channels(kind, &title);
        for act in &kind.open.acts {
            let clause = say.policy.acts.get(act).and_then(|act| act.clause.as_ref());
            let act = say.quoted(&say.act(act));
            if let Some(clause) = clause {
                let zh = format!("登记{title}时系统自动完成{act}。");
                self.add(
                    clause,
                    zh,
                    format!("The system does {act} when {title} is registered."),
                );
            }
        }
        for (id, step) in &kind.steps {
            self.step(kind, &title, id, step);
        }
        for row in &kind.after_close {
            self.one_move(kind, &title, None, row);
        }
        self.needs(kind, &kind.close_needs, &title, "结案", "closing");
        self.needs(kind, &kind.archive_needs, &title, "归档", "archiving");
        for clock in kind.clocks.values() {
            self.clock(kind, &title, clock);
        }
        for shares in &kind.shares {
            self.shares(kind, shares);
        }
    }

    fn channels(&mut self, kind: &'p Kind, title: &str) {
        let say = self.say;
        let mut by_clause: IndexMap<&ClauseId, Vec<String>> = IndexMap::new();
        for (channel, clause) in &kind.open.channels {
            let name = say.policy.channels.get(channel);
            let name = name.map_or(String::new(), |channel| say.text(&channel.title).to_owned());
            if let Some(clause) = clause {
                by_clause.entry(clause).or_default().push(name);
            }
        }
        for (clause, names) in by_clause {
            let names = say.list(names);
            self.add(
                clause,
                format!("{title}的受理渠道：{names}。"),
                format!("Channels open for {title}: {names}."),
            );
        }
    }

    fn step(&mut self, kind: &'p Kind, title: &str, id: &'p StepId, step: &'p Step) {
        let say = self.say;
        let name = say.quoted(say.text(&step.title));
        let by = say.selector(&step.by);
        if let Some(clause) = &step.clause {
            let acts = say.list(step.acts.iter().map(|act| say.quoted(&say.act(act))));
            let (mut zh, mut en) = (
                format!("{title}的{name}环节由{by}办理"),
                format!("{title}, step {name}: done by {by}"),
            );
            if step.skip_if_actor {
                zh.push_str("；登记人就是该人员时直接跳过");
                en.push_str("; passed over if the one who registered it is one of them");
            }
            if let Some(when) = &step.when {
                let when = say.condition(when);
                zh.push_str(&format!("；仅在{when}时进入"));
                en.push_str(&format!("; only if {when}"));
            }
            if step.accept_first {
                zh.push_str("，须先接收");
                en.push_str("; must be accepted first");
            }
            if !step.acts.is_empty() {
                zh.push_str(&format!("；可以{acts}"));
                en.push_str(&format!("; what can be done: {acts}"));
            }
            self.add(clause, format!("{zh}。"), format!("{en}."));
        }
        for row in &step.moves {
            self.one_move(kind, title, Some(id), row);
        }
    }

    fn one_move(&mut self, kind: &'p Kind, title: &str, step: Option<&'p StepId>, row: &'p Move) {
        let say = self.say;
        self.needs(
            kind,
            &row.needs,
            title,
            &say.moment(kind, &row.on),
            &say.moment(kind, &row.on),
        );
        let Some(clause) = &row.clause else {
            return;
        };
        let at = match step {
            Some(step) => say.quoted(&say.step(kind, step)),
            None => say.pick("结案后", "after closing").to_owned(),
        };
        let on = say.moment(kind, &row.on);
        let same = matches!(
            (&row.on, &row.then),
            (
                Moment::Verb {
                    verb: Verb::Closed,
                    ..
                },
                Target::Closed
            ) | (
                Moment::Verb {
                    verb: Verb::Archived,
                    ..
                },
                Target::Archived
            )
        );
        let (then_zh, then_en) = match &row.then {
            _ if same => ("可以办理".to_owned(), "it may be done".to_owned()),
            Target::Stay => ("留在本环节".to_owned(), "the case stays there".to_owned()),
            Target::Closed => ("结案".to_owned(), "the case is closed".to_owned()),
            Target::Archived => ("归档".to_owned(), "the case is archived".to_owned()),
            Target::Step(to) => {
                let to = say.quoted(&say.step(kind, to));
                (format!("转到{to}"), format!("the case goes to {to}"))
            }
        };
        let (mut reason_zh, mut reason_en) = (String::new(), String::new());
        if row.reason {
            reason_zh.push_str("（须写明原因）");
            reason_en.push_str(" (with a reason)");
        }
        if let Some(when) = &row.when {
            let when = say.condition(when);
            reason_zh.push_str(&format!("，且{when}"));
            reason_en.push_str(&format!(" if {when}"));
        }
        if let Some(by) = &row.by {
            let by = say.selector(by);
            reason_zh.push_str(&format!("，由{by}"));
            reason_en.push_str(&format!(" by {by}"));
        }
        self.add(
            clause,
            format!("{title}，{at}：{on}{reason_zh}，{then_zh}。"),
            format!("{title}, {at}: on {on}{reason_en}, {then_en}."),
        );
    }

    fn needs(&mut self, kind: &'p Kind, needs: &'p [Need], title: &str, zh: &str, en: &str) {
        let say = self.say;
        for need in needs {
            let what = match &need.what {
                NeedWhat::Act { act, after: None } => say.quoted(&say.act(act)),
                NeedWhat::Act {
                    act,
                    after: Some(after),
                } => {
                    let (act, after) = (say.quoted(&say.act(act)), say.moment(kind, after));
                    match say.language {
                        Language::ZhCn => format!("{act}（{after}后须重新做）"),
                        Language::En => format!("{act} (anew after {after})"),
                    }
                }
                NeedWhat::Field(path) => say.quoted(say.fact(path)),
                NeedWhat::Holds { text, .. } => say.text(text).to_owned(),
            };
            let (mut if_zh, mut if_en) = (String::new(), String::new());
            if let Some(when) = &need.when {
                let when = say.condition(when);
                if_zh = format!("{when}时，");
                if_en = format!(" if {when}");
            }
            self.add(
                &need.clause,
                format!("{title}：{if_zh}没有{what}，不能{zh}。"),
                format!("{title}: no {en} without {what}{if_en}."),
            );
        }
    }

    fn clock(&mut self, kind: &'p Kind, title: &str, clock: &'p Clock) {
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
        let length = lengths.join(say.pick("，否则 ", ", otherwise "));
        let mut zh = format!("{title}的{name}：自{start}起 {length}，到{stop}为止");
        let mut en = format!("{title}, {name}: {length} from {start} to {stop}");
        if let Some(when) = &clock.when {
            let when = say.condition(when);
            zh.push_str(&format!("；仅在{when}时计时"));
            en.push_str(&format!("; runs only if {when}"));
        }
        if let Some(restart) = &clock.restart {
            let (on, times) = (say.moment(kind, &restart.on), restart.times_max);
            zh.push_str(&format!("；{on}时重新起算，最多 {times} 次"));
            en.push_str(&format!("; starts anew on {on}, {times} time(s) at most"));
        }
        for warning in &clock.warn {
            let to = say.everyone(&warning.to);
            let hours = warning.before_seconds / 3_600;
            zh.push_str(&format!("；到期前 {hours} 小时提醒{to}"));
            en.push_str(&format!("; {to} is reminded {hours} hours before"));
        }
        for late in &clock.late {
            let to = say.everyone(&late.to);
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
    }

    fn shares(&mut self, kind: &'p Kind, shares: &'p Shares) {
        let say = self.say;
        let whole = kind.clocks.get(&shares.of);
        let whole = whole.map_or(String::new(), |clock| say.quoted(say.text(&clock.title)));
        let parts = shares.parts.iter().map(|part| {
            let from = say.step(kind, &part.from);
            let steps = match part.from == part.to {
                true => from,
                false => format!("{from}–{}", say.step(kind, &part.to)),
            };
            let length = match &part.limits {
                ShareLimits::One(limit) => say.limit(*limit),
                ShareLimits::By(path, limits) => {
                    let columns = limits.iter().map(|(choice, limit)| {
                        format!(
                            "{} {}",
                            say.choice(path, choice.as_str()),
                            say.limit(*limit)
                        )
                    });
                    columns.collect::<Vec<String>>().join(" / ")
                }
            };
            format!("{steps} {length}")
        });
        let parts = say.list(parts);
        self.add(
            &shares.clause,
            format!("{whole}分段：{parts}。合计与总时限相等，已由检查证明。"),
            format!("{whole} is divided: {parts}. The check has proved that they add up."),
        );
    }

    fn part(&mut self, part: &'p Part) {
        let say = self.say;
        let name = say.quoted(say.text(&part.title));
        let fields = part.fields.values().map(|field| {
            let mark = match field.required {
                Required::Always => say.pick("（必填）", " (required)"),
                Required::When(_) => say.pick("（按条件必填）", " (required in some cases)"),
                Required::Optional => "",
            };
            format!("{}{mark}", say.text(&field.title))
        });
        let fields = say.list(fields);
        if let Some(clause) = &part.clause {
            self.add(
                clause,
                format!("表单{name}：{fields}。"),
                format!("Form {name}: {fields}."),
            );
        }
        for field in part.fields.values() {
            if let Some(clause) = &field.clause {
                let title = say.quoted(say.text(&field.title));
                self.add(
                    clause,
                    format!("表单{name}记录{title}。"),
                    format!("The form {name} asks for {title}."),
                );
            }
        }
    }

    fn act(&mut self, act: &'p Act) {
        let say = self.say;
        let Some(clause) = &act.clause else {
            return;
        };
        let name = say.quoted(say.text(&act.title));
        let seen = act.to_customer;
        let by = act.by.as_ref().map(|by: &Selector| say.selector(by));
        let mut zh = format!("{name}记入案件");
        let mut en = format!("{name} is put on record");
        if let Some(by) = by {
            zh.push_str(&format!("，由{by}完成"));
            en.push_str(&format!(" by {by}"));
        }
        if seen {
            zh.push_str("，客户查询时可见");
            en.push_str(" and shown to the customer who looks up his case");
        }
        self.add(clause, format!("{zh}。"), format!("{en}."));
    }

    fn tables(&mut self) {
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
                Some(_) => ("已有数值，可调整", "has a value that may be changed"),
                None => ("上线前必须设定", "must be set before the policy goes live"),
            };
            self.add(
                &param.clause,
                format!("参数{title}：{zh}。"),
                format!("Parameter {title}: {en}."),
            );
        }
        for band in say.policy.bands.values() {
            self.band(&band.of, band.rows.rows(), &band.clause);
        }
        for split in say.policy.splits.values() {
            let total = say.quoted(say.fact(&split.total));
            let sum = split.weights_sum;
            self.add(
                &split.clause,
                format!("{total}按比例分摊，比例合计 {sum}，金额精确到分，合计不差一分。"),
                format!("{total} is divided by weights that add up to {sum}, exact to the cent."),
            );
        }
    }

    fn band(
        &mut self,
        of: &FactPath,
        rows: &'p [(Option<huiyin_settlement::Money>, BandOutcome)],
        clause: &ClauseId,
    ) {
        let say = self.say;
        let fact = say.quoted(say.fact(of));
        let rows = rows.iter().map(|(up_to, outcome)| {
            let outcome = match outcome {
                BandOutcome::Grade(grade) => grade.clone(),
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
            clause,
            format!("按{fact}：{rows}。"),
            format!("By {fact}: {rows}."),
        );
    }
}

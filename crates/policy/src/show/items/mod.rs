//! What a policy does about each clause, one sentence for every element that names it.

mod clocks;
mod contacts;
mod declarations;
mod duties;
mod forms;
mod levels;
mod links;
mod parties;
mod reconciliations;
mod seals;
mod sheets;
mod statistics;
mod tables;

use indexmap::IndexMap;

use super::Language;
use super::speaker::Speaker;
use crate::model::{
    ActId, ClauseId, EachOf, Kind, KindId, Moment, Move, Need, NeedWhat, Policy, Selector, Step,
    StepId, Target, Verb,
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
    for part in policy.parts.values() {
        collector.part(part);
    }
    for act in policy.acts.values() {
        collector.act(act);
    }
    collector.levels();
    collector.parties();
    collector.contacts();
    collector.declarations();
    collector.seals();
    collector.reconciliations();
    collector.duties();
    collector.tables();
    collector.sheets();
    collector.statistics();
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
        let (zh, en) = match kind.open.by {
            Selector::Nobody => (
                format!("{title}不由人登记，由定期事项或其他案件立案，用{form}。"),
                format!(
                    "{title} is not registered by people: a duty or another case opens it, with the form {form}."
                ),
            ),
            _ => (
                format!("{by}都可以登记{title}，填写{form}。"),
                format!("Registered as {title} by {by}, on the form {form}."),
            ),
        };
        self.add(&kind.open.clause, zh, en);
        if let Some(by) = &kind.open.corrected_by {
            let by = say.selector(by);
            self.add(
                &kind.open.clause,
                format!("{title}的登记内容只有登记人和{by}可以更正。"),
                format!("What was registered of {title} is corrected by who registered it and {by} only."),
            );
        }
        self.channels(kind, &title);
        self.needs(kind, &kind.open.needs, &title, "登记", "registration");
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
        self.sees(kind, &title);
        self.raised_from(kind, &title);
        self.portal(kind, &title);
        self.links(kind, &title);
        self.withdrawal(kind, &title);
        self.read_by(kind, &title);
        for (id, step) in &kind.steps {
            self.step(kind, &title, id, step);
        }
        for row in &kind.after_close {
            self.one_move(kind, &title, None, row);
        }
        self.needs(kind, &kind.close_needs, &title, "结案", "closing");
        self.needs(kind, &kind.archive_needs, &title, "归档", "archiving");
        self.follow_up(kind, &title);
        for clock in kind.clocks.values() {
            self.clock(kind, &title, clock);
        }
        for shares in &kind.shares {
            self.shares(kind, shares);
        }
    }

    fn read_by(&mut self, kind: &'p Kind, title: &str) {
        let say = self.say;
        if let Some(read_by) = &kind.read_by {
            let unit = say.quoted(say.fact(&read_by.unit));
            self.add(
                &read_by.clause,
                format!("{title}的{unit}一栏所填部门的人员可以查看案件，除指明由他们办理的以外只能查看；统计也只算这些案件。"),
                format!("The people of the unit in {unit} read the case {title}, and only read it but for what names them; their figures are of these cases."),
            );
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
        if let Some(within) = row.within {
            let within = say.limit(within);
            reason_zh.push_str(&format!("，限 {within}内"));
            reason_en.push_str(&format!(" within {within}"));
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

    fn each_need(&self, of: &'p EachOf, act: &'p ActId) -> String {
        let say = self.say;
        let act = say.quoted(&say.act(act));
        let of = match of {
            EachOf::Sample => say
                .pick("每一件抽查案件", "every case of the sample")
                .to_owned(),
            EachOf::Values { act: asked, .. } => {
                let asked = say.quoted(&say.act(asked));
                match say.language {
                    Language::ZhCn => format!("每一项{asked}"),
                    Language::En => format!("everything named by {asked}"),
                }
            }
        };
        match say.language {
            Language::ZhCn => format!("{of}的{act}"),
            Language::En => format!("{act} for {of}"),
        }
    }

    fn raised_need(&self, raised: &'p KindId, closed: bool) -> String {
        let say = self.say;
        let raised = say.kind(raised);
        match (say.language, closed) {
            (Language::ZhCn, false) => format!("由本案件立的{raised}"),
            (Language::ZhCn, true) => format!("由本案件立的{raised}结案"),
            (Language::En, false) => format!("{raised} opened out of it"),
            (Language::En, true) => format!("the end of every {raised} opened out of it"),
        }
    }

    fn portal(&mut self, kind: &'p Kind, title: &str) {
        let Some(portal) = &kind.portal else {
            return;
        };
        let say = self.say;
        let by = say.selector(&portal.codes_by);
        self.add(
            &portal.clause,
            format!("客户可以在客户门户自行提交{title}，凭查询码查看进度；查询码遗失的，由{by}补发。"),
            format!(
                "Customers may bring in {title} themselves on the portal and follow it with a receipt code; a lost code is replaced by {by}."
            ),
        );
        if let Some(files) = portal.files {
            let max = files.max;
            self.add(
                &portal.clause,
                format!("客户可以在客户门户为未办结的{title}添加照片和文件，最多 {max} 个。"),
                format!(
                    "Customers may add photos and files to {title} on the portal while it is open, {max} at most."
                ),
            );
        }
    }

    fn sees(&mut self, kind: &'p Kind, title: &str) {
        let Some(sees) = &kind.sees else {
            return;
        };
        let by = self.say.everyone(&sees.by);
        self.add(
            &sees.clause,
            format!("{title}只有{by}看得到；对其他人，包括主管和审计，等于没有这类案件。"),
            format!("{title} is seen by {by} alone; for everybody else, supervisors and auditors included, there is none."),
        );
    }

    fn raised_from(&mut self, kind: &'p Kind, title: &str) {
        let say = self.say;
        for (from, raise) in &kind.raised_from {
            let (from, by) = (say.kind(from), say.selector(&raise.by));
            let (mut zh, mut en) = (
                format!("{by}可以由{from}立{title}，两案互相关联"),
                format!("{by} may open {title} out of {from}; both stay linked"),
            );
            if let Some(act) = &raise.above {
                let act = say.quoted(&say.act(act));
                zh.push_str(&format!("；须已{act}，由原核决人的上一级核决"));
                en.push_str(&format!(
                    "; only after {act}, and for the decider above whoever decided"
                ));
            }
            self.add(&raise.clause, format!("{zh}。"), format!("{en}."));
        }
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
                NeedWhat::Raised {
                    kind: raised,
                    closed,
                } => self.raised_need(raised, *closed),
                NeedWhat::Copies { of, copy, .. } => self.copies_need(of, copy.as_ref()),
                NeedWhat::Each { of, act, .. } => self.each_need(of, act),
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
}

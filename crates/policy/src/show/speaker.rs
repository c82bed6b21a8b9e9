//! Selectors, limits, moments and conditions in words.

use huiyin_calendar::{End, Hours, Length, Limit, Roll};

use super::Language;
use crate::case_facts;
use crate::condition::Condition;
use crate::model::{
    ActId, Amount, ChoiceId, ClockId, Done, ExtensionCap, FactPath, Field, FieldType, Kind, KindId,
    Moment, ParamId, Policy, Selector, StepId, Text, Verb,
};

/// Speaks about one policy in one language.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'p> {
    pub(super) policy: &'p Policy,
    pub(super) language: Language,
}

impl<'p> Speaker<'p> {
    pub(super) fn pick<'w>(self, zh: &'w str, en: &'w str) -> &'w str {
        match self.language {
            Language::ZhCn => zh,
            Language::En => en,
        }
    }

    pub(super) fn text(self, text: &'p Text) -> &'p str {
        self.language.of(text)
    }

    /// A name in the quotes of the language.
    pub(super) fn quoted(self, name: &str) -> String {
        format!("“{name}”")
    }

    pub(super) fn list(self, items: impl IntoIterator<Item = String>) -> String {
        let items: Vec<String> = items.into_iter().collect();
        items.join(self.pick("、", ", "))
    }

    pub(super) fn selector(self, selector: &'p Selector) -> String {
        match selector {
            Selector::Anyone => self.pick("任何员工", "any employee").to_owned(),
            Selector::Role(role) => match self.policy.roles.get(role) {
                Some(role) => self.text(&role.title).to_owned(),
                None => role.to_string(),
            },
            Selector::Position(position) => position.to_string(),
            Selector::Taker => self.pick("受理人", "who registered it").to_owned(),
            Selector::FirstContact => self.pick("首问人", "the first contact").to_owned(),
            Selector::LeadUnit => self.pick("主办单位", "the lead unit").to_owned(),
            Selector::Dispatcher => self.pick("派单人", "who dispatched it").to_owned(),
            Selector::UnitIn(path) | Selector::PersonIn(path) => self.fact(path).to_owned(),
            Selector::Did(acts) => {
                let acts = self.list(acts.iter().map(|done| self.done(done)));
                match self.language {
                    Language::ZhCn => format!("做过{acts}的人"),
                    Language::En => format!("whoever did {acts}"),
                }
            }
            Selector::Party(role) => match self.policy.parties.get(role) {
                Some(role) => self.text(&role.title).to_owned(),
                None => role.to_string(),
            },
            Selector::Nobody => self.pick("系统", "the system").to_owned(),
            Selector::Customer => self.pick("客户本人", "the customer himself").to_owned(),
            Selector::Holder => self.pick("当前承办人", "whoever holds it").to_owned(),
            Selector::DeciderAbove => self
                .pick("原核决人的上一级", "the decider above whoever decided")
                .to_owned(),
            Selector::HeadOf(inner) => {
                let inner = self.selector(inner);
                match self.language {
                    Language::ZhCn => format!("{inner}负责人"),
                    Language::En => format!("the head of {inner}"),
                }
            }
            Selector::AnyOf(any) => self.joined(any, self.pick("或", " or ")),
        }
    }

    /// An act, with its outcome where that is meant.
    pub(super) fn done(self, done: &'p Done) -> String {
        let act = self.act(&done.act);
        match &done.outcome {
            Some(outcome) => {
                let outcome = self.outcome(&done.act, outcome);
                self.quoted(&format!("{act}{}{outcome}", self.pick("：", ": ")))
            }
            None => self.quoted(&act),
        }
    }

    /// The same where all who are meant are told, not any one of them.
    pub(super) fn everyone(self, selector: &'p Selector) -> String {
        match selector {
            Selector::AnyOf(all) => self.joined(all, self.pick("和", " and ")),
            one => self.selector(one),
        }
    }

    fn joined(self, selectors: &'p [Selector], word: &str) -> String {
        let selectors = selectors.iter().map(|one| self.selector(one));
        selectors.collect::<Vec<String>>().join(word)
    }

    pub(super) fn field(self, path: &FactPath) -> Option<&'p Field> {
        self.policy.field(path)
    }

    /// What the engine knows of every case (`case_facts`).
    fn case_fact(self, name: &str) -> &'static str {
        match name {
            "refusals" => self.pick("退单次数", "number of refusals"),
            "transfers" => self.pick("转办次数", "number of transfers"),
            "reopens" => self.pick("重新受理次数", "number of reopenings"),
            "dispatched" => self.pick("已派单", "dispatched"),
            "accepted" => self.pick("已接收", "accepted"),
            "by_customer" => self.pick("客户自行提交", "brought in by the customer himself"),
            "withdrawn" => self.pick("客户已撤回", "taken back by the customer"),
            "kind" => self.pick("案件类型", "kind"),
            "channel" => self.pick("渠道", "channel"),
            "follow_up" => self.pick("回访情况", "follow-up"),
            _ => "",
        }
    }

    /// What ties a case to others (`case_facts`).
    fn link_fact(self, name: &str) -> &'static str {
        match name {
            "same_matter" => self.pick("与另一案为同一事项", "about the same matter as another"),
            "recomplaint" => self.pick("二次投诉", "re-complaint"),
            "incident" => self.pick("属于一起事件", "part of an incident"),
            "merged" => self.pick("已合并到另一案", "merged into another"),
            "repeated" => self.pick("被再次投诉次数", "number of re-complaints"),
            "concerned" => self.pick("事件涉及案件数", "number of cases of the incident"),
            "absorbed" => self.pick("并入案件数", "number of cases merged into it"),
            _ => "",
        }
    }

    /// How far the attempts to reach the customer are (`case_facts`).
    fn contact_fact(self, name: &str) -> &'static str {
        match name.rsplit_once('.') {
            Some((_, "complete")) => self.pick(
                "每个工作日都已按规定联系客户",
                "the customer was tried on every working day",
            ),
            Some((_, "reached")) => self.pick("已联系上客户", "the customer was reached"),
            Some((_, "counted")) => self.pick("有效联系次数", "number of attempts that count"),
            Some((_, "uncounted")) => {
                self.pick("不计次数的联系", "number of attempts that don't count")
            }
            _ => "",
        }
    }

    pub(super) fn fact(self, path: &FactPath) -> &'p str {
        if path.part().as_str() == case_facts::PARAM {
            let param = self.policy.params.get(path.field().as_str());
            return param.map_or("", |param| self.text(&param.title));
        }
        let name = path.field().as_str();
        let title = match path.part().as_str() {
            case_facts::LEVELS => self.policy.levels.get(name).map(|levels| &levels.title),
            case_facts::PARTIES => self.policy.parties.get(name).map(|role| &role.title),
            case_facts::CONTACTS => return self.contact_fact(name),
            _ => self.field(path).map(|field| &field.title),
        };
        match title {
            Some(title) => self.text(title),
            None if path.part().as_str() == case_facts::LINKS => self.link_fact(name),
            None => self.case_fact(name),
        }
    }

    /// What `case.…` can be, in words: a kind, a channel, how the follow-up stands.
    fn case_choice(self, name: &str, choice: &str) -> Option<String> {
        let policy = self.policy;
        let title = match name {
            case_facts::KIND => policy.kinds.get(choice).map(|kind| &kind.title),
            case_facts::CHANNEL => policy.channels.get(choice).map(|channel| &channel.title),
            _ => {
                let mut known = case_facts::FOLLOW_UPS.iter();
                known
                    .find(|(word, _)| *word == choice)
                    .map(|(_, title)| title)
            }
        };
        title.map(|title| self.language.of(title).to_owned())
    }

    pub(super) fn choice(self, path: &FactPath, choice: &str) -> String {
        if path.part().as_str() == case_facts::CASE {
            let title = self.case_choice(path.field().as_str(), choice);
            return title.unwrap_or_else(|| choice.to_owned());
        }
        if path.part().as_str() == case_facts::LEVELS {
            let levels = self.policy.levels.get(path.field().as_str());
            let title = levels.and_then(|levels| levels.scale.get(choice));
            return title.map_or(choice, |title| self.text(title)).to_owned();
        }
        let title = match self.field(path).map(|field| &field.ty) {
            Some(FieldType::Category { tree, .. }) => {
                let title = self.policy.category_title(tree, &ChoiceId::new(choice));
                title.map(|title| self.text(title))
            }
            Some(FieldType::OneOf(choices) | FieldType::ManyOf(choices)) => {
                choices.get(choice).map(|title| self.text(title))
            }
            _ => None,
        };
        title.unwrap_or(choice).to_owned()
    }

    pub(super) fn act(self, act: &ActId) -> String {
        match self.policy.acts.get(act) {
            Some(act) => self.text(&act.title).to_owned(),
            None => act.to_string(),
        }
    }

    /// The title of a kind, in quotes.
    pub(super) fn kind(self, kind: &KindId) -> String {
        match self.policy.kinds.get(kind) {
            Some(kind) => self.quoted(self.text(&kind.title)),
            None => kind.to_string(),
        }
    }

    pub(super) fn step(self, kind: &'p Kind, step: &StepId) -> String {
        match kind.steps.get(step) {
            Some(step) => self.text(&step.title).to_owned(),
            None => step.to_string(),
        }
    }

    pub(super) fn verb(self, verb: Verb) -> &'static str {
        let (zh, en) = match verb {
            Verb::Opened => ("登记", "registration"),
            Verb::Dispatched => ("派单", "dispatch"),
            Verb::Transferred => ("转办", "transfer"),
            Verb::Accepted => ("接收", "acceptance"),
            Verb::Refused => ("退单", "refusal"),
            Verb::Closed => ("结案", "closing"),
            Verb::Reopened => ("重新受理", "reopening"),
            Verb::Archived => ("归档", "archiving"),
            Verb::Withdrawn => ("撤回", "withdrawal"),
            Verb::Merged => ("合并", "merging"),
        };
        match self.language {
            Language::ZhCn => zh,
            Language::En => en,
        }
    }

    pub(super) fn moment(self, kind: &'p Kind, moment: &Moment) -> String {
        let entered = self.pick("进入", "coming to ");
        let left = self.pick("离开", "leaving ");
        match moment {
            Moment::Verb { verb, step: None } => self.verb(*verb).to_owned(),
            Moment::Verb {
                verb,
                step: Some(step),
            } => {
                let step = self.quoted(&self.step(kind, step));
                let verb = self.verb(*verb);
                match self.language {
                    Language::ZhCn => format!("{step}环节{verb}"),
                    Language::En => format!("{verb} in {step}"),
                }
            }
            Moment::Act { act, outcome: None } => self.quoted(&self.act(act)),
            Moment::Act {
                act,
                outcome: Some(outcome),
            } => {
                let name = self.act(act);
                let colon = self.pick("：", ": ");
                self.quoted(&format!("{name}{colon}{}", self.outcome(act, outcome)))
            }
            Moment::Entered(step) => format!("{entered}{}", self.quoted(&self.step(kind, step))),
            Moment::Left(step) => format!("{left}{}", self.quoted(&self.step(kind, step))),
        }
    }

    /// An outcome of an act.
    pub(super) fn outcome(self, act: &ActId, outcome: &ChoiceId) -> String {
        let path = self.policy.acts.get(act).and_then(|act| {
            let part = act.part.clone()?;
            Some(FactPath::new(part, act.outcome.clone()?))
        });
        match path {
            Some(path) => self.choice(&path, outcome.as_str()),
            None => outcome.to_string(),
        }
    }

    /// How many cases of a kind were opened out of this one.
    fn raised_count(self, kind: &str) -> String {
        let kind = self.kind(&KindId::new(kind));
        match self.language {
            Language::ZhCn => format!("由本案件立的{kind}件数"),
            Language::En => format!("the number of {kind} opened out of it"),
        }
    }

    /// Whether a clock, or a share of one, ran out.
    fn lateness(self, clock: &str) -> String {
        let mut kinds = self.policy.kinds.values();
        let id = ClockId::new(clock);
        let title = kinds.find_map(|kind| kind.clock_title(&id));
        let name = self.quoted(title.map_or(clock, |title| self.text(title)));
        match self.language {
            Language::ZhCn => format!("{name}曾超时"),
            Language::En => format!("{name} having been late"),
        }
    }

    /// How far a book is compared.
    fn reconciled(self, name: &str) -> String {
        let (book, what) = name.rsplit_once('.').unwrap_or((name, ""));
        let title = self.policy.reconciliations.get(book);
        let book = self.quoted(title.map_or(book, |book| self.text(&book.title)));
        match (self.language, what) {
            (Language::ZhCn, "entries") => format!("{book}的条目数"),
            (Language::ZhCn, "undecided") => format!("{book}未认定的条目数"),
            (Language::ZhCn, "found") => format!("{book}系统里有的条目数"),
            (Language::ZhCn, _) => format!("{book}系统里没有的条目数"),
            (Language::En, "entries") => format!("the number of entries of {book}"),
            (Language::En, "undecided") => {
                format!("the number of entries of {book} not decided on")
            }
            (Language::En, "found") => format!("the number of entries of {book} in the system"),
            (Language::En, _) => format!("the number of entries of {book} not in the system"),
        }
    }

    pub(super) fn condition(self, condition: &Condition) -> String {
        let language = self.language;
        let fact = |path: &FactPath| match path.part().as_str() {
            case_facts::RAISED => self.raised_count(path.field().as_str()),
            case_facts::LATE => self.lateness(path.field().as_str()),
            case_facts::RECONCILIATIONS => self.reconciled(path.field().as_str()),
            _ => self.quoted(self.fact(path)),
        };
        let choice = |path: &FactPath, choice: &str| self.quoted(&self.choice(path, choice));
        condition.in_words(language == Language::ZhCn, &fact, &choice)
    }

    pub(super) fn amount(self, amount: &'p Amount) -> String {
        match amount {
            Amount::Fixed(limit) => self.limit(*limit),
            Amount::Until(path, _) => {
                let fact = self.quoted(self.fact(path));
                match self.language {
                    Language::ZhCn => format!("至{fact}"),
                    Language::En => format!("until {fact}"),
                }
            }
            Amount::Param(param) => self.quoted_param(param),
        }
    }

    pub(super) fn cap(self, cap: &'p ExtensionCap) -> String {
        match cap {
            ExtensionCap::Fixed(length) => self.length(*length),
            ExtensionCap::Param(param) => self.quoted_param(param),
        }
    }

    fn quoted_param(self, param: &'p ParamId) -> String {
        self.quoted(&self.param(param))
    }

    pub(super) fn limit(self, limit: Limit) -> String {
        let mut words = self.length(limit.length);
        if limit.end == End::Day {
            words.push_str(self.pick("（当日 24 时止）", " (until midnight)"));
        }
        if limit.roll == Roll::NextWorking {
            words.push_str(self.pick("（遇休息日顺延）", " (moved to a working day)"));
        }
        words
    }

    fn length(self, length: Length) -> String {
        let (number, zh, en) = match length {
            Length::WorkingDays(days) => (days.to_string(), "个工作日", "working day"),
            Length::CalendarDays(days) => (days.to_string(), "天", "day"),
            Length::WorkingHours(time) => match time.as_minutes() {
                Some(minutes) => (minutes.to_string(), "个工作分钟", "working minute"),
                None => (in_hours(time), "个工作小时", "working hour"),
            },
            Length::CalendarHours(time) => match time.as_minutes() {
                Some(minutes) => (minutes.to_string(), "分钟", "minute"),
                None => (in_hours(time), "小时", "hour"),
            },
            Length::WorkingHalves(halves) => (halves.to_string(), "个工作半天", "half working day"),
            Length::Weeks(weeks) => (weeks.to_string(), "周", "week"),
            Length::Months(months) => (months.to_string(), "个月", "month"),
        };
        let plural = if number == "1" { "" } else { "s" };
        match self.language {
            Language::ZhCn => format!("{number} {zh}"),
            Language::En => format!("{number} {en}{plural}"),
        }
    }
}

fn in_hours(hours: Hours) -> String {
    let (whole, rest) = (hours.seconds() / 3_600, hours.seconds() % 3_600);
    match rest {
        0 => whole.to_string(),
        rest => format!("{whole}:{:02}", rest / 60),
    }
}

//! Forms and acts.

use super::Collector;
use crate::model::{Act, CopyId, Part, PartId, Required, Selector};
use crate::show::Language;

impl<'p> Collector<'p> {
    pub(super) fn part(&mut self, part: &'p Part) {
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
        self.guidance(&name, part);
        self.copies(&name, part);
        self.settles(&name, part);
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

    fn guidance(&mut self, name: &str, part: &'p Part) {
        for guidance in &part.guidance {
            let text = self.say.text(&guidance.text);
            self.add(
                &guidance.clause,
                format!("填写{name}时提示：{text}"),
                format!("Shown with the form {name}: {text}"),
            );
        }
    }

    /// The copies of a form and who gets them, and who must never get one.
    fn copies(&mut self, name: &str, part: &'p Part) {
        let say = self.say;
        for copy in part.copies.values() {
            let (title, to) = (say.quoted(say.text(&copy.title)), say.everyone(&copy.to));
            if let Some(clause) = copy.clause.as_ref().or(part.clause.as_ref()) {
                self.add(
                    clause,
                    format!("表单{name}的{title}送{to}。"),
                    format!("{title} of the form {name} goes to {to}."),
                );
            }
        }
        if let Some(never_to) = &part.never_to {
            let who = say.selector(&never_to.who);
            self.add(
                &never_to.clause,
                format!("表单{name}及其各联不给{who}；已由检查证明。"),
                format!(
                    "Neither the form {name} nor a copy of it goes to {who}; the check has proved it."
                ),
            );
        }
    }

    /// What is worked out when a form is put on record.
    fn settles(&mut self, name: &str, part: &'p Part) {
        let say = self.say;
        let (Some(settles), Some(clause)) = (&part.settles, &part.clause) else {
            return;
        };
        let sheets = settles.sheets.iter().map(|id| say.sheet_title(id));
        let sheets = say.list(sheets);
        let given = settles.gives.keys().filter_map(|id| part.fields.get(id));
        let given: Vec<String> = given
            .map(|field| say.text(&field.title).to_owned())
            .collect();
        let (mut zh, mut en) = (
            format!("登记{name}时由系统核算{sheets}"),
            format!("With {name} the system works out {sheets}"),
        );
        if !given.is_empty() {
            let given = say.list(given);
            zh.push_str(&format!("，得出{given}，不由人填写"));
            en.push_str(&format!("; it gives {given}, which nobody types"));
        }
        let accounts = &say.policy.settlement.accounts;
        let charged = settles.accounts.iter().filter_map(|id| accounts.get(id));
        let charged = charged.map(|account| say.text(&account.title).to_owned());
        let charged: Vec<String> = charged.collect();
        if !charged.is_empty() {
            let charged = say.list(charged);
            zh.push_str(&format!("，记入{charged}"));
            en.push_str(&format!("; it is charged to {charged}"));
        }
        self.add(clause, format!("{zh}。"), format!("{en}."));
    }

    /// That copies of a form were handed out, as a need.
    pub(super) fn copies_need(&self, of: &PartId, copy: Option<&CopyId>) -> String {
        let say = self.say;
        let Some(part) = say.policy.parts.get(of) else {
            return of.to_string();
        };
        let form = say.quoted(say.text(&part.title));
        let copy = copy.and_then(|copy| part.copies.get(copy));
        match (say.language, copy.map(|copy| say.text(&copy.title))) {
            (Language::ZhCn, None) => format!("分送{form}的全部各联"),
            (Language::ZhCn, Some(copy)) => format!("分送{form}的“{copy}”"),
            (Language::En, None) => format!("all copies of {form} handed out"),
            (Language::En, Some(copy)) => format!("{copy} of {form} handed out"),
        }
    }

    pub(super) fn act(&mut self, act: &'p Act) {
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
        if let Some(who) = act.not_by.as_ref().and_then(|not_by| not_by.who.as_ref()) {
            let who = say.selector(who);
            zh.push_str(&format!("，{who}不得办理"));
            en.push_str(&format!(", not by {who}"));
        }
        if act
            .not_by
            .as_ref()
            .is_some_and(|not_by| not_by.handlers_of.is_some())
        {
            zh.push_str("，抽查案件的经办人不得办理");
            en.push_str(", not by who handled the case of the sample");
        }
        if let Some(by) = &act.corrected_by {
            let by = say.selector(by);
            zh.push_str(&format!("，只有记录人和{by}可以更正"));
            en.push_str(&format!(", corrected by who recorded it and {by} only"));
        }
        if seen {
            zh.push_str("，客户查询时可见");
            en.push_str(" and shown to the customer who looks up his case");
        }
        self.add(clause, format!("{zh}。"), format!("{en}."));
    }
}

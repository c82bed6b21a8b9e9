//! Forms and acts.

use super::Collector;
use crate::model::{Act, Part, Required, Selector};

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
        if seen {
            zh.push_str("，客户查询时可见");
            en.push_str(" and shown to the customer who looks up his case");
        }
        self.add(clause, format!("{zh}。"), format!("{en}."));
    }
}

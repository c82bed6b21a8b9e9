//! What ties cases together, and withdrawal.

use super::Collector;
use crate::model::{ClauseId, Kind, LateNotice, LinkKind, LinkRule};
use crate::show::Language;

impl<'p> Collector<'p> {
    pub(super) fn links(&mut self, kind: &'p Kind, title: &str) {
        let say = self.say;
        for (link, rule) in &kind.links {
            let by = say.selector(&rule.by);
            let to = say.list(rule.to.iter().map(|kind| say.kind(kind)));
            let (zh, en) = match link {
                LinkKind::SameMatter => (
                    format!("{by}可以认定{title}与另一{to}为同一事项，两案互相关联。"),
                    format!(
                        "{by} may decide that {title} is about the same matter as {to}; both stay linked."
                    ),
                ),
                LinkKind::Recomplaint => (
                    format!(
                        "{by}可以认定{title}是此前{to}的二次投诉，登记时即可注明，两案互相关联。"
                    ),
                    format!(
                        "{by} may decide that {title} repeats an earlier {to}, also while registering it; both stay linked."
                    ),
                ),
                LinkKind::Incident => (
                    format!("{by}可以把{title}归入一起事件（{to}），两案互相关联。"),
                    format!("{by} may make {title} part of an incident ({to}); both stay linked."),
                ),
                LinkKind::Merged => (
                    format!(
                        "{by}可以把{title}合并到另一{to}：本案就此了结，时限撤销，客户在另一案中一并告知。"
                    ),
                    format!(
                        "{by} may merge {title} into {to}: it ends, its clocks are withdrawn, and its customer is told with the other."
                    ),
                ),
            };
            self.add(&rule.clause, zh, en);
            self.alike(rule);
            let (zh, en) = link_words(*link);
            self.tells(&rule.tells, &rule.clause, title, zh, en);
        }
    }

    fn alike(&mut self, rule: &'p LinkRule) {
        let Some(alike) = &rule.alike else { return };
        let say = self.say;
        let title = |path| say.field(path).map_or("", |field| say.text(&field.title));
        let same = alike.same.iter().map(|path| title(path).to_owned());
        let text = alike.text.iter().map(|path| {
            let field = title(path);
            match say.language {
                Language::ZhCn => format!("相近的{field}"),
                Language::En => format!("a similar {field}"),
            }
        });
        let what = say.list(same.chain(text));
        let to = say.list(rule.to.iter().map(|kind| say.kind(kind)));
        self.add(
            &rule.clause,
            format!("同一客户此前的{to}有相同的{what}的，系统提示，由人认定。"),
            format!("An earlier {to} of the same customer with the same {what} is pointed out; a person decides."),
        );
    }

    pub(super) fn withdrawal(&mut self, kind: &'p Kind, title: &str) {
        let say = self.say;
        let Some(rule) = &kind.withdrawal else { return };
        let by = say.selector(&rule.by);
        let steps = rule.steps.iter();
        let steps = say.list(steps.map(|step| say.quoted(&say.step(kind, step))));
        let (at_zh, at_en) = match rule.steps.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("在{steps}环节"), format!(" in {steps}")),
        };
        self.add(
            &rule.clause,
            format!("客户撤回{title}的，{by}{at_zh}可以受理，写明谁提出、何时、为什么；案件就此了结，时限撤销，统计为撤回，不算办结也不算超时。"),
            format!("{by} may accept{at_en} that the customer takes {title} back, with who said so, when and why; the case ends, its clocks are withdrawn, and it counts as withdrawn, neither handled nor late."),
        );
        self.needs(kind, &rule.needs, title, "撤回", "withdrawing");
        self.tells(&rule.tells, &rule.clause, title, "撤回", "withdrawn");
    }

    fn tells(
        &mut self,
        tells: &'p [LateNotice],
        clause: &ClauseId,
        title: &str,
        zh: &str,
        en: &str,
    ) {
        let say = self.say;
        for tell in tells {
            let to = say.everyone(&tell.to);
            self.add(
                tell.clause.as_ref().unwrap_or(clause),
                format!("{title}{zh}时通知{to}。"),
                format!("When {title} is {en}, {to} are told."),
            );
        }
    }
}

fn link_words(link: LinkKind) -> (&'static str, &'static str) {
    match link {
        LinkKind::SameMatter => ("认定为同一事项", "found to be about the same matter"),
        LinkKind::Recomplaint => ("认定为二次投诉", "found to be a re-complaint"),
        LinkKind::Incident => ("归入事件", "made part of an incident"),
        LinkKind::Merged => ("合并", "merged"),
    }
}

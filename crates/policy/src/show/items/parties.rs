//! Parties and exclusions.

use super::Collector;
use crate::model::{Employee, ExcludedFrom, Exclusion, PartyRole, RelationKind, Whom};

impl<'p> Collector<'p> {
    pub(super) fn parties(&mut self) {
        for role in self.say.policy.parties.values() {
            self.party(role);
        }
        for exclusion in self.say.policy.exclusions.values() {
            self.exclusion(exclusion);
        }
    }

    fn party(&mut self, role: &'p PartyRole) {
        let say = self.say;
        let title = say.quoted(say.text(&role.title));
        let kinds = say.list(role.kinds.iter().map(|kind| say.kind(kind)));
        let (by, max) = (say.selector(&role.by), role.max);
        let part = role.part.as_ref();
        let part = part.and_then(|part| say.policy.parts.get(part));
        let (mut zh, mut en) = (String::new(), String::new());
        if let Some(part) = part {
            let part = say.quoted(say.text(&part.title));
            zh = format!("，填写{part}");
            en = format!(", on the form {part}");
        }
        match role.employee {
            Employee::Never => {}
            Employee::Allowed => {
                zh.push_str("；是本单位员工的，须从人员里选，不写文字");
                en.push_str(
                    "; one of the organisation's own people is named as a person, never in words",
                );
            }
            Employee::Always => {
                zh.push_str("；只能是本单位员工，须从人员里选，不写文字");
                en.push_str("; always one of the organisation's own people, named as a person, never in words");
            }
        }
        self.add(
            &role.clause,
            format!("{kinds}可以登记{title}，最多 {max} 人{zh}；由{by}登记和撤除，撤除须写明理由。"),
            format!("{kinds} can have {title}, at most {max}{en}; added and removed by {by}, removed with a reason."),
        );
    }

    fn exclusion(&mut self, exclusion: &'p Exclusion) {
        let say = self.say;
        let kinds = say.list(exclusion.kinds.iter().map(|kind| say.kind(kind)));
        let who = match &exclusion.who {
            Whom::Named(who) => say.selector(who),
            Whom::Related { to, by } => {
                let to = say.selector(to);
                let by = say.list(by.iter().map(|&kind| {
                    let (zh, en) = relation(kind);
                    say.pick(zh, en).to_owned()
                }));
                say.pick(
                    "已知与{to}有{by}关系的人",
                    "whoever is known to be related to {to} ({by})",
                )
                .replace("{to}", &to)
                .replace("{by}", &by)
            }
        };
        let (zh, en) = match exclusion.from {
            ExcludedFrom::Handle => (
                "不得办理、承办或决定，也不收到通知",
                "neither handles, holds nor decides it and is told nothing of it",
            ),
            ExcludedFrom::See => (
                "不得办理，也看不到、查不到、数不到",
                "neither handles it nor sees, finds or counts it",
            ),
        };
        self.add(
            &exclusion.clause,
            format!("{kinds}：{who}{zh}，无论有什么职权。"),
            format!("{kinds}: {who} {en}, whatever rights he has."),
        );
    }
}

fn relation(kind: RelationKind) -> (&'static str, &'static str) {
    match kind {
        RelationKind::Spouse => ("配偶", "spouse"),
        RelationKind::Relative => ("亲属", "relative"),
        RelationKind::FormerColleague => ("原同事", "former colleague"),
        RelationKind::FormerSuperior => ("原上下级", "former superior or subordinate"),
        RelationKind::FinancialInterest => ("经济利益", "financial interest"),
        RelationKind::Other => ("其他利害", "other interest"),
    }
}

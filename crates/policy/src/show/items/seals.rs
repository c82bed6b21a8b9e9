//! Seals on who somebody is.

use super::Collector;
use crate::model::{Seal, SealId};

impl<'p> Collector<'p> {
    pub(super) fn seals(&mut self) {
        for (id, seal) in &self.say.policy.seals {
            self.seal(id, seal);
        }
    }

    fn seal(&mut self, id: &'p SealId, seal: &'p Seal) {
        let say = self.say;
        let title = say.quoted(say.text(&seal.title));
        let fields = say.policy.fields_under(id);
        let fields = say.list(fields.map(|(_, field)| say.quoted(say.text(&field.title))));
        let by = say.selector(&seal.opened_by);
        let (mut zh, mut en) = (String::new(), String::new());
        if !seal.tells.is_empty() {
            let told = say.list(seal.tells.iter().map(|tell| say.selector(&tell.to)));
            zh = format!("，并通知{told}");
            en = format!(", and {told} is told");
        }
        self.add(
            &seal.clause,
            format!(
                "{title}单独封存：{fields}任何人都看不到、查不到、导不出；只有{by}可以写明理由启封，每次启封都记入案件{zh}。"
            ),
            format!(
                "{title} is sealed apart: nobody sees, finds or exports {fields}; only {by} opens it, with a reason; each opening is on record{en}."
            ),
        );
    }
}

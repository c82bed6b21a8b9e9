//! Trying to reach customers.

use super::Collector;
use crate::show::contacts::rules;

impl<'p> Collector<'p> {
    pub(super) fn contacts(&mut self) {
        let say = self.say;
        for contacts in say.policy.contacts.values() {
            let kinds = say.list(contacts.kinds.iter().map(|kind| say.kind(kind)));
            let title = say.quoted(say.text(&contacts.title));
            let rules = rules(say, contacts);
            self.add(
                &contacts.clause,
                format!("{kinds}的{title}：{rules}"),
                format!("{title} of {kinds}: {rules}"),
            );
            for told in &contacts.due {
                let to = say.everyone(&told.to);
                self.add(
                    &contacts.clause,
                    format!("到了该再联系客户的时候，系统通知{to}。"),
                    format!("When the customer is to be tried again, {to} is told."),
                );
            }
        }
    }
}

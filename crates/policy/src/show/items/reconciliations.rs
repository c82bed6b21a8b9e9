//! Comparing a book with the system.

use super::Collector;
use crate::model::{FieldId, PartId, Reconciliation};
use crate::show::Language;

impl<'p> Collector<'p> {
    pub(super) fn reconciliations(&mut self) {
        for book in self.say.policy.reconciliations.values() {
            self.reconciliation(book);
        }
    }

    fn reconciliation(&mut self, book: &'p Reconciliation) {
        let say = self.say;
        let title = say.quoted(say.text(&book.title));
        let kinds = say.list(book.kinds.iter().map(|kind| say.kind(kind)));
        let against = say.list(book.against.kinds.iter().map(|kind| say.kind(kind)));
        let entry = say.quoted(&say.act(&book.entries.act));
        let answer = say.quoted(&say.act(&book.answers.act));
        let outcome = |outcome| say.quoted(&say.outcome(&book.answers.act, outcome));
        let (found, missing) = (outcome(&book.answers.found), outcome(&book.answers.missing));
        let days = book.within_days;
        let alike = self.compared(book);
        self.add(
            &book.clause,
            format!("{kinds}的{title}：簿上每一条用{entry}录入，系统列出该单位前后 {days} 天内最像的{against}（{alike}），由核对人用{answer}逐条认定{found}或{missing}；只列出核对人看得到的案件。"),
            format!("{title} in {kinds}: {entry} takes down each entry of the book, the system lists the {against} of that unit within {days} days that are most like it ({alike}), and the checker decides by {answer} on each: {found} or {missing}. Only cases that he may see are listed."),
        );
        self.add(
            &book.clause,
            format!("{title}反过来也列出期间内系统里有、簿上没有的{against}。"),
            format!(
                "{title} also lists the {against} of the period that no entry of the book is about."
            ),
        );
    }

    /// By what an entry and a case are compared.
    fn compared(&self, book: &'p Reconciliation) -> String {
        let say = self.say;
        let part = say.policy.acts.get(&book.entries.act);
        let part = part.and_then(|act| act.part.as_ref());
        let title = |part: &PartId, field: &FieldId| {
            let field = say.policy.parts.get(part)?.fields.get(field)?;
            Some(say.text(&field.title).to_owned())
        };
        let same = book.entries.same.iter().map(|(field, _)| field);
        let same = book.entries.contact.iter().chain(same);
        let same = same.filter_map(|field| title(part?, field));
        let text = part.and_then(|part| title(part, &book.entries.text));
        let text = text.map(|text| match say.language {
            Language::ZhCn => format!("相近的{text}"),
            Language::En => format!("a similar {text}"),
        });
        let same: Vec<String> = same.collect();
        let same = (!same.is_empty()).then(|| match say.language {
            Language::ZhCn => format!("相同的{}", say.list(same)),
            Language::En => format!("the same {}", say.list(same)),
        });
        say.list(same.into_iter().chain(text))
    }
}

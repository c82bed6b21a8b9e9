//! What every new handler declares first.

use super::Collector;
use crate::model::Declaration;

impl<'p> Collector<'p> {
    pub(super) fn declarations(&mut self) {
        for declaration in self.say.policy.declarations.values() {
            self.declaration(declaration);
        }
    }

    fn declaration(&mut self, declaration: &'p Declaration) {
        let say = self.say;
        let kinds = say.list(declaration.kinds.iter().map(|kind| say.kind(kind)));
        let act = say.quoted(&say.act(&declaration.act));
        let clear = declaration.clear.iter();
        let clear = clear.map(|outcome| say.outcome(&declaration.act, outcome));
        let clear = say.list(clear.map(|outcome| say.quoted(&outcome)));
        self.add(
            &declaration.clause,
            format!("{kinds}：每个人经办以前须先{act}；声明{clear}的才能经办，在此之前什么也不能做。"),
            format!(
                "{kinds}: everybody does {act} before he has anything to do with the case; only who declares {clear} may, and nothing before that."
            ),
        );
    }
}

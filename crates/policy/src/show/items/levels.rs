//! Levels and trees of categories.

use super::Collector;
use crate::model::{Categories, Levels};
use crate::show::Language;

impl<'p> Collector<'p> {
    pub(super) fn levels(&mut self) {
        for levels in self.say.policy.levels.values() {
            self.level_table(levels);
        }
        for tree in self.say.policy.categories.values() {
            self.tree(tree);
        }
    }

    fn level_table(&mut self, levels: &'p Levels) {
        let say = self.say;
        let title = say.quoted(say.text(&levels.title));
        let kinds = say.list(levels.kinds.iter().map(|kind| say.kind(kind)));
        let scale = levels.scale.values().rev();
        let scale = say.list(scale.map(|level| say.text(level).to_owned()));
        self.add(
            &levels.clause,
            format!("{kinds}的{title}由高到低分为：{scale}；由系统按下列条件判定，事实变化时重新判定，并写明理由。"),
            format!("{title} of {kinds}, from the highest: {scale}. The system finds it by the conditions below, again whenever a fact changes, and shows the reason."),
        );
        for (row, found) in levels.choose.iter().enumerate() {
            let level = levels.scale.get(&found.then);
            let level = level.map_or(String::new(), |level| say.quoted(say.text(level)));
            let when = found.when.as_ref().map(|when| say.condition(when));
            let (zh, en) = match when {
                Some(when) => (
                    format!("{title}：{when}的，为{level}。"),
                    format!("{title}: {level} if {when}."),
                ),
                None => (
                    format!("{title}：其余为{level}。"),
                    format!("{title}: {level} in all other cases."),
                ),
            };
            self.add(levels.clause_of(row), zh, en);
        }
        if let Some(set) = &levels.set {
            let by = say.selector(&set.by);
            let (zh, en) = match set.raise_only {
                true => ("，只能调高", " only higher"),
                false => ("", ""),
            };
            self.add(
                &set.clause,
                format!("{by}可以写明理由调整{title}{zh}，系统判定的结果一并保留。"),
                format!(
                    "{by} may set {title}{en} with a reason; what the system found stays visible."
                ),
            );
        }
    }

    fn tree(&mut self, tree: &'p Categories) {
        let Some(clause) = &tree.clause else { return };
        let say = self.say;
        let title = say.quoted(say.text(&tree.title));
        let tops = tree.nodes.iter().filter(|(_, node)| node.above.is_none());
        let tops = tops.map(|(id, node)| {
            let below = tree
                .nodes
                .values()
                .filter(|one| one.above.as_ref() == Some(id));
            let below = say.list(below.map(|one| say.text(&one.title).to_owned()));
            let top = say.text(&node.title);
            match (below.is_empty(), say.language) {
                (true, _) => top.to_owned(),
                (false, Language::ZhCn) => format!("{top}（{below}）"),
                (false, Language::En) => format!("{top} ({below})"),
            }
        });
        let tops = tops.collect::<Vec<String>>().join(say.pick("；", "; "));
        self.add(
            clause,
            format!("{title}分为：{tops}。"),
            format!("{title}: {tops}."),
        );
    }
}

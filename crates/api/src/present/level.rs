//! Levels, categories: where a case stands among others.

use huiyin_case::level::{CaseLevel, SetLevel};
use huiyin_case::state::CaseState;
use huiyin_policy::model::{
    ChoiceId, ClauseId, FieldType, Levels, LevelsId, LevelsMeaning, Meaning, Policy, Text,
};
use huiyin_policy::show::{Language, condition};
use huiyin_store::{Level, Standing};
use huiyin_texts::{Args, Lang, render};

use super::error::scale_title;
use super::{View, names};
use crate::dto::form::{Named, nodes, pick};
use crate::dto::level::{
    CaseLevelView, LevelView, LevelsMeaningKind, ScaleView, SetLevelView, TreeView,
};
use crate::dto::offer::ClauseText;

/// The levels of a case, in the order in which they are found.
pub(crate) fn levels(view: &View<'_>, state: &CaseState) -> Vec<CaseLevelView> {
    let levels = state.levels.iter();
    let known = levels.filter_map(|(id, level)| {
        let levels = view.policy.levels.get(id)?;
        Some(case_level(view, id.as_str(), levels, level))
    });
    known.collect()
}

fn case_level(view: &View<'_>, id: &str, levels: &Levels, level: &CaseLevel) -> CaseLevelView {
    let chosen = &level.chosen;
    let row = levels.choose.get(chosen.row);
    let clause = levels.clause_of(chosen.row);
    let text = view.policy.clauses.get(clause);
    CaseLevelView {
        scale: id.to_owned(),
        title: pick(&levels.title, view.lang),
        meaning: levels.meaning.map(meaning),
        now: one(levels, &level.now, view.lang),
        found: one(levels, &chosen.level, view.lang),
        because: row
            .and_then(|row| row.when.as_ref())
            .map(|when| condition(view.policy, when, language(view.lang))),
        clause: ClauseText {
            id: clause.to_string(),
            text: text.map_or_else(String::new, |clause| pick(&clause.text, view.lang)),
        },
        set: level.set.as_ref().map(|set| set_level(view, levels, set)),
    }
}

fn set_level(view: &View<'_>, levels: &Levels, set: &SetLevel) -> SetLevelView {
    SetLevelView {
        level: one(levels, &set.level, view.lang),
        who: set
            .by
            .map(|person| names::person_name(view.directory, person)),
        at: names::instant(view.calendar, set.at),
        reason: set.reason.clone(),
    }
}

/// A level of a scale.
pub(crate) fn one(levels: &Levels, level: &ChoiceId, lang: Lang) -> LevelView {
    LevelView {
        level: level.to_string(),
        title: title(levels.scale.get(level), level, lang),
        below_top: u32::try_from(levels.below_top(level)).unwrap_or(u32::MAX),
        above_lowest: u32::try_from(levels.above_lowest(level)).unwrap_or(u32::MAX),
    }
}

fn title(text: Option<&Text>, id: &ChoiceId, lang: Lang) -> String {
    text.map_or_else(|| id.to_string(), |text| pick(text, lang))
}

/// A level found by the policy's table, with the clause that made it so, and the condition.
pub(crate) fn chosen_in_words(
    view: &View<'_>,
    levels: &LevelsId,
    level: &ChoiceId,
    row: u32,
    clause: &ClauseId,
) -> (String, Option<String>) {
    let args = Args::new()
        .with("scale", scale_title(view.policy, levels, view.lang))
        .with("level", title_of(view, levels, Some(level)))
        .with("clause", clause.as_str());
    let declared = view.policy.levels.get(levels);
    let row = usize::try_from(row).unwrap_or(usize::MAX);
    let when = declared
        .and_then(|levels| levels.choose.get(row))
        .and_then(|row| row.when.as_ref());
    let because = when.map(|when| condition(view.policy, when, language(view.lang)));
    (render(view.lang, "entry-level-chosen", &args), because)
}

/// The title of a level; empty without one.
pub(crate) fn title_of(view: &View<'_>, levels: &LevelsId, level: Option<&ChoiceId>) -> String {
    let title = level.and_then(|level| {
        let levels = view.policy.levels.get(levels)?;
        Some(one(levels, level, view.lang).title)
    });
    title.unwrap_or_default()
}

/// Severity, urgency and category of a row of the list.
pub(crate) fn of_row(
    view: &View<'_>,
    kind: &huiyin_policy::model::KindId,
    standing: &Standing,
) -> (Option<LevelView>, Option<LevelView>, Vec<Named>) {
    let level = |meant: LevelsMeaning, level: &Option<Level>| {
        let level = level.as_ref()?;
        let mut levels = view.policy.levels_of(kind);
        let (_, levels) = levels.find(|(_, levels)| levels.meaning == Some(meant))?;
        Some(one(levels, &level.level, view.lang))
    };
    let category = standing.category.iter().map(|id| Named {
        id: id.to_string(),
        title: category_title(view.policy, id, view.lang),
    });
    (
        level(LevelsMeaning::Severity, &standing.severity),
        level(LevelsMeaning::Urgency, &standing.urgency),
        category.collect(),
    )
}

fn category_title(policy: &Policy, id: &ChoiceId, lang: Lang) -> String {
    let mut trees = policy.categories.values();
    let node = trees.find_map(|tree| tree.nodes.get(id));
    title(node.map(|node| &node.title), id, lang)
}

/// The scales of a policy, their levels from the highest down.
pub(crate) fn scales(policy: &Policy, lang: Lang) -> Vec<ScaleView> {
    let scales = policy.levels.iter().map(|(id, levels)| ScaleView {
        id: id.to_string(),
        title: pick(&levels.title, lang),
        meaning: levels.meaning.map(meaning),
        kinds: levels.kinds.iter().map(ToString::to_string).collect(),
        levels: from_the_highest(levels, lang),
    });
    scales.collect()
}

/// The levels of a scale, the highest first.
pub(crate) fn from_the_highest(levels: &Levels, lang: Lang) -> Vec<Named> {
    let scale = levels.scale.iter().rev();
    let named = scale.map(|(id, title)| Named {
        id: id.to_string(),
        title: pick(title, lang),
    });
    named.collect()
}

/// The trees by whose categories cases can be listed: those of the fields that stand for the category.
pub(crate) fn trees(policy: &Policy, lang: Lang) -> Vec<TreeView> {
    let stands_for = |id: &huiyin_policy::model::CategoriesId| {
        let mut fields = policy.parts.values().flat_map(|part| part.fields.values());
        fields.any(|field| {
            let of_tree = matches!(&field.ty, FieldType::Category { tree, .. } if tree == id);
            of_tree && field.meaning == Some(Meaning::Category)
        })
    };
    let trees = policy.categories.iter().filter(|(id, _)| stands_for(id));
    let trees = trees.map(|(id, tree)| TreeView {
        id: id.to_string(),
        title: pick(&tree.title, lang),
        nodes: nodes(tree, true, lang),
    });
    trees.collect()
}

const fn meaning(meaning: LevelsMeaning) -> LevelsMeaningKind {
    match meaning {
        LevelsMeaning::Severity => LevelsMeaningKind::Severity,
        LevelsMeaning::Urgency => LevelsMeaningKind::Urgency,
    }
}

/// The language in which a policy speaks.
pub(crate) const fn language(lang: Lang) -> Language {
    match lang {
        Lang::ZhCn => Language::ZhCn,
        Lang::En => Language::En,
    }
}

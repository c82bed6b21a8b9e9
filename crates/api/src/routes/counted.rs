//! The cases behind a figure: what a list is asked for, and how it is named.

use axum::http::StatusCode;
use huiyin_app::App;
use huiyin_app::counted::{Counted, CountedCases};
use huiyin_policy::model::{ChoiceId, Count, KindId, MeasureId, PolicyId};
use huiyin_policy::show::{Language, count_words};
use huiyin_texts::Lang;

use super::cases::ListQuery;
use super::statistics::{days, of_unit};
use crate::dto::case::CountedView;
use crate::dto::form::pick;
use crate::present::statistics::NO_CLASS;
use crate::problem::Problem;

/// What a list asks for, if it asks for the cases behind a figure.
pub(super) fn counted(query: &ListQuery, lang: Lang) -> Result<Option<CountedCases>, Problem> {
    let Some(measure) = &query.measure else {
        return Ok(None);
    };
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let days = days(&day(&query.first), &day(&query.last), lang)?;
    if query.policy.is_none() || query.kind.is_none() {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "kind_unknown", lang));
    }
    let classes = query.class.as_deref().into_iter().flat_map(|classes| {
        let classes = classes.split(',');
        classes.map(|class| Some(class).filter(|class| *class != NO_CLASS))
    });
    Ok(Some(CountedCases {
        counted: Counted {
            measure: MeasureId::new(measure),
            first: days.first,
            last: days.last,
            classes: classes.map(|class| class.map(ChoiceId::new)).collect(),
            value_min: query.value_min,
            value_max: query.value_max,
        },
        unit: of_unit(query.unit.as_deref(), lang)?,
    }))
}

/// The names of what a list was asked for. What the policy in force doesn't know keeps its own name.
pub(super) fn named(
    app: &App,
    (policy, kind): (Option<&PolicyId>, Option<&KindId>),
    of: &CountedCases,
    total: u64,
    lang: Lang,
) -> CountedView {
    let measure = &of.counted.measure;
    let version = policy.and_then(|id| app.current_version(id));
    let policy = version.as_ref().map(|version| &*version.policy);
    let known = policy.and_then(|policy| policy.statistics.get(measure));
    let language = match lang {
        Lang::ZhCn => Language::ZhCn,
        Lang::En => Language::En,
    };
    let count = Count::ALL
        .into_iter()
        .find(|count| count.as_str() == measure.as_str());
    let title = match (count, known) {
        (Some(count), _) => count_words(count, language).0.to_owned(),
        (None, Some(measure)) => pick(&measure.title, lang),
        (None, None) => measure.to_string(),
    };
    let titles = policy
        .zip(known.and_then(|measure| measure.figure.by()))
        .map(|(policy, by)| policy.choices(by));
    let classes = of.counted.classes.iter();
    let classes = classes.map(|class| match class {
        None => NO_CLASS.to_owned(),
        Some(class) => {
            let title = titles.as_ref().and_then(|titles| titles.get(class));
            title.map_or_else(|| class.to_string(), |title| pick(title, lang))
        }
    });
    let kind = policy.and_then(|policy| policy.kinds.get(kind?));
    CountedView {
        kind: kind.map(|kind| pick(&kind.title, lang)).unwrap_or_default(),
        title,
        classes: classes.collect(),
        total,
    }
}

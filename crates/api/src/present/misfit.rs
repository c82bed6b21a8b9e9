//! What has no place in another version of a policy, in words.

use huiyin_case::misfit::Misfit;
use huiyin_policy::model::{FactPath, Kind, KindId, Policy, Text};
use huiyin_texts::{Args, Lang, render};

use crate::dto::form::pick;

/// What does not fit, named by the first of these versions that knows it. A step or clock is looked for in the kind, if it is known.
pub fn misfit_in_words(
    versions: &[&Policy],
    kind: Option<&KindId>,
    misfit: &Misfit,
    lang: Lang,
) -> String {
    let named = |id: &str, find: &dyn Fn(&Policy) -> Option<Text>| {
        let found = versions.iter().find_map(|policy| find(policy));
        found.map_or_else(|| id.to_owned(), |text| pick(&text, lang))
    };
    let in_kind = |id: &str, find: &dyn Fn(&Kind) -> Option<Text>| {
        named(id, &|policy| match kind {
            Some(kind) => find(policy.kinds.get(kind)?),
            None => policy.kinds.values().find_map(find),
        })
    };
    let field = |path: &FactPath| {
        named(&path.to_string(), &|policy| {
            Some(policy.field(path)?.title.clone())
        })
    };
    let (key, name) = match misfit {
        Misfit::Kind(_) => ("misfit-kind", String::new()),
        Misfit::Channel(id) => {
            let title = |policy: &Policy| Some(policy.channels.get(id)?.title.clone());
            ("misfit-channel", named(id.as_str(), &title))
        }
        Misfit::Step(id) => {
            let title = |kind: &Kind| Some(kind.steps.get(id)?.title.clone());
            ("misfit-step", in_kind(id.as_str(), &title))
        }
        Misfit::Act(id) => {
            let title = |policy: &Policy| Some(policy.acts.get(id)?.title.clone());
            ("misfit-act", named(id.as_str(), &title))
        }
        Misfit::Field(path) => ("misfit-field", field(path)),
        Misfit::Value(path) => ("misfit-value", field(path)),
        Misfit::Protection(path) => ("misfit-protection", field(path)),
        Misfit::SealedFile(id) => {
            let title = |policy: &Policy| Some(policy.seals.get(id)?.title.clone());
            ("misfit-sealed-file", named(id.as_str(), &title))
        }
        Misfit::Party(id) => {
            let title = |policy: &Policy| Some(policy.parties.get(id)?.title.clone());
            ("misfit-party", named(id.as_str(), &title))
        }
        Misfit::Level(id) => {
            let title = |policy: &Policy| Some(policy.levels.get(id)?.title.clone());
            ("misfit-level", named(id.as_str(), &title))
        }
        Misfit::Clock(id) | Misfit::Pause(id) | Misfit::Extension(id) => {
            let title = |kind: &Kind| Some(kind.clocks.get(id)?.title.clone());
            let key = match misfit {
                Misfit::Clock(_) => "misfit-clock",
                Misfit::Pause(_) => "misfit-pause",
                _ => "misfit-extension",
            };
            (key, in_kind(id.as_str(), &title))
        }
        Misfit::Uncountable => ("misfit-uncountable", String::new()),
        Misfit::Sight => ("misfit-sight", String::new()),
        Misfit::Holder => ("misfit-holder", String::new()),
    };
    render(lang, key, &Args::new().with("name", name))
}

//! Adoptions of a policy by units.

use huiyin_app::shelf::Version;
use huiyin_app::{Action, App, Principal};
use huiyin_policy::model::{Param, ParamId, ParamType, Policy, PolicyId, UnitRule};
use huiyin_policy::show::{figure, written};
use huiyin_texts::Lang;

use super::{level, names, policy_version};
use crate::dto::adoption::{
    AdoptedBy, AdoptionView, AdoptionsView, OwnValueView, ParameterType, ParameterView,
    UnitRuleView,
};
use crate::dto::form::pick;

/// All adoptions of a policy, and its parameters with what the organisation has set.
pub(crate) fn adoptions(
    app: &App,
    principal: &Principal,
    (policy, adopted): (&PolicyId, &[Version]),
    lang: Lang,
) -> AdoptionsView {
    let shelf = app.shelf();
    let current = shelf.current(policy, app.today());
    let current = current.or_else(|| shelf.newest(policy));
    let params = current.into_iter().flat_map(|version| {
        let params = version.policy.params.iter();
        params.map(|(id, param)| parameter(&version.policy, (id, param), lang))
    });
    let mut views: Vec<AdoptionView> = adopted
        .iter()
        .rev()
        .filter_map(|one| adoption(app, one, lang))
        .collect();
    let path = |one: &AdoptionView| {
        let adopted = one.version.adopted_by.as_ref();
        adopted.map(|adopted| adopted.unit.path.clone())
    };
    views.sort_by_key(path);
    AdoptionsView {
        title: current
            .map(|version| pick(&version.policy.title, lang))
            .unwrap_or_default(),
        parameters: params.collect(),
        adoptions: views,
        may_change: app.may(principal, Action::Administer),
    }
}

fn parameter(policy: &Policy, (id, param): (&ParamId, &Param), lang: Lang) -> ParameterView {
    ParameterView {
        id: id.to_string(),
        title: pick(&param.title, lang),
        clause: param.clause.to_string(),
        ty: match param.ty {
            ParamType::Integer => ParameterType::Integer,
            ParamType::Money => ParameterType::Money,
            ParamType::Percent => ParameterType::Percent,
            ParamType::Limit => ParameterType::Limit,
            ParamType::Period => ParameterType::Period,
            ParamType::Text => ParameterType::Text,
        },
        units: match param.units {
            UnitRule::Fixed => UnitRuleView::Fixed,
            UnitRule::Any => UnitRuleView::Any,
            UnitRule::AtMost => UnitRuleView::AtMost,
            UnitRule::AtLeast => UnitRuleView::AtLeast,
        },
        value: figure(policy, param, level::language(lang)),
        written: param.value.as_ref().and_then(written),
    }
}

/// An adoption, as it stands today; `None` for what is none.
pub(crate) fn adoption(app: &App, of: &Version, lang: Lang) -> Option<AdoptionView> {
    let adoption = of.adoption.as_ref()?;
    let directory = app.directory();
    let shelf = app.shelf();
    let base = shelf.policy(&of.policy.id, of.base());
    let set = adoption.own.as_ref();
    let own = of.policy.params.iter().filter_map(|(id, param)| {
        let written = set?.get(id.as_str())?;
        let language = level::language(lang);
        let organisation = base.and_then(|base| Some(figure(base, base.params.get(id)?, language)));
        Some(OwnValueView {
            parameter: id.to_string(),
            title: pick(&param.title, lang),
            value: figure(&of.policy, param, language),
            written: written.clone(),
            organisation: organisation.unwrap_or_default(),
        })
    });
    Some(AdoptionView {
        version: policy_version::version(app, of, lang),
        ends: of.ends_adoption(),
        own: own.collect(),
        decided_by: names::person(&directory, adoption.by),
        decided_at: names::instant(&app.calendar(), adoption.at),
    })
}

/// The unit that has adopted a version by this one, if it is an adoption.
pub(crate) fn adopted_by(app: &App, of: &Version) -> Option<AdoptedBy> {
    let adoption = of.adoption.as_ref()?;
    Some(AdoptedBy {
        unit: names::unit(&app.directory(), adoption.unit),
        base: adoption.base,
    })
}

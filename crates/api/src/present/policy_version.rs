//! Versions of policies with their stops, and why none takes a case in.

use axum::http::StatusCode;
use huiyin_app::App;
use huiyin_app::policies::{
    COMMENT_CHARS_MAX, DAYS_AHEAD_MAX, DRAFT_BYTES_MAX, DRAFT_FILES_MAX, NotFitting, OwnFinding,
    STOP_REASON_CHARS_MAX, Stopped, ToCome, Unfit,
};
use huiyin_app::shelf::{Standing, Version};
use huiyin_policy::show::clauses_shown;
use huiyin_store::{Ordered, PolicyStop};
use huiyin_texts::{Args, Lang, render};

use super::{adoption, level, names, process};
use crate::dto::form::pick;
use crate::dto::policy_version::{
    ClauseShownView, KindMap, OrderView, PolicyStopView, PolicyVersionDetail, PolicyVersionView,
    VersionStanding,
};
use crate::problem::{FieldProblem, Problem};

/// A version, as it stands today.
pub(crate) fn version(app: &App, version: &Version, lang: Lang) -> PolicyVersionView {
    let stops = version.stops.iter().rev();
    PolicyVersionView {
        policy: version.policy.id.to_string(),
        title: pick(&version.policy.title, lang),
        version: version.version,
        standing: match app.shelf().standing(version, app.today()) {
            Standing::InForce => VersionStanding::InForce,
            Standing::ToCome => VersionStanding::ToCome,
            Standing::Stopped => VersionStanding::Stopped,
            Standing::Earlier => VersionStanding::Earlier,
        },
        effective_on: version.effective_on.to_string(),
        effective_at: names::instant(&app.calendar(), version.effective_at),
        stops: stops.map(|one| stop(app, one)).collect(),
        adopted_by: adoption::adopted_by(app, version),
    }
}

/// A version with what it says and how its cases go.
pub(crate) fn detail(app: &App, of: &Version, lang: Lang) -> PolicyVersionDetail {
    let clauses = clauses_shown(&of.policy, level::language(lang)).into_iter();
    let kinds = of.policy.kinds.iter();
    PolicyVersionDetail {
        version: version(app, of, lang),
        clauses: clauses
            .map(|one| ClauseShownView {
                id: one.id.to_string(),
                marks: one.marks,
                text: one.text,
                carried_out: one.carried_out,
            })
            .collect(),
        kinds: kinds
            .map(|(id, kind)| KindMap {
                kind: id.to_string(),
                title: pick(&kind.title, lang),
                process: process::of_kind(&of.policy, kind, lang),
            })
            .collect(),
    }
}

/// A stop.
pub(crate) fn stop(app: &App, stop: &PolicyStop) -> PolicyStopView {
    PolicyStopView {
        version: stop.version,
        stopped: order(app, &stop.stopped),
        resumed: stop.resumed.as_ref().map(|resumed| order(app, resumed)),
    }
}

fn order(app: &App, order: &Ordered) -> OrderView {
    OrderView {
        by: names::person(&app.directory(), order.by),
        at: names::instant(&app.calendar(), order.at),
        reason: order.reason.clone(),
    }
}

/// No case is taken in, because the policy is stopped: by whom, when and why.
pub(super) fn stopped(stopped: &Stopped, lang: Lang) -> Problem {
    let args = Args::new()
        .with("policy", pick(&stopped.policy.title, lang))
        .with("version", stopped.version.to_string())
        .with("by", stopped.by.as_str())
        .with("at", stopped.at.strftime("%Y-%m-%d %H:%M").to_string())
        .with("reason", stopped.stop.stopped.reason.as_str());
    Problem::with_args(StatusCode::CONFLICT, "policy_stopped", lang, &args)
}

/// No case is taken in yet.
pub(super) fn to_come(to_come: &ToCome, lang: Lang) -> Problem {
    let args = Args::new()
        .with("policy", pick(&to_come.policy.title, lang))
        .with("from", to_come.from.to_string());
    Problem::with_args(StatusCode::CONFLICT, "policy_to_come", lang, &args)
}

/// Why something can't be done with a policy's versions.
pub(crate) fn unfit(unfit: &Unfit, lang: Lang) -> Problem {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let (status, code, args) = match unfit {
        Unfit::Reason => {
            let args = Args::new().with("max", STOP_REASON_CHARS_MAX.to_string());
            (unprocessable, "policy_reason_unusable", args)
        }
        Unfit::StoppedAlready => (StatusCode::CONFLICT, "policy_stopped_already", Args::new()),
        Unfit::NotStopped => (StatusCode::CONFLICT, "policy_not_stopped", Args::new()),
        Unfit::Day => {
            let args = Args::new().with("days", DAYS_AHEAD_MAX.to_string());
            (unprocessable, "effective_day_unusable", args)
        }
        Unfit::Errors => (unprocessable, "policy_has_errors", Args::new()),
        Unfit::OtherPolicy(other) => {
            let args = Args::new().with("other", other.as_str());
            (unprocessable, "other_policy", args)
        }
        Unfit::Consents(missing) => {
            let args = Args::new().with("people", missing.join(comma(lang)));
            (StatusCode::CONFLICT, "consents_missing", args)
        }
        Unfit::Files => {
            let args = Args::new()
                .with("files", DRAFT_FILES_MAX.to_string())
                .with("mib", (DRAFT_BYTES_MAX >> 20).to_string());
            (unprocessable, "draft_files_unusable", args)
        }
        Unfit::Text => {
            let args = Args::new().with("max", COMMENT_CHARS_MAX.to_string());
            (unprocessable, "comment_unusable", args)
        }
        Unfit::Clause => (unprocessable, "clause_unknown", Args::new()),
        Unfit::People => (unprocessable, "person_unknown", Args::new()),
        Unfit::TooMany => (unprocessable, "too_many", Args::new()),
        Unfit::Ended => (StatusCode::CONFLICT, "draft_ended", Args::new()),
        Unfit::Unit => (unprocessable, "unit_unusable", Args::new()),
        Unfit::NotAdopted => (StatusCode::CONFLICT, "not_adopted", Args::new()),
        Unfit::OwnTooLong => (unprocessable, "own_values_too_long", Args::new()),
        Unfit::Own(found) => return own_unfit(found, lang),
        Unfit::Adoptions(units) => {
            let units = units.iter().map(|unit| not_fitting(unit, lang));
            let units: Vec<String> = units.collect();
            let args = Args::new().with("units", units.join(semicolon(lang)));
            (StatusCode::CONFLICT, "adoptions_unfit", args)
        }
        Unfit::Calendar(name) => {
            let args = Args::new().with("name", name.as_str());
            (unprocessable, "calendar_unknown", args)
        }
        Unfit::Unset(params) => {
            let args = Args::new().with("parameters", params.join(comma(lang)));
            (unprocessable, "policy_parameters_unset", args)
        }
    };
    Problem::with_args(status, code, lang, &args)
}

/// What is wrong with the values that a unit sets of its own, parameter by parameter.
fn own_unfit(found: &[OwnFinding], lang: Lang) -> Problem {
    let args = Args::new().with("found", in_words(found, lang).join(semicolon(lang)));
    let mut problem = Problem::with_args(
        StatusCode::UNPROCESSABLE_ENTITY,
        "own_values_unfit",
        lang,
        &args,
    );
    for one in found {
        let Some(field) = one.parameter.clone() else {
            continue;
        };
        if !problem.fields.iter().any(|told| told.field == field) {
            problem.fields.push(FieldProblem {
                field,
                code: "own_value".to_owned(),
                message: own_finding(one, lang),
                place: None,
            });
        }
    }
    problem
}

/// A unit with what is wrong with its values.
fn not_fitting(unit: &NotFitting, lang: Lang) -> String {
    let args = Args::new()
        .with("unit", unit.name.as_str())
        .with("found", found_in_words(unit, lang));
    render(lang, "adoption-unfit", &args)
}

/// What is wrong with the values of a unit.
pub(super) fn found_in_words(unit: &NotFitting, lang: Lang) -> String {
    in_words(&unit.found, lang).join(comma(lang))
}

/// What is wrong, with the parameter and the organisation's value as people read them.
fn own_finding(one: &OwnFinding, lang: Lang) -> String {
    let args = one.message.args().iter();
    let args = args.fold(Args::new(), |args, (name, value)| {
        match (&one.known, *name) {
            (Some((title, _)), "name") => args.with(name, pick(title, lang)),
            (Some((_, bound)), "bound") => args.with(name, pick(bound, lang)),
            _ => args.with(name, value.as_str()),
        }
    });
    render(lang, one.message.key(), &args)
}

fn in_words(found: &[OwnFinding], lang: Lang) -> Vec<String> {
    let mut words = Vec::new();
    for one in found {
        let said = own_finding(one, lang);
        // The same value is wrong with several versions.
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words
}

/// What stands between sentences.
const fn semicolon(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhCn => "；",
        Lang::En => "; ",
    }
}

/// What stands between the items of a list.
const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhCn => "、",
        Lang::En => ", ",
    }
}

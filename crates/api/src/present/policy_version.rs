//! Versions of policies with their stops, and why none takes a case in.

use axum::http::StatusCode;
use huiyin_app::App;
use huiyin_app::policies::{
    COMMENT_CHARS_MAX, DAYS_AHEAD_MAX, DRAFT_BYTES_MAX, DRAFT_FILES_MAX, STOP_REASON_CHARS_MAX,
    Stopped, ToCome, Unfit,
};
use huiyin_app::shelf::{Standing, Version};
use huiyin_policy::show::clauses_shown;
use huiyin_store::{Ordered, PolicyStop};
use huiyin_texts::{Args, Lang};

use super::{level, names, process};
use crate::dto::form::pick;
use crate::dto::policy_version::{
    ClauseShownView, KindMap, OrderView, PolicyStopView, PolicyVersionDetail, PolicyVersionView,
    VersionStanding,
};
use crate::problem::Problem;

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
        effective_at: names::instant(app.calendar(), version.effective_at),
        stops: stops.map(|one| stop(app, one)).collect(),
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
                process: process::of_kind(kind, lang),
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
        at: names::instant(app.calendar(), order.at),
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
        Unfit::Unset(params) => {
            let args = Args::new().with("parameters", params.join(comma(lang)));
            (unprocessable, "policy_parameters_unset", args)
        }
    };
    Problem::with_args(status, code, lang, &args)
}

/// What stands between the items of a list.
const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhCn => "、",
        Lang::En => ", ",
    }
}

//! Duties with their words, people and cases.

use huiyin_app::App;
use huiyin_app::duty_plan::{DutyPeriod, DutyPlan, Matter, PeriodStanding};
use huiyin_policy::show::duty_words;
use huiyin_texts::Lang;

use super::statistics::{clause, language};
use super::{names, row};
use crate::dto::duty::{DutyPeriodView, DutyStanding, DutyView, MatterView, SampleProgress};
use crate::dto::form::pick;

/// A duty with its periods, without their samples; `None` if the policy has none of this name.
pub(crate) fn duty(app: &App, plan: &DutyPlan, lang: Lang) -> Option<DutyView> {
    let policy = &plan.version.policy;
    let declared = policy.duties.get(&plan.duty)?;
    let kind = policy.kinds.get(&declared.opens)?;
    let words = duty_words(policy, declared, language(lang));
    let directory = app.directory();
    let people = plan.answers.iter();
    let agenda = declared.agenda.iter();
    Some(DutyView {
        policy: policy.id.to_string(),
        policy_title: pick(&policy.title, lang),
        duty: plan.duty.to_string(),
        title: pick(&declared.title, lang),
        every: words.every,
        by: words.by,
        people: people
            .map(|person| names::person(&directory, *person))
            .collect(),
        sample: words.sample,
        agenda: agenda.map(|text| pick(text, lang)).collect(),
        clause: clause(policy, &declared.clause, lang),
        kind: declared.opens.to_string(),
        kind_title: pick(&kind.title, lang),
        periods: plan
            .periods
            .iter()
            .map(|one| period(app, one, lang))
            .collect(),
    })
}

fn period(app: &App, period: &DutyPeriod, lang: Lang) -> DutyPeriodView {
    let case = period.row.as_ref();
    let case = case.map(|found| row::rows(app, std::slice::from_ref(found), lang));
    DutyPeriodView {
        opens: period.opens.to_string(),
        due: period.due.to_string(),
        from: period.about.from.to_string(),
        to: period.about.to.to_string(),
        standing: standing(period.standing),
        done_on: period.done_on.map(|day| day.to_string()),
        case: case.and_then(|rows| rows.into_iter().next()),
        sample: None,
    }
}

const fn standing(standing: PeriodStanding) -> DutyStanding {
    match standing {
        PeriodStanding::Planned => DutyStanding::Planned,
        PeriodStanding::Owed => DutyStanding::Owed,
        PeriodStanding::Hidden => DutyStanding::Hidden,
        PeriodStanding::Open => DutyStanding::Open,
        PeriodStanding::Late => DutyStanding::Late,
        PeriodStanding::Done => DutyStanding::Done,
        PeriodStanding::DoneLate => DutyStanding::DoneLate,
    }
}

/// How far a sample is, from how many were drawn and how many are done.
pub(crate) const fn progress((drawn, done): (usize, usize)) -> SampleProgress {
    SampleProgress { drawn, done }
}

/// Kinds about the organisation's own work.
pub(crate) fn matters(matters: &[Matter], lang: Lang) -> Vec<MatterView> {
    let view = |matter: &Matter| {
        let policy = &matter.version.policy;
        let kind = policy.kinds.get(&matter.kind)?;
        Some(MatterView {
            policy: policy.id.to_string(),
            kind: matter.kind.to_string(),
            title: pick(&kind.title, lang),
            clause: clause(policy, &kind.clause, lang),
            open: matter.open,
            late: matter.late,
            ended: matter.ended,
        })
    };
    matters.iter().filter_map(view).collect()
}

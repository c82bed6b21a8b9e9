//! `huiyin policy adopt` and `adoptions`: what units adopt of a policy with values of their own.

use std::collections::BTreeMap;
use std::process::ExitCode;

use huiyin_app::App;
use huiyin_app::policies::NewAdoption;
use huiyin_app::shelf::{Standing, Version};
use huiyin_case::id::UnitId;
use huiyin_case::organisation::Organisation;
use huiyin_policy::model::PolicyId;
use huiyin_texts::{Args, Lang, render};

use crate::cli::{Adopt, Adoptions};
use crate::publish::told;
use crate::started::with_app;

/// What stands between the names of a unit and those above it.
const PATH: &str = " / ";

#[derive(Debug, thiserror::Error)]
pub(crate) enum NoUnit {
    #[error("there is no open unit `{0}`")]
    Unknown(String),
    #[error("there are several units `{name}`; name one with those above it: {paths}")]
    Several { name: String, paths: String },
}

/// Has a unit adopt a policy, or ends that.
pub(crate) fn run(options: &Adopt, lang: Lang) -> ExitCode {
    with_app(&options.data, lang, async |app| {
        let principal = app.operator(options.login.as_deref()).await?;
        let policy = PolicyId::new(&options.policy);
        let unit = unit_named(&app.directory().organisation, &options.unit)?;
        let put = if options.end {
            let ended = app.end_adoption(&principal, (&policy, unit), options.from);
            vec![ended.await.map_err(|failed| told(&failed, lang))?]
        } else {
            let adoption = NewAdoption {
                policy,
                unit,
                from: options.from,
                own: options.set.iter().cloned().collect(),
            };
            let adopted = app.adopt(&principal, adoption).await;
            adopted.map_err(|failed| told(&failed, lang))?
        };
        for one in &put {
            println!("{}", line(app, one, lang));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Prints what units have adopted of a policy, by number.
pub(crate) fn list(options: &Adoptions, lang: Lang) -> ExitCode {
    with_app(&options.data, lang, async |app| {
        let principal = app.operator(None).await?;
        let all = app.adoptions(&principal, &PolicyId::new(&options.policy));
        let all = all.map_err(|failed| told(&failed, lang))?;
        for one in &all {
            println!("{}", line(app, one, lang));
        }
        if all.is_empty() {
            let args = Args::new().with("policy", options.policy.as_str());
            println!("{}", render(lang, "adoptions-none", &args));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// An adoption on a line.
fn line(app: &App, of: &Version, lang: Lang) -> String {
    let directory = app.directory();
    let unit = of.unit().map(|unit| path(&directory.organisation, unit));
    let own = of
        .adoption
        .as_ref()
        .and_then(|adoption| adoption.own.clone());
    let standing = match app.shelf().standing(of, app.today()) {
        Standing::InForce => "in-force",
        Standing::ToCome => "to-come",
        Standing::Stopped => "stopped",
        Standing::Earlier => "earlier",
    };
    let args = Args::new()
        .with("policy", of.policy.id.as_str())
        .with("version", of.version.to_string())
        .with("base", of.base().to_string())
        .with("unit", unit.unwrap_or_default())
        .with("from", of.effective_on.to_string())
        .with("standing", standing)
        .with("values", values(&own.unwrap_or_default()));
    let key = if of.ends_adoption() {
        "adoption-ended"
    } else {
        "adoption-line"
    };
    render(lang, key, &args)
}

fn values(own: &BTreeMap<String, String>) -> String {
    let own = own.iter().map(|(name, value)| format!("{name}={value}"));
    own.collect::<Vec<_>>().join(", ")
}

/// The open unit of this id, name, or name with those above it.
pub(crate) fn unit_named(organisation: &Organisation, name: &str) -> Result<UnitId, NoUnit> {
    let open = organisation.units.iter().filter(|(_, unit)| !unit.closed);
    let meant = open.filter(|(id, unit)| {
        let id = **id;
        unit.name == name || id.to_string() == name || path(organisation, id) == name
    });
    let meant: Vec<UnitId> = meant.map(|(id, _)| *id).collect();
    match meant[..] {
        [] => Err(NoUnit::Unknown(name.to_owned())),
        [unit] => Ok(unit),
        _ => {
            let paths = meant.iter().map(|unit| path(organisation, *unit));
            Err(NoUnit::Several {
                name: name.to_owned(),
                paths: paths.collect::<Vec<_>>().join(", "),
            })
        }
    }
}

/// The unit's name after those above it.
fn path(organisation: &Organisation, unit: UnitId) -> String {
    organisation.path(unit).join(PATH)
}

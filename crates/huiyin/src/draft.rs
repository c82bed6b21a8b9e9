//! `huiyin policy draft`: puts down a draft of a policy's next version.

use std::collections::BTreeMap;
use std::process::ExitCode;

use huiyin_app::Error;
use huiyin_app::commands::Key;
use huiyin_policy::model::PolicyId;
use huiyin_policy::show::diff;
use huiyin_policy::{check, is_policy_file};
use huiyin_store::DraftId;
use huiyin_texts::{Args, Lang, render};

use crate::cli::Draft;
use crate::files::read_folder;
use crate::policy::{language, print_checked};
use crate::publish::told;
use crate::started::with_app;
use crate::{fail, policy};

/// Puts a folder down as a draft, or in the place of an open one's files; prints what the check finds and what differs from
/// the version in force.
pub(crate) fn run(options: &Draft, lang: Lang) -> ExitCode {
    let folder = options.folder.display().to_string();
    let mut files = match read_folder(&options.folder) {
        Ok(files) => files,
        Err(error) => return fail(&policy::Failed::Folder(error)),
    };
    files.retain(|file| is_policy_file(&file.name));
    let checked = check(&files);
    print_checked(&checked, &folder, lang);
    let known = checked.policy.as_ref().map(|policy| policy.id.to_string());
    let name = options.policy.clone().or(known);
    let texts: BTreeMap<String, String> = files
        .iter()
        .map(|file| {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            (file.name.clone(), text)
        })
        .collect();
    with_app(&options.data, lang, async |app| {
        let principal = app.operator(options.login.as_deref()).await?;
        let kept = async {
            match options.replace.as_deref() {
                Some(id) => {
                    let id: DraftId = id.parse().map_err(|_| Error::NotFound)?;
                    let seen = app.draft(&principal, id).await?.draft.revision;
                    app.replace_draft(&principal, (id, seen), texts).await
                }
                None => {
                    let policy = PolicyId::new(name.ok_or(Error::NotFound)?);
                    let key = Key::new(format!("{} {}", app.now(), folder));
                    app.add_draft(&principal, policy, texts, &key).await
                }
            }
        };
        let draft = kept.await.map_err(|failed| told(&failed, lang))?;
        if let (Some(before), Some(policy)) = (&draft.before, &draft.checked.policy) {
            print!("{}", diff(&before.policy, policy, language(lang)));
        }
        let args = Args::new()
            .with("policy", draft.draft.policy.to_string())
            .with("id", draft.draft.id.to_string());
        println!("{}", render(lang, "policy-drafted", &args));
        Ok(ExitCode::SUCCESS)
    })
}

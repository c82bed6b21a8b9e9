//! From key and arguments to text.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentError, FluentMessage, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::args::Args;
use crate::lang::Lang;
use crate::resources::texts;

type Bundle = FluentBundle<FluentResource>;

static ZH_CN: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::ZhCn));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));

fn bundle(lang: Lang) -> Bundle {
    let tag: LanguageIdentifier = lang
        .as_str()
        .parse()
        .expect("the languages have valid tags");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Both languages run left to right; the marks would end up in mails and documents.
    bundle.set_use_isolating(false);
    for text in texts(lang) {
        // A file that does not parse keeps its good messages; a test refuses it.
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn bundle_of(lang: Lang) -> &'static Bundle {
    match lang {
        Lang::ZhCn => &ZH_CN,
        Lang::En => &EN,
    }
}

/// The message `key` in a language. A key without a message is shown as it is, a missing argument as
/// `{$name}`: a text with a hole is better than none.
///
/// ```
/// use huiyin_texts::{Args, Lang, render};
///
/// let args = Args::new().with("n", 3);
/// assert_eq!(render(Lang::ZhCn, "calendar-hours", &args), "3小时");
/// assert_eq!(render(Lang::En, "no-such-message", &args), "no-such-message");
/// ```
pub fn render(lang: Lang, key: &str, args: &Args<'_>) -> String {
    let bundle = bundle_of(lang);
    let pattern = bundle
        .get_message(key)
        .and_then(|message: FluentMessage<'_>| message.value());
    match pattern {
        Some(pattern) => {
            let mut holes: Vec<FluentError> = Vec::new();
            bundle
                .format_pattern(pattern, Some(&args.fluent), &mut holes)
                .into_owned()
        }
        None => key.to_owned(),
    }
}

/// Whether there is a message `key`; both languages have the same ones.
pub fn has(key: &str) -> bool {
    bundle_of(Lang::ZhCn).has_message(key)
}

//! Both languages say the same things.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use huiyin_texts::{Lang, has};

/// The variables of every message, by key.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// The messages of every file of a language, by file name.
fn files(lang: Lang) -> BTreeMap<String, Messages> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("texts")
        .join(lang.as_str());
    fs::read_dir(&folder)
        .expect("a folder for each language")
        .map(|entry| {
            let path = entry.expect("a file").path();
            let text = fs::read_to_string(&path).expect("UTF-8");
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name.clone(), messages(&name, &text))
        })
        .collect()
}

fn messages(file: &str, text: &str) -> Messages {
    let resource = parser::parse(text)
        .map_err(|(_, problems)| (file, problems))
        .expect("every message parses");
    let mut messages = Messages::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut variables = BTreeSet::new();
            let pattern = message.value.expect("every message has a text");
            of_pattern(&pattern, &mut variables);
            let known = messages.insert(message.id.name.to_owned(), variables);
            assert!(
                known.is_none(),
                "{file}: {} stands there twice",
                message.id.name
            );
        }
    }
    messages
}

fn of_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => of_inline(inline, variables),
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => {
                of_inline(selector, variables);
                for variant in variants {
                    of_pattern(&variant.value, variables);
                }
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                of_inline(argument, variables);
            }
        }
        InlineExpression::Placeable { expression } => match &**expression {
            Expression::Inline(inline) => of_inline(inline, variables),
            Expression::Select { selector, .. } => of_inline(selector, variables),
        },
        _ => {}
    }
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let (zh, en) = (files(Lang::ZhCn), files(Lang::En));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (file, messages) in &zh {
        for (key, variables) in messages {
            assert_eq!(Some(variables), en[file].get(key), "{file}: {key}");
        }
        for key in en[file].keys() {
            assert!(
                messages.contains_key(key),
                "{file}: {key} has no Chinese text"
            );
        }
    }
}

#[test]
fn every_message_is_loaded_and_no_key_is_used_by_two_files() {
    let mut seen = BTreeSet::new();
    for (file, messages) in files(Lang::ZhCn) {
        for key in messages.into_keys() {
            assert!(
                has(&key),
                "{file}: {key} is not loaded; is the file named in resources.rs?"
            );
            assert!(
                seen.insert(key.clone()),
                "{file}: {key} stands in another file too"
            );
        }
    }
}

#[test]
fn languages_are_known_by_their_tags() {
    for (tag, lang) in [
        ("zh-CN", Lang::ZhCn),
        ("zh-Hans-CN", Lang::ZhCn),
        ("en", Lang::En),
        ("EN_gb", Lang::En),
    ] {
        assert_eq!(tag.parse(), Ok(lang), "{tag}");
    }
    let problem = "fr"
        .parse::<Lang>()
        .expect_err("not a language of the product");
    assert_eq!(
        problem.to_string(),
        "`fr` is not a language of the product; use `zh-CN` or `en`"
    );
}

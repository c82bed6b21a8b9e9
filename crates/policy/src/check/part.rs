//! Parts of forms and their fields.

use indexmap::IndexMap;

use super::figure::whole;
use super::lines::{Lines, expect, flag, list, one_of};
use super::log::Log;
use super::names::{CONDITION_WORDS, Naming, check_plain_name};
use super::reading::Reading;
use super::text::{LANGUAGES, text, text_of};
use crate::codes;
use crate::model::{
    CategoriesId, ChoiceId, DataClass, FactPath, Field, FieldId, FieldType, Guidance, Meaning,
    Part, PartId, Required, Settlement, Text,
};
use crate::yaml::{Entry, Node, Shape};

const FIELD_KEYS: [&str; 13] = [
    "title",
    "type",
    "choices",
    "of",
    "is",
    "branches",
    "max_chars",
    "required",
    "class",
    "sealed",
    "meaning",
    "help",
    "clause",
];

/// The longest text that a field may ask for, in characters.
const TEXT_CHARS_MAX: u32 = 100_000;
/// The longest text of a field that doesn't say so itself.
const LINE_CHARS_DEFAULT: usize = 200;
const LINES_CHARS_DEFAULT: usize = 4_000;

/// The words for types, as they stand after `type:`.
#[derive(Clone, Copy, PartialEq)]
enum TypeWord {
    Text,
    LongText,
    Bool,
    Integer,
    Money,
    Percent,
    Quantity,
    Date,
    Instant,
    OneOf,
    ManyOf,
    Category,
    Copies,
    Unit,
    Person,
    Case,
    Rows,
}

const TYPE_WORDS: [(&str, TypeWord); 17] = [
    ("text", TypeWord::Text),
    ("long_text", TypeWord::LongText),
    ("bool", TypeWord::Bool),
    ("integer", TypeWord::Integer),
    ("money", TypeWord::Money),
    ("percent", TypeWord::Percent),
    ("quantity", TypeWord::Quantity),
    ("date", TypeWord::Date),
    ("instant", TypeWord::Instant),
    ("one_of", TypeWord::OneOf),
    ("many_of", TypeWord::ManyOf),
    ("category", TypeWord::Category),
    ("copies", TypeWord::Copies),
    ("unit", TypeWord::Unit),
    ("person", TypeWord::Person),
    ("case", TypeWord::Case),
    ("rows", TypeWord::Rows),
];

fn max_chars(field: Node<'_>, default: usize, log: &Log) -> Option<usize> {
    match field.get("max_chars") {
        None => Some(default),
        Some(node) => whole(node, TEXT_CHARS_MAX, log).and_then(|max| usize::try_from(max).ok()),
    }
}

/// What can be chosen, each with its text.
pub(super) fn choices(field: Entry<'_>, log: &Log) -> Option<IndexMap<ChoiceId, Text>> {
    let Some(node) = field.value.get("choices") else {
        let missing = codes::MISSING_KEY.at(field.key_place);
        log.push(missing.with("name", "choices").done());
        return None;
    };
    expect(node, field.key_place, Shape::Map, log)?;
    let choices: Vec<Option<(ChoiceId, Text)>> = node
        .entries()
        .map(|choice| {
            check_plain_name(choice.key, &["by"], choice.key_place, log);
            text(choice.value, log).map(|text| (ChoiceId::new(choice.key), text))
        })
        .collect();
    choices.into_iter().collect()
}

impl<'t> Reading<'t> {
    /// What may be entered in a field. Conditions need it before any field is read in full.
    pub(super) fn field_type(&self, field: Entry<'t>) -> Option<FieldType> {
        let log = self.log;
        let node = field.value;
        if node.shape() != Shape::Map {
            return None;
        }
        let Some(word) = node.get("type") else {
            log.push(
                codes::MISSING_KEY
                    .at(field.key_place)
                    .with("name", "type")
                    .done(),
            );
            return None;
        };
        let word = one_of(word, &TYPE_WORDS, log)?;
        let only_for = |key: &'static str, fits: bool| {
            if let Some(line) = node.get(key).filter(|_| !fits) {
                let finding = codes::UNKNOWN_KEY.at(line.place()).with("name", key);
                log.push(
                    finding
                        .with(
                            "known",
                            "title, type, is, required, class, sealed, meaning, help, clause",
                        )
                        .done(),
                );
            }
        };
        only_for(
            "choices",
            matches!(word, TypeWord::OneOf | TypeWord::ManyOf),
        );
        only_for(
            "max_chars",
            matches!(word, TypeWord::Text | TypeWord::LongText),
        );
        only_for(
            "of",
            matches!(word, TypeWord::Category | TypeWord::Copies | TypeWord::Rows),
        );
        only_for("branches", word == TypeWord::Category);
        Some(match word {
            TypeWord::Text => FieldType::Text {
                multiline: false,
                max_chars: max_chars(node, LINE_CHARS_DEFAULT, log)?,
            },
            TypeWord::LongText => FieldType::Text {
                multiline: true,
                max_chars: max_chars(node, LINES_CHARS_DEFAULT, log)?,
            },
            TypeWord::Bool => FieldType::Bool,
            TypeWord::Integer => FieldType::Integer,
            TypeWord::Money => FieldType::Money,
            TypeWord::Percent => FieldType::Percent,
            TypeWord::Quantity => FieldType::Quantity,
            TypeWord::Date => FieldType::Date,
            TypeWord::Instant => FieldType::Instant,
            TypeWord::OneOf => FieldType::OneOf(choices(field, log)?),
            TypeWord::ManyOf => FieldType::ManyOf(choices(field, log)?),
            TypeWord::Category => FieldType::Category {
                tree: self.tree_named(field)?,
                branches: flag(node.get("branches"), log),
            },
            TypeWord::Copies => FieldType::ManyOf(self.choices_of_copies(&self.copied(field)?)?),
            TypeWord::Unit => FieldType::Unit,
            TypeWord::Person => FieldType::Person,
            TypeWord::Case => FieldType::Case,
            TypeWord::Rows => FieldType::Rows(self.sheet_filled_in(field)?),
        })
    }

    /// The tree that a field takes its categories from; one that could not be read has its findings already.
    fn tree_named(&self, field: Entry<'t>) -> Option<CategoriesId> {
        let Some(node) = field.value.get("of") else {
            let missing = codes::MISSING_KEY.at(field.key_place);
            self.log.push(missing.with("name", "of").done());
            return None;
        };
        let name = self.resolve(Naming::Categories, node)?;
        Some(CategoriesId::new(name))
    }

    /// The form whose copies a field names.
    fn copied(&self, field: Entry<'t>) -> Option<String> {
        let Some(node) = field.value.get("of") else {
            let missing = codes::MISSING_KEY.at(field.key_place);
            self.log.push(missing.with("name", "of").done());
            return None;
        };
        self.form_with_copies(node)
    }

    pub(super) fn part(
        &self,
        entry: Entry<'t>,
        settlement: Option<&Settlement>,
    ) -> Option<(PartId, Part)> {
        let known = [
            "title", "clause", "fields", "guidance", "copies", "never_to", "settles",
        ];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let id = PartId::new(entry.key);
        let title = self.title(&lines);
        let clause = self.optional_clause(&lines);
        let fields = lines.need("fields", self.log);
        let fields = fields.and_then(|node| self.fields(&id, node));
        let guidance: Vec<_> = list(lines.get("guidance"))
            .into_iter()
            .map(|node| self.guidance(node))
            .collect();
        let copies = self.copies(lines.get("copies"));
        let never_to = match lines.get("never_to") {
            None => Some(None),
            Some(node) => self.never_to(node).map(Some),
        };
        let settles = self.settles(&id, &lines, fields.as_ref(), settlement);
        let part = Part {
            title: title?,
            clause: clause?,
            fields: fields?,
            guidance: guidance.into_iter().collect::<Option<_>>()?,
            copies: copies?,
            never_to: never_to?,
            settles: settles?,
        };
        Some((id, part))
    }

    fn guidance(&self, node: Node<'t>) -> Option<Guidance> {
        let known = [LANGUAGES[0], LANGUAGES[1], "clause"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let text = text_of(&lines, self.log);
        let clause = self.clause(&lines);
        Some(Guidance {
            text: text?,
            clause: clause?,
        })
    }

    fn fields(&self, part: &PartId, node: Node<'t>) -> Option<IndexMap<FieldId, Field>> {
        expect(node, node.place(), Shape::Map, self.log)?;
        let fields: Vec<Option<(FieldId, Field)>> = node
            .entries()
            .map(|entry| {
                check_plain_name(entry.key, &CONDITION_WORDS, entry.key_place, self.log);
                let id = FieldId::new(entry.key);
                let path = FactPath::new(part.clone(), id.clone());
                self.field(&path, entry).map(|field| (id, field))
            })
            .collect();
        fields.into_iter().collect()
    }

    fn field(&self, path: &FactPath, entry: Entry<'t>) -> Option<Field> {
        let lines = Lines::of(entry.value, entry.key_place, &FIELD_KEYS, self.log)?;
        let title = self.title(&lines);
        let required = self.required(lines.get("required"));
        let words = [
            ("ordinary", DataClass::Ordinary),
            ("personal", DataClass::Personal),
        ];
        let class = match lines.get("class") {
            None => Some(DataClass::Ordinary),
            Some(node) => one_of(node, &words, self.log),
        };
        let sealed = self.sealed(&lines);
        let meaning = self.meaning(&lines);
        let help = match lines.get("help") {
            None => Some(None),
            Some(node) => text(node, self.log).map(Some),
        };
        let is_copies = lines.get("type").and_then(Node::scalar) == Some("copies");
        let of = lines.get("of").and_then(Node::scalar);
        let copies_of = of.filter(|_| is_copies).map(PartId::new);
        let clause = self.optional_clause(&lines);
        let field = Field {
            title: title?,
            ty: self.field_types.get(path)?.clone(),
            required: required?,
            class: class?,
            sealed: sealed?,
            meaning: meaning?,
            help: help?,
            copies_of,
            clause: clause?,
        };
        self.check_class(&lines, path, &field);
        self.check_sealed(&lines, path, &field);
        Some(field)
    }

    fn required(&self, node: Option<Node<'t>>) -> Option<Required> {
        let Some(node) = node else {
            return Some(Required::Optional);
        };
        match node.plain_scalar() {
            Some("true" | "false") => Some(if flag(Some(node), self.log) {
                Required::Always
            } else {
                Required::Optional
            }),
            _ => self.condition(node).map(Required::When),
        }
    }

    fn meaning(&self, lines: &Lines<'t>) -> Option<Option<Meaning>> {
        let words = [
            ("subject", Meaning::Subject),
            ("content", Meaning::Content),
            ("customer_name", Meaning::CustomerName),
            ("customer_contact", Meaning::CustomerContact),
            ("reply", Meaning::Reply),
            ("category", Meaning::Category),
            ("party_name", Meaning::PartyName),
            ("party_contact", Meaning::PartyContact),
            ("period_from", Meaning::PeriodFrom),
            ("period_to", Meaning::PeriodTo),
            ("due_on", Meaning::DueOn),
        ];
        match lines.get("meaning") {
            None => Some(None),
            Some(node) => one_of(node, &words, self.log).map(Some),
        }
    }

    /// The customer's name and contact are always personal; the subject, shown in lists and
    /// notices, never is.
    fn check_class(&self, lines: &Lines<'t>, path: &FactPath, field: &Field) {
        let what = match (field.meaning, field.class) {
            (
                Some(
                    Meaning::CustomerName
                    | Meaning::CustomerContact
                    | Meaning::PartyName
                    | Meaning::PartyContact,
                ),
                DataClass::Ordinary,
            ) => "unprotected",
            (Some(Meaning::Subject), DataClass::Personal) => "subject",
            _ => return,
        };
        let finding = codes::PERSONAL_DATA.at(Self::place_of(lines, "meaning"));
        let finding = finding.with("what", what).with("name", path.to_string());
        self.log.push(finding.done());
    }
}

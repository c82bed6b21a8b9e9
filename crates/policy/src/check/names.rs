//! What is declared where: every name can be looked up before any element is read.

use std::cell::RefCell;
use std::collections::HashSet;

use huiyin_diagnostic::Place;
use indexmap::IndexMap;

use super::log::Log;
use super::sections::Sections;
use crate::codes;
use crate::model::Count;
use crate::yaml::{Entry, Node};

/// The longest name, in characters.
const NAME_CHARS_MAX: usize = 64;

/// The kinds of thing that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Naming {
    Clause,
    Param,
    Role,
    Channel,
    Series,
    Part,
    Act,
    Notice,
    Band,
    Ladder,
    Sheet,
    Account,
    Voucher,
    Kind,
    Measure,
    Report,
    Duty,
    Levels,
    Categories,
    Party,
    Exclusion,
    Contacts,
    Declaration,
    Seal,
    Reconciliation,
}

impl Naming {
    const ALL: [Self; 25] = [
        Self::Clause,
        Self::Param,
        Self::Role,
        Self::Channel,
        Self::Series,
        Self::Part,
        Self::Act,
        Self::Notice,
        Self::Band,
        Self::Ladder,
        Self::Sheet,
        Self::Account,
        Self::Voucher,
        Self::Kind,
        Self::Measure,
        Self::Report,
        Self::Duty,
        Self::Levels,
        Self::Categories,
        Self::Party,
        Self::Exclusion,
        Self::Contacts,
        Self::Declaration,
        Self::Seal,
        Self::Reconciliation,
    ];

    /// The section in which such things are declared.
    pub(super) const fn section(self) -> &'static str {
        match self {
            Self::Clause => "clauses",
            Self::Param => "params",
            Self::Role => "roles",
            Self::Channel => "channels",
            Self::Series => "series",
            Self::Part => "parts",
            Self::Act => "acts",
            Self::Notice => "notices",
            Self::Band => "bands",
            Self::Ladder => "ladders",
            Self::Sheet => "sheets",
            Self::Account => "accounts",
            Self::Voucher => "vouchers",
            Self::Kind => "kinds",
            Self::Measure => "statistics",
            Self::Report => "reports",
            Self::Duty => "duties",
            Self::Levels => "levels",
            Self::Categories => "categories",
            Self::Party => "parties",
            Self::Exclusion => "exclusions",
            Self::Contacts => "contacts",
            Self::Declaration => "declarations",
            Self::Seal => "seals",
            Self::Reconciliation => "reconciliations",
        }
    }

    /// The word for such a thing in findings.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Param => "param",
            Self::Role => "role",
            Self::Channel => "channel",
            Self::Series => "series",
            Self::Part => "part",
            Self::Act => "act",
            Self::Notice => "notice",
            Self::Band => "band",
            Self::Ladder => "ladder",
            Self::Sheet => "sheet",
            Self::Account => "account",
            Self::Voucher => "voucher",
            Self::Kind => "kind",
            Self::Measure => "measure",
            Self::Report => "report",
            Self::Duty => "duty",
            Self::Levels => "levels",
            Self::Categories => "categories",
            Self::Party => "party",
            Self::Exclusion => "exclusion",
            Self::Contacts => "contacts",
            Self::Declaration => "declaration",
            Self::Seal => "seal",
            Self::Reconciliation => "reconciliation",
        }
    }

    /// Whether such a thing is superfluous unless something refers to it.
    const fn must_be_used(self) -> bool {
        !matches!(
            self,
            Self::Clause
                | Self::Kind
                | Self::Band
                | Self::Sheet
                | Self::Account
                | Self::Voucher
                | Self::Param
                | Self::Measure
                | Self::Report
                | Self::Duty
                | Self::Levels
                | Self::Party
                | Self::Exclusion
                | Self::Contacts
                | Self::Declaration
                | Self::Reconciliation
        )
    }
}

/// Words that can't be names because the language uses them where such a name could stand.
fn reserved(naming: Naming) -> &'static [&'static str] {
    match naming {
        Naming::Role => &[
            "anyone",
            "taker",
            "first_contact",
            "lead_unit",
            "dispatcher",
            "nobody",
            "customer",
            "holder",
            "decider_above",
        ],
        // Written where a need counts over things.
        Naming::Kind => &["sample"],
        Naming::Act => &super::moment::RESERVED,
        Naming::Part | Naming::Sheet => &CONDITION_WORDS,
        Naming::Measure => &COUNTS,
        _ => &[],
    }
}

/// Counts that the engine keeps of every policy.
const COUNTS: [&str; Count::ALL.len()] = {
    let mut names = [""; Count::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Count::ALL[at].as_str();
        at += 1;
    }
    names
};

/// Words that mean something in conditions.
pub(super) const CONDITION_WORDS: [&str; 34] = [
    "as",
    "break",
    crate::case_facts::CASE,
    crate::case_facts::LEVELS,
    crate::case_facts::PARTIES,
    crate::case_facts::PARAM,
    crate::case_facts::LINKS,
    crate::case_facts::CONTACTS,
    crate::case_facts::RAISED,
    crate::case_facts::LATE,
    crate::case_facts::RECONCILIATIONS,
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "has",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "size",
    "within",
    "true",
    "var",
    "void",
    "while",
    "by",
];

/// All names of the sections, and which of them something referred to.
pub(super) struct Names<'t> {
    declared: IndexMap<Naming, IndexMap<&'t str, Place>>,
    used: RefCell<HashSet<(Naming, &'t str)>>,
}

/// The declared names that nothing uses.
pub(super) struct Unused<'a> {
    pub(super) naming: Naming,
    pub(super) name: &'a str,
    pub(super) place: Place,
}

impl<'t> Names<'t> {
    pub(super) fn new(sections: &Sections<'t>, log: &Log) -> Self {
        let mut declared = IndexMap::new();
        for naming in Naming::ALL {
            let mut names = IndexMap::new();
            for entry in sections.elements(naming.section()) {
                check_declared(entry, naming, log);
                names.insert(entry.key, entry.key_place);
            }
            declared.insert(naming, names);
        }
        Self {
            declared,
            used: RefCell::default(),
        }
    }

    /// Whether something of this kind has this name.
    pub(super) fn is_declared(&self, naming: Naming, name: &str) -> bool {
        self.declared
            .get(&naming)
            .is_some_and(|names| names.contains_key(name))
    }

    /// Where a name stands among those of its kind, in the order of the files.
    pub(super) fn position(&self, naming: Naming, name: &str) -> Option<usize> {
        self.declared.get(&naming)?.get_index_of(name)
    }

    /// Looks up the name written at a node; one that is declared nowhere is a finding.
    pub(super) fn resolve(
        &self,
        naming: Naming,
        name: &str,
        at: Node<'_>,
        log: &Log,
    ) -> Option<()> {
        let names = self.declared.get(&naming)?;
        if let Some((&declared, _)) = names.get_key_value(name) {
            self.used.borrow_mut().insert((naming, declared));
            return Some(());
        }
        // Where a role is named, a word of the language may have been meant.
        let words = match naming {
            Naming::Role => reserved(naming),
            _ => &[],
        };
        let meant = log.suggestion(name, names.keys().chain(words).copied());
        let finding = match naming {
            Naming::Clause => codes::UNKNOWN_CLAUSE.at(at.place()),
            _ => codes::UNKNOWN_NAME
                .at(at.place())
                .with("kind", naming.word()),
        };
        let finding = finding.with("name", name).with("section", naming.section());
        log.push(finding.meant(meant).done());
        None
    }

    /// Whether the word before a colon is a declared name; one that is declared nowhere is a finding.
    pub(super) fn resolve_key(&self, naming: Naming, entry: Entry<'_>, log: &Log) -> bool {
        let names = self.declared.get(&naming);
        if names.is_some_and(|names| names.contains_key(entry.key)) {
            self.mark_used(naming, entry.key);
            return true;
        }
        let known = names.into_iter().flat_map(IndexMap::keys).copied();
        let meant = log.suggestion(entry.key, known);
        let finding = codes::UNKNOWN_NAME
            .at(entry.key_place)
            .with("kind", naming.word());
        let finding = finding
            .with("name", entry.key)
            .with("section", naming.section());
        log.push(finding.meant(meant).done());
        false
    }

    /// Notes that something refers to a name.
    pub(super) fn mark_used(&self, naming: Naming, name: &str) {
        let declared = self.declared.get(&naming);
        if let Some((&name, _)) = declared.and_then(|names| names.get_key_value(name)) {
            self.used.borrow_mut().insert((naming, name));
        }
    }

    /// What must be used and isn't.
    pub(super) fn unused(&self) -> Vec<Unused<'t>> {
        let used = self.used.borrow();
        let mut unused = Vec::new();
        for (&naming, names) in &self.declared {
            for (&name, &place) in names {
                if naming.must_be_used() && !used.contains(&(naming, name)) {
                    unused.push(Unused {
                        naming,
                        name,
                        place,
                    });
                }
            }
        }
        unused
    }
}

fn check_declared(entry: Entry<'_>, naming: Naming, log: &Log) {
    match naming {
        Naming::Clause => check_name(entry.key, is_clause_letter, &[], entry.key_place, log),
        _ => check_name(
            entry.key,
            is_name_letter,
            reserved(naming),
            entry.key_place,
            log,
        ),
    }
}

/// Whether a name is formed like one: a small letter, then small letters, digits and `_`.
pub(super) fn is_plain_name(name: &str) -> bool {
    let letters = || name.char_indices();
    !name.is_empty()
        && name.chars().count() <= NAME_CHARS_MAX
        && letters().all(|(at, letter)| is_name_letter(letter, at == 0))
}

/// Reports a name that isn't formed like one: a small letter, then small letters, digits and `_`.
pub(super) fn check_plain_name(name: &str, reserved: &[&str], place: Place, log: &Log) {
    check_name(name, is_name_letter, reserved, place, log);
}

/// The same with `-` allowed, for positions of the organisation.
pub(super) fn check_position(name: &str, place: Place, log: &Log) {
    let letters =
        |letter: char, first: bool| is_name_letter(letter, first) || (letter == '-' && !first);
    check_name(name, letters, &[], place, log);
}

fn check_name(
    name: &str,
    is_letter: impl Fn(char, bool) -> bool,
    reserved: &[&str],
    place: Place,
    log: &Log,
) {
    let why = if reserved.contains(&name) {
        "reserved"
    } else if name.chars().nth(NAME_CHARS_MAX).is_some() {
        "long"
    } else if name.is_empty()
        || !name
            .char_indices()
            .all(|(at, letter)| is_letter(letter, at == 0))
    {
        "letters"
    } else {
        return;
    };
    let finding = codes::BAD_NAME
        .at(place)
        .with("name", name)
        .with("why", why);
    log.push(finding.done());
}

fn is_name_letter(letter: char, first: bool) -> bool {
    letter.is_ascii_lowercase() || (!first && (letter.is_ascii_digit() || letter == '_'))
}

fn is_clause_letter(letter: char, first: bool) -> bool {
    letter.is_ascii_alphanumeric() || (!first && matches!(letter, '.' | '-'))
}

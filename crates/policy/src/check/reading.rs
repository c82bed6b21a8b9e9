//! Reading the elements of a policy once all names are known.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use huiyin_diagnostic::Place;
use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::lines::{Lines, list, scalar};
use super::log::Log;
use super::names::{Names, Naming, check_plain_name};
use super::sections::Sections;
use super::text::text;
use crate::case_facts;
use crate::codes;
use crate::condition::FactType;
use crate::model::{
    About, Categories, CategoriesId, ClauseId, FactPath, FieldId, FieldType, PartId, Policy,
    PolicyId, Text,
};
use crate::yaml::{Entry, Node};

/// Everything an element may refer to, and where its findings go.
pub(super) struct Reading<'t> {
    pub(super) log: &'t Log,
    pub(super) names: Names<'t>,
    /// The trees of categories; those that are faulty are left out.
    pub(super) trees: IndexMap<CategoriesId, Categories>,
    /// The fields of all parts with what may be entered; those with a faulty type are left out.
    pub(super) field_types: IndexMap<FactPath, FieldType>,
    /// The same as conditions see them.
    pub(super) facts: IndexMap<FactPath, FactType>,
    /// The figures of parameters, which conditions compare with; filled as the parameters are read.
    pub(super) figures: RefCell<IndexMap<FactPath, Decimal>>,
    /// Every act as it is written.
    acts: IndexMap<&'t str, Node<'t>>,
    /// The outcomes of every act; none if it has no outcome.
    pub(super) outcomes: IndexMap<&'t str, BTreeSet<String>>,
    /// The grades of every ladder, the lowest first.
    ladders: IndexMap<&'t str, Vec<&'t str>>,
    /// The bands, parameters, roles and parts as they are written.
    written: HashMap<(Naming, &'t str), Node<'t>>,
}

/// The names within one kind.
pub(super) struct KindNames<'t> {
    steps: Vec<&'t str>,
}

impl<'t> KindNames<'t> {
    pub(super) fn new(steps: Vec<&'t str>) -> Self {
        Self { steps }
    }

    pub(super) fn has_step(&self, name: &str) -> bool {
        self.steps.contains(&name)
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = &'t str> {
        self.steps.iter().copied()
    }

    pub(super) fn position(&self, step: &str) -> Option<usize> {
        self.steps.iter().position(|name| *name == step)
    }
}

impl<'t> Reading<'t> {
    pub(super) fn new(sections: &Sections<'t>, log: &'t Log) -> Self {
        let mut reading = Self {
            log,
            names: Names::new(sections, log),
            trees: IndexMap::new(),
            field_types: IndexMap::new(),
            facts: IndexMap::new(),
            figures: RefCell::default(),
            acts: IndexMap::new(),
            outcomes: IndexMap::new(),
            ladders: IndexMap::new(),
            written: HashMap::new(),
        };
        for naming in [
            Naming::Band,
            Naming::Param,
            Naming::Role,
            Naming::Part,
            Naming::Sheet,
        ] {
            for element in sections.elements(naming.section()) {
                let node = element.value;
                reading.written.insert((naming, element.key), node);
            }
        }
        for ladder in sections.elements("ladders") {
            let grades = ladder.value.get("grades").into_iter();
            let grades = grades.flat_map(Node::entries).map(|grade| grade.key);
            reading.ladders.insert(ladder.key, grades.collect());
        }
        for entry in sections.elements(Naming::Categories.section()) {
            if let Some((id, tree)) = reading.categories(entry) {
                reading.trees.insert(id, tree);
            }
        }
        for part in sections.elements("parts") {
            reading.declare_facts(part);
        }
        reading.declare_case_facts(sections);
        for param in sections.elements("params") {
            if super::tables::is_figure(param) {
                let path = param_path(param.key);
                reading.facts.insert(path, FactType::Number);
            }
        }
        for act in sections.elements("acts") {
            let outcomes = reading.outcomes_of(act.value);
            reading.outcomes.insert(act.key, outcomes);
            reading.acts.insert(act.key, act.value);
        }
        reading
    }

    /// An act as it is written.
    pub(super) fn act_node(&self, act: &str) -> Option<Node<'t>> {
        self.acts.get(act).copied()
    }

    /// The grades of a ladder, the lowest first; none if there is no such ladder.
    pub(super) fn ladder_grades(&self, ladder: &str) -> &[&'t str] {
        self.ladders.get(ladder).map_or(&[], Vec::as_slice)
    }

    /// A band, parameter, role, part or sheet as it is written.
    pub(super) fn written(&self, naming: Naming, name: &str) -> Option<Node<'t>> {
        self.written.get(&(naming, name)).copied()
    }

    /// What the engine knows of every case besides its fields.
    fn declare_case_facts(&mut self, sections: &Sections<'t>) {
        let names = |section| {
            FactType::Choice(
                sections
                    .elements(section)
                    .map(|entry| entry.key.to_owned())
                    .collect(),
            )
        };
        let counts = case_facts::COUNTS.map(|name| (name, FactType::Number));
        let flags = case_facts::FLAGS.map(|name| (name, FactType::Bool));
        let choices = [
            (case_facts::KIND, names("kinds")),
            (case_facts::CHANNEL, names("channels")),
            (
                case_facts::FOLLOW_UP,
                FactType::Choice(
                    [case_facts::DUE, case_facts::DONE]
                        .map(str::to_owned)
                        .into(),
                ),
            ),
        ];
        let mut facts: Vec<(FactPath, FactType)> = Vec::new();
        let path = |part, name| FactPath::new(PartId::new(part), FieldId::new(name));
        for (name, ty) in counts.into_iter().chain(flags).chain(choices) {
            facts.push((path(case_facts::CASE, name), ty));
        }
        for levels in sections.elements(Naming::Levels.section()) {
            let scale = levels
                .value
                .get("scale")
                .into_iter()
                .flat_map(Node::entries);
            let scale = scale.map(|level| level.key.to_owned()).collect();
            facts.push((
                path(case_facts::LEVELS, levels.key),
                FactType::Choice(scale),
            ));
        }
        for role in sections.elements(Naming::Party.section()) {
            facts.push((path(case_facts::PARTIES, role.key), FactType::Number));
        }
        for contacts in sections.elements(Naming::Contacts.section()) {
            let own = |what: &str| {
                let name = FieldId::new(format!("{}.{what}", contacts.key));
                FactPath::new(PartId::new(case_facts::CONTACTS), name)
            };
            let flags = case_facts::CONTACT_FLAGS.map(|name| (own(name), FactType::Bool));
            let counts = case_facts::CONTACT_COUNTS.map(|name| (own(name), FactType::Number));
            facts.extend(flags.into_iter().chain(counts));
        }
        for book in sections.elements(Naming::Reconciliation.section()) {
            facts.extend(case_facts::RECONCILIATION_COUNTS.map(|count| {
                let name = FieldId::new(format!("{}.{count}", book.key));
                let part = PartId::new(case_facts::RECONCILIATIONS);
                (FactPath::new(part, name), FactType::Number)
            }));
        }
        for kind in sections.elements(Naming::Kind.section()) {
            facts.push((path(case_facts::RAISED, kind.key), FactType::Number));
            let shares = list(kind.value.get("shares")).into_iter();
            let shares = shares.filter_map(|shares| shares.get("parts"));
            let clocks = kind.value.get("clocks").into_iter().chain(shares);
            for clock in clocks.flat_map(Node::entries) {
                facts.push((path(case_facts::LATE, clock.key), FactType::Bool));
            }
        }
        let flags = case_facts::LINK_FLAGS.map(|name| (name, FactType::Bool));
        let counts = case_facts::LINK_COUNTS.map(|name| (name, FactType::Number));
        for (name, ty) in flags.into_iter().chain(counts) {
            facts.push((path(case_facts::LINKS, name), ty));
        }
        self.facts.extend(facts);
    }

    fn declare_facts(&mut self, part: Entry<'t>) {
        let fields = part.value.get("fields");
        for field in fields.into_iter().flat_map(Node::entries) {
            let path = FactPath::new(PartId::new(part.key), FieldId::new(field.key));
            let Some(ty) = self.field_type(field) else {
                continue;
            };
            let fact = match &ty {
                FieldType::Category { tree, .. } => self.trees.get(tree).map(FactType::of_tree),
                other => FactType::of(other),
            };
            self.facts.extend(fact.map(|fact| (path.clone(), fact)));
            self.field_types.insert(path, ty);
        }
    }

    /// The choices of an act's outcome field. What is wrong with the field is said when the act is
    /// read.
    fn outcomes_of(&self, act: Node<'t>) -> BTreeSet<String> {
        let word = |key: &str| act.get(key).and_then(Node::scalar);
        let (Some(part), Some(field)) = (word("part"), word("outcome")) else {
            return BTreeSet::new();
        };
        match self
            .facts
            .get(&FactPath::new(PartId::new(part), FieldId::new(field)))
        {
            Some(FactType::Choice(choices)) => {
                let some = list(act.get("outcomes"));
                let some: Vec<&str> = some.into_iter().filter_map(Node::scalar).collect();
                let can_be = |choice: &&String| some.is_empty() || some.contains(&choice.as_str());
                choices.iter().filter(can_be).cloned().collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The whole policy; `None` if an element could not be read, and then there is a finding.
    pub(super) fn policy(&self, sections: &Sections<'t>) -> Option<Policy> {
        let header = self.header(sections);
        let calendar = self.calendar(sections.calendar());
        let clauses = self.section(sections, Naming::Clause, |entry| self.clause_text(entry));
        let params = self.section(sections, Naming::Param, |entry| self.param(entry, sections));
        self.check_set(sections);
        let roles = self.section(sections, Naming::Role, |entry| self.role(entry));
        let channels = self.section(sections, Naming::Channel, |entry| self.channel(entry));
        let series = self.section(sections, Naming::Series, |entry| self.series(entry));
        let settlement = self.settlement(sections);
        let parts = self.section(sections, Naming::Part, |entry| {
            self.part(entry, settlement.as_ref())
        });
        let acts = self.section(sections, Naming::Act, |entry| self.act(entry));
        let notices = self.section(sections, Naming::Notice, |entry| self.notice(entry));
        let bands = self.section(sections, Naming::Band, |entry| self.band(entry));
        let levels = self.section(sections, Naming::Levels, |entry| self.levels(entry));
        let parties = self.section(sections, Naming::Party, |entry| self.party(entry));
        let exclusions = self.section(sections, Naming::Exclusion, |entry| self.exclusion(entry));
        let declarations = self.section(sections, Naming::Declaration, |entry| {
            self.declaration(entry)
        });
        let seals = self.section(sections, Naming::Seal, |entry| self.seal(entry));
        let reconciliations = self.section(sections, Naming::Reconciliation, |entry| {
            self.reconciliation(entry)
        });
        let kinds = self.section(sections, Naming::Kind, |entry| self.kind(entry));
        let statistics = self.section(sections, Naming::Measure, |entry| {
            self.measure(entry, sections)
        });
        let reports = self.section(sections, Naming::Report, |entry| self.report(entry));
        let duties = self.section(sections, Naming::Duty, |entry| self.duty(entry));
        let contacts = self.section(sections, Naming::Contacts, |entry| self.contacts(entry));
        let (id, title, about) = header?;
        Some(Policy {
            id,
            title,
            about,
            calendar: calendar?,
            clauses: clauses?,
            params: params?,
            roles: roles?,
            channels: channels?,
            categories: self.trees.clone(),
            parts: parts?,
            series: series?,
            acts: acts?,
            notices: notices?,
            levels: levels?,
            contacts: contacts?,
            parties: parties?,
            exclusions: exclusions?,
            declarations: declarations?,
            seals: seals?,
            reconciliations: reconciliations?,
            kinds: kinds?,
            bands: bands?,
            settlement: settlement?,
            statistics: statistics?,
            reports: reports?,
            duties: duties?,
        })
    }

    fn header(&self, sections: &Sections<'t>) -> Option<(PolicyId, Text, Vec<About>)> {
        let Some(node) = sections.header() else {
            let missing = codes::MISSING_KEY.at(sections.start());
            self.log.push(missing.with("name", "policy").done());
            return None;
        };
        let lines = Lines::of(node, sections.start(), &["id", "title", "about"], self.log)?;
        let id = lines.need("id", self.log).and_then(|node| {
            let id = scalar(node, self.log)?;
            check_plain_name(id, &[], node.place(), self.log);
            Some(PolicyId::new(id))
        });
        let title = self.title(&lines);
        if sections.elements("kinds").next().is_none() {
            let missing = codes::MISSING_KEY.at(sections.start());
            self.log.push(missing.with("name", "kinds").done());
        }
        let about: Vec<_> = list(lines.get("about"))
            .into_iter()
            .map(|node| self.about(node))
            .collect();
        Some((id?, title?, about.into_iter().collect::<Option<_>>()?))
    }

    /// Reads every element of a section before giving up on any.
    pub(super) fn section<Id: std::hash::Hash + Eq, Element>(
        &self,
        sections: &Sections<'t>,
        naming: Naming,
        read: impl Fn(Entry<'t>) -> Option<(Id, Element)>,
    ) -> Option<IndexMap<Id, Element>> {
        let elements: Vec<Option<(Id, Element)>> =
            sections.elements(naming.section()).map(read).collect();
        elements.into_iter().collect()
    }

    /// Reports what nothing uses.
    pub(super) fn report_unused(&self) {
        for unused in self.names.unused() {
            let finding = codes::UNUSED.at(unused.place).with("name", unused.name);
            self.log
                .push(finding.with("kind", unused.naming.word()).done());
        }
    }

    /// Looks up the name that a node consists of.
    pub(super) fn resolve(&self, naming: Naming, node: Node<'_>) -> Option<String> {
        let name = scalar(node, self.log)?;
        self.names.resolve(naming, name, node, self.log)?;
        Some(name.to_owned())
    }

    /// The line `key`, which must be there and name a thing of the given kind.
    pub(super) fn need_name(
        &self,
        lines: &Lines<'t>,
        key: &'static str,
        naming: Naming,
    ) -> Option<String> {
        let node = lines.need(key, self.log)?;
        self.resolve(naming, node)
    }

    /// The names on a line that may be left out, as one word or a list.
    pub(super) fn names_on(&self, node: Option<Node<'t>>, naming: Naming) -> Option<Vec<String>> {
        let names: Vec<Option<String>> = list(node)
            .into_iter()
            .map(|node| self.resolve(naming, node))
            .collect();
        names.into_iter().collect()
    }

    /// The line `clause`, which must be there.
    pub(super) fn clause(&self, lines: &Lines<'t>) -> Option<ClauseId> {
        self.need_name(lines, "clause", Naming::Clause)
            .map(ClauseId::new)
    }

    /// The line `clause`, which may be left out.
    pub(super) fn optional_clause(&self, lines: &Lines<'t>) -> Option<Option<ClauseId>> {
        match lines.get("clause") {
            None => Some(None),
            Some(node) => self
                .resolve(Naming::Clause, node)
                .map(|clause| Some(ClauseId::new(clause))),
        }
    }

    /// The line `title`, which must be there in both languages.
    pub(super) fn title(&self, lines: &Lines<'_>) -> Option<Text> {
        lines
            .need("title", self.log)
            .and_then(|node| text(node, self.log))
    }

    /// A place for findings about a line, or about its owner if there is none.
    pub(super) fn place_of(lines: &Lines<'_>, key: &str) -> Place {
        lines.get(key).map_or(lines.owner, Node::place)
    }
}

/// How conditions name a parameter.
pub(super) fn param_path(name: &str) -> FactPath {
    FactPath::new(PartId::new(case_facts::PARAM), FieldId::new(name))
}

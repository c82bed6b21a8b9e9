//! From a mapping file's tree to a mapping. Everything that is wrong is found at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use huiyin_diagnostic::{Findings, Place};
use huiyin_policy::model::{
    ActId, FactPath, FieldId, KindId, Part, PartId, Policy, PolicyId, Required,
};
use huiyin_policy::yaml::{Node, Shape};
use jiff::tz::TimeZone;

use super::Mapping;
use super::lines::Log;
use super::model::{ActRule, CaseRule, FieldRule};
use super::taken::{Wanted, taken, when};
use crate::codes::{FIELD_LEFT_OUT, UNREACHABLE};
use crate::limits::SOURCE_CHARS_MAX;
use crate::read::{Encoding, Reading};

pub(super) fn mapping(
    root: Node<'_>,
    policies: &[Arc<Policy>],
    findings: &mut Findings,
) -> Option<Mapping> {
    let log = Log::default();
    let mapping = header(root, policies, &log);
    for finding in log.findings.borrow().iter() {
        findings.push(finding.clone());
    }
    let columns = log.columns.into_inner();
    mapping.map(|mapping| Mapping { columns, ..mapping })
}

fn header(root: Node<'_>, policies: &[Arc<Policy>], log: &Log) -> Option<Mapping> {
    let known = [
        "source",
        "policy",
        "id",
        "zone",
        "sheet",
        "encoding",
        "separator",
        "cases",
    ];
    if !log.only(root, &known) {
        return None;
    }
    let source = log.need(root, "source").and_then(|node| source(node, log));
    let id = log.need(root, "id").and_then(|node| log.column(node));
    let zone = root.get("zone").and_then(|node| {
        let zone = TimeZone::get(log.text(node)?).ok();
        if zone.is_none() {
            log.bad(node, "zone");
        }
        zone
    });
    let reading = Reading {
        encoding: root.get("encoding").and_then(|node| encoding(node, log)),
        separator: root.get("separator").and_then(|node| separator(node, log)),
        sheet: root
            .get("sheet")
            .and_then(|node| log.text(node).map(str::to_owned)),
    };
    let policy = log.need(root, "policy").and_then(|node| {
        let name = log.text(node)?;
        let found = policies.iter().find(|policy| policy.id.as_str() == name);
        if found.is_none() {
            let known = policies.iter().map(|policy| policy.id.as_str());
            log.unknown_name(node.place(), "policy", name, known);
        }
        found
    });
    let list = log.need(root, "cases")?;
    let policy = policy?;
    let cases = cases(list, policy, log);
    Some(Mapping {
        source: source?,
        policy: PolicyId::new(policy.id.as_str()),
        reading,
        id: id?,
        zone,
        cases: cases?,
        columns: Vec::new(),
    })
}

/// A short plain name, because it is part of every row's key and stands in the log for all to read.
fn source(node: Node<'_>, log: &Log) -> Option<String> {
    let name = log.text(node)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > SOURCE_CHARS_MAX || !name.chars().all(plain) {
        log.bad(node, "source-name");
        return None;
    }
    Some(name.to_owned())
}

fn encoding(node: Node<'_>, log: &Log) -> Option<Encoding> {
    match log.text(node)? {
        "utf-8" => Some(Encoding::Utf8),
        "gb18030" | "gbk" | "gb2312" => Some(Encoding::Gb18030),
        _ => {
            log.bad(node, "encoding");
            None
        }
    }
}

fn separator(node: Node<'_>, log: &Log) -> Option<u8> {
    match log.text(node)? {
        "tab" => Some(b'\t'),
        one if one.len() == 1 && one.is_ascii() => one.bytes().next(),
        _ => {
            log.bad(node, "separator");
            None
        }
    }
}

fn cases(node: Node<'_>, policy: &Policy, log: &Log) -> Option<Vec<CaseRule>> {
    if node.shape() != Shape::List || node.items().next().is_none() {
        log.bad(node, "list");
        return None;
    }
    let mut rules = Vec::new();
    let mut all_fit = false;
    for item in node.items() {
        if all_fit {
            log.report(UNREACHABLE, item.place(), &[]);
        }
        let rule = Case {
            node: item,
            policy,
            log,
        }
        .rule();
        all_fit |= item.get("when").is_none();
        rules.push(rule);
    }
    rules.into_iter().collect()
}

/// One item of `cases:`.
struct Case<'t, 'a> {
    node: Node<'t>,
    policy: &'a Policy,
    log: &'a Log,
}

impl Case<'_, '_> {
    fn rule(&self) -> Option<CaseRule> {
        let (node, log) = (self.node, self.log);
        let known = [
            "when", "kind", "channel", "number", "unit", "opened", "fields", "acts", "closed",
            "missing",
        ];
        if !log.only(node, &known) {
            return None;
        }
        let conditions = self.conditions();
        let kind = log.need(node, "kind").and_then(|line| self.kind(line));
        let channels: Vec<&str> = self
            .policy
            .channels
            .keys()
            .map(|one| one.as_str())
            .collect();
        let wanted = Wanted::OneOf {
            what: "channel",
            known: &channels,
        };
        let channel = log
            .need(node, "channel")
            .and_then(|line| taken(line, wanted, log));
        let opened = log.need(node, "opened").and_then(|line| when(line, log));
        let optional = |key| node.get(key).map(|line| taken(line, Wanted::Any, log));
        let (number, unit) = (optional("number"), optional("unit"));
        let closed = node.get("closed").map(|line| when(line, log));
        let may_lack = self.may_lack();
        let kind = kind?;
        let part = &self.policy.kinds.get(&kind)?.open.part;
        let place = node.get("fields").map_or(node.place(), Node::place);
        let fields = self.fields(node.get("fields"), Some(part), &may_lack, place);
        let acts = self.acts(&kind, &may_lack);
        Some(CaseRule {
            when: conditions,
            kind,
            channel: channel?,
            number: read_if_there(number)?,
            unit: read_if_there(unit)?,
            opened: opened?,
            fields: fields?,
            acts: acts?,
            closed: read_if_there(closed)?,
            may_lack,
        })
    }

    fn conditions(&self) -> Vec<(String, Vec<String>)> {
        let Some(node) = self.node.get("when") else {
            return Vec::new();
        };
        if node.shape() != Shape::Map {
            self.log.bad(node, "map");
        }
        node.entries()
            .map(|entry| {
                let column = entry.key.trim().to_owned();
                let mut columns = self.log.columns.borrow_mut();
                columns.push((column.clone(), entry.key_place));
                (column, self.log.words(entry.value))
            })
            .collect()
    }

    fn kind(&self, line: Node<'_>) -> Option<KindId> {
        let name = self.log.text(line)?;
        let kinds = &self.policy.kinds;
        if !kinds.contains_key(name) {
            let known = kinds.keys().map(KindId::as_str);
            self.log.unknown_name(line.place(), "kind", name, known);
            return None;
        }
        Some(KindId::new(name))
    }

    fn may_lack(&self) -> BTreeSet<FactPath> {
        let mut paths = BTreeSet::new();
        let Some(node) = self.node.get("missing") else {
            return paths;
        };
        if node.shape() != Shape::List {
            self.log.bad(node, "list");
        }
        for item in node.items() {
            let Some(text) = self.log.text(item) else {
                continue;
            };
            let path = text
                .split_once('.')
                .map(|(part, field)| FactPath::new(PartId::new(part), FieldId::new(field)));
            match path.filter(|path| self.policy.field(path).is_some()) {
                Some(path) => {
                    paths.insert(path);
                }
                None => {
                    let known = self.policy.parts.iter().flat_map(|(part, declared)| {
                        declared
                            .fields
                            .keys()
                            .map(move |field| format!("{part}.{field}"))
                    });
                    let known: Vec<String> = known.collect();
                    let known = known.iter().map(String::as_str);
                    self.log.unknown_name(item.place(), "field", text, known);
                }
            }
        }
        paths
    }

    fn acts(&self, kind: &KindId, may_lack: &BTreeSet<FactPath>) -> Option<Vec<ActRule>> {
        let Some(node) = self.node.get("acts") else {
            return Some(Vec::new());
        };
        if node.shape() != Shape::List {
            self.log.bad(node, "list");
            return None;
        }
        let acts: Vec<_> = node
            .items()
            .map(|item| self.act(item, kind, may_lack))
            .collect();
        acts.into_iter().collect()
    }

    fn act(&self, node: Node<'_>, kind: &KindId, may_lack: &BTreeSet<FactPath>) -> Option<ActRule> {
        let log = self.log;
        if !log.only(node, &["act", "at", "fields"]) {
            return None;
        }
        let at = log.need(node, "at").and_then(|line| when(line, log));
        let line = log.need(node, "act")?;
        let name = log.text(line)?;
        let declared = self.policy.kinds.get(kind)?;
        let offered = declared
            .steps
            .values()
            .flat_map(|step| &step.acts)
            .chain(&declared.open.acts);
        let Some(id) = offered.clone().find(|act| act.as_str() == name) else {
            let known: BTreeSet<&str> = offered.map(ActId::as_str).collect();
            log.unknown_name(line.place(), "act", name, known.iter().copied());
            return None;
        };
        let part = self.policy.acts.get(id)?.part.as_ref();
        let place = node.get("fields").map_or(node.place(), Node::place);
        let fields = self.fields(node.get("fields"), part, may_lack, place);
        Some(ActRule {
            act: id.clone(),
            at: at?,
            fields: fields?,
        })
    }

    fn fields(
        &self,
        node: Option<Node<'_>>,
        part: Option<&PartId>,
        may_lack: &BTreeSet<FactPath>,
        place: Place,
    ) -> Option<Vec<FieldRule>> {
        let declared = part.and_then(|id| Some((id, self.policy.parts.get(id)?)));
        let rules = self.field_rules(node, declared);
        if let (Some((id, part)), Some(rules)) = (declared, &rules) {
            let filled = |field: &FieldId| rules.iter().any(|rule| rule.path.field() == field);
            let left_out = part.fields.iter().filter(|(name, field)| {
                let path = FactPath::new(id.clone(), (*name).clone());
                matches!(field.required, Required::Always)
                    && !filled(name)
                    && !may_lack.contains(&path)
            });
            for (name, _) in left_out {
                let path = format!("{id}.{name}");
                self.log.report(FIELD_LEFT_OUT, place, &[("name", &path)]);
            }
        }
        rules
    }

    fn field_rules(
        &self,
        node: Option<Node<'_>>,
        part: Option<(&PartId, &Part)>,
    ) -> Option<Vec<FieldRule>> {
        let Some(node) = node else {
            return Some(Vec::new());
        };
        if node.shape() != Shape::Map {
            self.log.bad(node, "map");
            return None;
        }
        let rule = |entry: huiyin_policy::yaml::Entry<'_>| {
            let Some((part, field)) =
                part.and_then(|(id, part)| Some((id, part.fields.get(entry.key)?)))
            else {
                let known: Vec<&str> = part
                    .into_iter()
                    .flat_map(|(_, part)| part.fields.keys().map(FieldId::as_str))
                    .collect();
                let known = known.iter().copied();
                self.log
                    .unknown_name(entry.key_place, "field", entry.key, known);
                return None;
            };
            Some(FieldRule {
                path: FactPath::new(part.clone(), FieldId::new(entry.key)),
                ty: field.ty.clone(),
                from: taken(entry.value, Wanted::Field(&field.ty), self.log)?,
            })
        };
        let rules: Vec<_> = node.entries().map(rule).collect();
        rules.into_iter().collect()
    }
}

/// A line that may be left out: nothing if it is, and a failure only if it is there and can't be read.
fn read_if_there<T>(line: Option<Option<T>>) -> Option<Option<T>> {
    match line {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

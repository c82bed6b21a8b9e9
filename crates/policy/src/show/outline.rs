//! The map as plain text.

use std::fmt::Write;

use super::Language;
use super::map::ProcessMap;
use super::speaker::Speaker;
use crate::model::{Kind, Policy};

/// One kind as an outline: every step with who acts in it and where it leads.
pub fn process_text(policy: &Policy, kind: &Kind, language: Language) -> String {
    let say = Speaker { policy, language };
    let map = ProcessMap::new(policy, kind, language);
    let mut text = format!("{}\n", map.title);
    for (index, node) in map.nodes.iter().enumerate() {
        let step = kind.steps.get(node.id.as_str());
        let by = step.map_or(String::new(), |step| {
            format!(" — {}", say.selector(&step.by))
        });
        let _ = writeln!(text, "\n[{}]{by}", node.title);
        for note in &node.notes {
            let _ = writeln!(text, "    ⏱ {note}");
        }
        for edge in map.edges.iter().filter(|edge| edge.from == index) {
            let to = &map.nodes[edge.to].title;
            let labels = edge.labels.join(" / ");
            let between = if labels.is_empty() { "" } else { " " };
            let _ = writeln!(text, "    {labels}{between}→ {to}");
        }
    }
    text
}

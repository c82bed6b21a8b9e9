//! The map as SVG. Colours come from the page: `--map-…` variables with plain defaults, and the
//! text colour of its surroundings, so that one drawing fits light and dark themes and paper.

use std::fmt::Write;

use super::map::{
    BACK_LABEL_WIDTH, BACK_WAY_WIDTH, HEADING_HEIGHT, NODE_HEIGHT, NODE_WIDTH, ProcessMap,
};
use super::{Edge, Language, MapNode, NodeKind};
use crate::model::{Kind, Policy};

const STYLE: &str = "\
.huiyin-map{font:13px/1.4 system-ui,'Noto Sans SC','Microsoft YaHei',sans-serif;color:var(--map-text,currentColor)}\
.huiyin-map text{fill:currentColor}\
.huiyin-map .lane{fill:var(--map-lane,currentColor);fill-opacity:var(--map-lane-opacity,.04)}\
.huiyin-map .lane-title{font-size:12px;text-anchor:middle;opacity:.7}\
.huiyin-map .node{fill:var(--map-node,#fff);stroke:var(--map-line,currentColor);stroke-opacity:.55;stroke-width:1.25}\
.huiyin-map .passable{stroke-dasharray:5 4}\
.huiyin-map .start,.huiyin-map .end{fill:var(--map-accent,#2f6f5e);stroke:none}\
.huiyin-map .start+text,.huiyin-map .end+text{fill:var(--map-on-accent,#fff)}\
.huiyin-map .title{text-anchor:middle;dominant-baseline:central;font-weight:600}\
.huiyin-map .note,.huiyin-map .label{font-size:11px;opacity:.8}\
.huiyin-map .label{paint-order:stroke;stroke:var(--map-ground,Canvas);stroke-width:3px}\
.huiyin-map .edge{fill:none;stroke:var(--map-line,currentColor);stroke-opacity:.55;stroke-width:1.25}\
.huiyin-map .back{stroke-dasharray:3 3}\
.huiyin-map .tip{fill:var(--map-line,currentColor);fill-opacity:.7}";

/// Draws one kind's map.
pub fn process_svg(policy: &Policy, kind: &Kind, language: Language) -> String {
    let map = ProcessMap::new(policy, kind, language);
    let mut svg = String::new();
    let (width, height) = (map.width, map.height);
    let title = escaped(&map.title);
    let _ = writeln!(
        svg,
        "<svg class=\"huiyin-map\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\
         <title>{title}</title><style>{STYLE}</style>\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path class=\"tip\" d=\"M0 0 8 4 0 8z\"/></marker></defs>"
    );
    for lane in &map.lanes {
        let (x, inner) = (lane.x + 4, lane.width - 8);
        let _ = writeln!(
            svg,
            "<rect class=\"lane\" x=\"{x}\" y=\"4\" width=\"{inner}\" height=\"{}\" rx=\"8\"/>\
             <text class=\"lane-title\" x=\"{}\" y=\"{}\">{}</text>",
            height - 8,
            lane.x + lane.width / 2,
            HEADING_HEIGHT / 2 + 6,
            escaped(&lane.title),
        );
    }
    for edge in map.edges.iter().filter(|edge| edge.is_forward()) {
        draw_forward(&mut svg, &map, edge);
    }
    let back: Vec<&Edge> = map.edges.iter().filter(|edge| !edge.is_forward()).collect();
    for (nth, edge) in back.iter().enumerate() {
        let before = back.get(..nth).unwrap_or_default();
        let from_same = before.iter().filter(|other| other.from == edge.from);
        draw_back(&mut svg, &map, edge, [nth, from_same.count()]);
    }
    for node in &map.nodes {
        draw_node(&mut svg, node);
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw_node(svg: &mut String, node: &MapNode) {
    let (class, radius) = match node.kind {
        NodeKind::Start => ("node start", NODE_HEIGHT / 2),
        NodeKind::End => ("node end", NODE_HEIGHT / 2),
        NodeKind::Step => ("node", 8),
        NodeKind::Passable => ("node passable", 8),
    };
    let (left, top) = (node.x - NODE_WIDTH / 2, node.y - NODE_HEIGHT / 2);
    let _ = writeln!(
        svg,
        "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{NODE_WIDTH}\" height=\"{NODE_HEIGHT}\" \
         rx=\"{radius}\"/><text class=\"title\" x=\"{}\" y=\"{}\">{}</text>",
        node.x,
        node.y,
        escaped(&node.title),
    );
    for (line, note) in (0..).zip(&node.notes) {
        let _ = writeln!(
            svg,
            "<text class=\"note\" x=\"{}\" y=\"{}\">{}</text>",
            node.x + NODE_WIDTH / 2 + 12,
            node.y - 8 + line * 16,
            escaped(note),
        );
    }
}

/// Down to a later row: straight, or over half the way across to another lane; past other nodes of
/// the same lane it swings out to the left.
fn draw_forward(svg: &mut String, map: &ProcessMap, edge: &Edge) {
    let (from, to) = (&map.nodes[edge.from], &map.nodes[edge.to]);
    let (start, end) = (from.y + NODE_HEIGHT / 2, to.y - NODE_HEIGHT / 2 - 2);
    let skips = edge.to > edge.from + 1 && from.x == to.x;
    let (path, label_x, label_y) = if skips {
        let side = from.x - NODE_WIDTH / 2 - 14;
        let (out, back) = (from.x - NODE_WIDTH / 2, to.x - NODE_WIDTH / 2 - 2);
        (
            format!("M{out} {} H{side} V{} H{back}", from.y, to.y),
            side + 4,
            from.y + NODE_HEIGHT / 2 + 18,
        )
    } else {
        let bend = end - 14;
        (
            format!("M{} {start} V{bend} H{} V{end}", from.x, to.x),
            from.x + 8,
            start + 18,
        )
    };
    let _ = writeln!(
        svg,
        "<path class=\"edge\" marker-end=\"url(#tip)\" d=\"{path}\"/>"
    );
    draw_labels(svg, edge, label_x, label_y);
}

/// Back to an earlier row or to the same: around the right side, each way a little further out, and
/// each one that leaves the same node a little lower.
fn draw_back(svg: &mut String, map: &ProcessMap, edge: &Edge, [nth, from_same]: [usize; 2]) {
    let (from, to) = (&map.nodes[edge.from], &map.nodes[edge.to]);
    let [nth, from_same] = [nth, from_same].map(|count| i32::try_from(count).unwrap_or(0));
    let side = map.lanes_end() + BACK_LABEL_WIDTH + nth * BACK_WAY_WIDTH;
    let (out, back) = (from.x + NODE_WIDTH / 2, to.x + NODE_WIDTH / 2 + 2);
    let (start, end) = (from.y + 2 + from_same * 16, to.y - 20);
    let _ = writeln!(
        svg,
        "<path class=\"edge back\" marker-end=\"url(#tip)\" d=\"M{out} {start} H{side} V{end} H{back}\"/>"
    );
    draw_labels(svg, edge, out + 8, start - 3);
}

fn draw_labels(svg: &mut String, edge: &Edge, x: i32, y: i32) {
    let label = edge.labels.join(" / ");
    if !label.is_empty() {
        let label = escaped(&label);
        let _ = writeln!(
            svg,
            "<text class=\"label\" x=\"{x}\" y=\"{y}\">{label}</text>"
        );
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

//! The strip of a kind: the steps of its main way in one row, with those beside it where a case has been. Positions only, no drawing.

use std::collections::BTreeSet;

use super::Language;
use super::speaker::Speaker;
use super::ways::{self, Way};
use crate::model::{Kind, Policy, StepId};

/// Size of a step on the strip, in pixels at 100 %.
const WIDTH: i32 = 124;
const HEIGHT: i32 = 44;
/// Space between steps, for the arrows.
const GAP: i32 = 40;
/// Space around the strip.
const MARGIN: i32 = 8;
/// From the steps to the first line that runs above or below them, and from each such line to the next.
const FIRST_LANE: i32 = 16;
const LANE: i32 = 10;
/// How far from a step's middle its lines begin and end: the nearest lane furthest out, so that no two cross.
const PORT: i32 = 24;
const PORT_STEP: i32 = 6;
const PORT_MIN: i32 = 4;

/// Steps in a row with the lines between them, and in words where each step leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// Width of the whole.
    pub width: i32,
    /// Height of the whole.
    pub height: i32,
    /// The steps that are drawn, in the order of the file, then closing.
    pub places: Vec<Place>,
    /// The lines between them: each is a way of the kind, and none of those between them is left out.
    pub lines: Vec<Line>,
    /// The steps beside the main way that are not drawn, in the order of the file.
    pub aside: Vec<StepId>,
    /// All ways from the steps and from closing, drawn or not.
    pub ways: Vec<StripWay>,
}

/// A step on the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The step; `None` is closing.
    pub step: Option<StepId>,
    /// Whether every ordinary case comes here.
    pub is_main: bool,
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// A line between two places, by their position in [`Strip::places`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it begins.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// Its corners.
    pub points: Vec<(i32, i32)>,
}

/// A way in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripWay {
    /// From which step; `None` once closed.
    pub from: Option<StepId>,
    /// To which step; `None` is closing.
    pub to: Option<StepId>,
    /// What leads along it.
    pub label: String,
    /// Where it leads, seen from the main way.
    pub kind: WayKind,
}

/// Where a way leads, seen from the main way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// Onward.
    Onward,
    /// To a step beside the main way.
    Aside,
    /// To the same step, or back to an earlier one of the main way.
    Back,
}

impl Line {
    /// Whether it leads to an earlier step.
    pub fn is_back(&self) -> bool {
        self.to <= self.from
    }
}

impl Strip {
    /// Lays out a kind: the main way, and beside it the steps where the case `was`.
    ///
    /// Neighbours are joined by arrows, moves past others run above, moves to an earlier step below.
    pub fn new(policy: &Policy, kind: &Kind, was: &BTreeSet<StepId>, language: Language) -> Self {
        let ways = ways::ways(Speaker { policy, language }, kind);
        let main = ways::main_way(kind);
        let step = |place: usize| kind.steps.get_index(place.checked_sub(1)?);
        let id = |place: usize| step(place).map(|(id, _)| id.clone());
        let is_shown = |&place: &usize| {
            main.contains(&place) || step(place).is_some_and(|(id, _)| was.contains(id))
        };
        let shown: Vec<usize> = (1..=ways::closed(kind)).filter(is_shown).collect();
        let aside = (1..ways::closed(kind)).filter(|place| !is_shown(place));
        let lanes = Lanes::of(&ways, &shown);
        let y = MARGIN + lanes.space(true);
        let places: Vec<Place> = (0..)
            .zip(&shown)
            .map(|(at, &place)| Place {
                step: id(place),
                is_main: main.contains(&place),
                x: MARGIN + at * (WIDTH + GAP),
                y,
                width: WIDTH,
                height: HEIGHT,
            })
            .collect();
        Self {
            width: places.last().map_or(0, |last| last.x + last.width + MARGIN),
            height: HEIGHT + 2 * MARGIN + lanes.space(true) + lanes.space(false),
            lines: lanes.lines(&places),
            aside: aside.filter_map(id).collect(),
            ways: ways
                .iter()
                .filter(|way| way.from != ways::OPENED)
                .map(|way| StripWay {
                    from: id(way.from),
                    to: id(way.to),
                    label: way.labels.join(" / "),
                    kind: way_kind(way, &main),
                })
                .collect(),
            places,
        }
    }
}

fn way_kind(way: &Way, main: &[usize]) -> WayKind {
    if way.to != way.from && !main.contains(&way.to) {
        WayKind::Aside
    } else if way.to <= way.from {
        WayKind::Back
    } else {
        WayKind::Onward
    }
}

/// Which line runs at which distance from the row: 0 between neighbours, then 1 nearest to it.
struct Lanes(Vec<(usize, usize, i32)>);

impl Lanes {
    fn of(ways: &[Way], shown: &[usize]) -> Self {
        let at = |place: usize| shown.iter().position(|&one| one == place);
        let drawn = ways.iter().filter_map(|way| {
            let (from, to) = (at(way.from)?, at(way.to)?);
            (from != to).then_some((from, to))
        });
        let mut drawn: Vec<(usize, usize)> = drawn.collect();
        drawn.sort_by_key(|&(from, to)| (from.abs_diff(to), from, to));
        let mut lanes: Vec<(usize, usize, i32)> = Vec::new();
        for (from, to) in drawn {
            if to == from + 1 {
                lanes.push((from, to, 0));
                continue;
            }
            let (first, last) = (from.min(to), from.max(to));
            // Lines that only touch at a step share a lane.
            let meets = |&&(one, other, _): &&(usize, usize, i32)| {
                (one < other) == (from < to) && one.min(other) < last && first < one.max(other)
            };
            let taken: BTreeSet<i32> = lanes.iter().filter(meets).map(|&(.., lane)| lane).collect();
            let free = (1..).find(|lane| !taken.contains(lane));
            lanes.push((from, to, free.unwrap_or(1)));
        }
        Self(lanes)
    }

    /// The space that lines need above the row, or below it.
    fn space(&self, above: bool) -> i32 {
        let side = self.0.iter().filter(|&&(from, to, _)| (from < to) == above);
        match side.map(|&(.., lane)| lane).max() {
            None | Some(0) => 0,
            Some(lanes) => FIRST_LANE + (lanes - 1) * LANE,
        }
    }

    fn lines(&self, places: &[Place]) -> Vec<Line> {
        let line = |&(from, to, lane): &(usize, usize, i32)| Line {
            from,
            to,
            points: match lane {
                0 => straight(&places[from], &places[to]),
                lane => around(&places[from], &places[to], lane),
            },
        };
        self.0.iter().map(line).collect()
    }
}

fn straight(from: &Place, to: &Place) -> Vec<(i32, i32)> {
    let y = from.y + HEIGHT / 2;
    vec![(from.x + WIDTH, y), (to.x, y)]
}

/// Out of one step, along above it or below it, and into the other.
fn around(from: &Place, to: &Place, lane: i32) -> Vec<(i32, i32)> {
    let away = FIRST_LANE + (lane - 1) * LANE;
    let port = (PORT - lane * PORT_STEP).max(PORT_MIN);
    let onward = from.x < to.x;
    let (side, along) = if onward {
        (from.y, from.y - away)
    } else {
        (from.y + HEIGHT, from.y + HEIGHT + away)
    };
    let towards = if onward { port } else { -port };
    let (out, into) = (from.x + WIDTH / 2 + towards, to.x + WIDTH / 2 - towards);
    vec![(out, side), (out, along), (into, along), (into, side)]
}

//! The strip of a kind: its steps in one row, as a case's page shows them. Positions only, no drawing.

use std::collections::BTreeSet;

use crate::model::{Kind, StepId, Target};

/// Size of a step on the strip, in pixels at 100 %.
const WIDTH: i32 = 124;
const HEIGHT: i32 = 44;
/// Space between steps, for the arrows.
const GAP: i32 = 40;
/// Space around the strip.
const MARGIN: i32 = 8;
/// Height of each line that leads back below the steps.
const BACK_STEP: i32 = 12;

/// Steps in a row with the lines between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// Width of the whole.
    pub width: i32,
    /// Height of the whole.
    pub height: i32,
    /// The steps in the order of the file, then closing.
    pub places: Vec<Place>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A step on the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The step; `None` is closing.
    pub step: Option<StepId>,
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

impl Line {
    /// Whether it leads to an earlier step.
    pub fn is_back(&self) -> bool {
        self.to <= self.from
    }
}

impl Strip {
    /// Lays out a kind: neighbours are joined by arrows, moves to an earlier step by lines below.
    pub fn new(kind: &Kind) -> Self {
        let steps: Vec<&StepId> = kind.steps.keys().collect();
        let places: Vec<Place> = (0..)
            .zip(steps.iter().map(|step| Some((*step).clone())).chain([None]))
            .map(|(at, step)| place(at, step))
            .collect();
        let forward = (1..places.len()).map(|to| arrow(&places, to - 1, to));
        let back: BTreeSet<(usize, usize)> = kind
            .steps
            .values()
            .enumerate()
            .flat_map(|(from, step)| step.moves.iter().map(move |one| (from, &one.then)))
            .filter_map(|(from, then)| match then {
                Target::Step(step) => Some((from, steps.iter().position(|one| *one == step)?)),
                _ => None,
            })
            .filter(|(from, to)| to < from)
            .collect();
        let below = (1..)
            .zip(&back)
            .map(|(row, &(from, to))| detour(&places, from, to, row));
        let lines: Vec<Line> = forward.chain(below).collect();
        let rows = i32::try_from(back.len()).unwrap_or(0);
        Self {
            width: places.last().map_or(0, |last| last.x + last.width + MARGIN),
            height: HEIGHT + 2 * MARGIN + if rows > 0 { BACK_STEP * (rows + 1) } else { 0 },
            places,
            lines,
        }
    }
}

fn place(at: i32, step: Option<StepId>) -> Place {
    Place {
        step,
        x: MARGIN + at * (WIDTH + GAP),
        y: MARGIN,
        width: WIDTH,
        height: HEIGHT,
    }
}

fn arrow(places: &[Place], from: usize, to: usize) -> Line {
    let y = MARGIN + HEIGHT / 2;
    Line {
        from,
        to,
        points: vec![(places[from].x + WIDTH, y), (places[to].x, y)],
    }
}

/// Out at the bottom of one step, along below, and up into the other. Each has a height of its own.
fn detour(places: &[Place], from: usize, to: usize, row: i32) -> Line {
    let bottom = MARGIN + HEIGHT;
    let lane = bottom + BACK_STEP * row;
    let (out, into) = (
        places[from].x + WIDTH / 2 - 4 * row,
        places[to].x + WIDTH / 2 + 4 * row,
    );
    Line {
        from,
        to,
        points: vec![(out, bottom), (out, lane), (into, lane), (into, bottom)],
    }
}

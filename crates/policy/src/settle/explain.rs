//! Why a cell holds what it holds.

use std::fmt;

use huiyin_settlement::{Figure, Money};

use crate::model::{BandId, ChoiceId, ColumnPath, ParamId};

/// How a cell came about.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// Taken over from another row.
    Copied(ColumnPath),
    /// Worked out by a formula.
    Formula {
        /// The formula with its figures.
        working: Working,
        /// The exact result, if it was rounded to the cent.
        exact: Option<Figure>,
        /// The choice that the formula is for, and the column that has it.
        choice: Option<(ColumnPath, ChoiceId)>,
    },
    /// By a row of a first-hit table.
    First {
        /// Which row, counted from 0.
        row: usize,
        /// Its condition as the policy has it; none in the last row.
        when: Option<String>,
        /// The formula with its figures, if the row has one.
        working: Option<Working>,
        /// The exact result, if it was rounded to the cent.
        exact: Option<Figure>,
    },
    /// A part of an amount.
    Split {
        /// The amount that was divided.
        total: Money,
        /// This row's weight.
        weight: Figure,
        /// What all weights add up to.
        sum: Figure,
        /// Whether a cent of the rest is in it.
        has_rest: bool,
    },
    /// By the row of a band.
    Band {
        /// The band.
        band: BandId,
        /// The amount.
        amount: Money,
        /// Where the row begins; the amount itself is not in it. None in the first row.
        above: Option<Money>,
        /// Where the row ends, inclusive; none in the last row.
        up_to: Option<Money>,
    },
    /// Some steps from another grade.
    Moved {
        /// The other grade.
        from: ChoiceId,
        /// How many steps; lower if negative.
        steps: i32,
    },
}

/// A formula with its figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Working {
    /// A cell.
    Column(ColumnPath, Figure),
    /// A figure of the policy.
    Figure(Figure),
    /// A parameter of the policy.
    Param(ParamId, Figure),
    /// A column added up.
    Total(ColumnPath, Figure),
    /// A product.
    Product(Vec<Working>),
    /// A sum.
    Sum(Vec<Working>),
    /// A difference.
    Less(Vec<Working>),
    /// The smallest.
    Smallest(Vec<Working>),
    /// The largest.
    Largest(Vec<Working>),
}

impl Working {
    /// The formula with its figures; `name` says what stands before a figure, such as its column's title.
    pub fn written(&self, name: &dyn Fn(&Working) -> String) -> String {
        let grouped = |working: &Working| match working {
            Self::Sum(_) | Self::Less(_) => format!("({})", working.written(name)),
            _ => working.written(name),
        };
        let joined = |terms: &[Working], sign: &str| {
            let terms: Vec<String> = terms.iter().map(grouped).collect();
            terms.join(sign)
        };
        match self {
            Self::Column(_, figure)
            | Self::Figure(figure)
            | Self::Param(_, figure)
            | Self::Total(_, figure) => format!("{}{figure}", name(self)),
            Self::Product(terms) => joined(terms, " × "),
            Self::Sum(terms) => joined(terms, " + "),
            Self::Less(terms) => joined(terms, " − "),
            Self::Smallest(terms) => format!("min({})", joined(terms, ", ")),
            Self::Largest(terms) => format!("max({})", joined(terms, ", ")),
        }
    }
}

impl fmt::Display for Working {
    /// The figures alone: `1000 × 12.50 × 20%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(&|_| String::new()))
    }
}

impl fmt::Display for Why {
    /// The working without words: `1000 × 12.50 × 20%`, `100.00 × 30% / 100% + 0.01`, `50000.00 < 50000.01 ≤ 100000.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exactly = |exact: &Option<Figure>| match exact {
            Some(exact) => format!(" = {exact}"),
            None => String::new(),
        };
        match self {
            Self::Copied(path) => write!(f, "{path}"),
            Self::Formula { working, exact, .. } => write!(f, "{working}{}", exactly(exact)),
            Self::First {
                when,
                working,
                exact,
                ..
            } => match (working, when) {
                (Some(working), _) => write!(f, "{working}{}", exactly(exact)),
                (None, Some(when)) => f.write_str(when),
                (None, None) => f.write_str("—"),
            },
            Self::Split {
                total,
                weight,
                sum,
                has_rest,
            } => {
                let rest = if *has_rest { " + 0.01" } else { "" };
                write!(f, "{total} × {weight} / {sum}{rest}")
            }
            Self::Band {
                amount,
                above,
                up_to,
                ..
            } => {
                let above = above.map_or(String::new(), |above| format!("{above} < "));
                let up_to = up_to.map_or(String::new(), |up_to| format!(" ≤ {up_to}"));
                write!(f, "{above}{amount}{up_to}")
            }
            Self::Moved { from, steps } => write!(f, "{from} {steps:+}"),
        }
    }
}

//! What stands in a cell.

use std::fmt;
use std::str::FromStr;

use huiyin_settlement::{Figure, Money};
use jiff::civil::Date;

use crate::condition::Fact;
use crate::model::ChoiceId;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// The name or number of somebody or something.
    Name(String),
    /// An amount, a quantity or a percentage.
    Figure(Figure),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// A choice or grade.
    Choice(ChoiceId),
    /// Several choices.
    Choices(Vec<ChoiceId>),
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    // INVARIANT: the first day of the month, before the last year that a date can have.
    first: Date,
}

/// The last year of a month.
const YEAR_MAX: i16 = 9_998;

impl Month {
    /// The month of a day; the last one there is for days after it.
    pub fn of(day: Date) -> Month {
        let last = Date::constant(YEAR_MAX, 12, 1);
        Month {
            first: day.first_of_month().min(last),
        }
    }

    /// Its first day.
    pub const fn first_day(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first.last_of_month()
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Month {
        let next = self.first.last_of_month().tomorrow();
        Month {
            first: next.expect("the last year has another one after it"),
        }
    }
}

impl FromStr for Month {
    type Err = ();

    /// Reads `2026-03`.
    fn from_str(text: &str) -> Result<Month, ()> {
        let digits = text.len() == 7 && text.is_ascii();
        let first: Date = format!("{text}-01").parse().map_err(|_| ())?;
        match digits && (1..=YEAR_MAX).contains(&first.year()) {
            true => Ok(Month { first }),
            false => Err(()),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl Cell {
    /// The amount, if it is one.
    pub fn money(&self) -> Option<Money> {
        match self {
            Self::Figure(figure) => figure.money(),
            _ => None,
        }
    }

    /// The figure, if it is one.
    pub(super) fn figure(&self) -> Option<Figure> {
        match self {
            Self::Figure(figure) => Some(*figure),
            _ => None,
        }
    }

    /// The same as conditions see it.
    pub(super) fn fact(&self) -> Fact {
        match self {
            Self::Name(name) => Fact::Word(name.clone()),
            Self::Figure(figure) => Fact::Number(figure.to_decimal()),
            Self::Bool(known) => Fact::Bool(*known),
            Self::Date(date) => Fact::Date(*date),
            Self::Month(month) => Fact::Word(month.to_string()),
            Self::Choice(choice) => Fact::Word(choice.to_string()),
            Self::Choices(choices) => {
                Fact::Words(choices.iter().map(ToString::to_string).collect())
            }
        }
    }
}

impl fmt::Display for Cell {
    /// As it is written in rows: choices by their names, amounts with two decimal places.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Figure(figure) => write!(f, "{figure}"),
            Self::Bool(known) => write!(f, "{known}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Month(month) => write!(f, "{month}"),
            Self::Choice(choice) => write!(f, "{choice}"),
            Self::Choices(choices) => {
                let choices: Vec<&str> = choices.iter().map(ChoiceId::as_str).collect();
                f.write_str(&choices.join(", "))
            }
        }
    }
}

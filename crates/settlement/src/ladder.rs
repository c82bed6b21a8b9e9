//! Grades in order.

/// Grades from the lowest to the highest, each once.
///
/// ```
/// use huiyin_settlement::Ladder;
///
/// let grades = Ladder::new(vec!["reprimand", "two reprimands", "minor demerit"])?;
/// assert_eq!(grades.moved(&"minor demerit", -1), Some(&"two reprimands"));
/// assert_eq!(grades.moved(&"reprimand", -1), None);
/// # Ok::<(), huiyin_settlement::LadderProblem>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder<T> {
    // INVARIANT: not empty, no grade twice.
    grades: Vec<T>,
}

/// Why grades are not a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LadderProblem {
    /// There is no grade.
    #[error("a ladder needs at least one grade")]
    Empty,
    /// A grade stands on it twice; counted from 0.
    #[error("grade {index} is already on the ladder")]
    Repeated {
        /// The second one.
        index: usize,
    },
}

impl<T: PartialEq> Ladder<T> {
    /// Grades, the lowest first.
    ///
    /// # Errors
    ///
    /// When there is none, or one stands twice.
    pub fn new(grades: Vec<T>) -> Result<Ladder<T>, LadderProblem> {
        if grades.is_empty() {
            return Err(LadderProblem::Empty);
        }
        let repeated = (1..grades.len()).find(|index| grades[..*index].contains(&grades[*index]));
        match repeated {
            Some(index) => Err(LadderProblem::Repeated { index }),
            None => Ok(Ladder { grades }),
        }
    }

    /// The grade so many steps higher, or lower if negative; `None` if `grade` is not on the ladder or
    /// the move leads off it.
    pub fn moved(&self, grade: &T, steps: i32) -> Option<&T> {
        let from = self.position(grade)?;
        let to = from.checked_add_signed(isize::try_from(steps).ok()?)?;
        self.grades.get(to)
    }

    /// How high a grade stands, the lowest at 0; `None` if it is not on the ladder.
    pub fn position(&self, grade: &T) -> Option<usize> {
        self.grades.iter().position(|known| known == grade)
    }

    /// The grades, the lowest first.
    pub fn grades(&self) -> &[T] {
        &self.grades
    }
}

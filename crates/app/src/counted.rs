//! The cases behind a figure of the statistics.

use huiyin_store::{Access, Filter};
pub use huiyin_store::{COUNT_MAX, Counted};

use crate::app::App;
use crate::cases::ListRequest;
use crate::error::Error;
use crate::principal::Principal;
use crate::statistics::OfUnit;

/// The cases behind a figure.
#[derive(Debug, Clone)]
pub struct CountedCases {
    /// What they count for.
    pub counted: Counted,
    /// Which unit answers for them.
    pub unit: OfUnit,
}

impl App {
    /// How many cases the list holds on all its pages, up to [`COUNT_MAX`].
    ///
    /// # Errors
    /// As [`App::list`].
    pub async fn count_listed(
        &self,
        principal: &Principal,
        request: &ListRequest,
    ) -> Result<u64, Error> {
        let (access, filter) = self.listed(principal, request)?;
        let counts = self.store().counts(&access, &[filter]).await?;
        Ok(counts.first().copied().unwrap_or_default().into())
    }

    /// A category stands for all below it, as it does in the figure.
    fn with_below(&self, request: &ListRequest, counted: &Counted) -> Counted {
        let policy = request.policy.as_ref();
        let version = policy.and_then(|id| self.current_version(id));
        let figure = version.as_ref().and_then(|version| {
            let measure = version.policy.statistics.get(&counted.measure)?;
            Some((&version.policy, measure.figure.by()?))
        });
        let Some((policy, by)) = figure else {
            return counted.clone();
        };
        let classes = counted.classes.iter().flat_map(|class| match class {
            None => vec![None],
            Some(class) => {
                let within = policy.choices_within(by, class).into_iter();
                within.map(Some).collect()
            }
        });
        Counted {
            classes: classes.collect(),
            ..counted.clone()
        }
    }

    /// What a list asks of the store.
    pub(crate) fn listed(
        &self,
        principal: &Principal,
        request: &ListRequest,
    ) -> Result<(Access, Filter), Error> {
        let (access, filter) =
            self.view(principal, request.acting_for, request.view, request.stage)?;
        let filter = Filter {
            policy: request.policy.clone(),
            kind: request.kind.clone(),
            channel: request.channel.clone(),
            ..request.standing.narrow(filter)
        };
        let Some(of) = &request.counted else {
            return Ok((access, filter));
        };
        let filter = Filter {
            counted: Some(self.with_below(request, &of.counted)),
            lead_unit: of.unit.flatten(),
            without_unit: of.unit == Some(None),
            ..filter
        };
        Ok((access.counted(), filter))
    }
}

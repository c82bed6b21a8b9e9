//! What can be proved of a policy whose names and types are right.
use crate::check::{Log, Sections};
use crate::model::Policy;
use huiyin_diagnostic::Place;
pub(crate) struct Places<'t>(&'t Sections<'t>);
impl<'t> Places<'t> {
    pub(crate) fn new(s: &'t Sections<'t>) -> Self {
        Self(s)
    }
    pub(crate) fn x(&self) -> Place {
        let _ = &self.0;
        Place::default()
    }
}
pub(crate) fn prove(_: &Policy, _: &Places<'_>, _: &Log) {}

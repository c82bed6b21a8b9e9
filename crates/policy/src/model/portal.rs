//! What customers find on the portal (客户门户): bringing in cases of a kind themselves, and following them.

use indexmap::IndexMap;

use super::{ActId, ChannelId, ClauseId, ClockId, FieldId, MilestoneId, Selector, StepId, Text};

/// How customers bring in cases of a kind themselves, and what they see of them.
#[derive(Debug, Clone)]
pub struct Portal {
    /// The channel that such cases come in by; it is open for the kind.
    pub channel: ChannelId,
    /// What the kind is for, in words for customers.
    pub lead: Text,
    /// The fields of the opening part that the customer is asked for, in this order.
    pub fields: Vec<FieldId>,
    /// What he agrees to when he tells something personal: what is collected, and why.
    pub consent: Option<Text>,
    /// Whether he may send files, such as photos, and how many.
    pub files: Option<PortalFiles>,
    /// Who a message to him is shown to come from.
    pub from: Sender,
    /// What acts are called for customers, where their own title is meant for those who do them.
    pub titles: IndexMap<ActId, Text>,
    /// The course of the case in plain words. Each step belongs to one of them; the last is the end.
    pub milestones: IndexMap<MilestoneId, Milestone>,
    /// Who may issue a new receipt code (查询码) to a customer who lost his.
    pub codes_by: Selector,
    /// The clause that opens the portal.
    pub clause: ClauseId,
}

/// What files a customer may send about his case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortalFiles {
    /// How many of them may stand on one case at a time; at least one.
    pub max: u32,
}

/// Who a message to the customer is shown to come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The organisation as a whole.
    Organisation,
    /// The unit of whoever sent it.
    Unit,
    /// Whoever sent it, by name.
    Person,
}

/// One station of a case's course as the customer sees it (进度节点).
#[derive(Debug, Clone)]
pub struct Milestone {
    /// Name, e.g. 已收到.
    pub title: Text,
    /// What happens now.
    pub text: Text,
    /// The steps that stand behind it; none for the end.
    pub steps: Vec<StepId>,
    /// The clock whose date is promised meanwhile.
    pub due: Option<ClockId>,
}

impl Portal {
    /// The milestone that a step belongs to.
    pub fn milestone_of(&self, step: &StepId) -> Option<&MilestoneId> {
        self.milestones
            .iter()
            .find(|(_, milestone)| milestone.steps.contains(step))
            .map(|(id, _)| id)
    }

    /// What an act is called for customers, if anything else than for those who do it.
    pub fn title_of(&self, act: &ActId) -> Option<&Text> {
        self.titles.get(act)
    }
}

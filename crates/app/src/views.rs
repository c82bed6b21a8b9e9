//! What the views of the work list ask of the store.

use huiyin_case::deputy::Right;
use huiyin_case::id::PersonId;
use huiyin_case::role_lists;
use huiyin_case::state::Stage;
use huiyin_store::{Access, Arm, Filter};

use crate::app::App;
use crate::authorise::{Action, arms, without_hidden};
use crate::cases::{DUE_SOON, ListView};
use crate::error::Error;
use crate::principal::Principal;

impl App {
    /// What a view asks of the store: always a part of what the caller may see.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for somebody for whom the caller is no deputy today.
    pub(crate) fn view(
        &self,
        principal: &Principal,
        acting_for: Option<PersonId>,
        view: ListView,
        stage: Option<Stage>,
    ) -> Result<(Access, Filter), Error> {
        let directory = self.directory();
        let organisation = &directory.organisation;
        let may_see = self.may(principal, Action::See);
        let (right, access) = match acting_for {
            None => (Right::own(principal.person), self.access_of(principal)),
            Some(of) => {
                let right = organisation.right(principal.person, of, self.today());
                let right = right.filter(|_| may_see).ok_or(Error::Forbidden)?;
                let arms = arms(&right, organisation, &self.shelf());
                let access = without_hidden(
                    principal,
                    &right,
                    arms,
                    (organisation, &self.shelf(), self.today()),
                );
                (right, access)
            }
        };
        let filter = Filter {
            stage,
            ..Filter::default()
        };
        let now = self.now();
        Ok(match view {
            ListView::All => (access, filter),
            ListView::Mine => {
                let holder_person = Some(right.person);
                (
                    access,
                    Filter {
                        holder_person,
                        ..filter
                    },
                )
            }
            ListView::Taken => {
                let taker = Some(right.person);
                (access, Filter { taker, ..filter })
            }
            ListView::DueSoon => {
                let (due_from, due_before) = (Some(now), Some(now + DUE_SOON));
                (
                    access,
                    Filter {
                        due_from,
                        due_before,
                        ..filter
                    },
                )
            }
            ListView::Overdue => {
                let due_before = Some(now);
                (
                    access,
                    Filter {
                        due_before,
                        ..filter
                    },
                )
            }
            ListView::FollowUp => {
                let waiting = self.follow_up_queues(&right, &access, may_see);
                let stage = Some(Stage::Closed);
                (
                    without_hidden(
                        principal,
                        &right,
                        waiting,
                        (organisation, &self.shelf(), self.today()),
                    ),
                    Filter { stage, ..filter },
                )
            }
            ListView::Unclaimed => {
                let unclaimed = true;
                (
                    without_hidden(
                        principal,
                        &right,
                        self.queues(&right, may_see),
                        (organisation, &self.shelf(), self.today()),
                    ),
                    Filter {
                        unclaimed,
                        ..filter
                    },
                )
            }
        })
    }

    /// Where the closed cases wait that are followed up in this right; a closed case waits for nothing else.
    fn follow_up_queues(&self, right: &Right, access: &Access, may_see: bool) -> Vec<Arm> {
        let mut queues = self.queues(right, may_see);
        if may_see {
            queues.push(Arm::HolderPerson(right.person));
        }
        if *access.reach() == Access::All {
            let shelf = self.shelf();
            let lists = shelf.all().flat_map(|one| role_lists(&one.policy));
            queues.push(Arm::HolderRole(lists.collect()));
        }
        queues
    }

    /// The queues from which cases are taken in this right: its unit's and those of its roles.
    fn queues(&self, right: &Right, may_see: bool) -> Vec<Arm> {
        let directory = self.directory();
        let arms = arms(right, &directory.organisation, &self.shelf()).into_iter();
        arms.filter(|arm| may_see && matches!(arm, Arm::HolderUnit(_) | Arm::HolderRole(_)))
            .collect()
    }
}

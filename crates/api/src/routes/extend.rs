//! More time for a clock.

use axum::extract::State;
use axum::response::Response;
use huiyin_case::command::Act;
use huiyin_policy::model::ClockId;

use super::commands::{CommandHeaders, Envelope};
use crate::Server;
use crate::body::Body;
use crate::dto::case::CommandDone;
use crate::dto::clock::ExtendClock;
use crate::problem::Problem;

/// Gives a running clock more time, within the cap of the policy (延期).
#[utoipa::path(post, path = "/cases/{id}/extend", tag = "cases", operation_id = "extend_clock", request_body = ExtendClock, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Extended", body = CommandDone), (status = 409, description = "Refused by the policy: `extension_beyond_cap` says how much is allowed at most", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn extend(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<ExtendClock>,
) -> Result<Response, Problem> {
    let act = Act::Extend {
        clock: ClockId::new(body.clock),
        more: body.more,
        reason: body.reason,
    };
    envelope.carry_out(&server, act, None).await
}

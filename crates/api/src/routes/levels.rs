//! Setting a level by hand.

use axum::extract::{Path, State};
use axum::response::Response;
use huiyin_case::command::Act;
use huiyin_policy::model::{ChoiceId, LevelsId};
use serde::Deserialize;

use super::commands::{CommandHeaders, Envelope};
use crate::Server;
use crate::body::Body;
use crate::dto::case::CommandDone;
use crate::dto::level::SetLevel;
use crate::problem::Problem;

/// Which scale.
#[derive(Debug, Deserialize)]
pub(crate) struct ScalePath {
    scale: String,
}

/// Sets a level by hand, or lets the policy's table count again. Both stay visible.
#[utoipa::path(post, path = "/cases/{id}/levels/{scale}", tag = "cases", operation_id = "set_level", request_body = SetLevel,
    params(("id" = String, Path, description = "The case"), ("scale" = String, Path, description = "The scale"), CommandHeaders),
    responses((status = 200, description = "Set", body = CommandDone), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn set(
    State(server): State<Server>,
    envelope: Envelope,
    Path(path): Path<ScalePath>,
    Body(body): Body<SetLevel>,
) -> Result<Response, Problem> {
    let level = body.level.filter(|level| !level.is_empty());
    let act = Act::SetLevel {
        levels: LevelsId::new(path.scale),
        level: level.map(ChoiceId::new),
        reason: body.reason,
    };
    envelope.carry_out(&server, act, None).await
}

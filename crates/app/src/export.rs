//! Taking out the cases one may see: the rows of a list, in an order that does not change while they are read.

use huiyin_case::state::Stage;
use huiyin_policy::model::{ChannelId, KindId};
use huiyin_store::{Cursor, Order, Page};

use crate::app::App;
use crate::cases::ListView;
use crate::error::Error;
use crate::principal::Principal;

/// Rows read at a time.
const ROWS_AT_A_TIME: u32 = 200;

/// Which cases to take out: the filters of the work list.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// View.
    pub view: ListView,
    /// Being handled, closed or archived; `None` any.
    pub stage: Option<Stage>,
    /// Only this kind.
    pub kind: Option<KindId>,
    /// Only this channel.
    pub channel: Option<ChannelId>,
}

impl App {
    /// Puts on record that someone takes cases out, in which form. To be called before the first row is read.
    ///
    /// # Errors
    /// When it can't be put on record.
    pub async fn begin_export(
        &self,
        principal: &Principal,
        request: &ExportRequest,
        format: &str,
    ) -> Result<(), Error> {
        let stage = match request.stage {
            Some(Stage::Open) => "open",
            Some(Stage::Closed) => "closed",
            Some(Stage::Archived) => "archived",
            None => "all",
        };
        let mut detail = format!(
            "format={format} view={} status={stage}",
            request.view.as_str()
        );
        if let Some(kind) = &request.kind {
            detail.push_str(&format!(" kind={kind}"));
        }
        if let Some(channel) = &request.channel {
            detail.push_str(&format!(" channel={channel}"));
        }
        self.record_export(principal, &detail).await
    }

    /// The next rows, newest first: a case that is being worked on meanwhile is neither left out nor read twice.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn export_page(
        &self,
        principal: &Principal,
        request: &ExportRequest,
        after: Option<Cursor>,
    ) -> Result<Page, Error> {
        let (access, mut filter) = self.view(principal, request.view, request.stage);
        filter.kind.clone_from(&request.kind);
        filter.channel.clone_from(&request.channel);
        let page = huiyin_store::PageRequest {
            order: Order::NewestFirst,
            after,
            rows_max: ROWS_AT_A_TIME,
        };
        Ok(self.store().list(&access, &filter, page).await?)
    }
}

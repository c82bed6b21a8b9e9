//! Taking out the cases one may see: the rows of a list, in an order that does not change while they are read.

use std::str::FromStr;

use huiyin_case::state::{CaseState, Stage};
use huiyin_policy::model::KindId;
use huiyin_store::{CaseRow, Cursor, Order, PageRequest};

use crate::app::App;
use crate::cases::ListRequest;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;

/// Rows read at a time.
const ROWS_AT_A_TIME: u32 = 200;

/// Sets of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Columns {
    /// Those of the work list.
    #[default]
    List,
    /// Besides these what the cases of one kind have on record: the form's fields that are not personal, the limits, and the
    /// choices that statistics tell apart.
    Full,
}

impl Columns {
    /// The published name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Full => "full",
        }
    }
}

/// A set of columns nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no set of columns `{0}`")]
pub struct UnknownColumns(pub String);

impl FromStr for Columns {
    type Err = UnknownColumns;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::List, Self::Full]
            .into_iter()
            .find(|columns| columns.as_str() == text)
            .ok_or_else(|| UnknownColumns(text.to_owned()))
    }
}

/// Which cases to take out, and what of them.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// The list whose rows are taken out; its page is not looked at.
    pub list: ListRequest,
    /// Which columns.
    pub columns: Columns,
}

/// A row to be written.
#[derive(Debug, Clone)]
pub struct ExportRow {
    /// The work list's row.
    pub row: CaseRow,
    /// The whole case, for [`Columns::Full`].
    pub state: Option<CaseState>,
}

/// Rows to be written, and where the next ones begin.
#[derive(Debug, Clone)]
pub struct ExportPage {
    /// The rows.
    pub rows: Vec<ExportRow>,
    /// `None` after the last.
    pub next: Option<Cursor>,
}

impl App {
    /// The version in force and the kind whose columns a full export has: that of the list, which must ask for one.
    pub fn exported_kind(&self, list: &ListRequest) -> Option<(Version, KindId)> {
        let kind = list.kind.as_ref()?;
        let shelf = self.shelf();
        let today = self.today();
        let version = match &list.policy {
            Some(policy) => shelf
                .current(policy, today)
                .filter(|one| one.policy.kinds.contains_key(kind)),
            None => shelf
                .all_current(today)
                .find(|one| one.policy.kinds.contains_key(kind)),
        }?;
        Some((version.clone(), kind.clone()))
    }

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
        self.listed(principal, &request.list)?;
        self.record_export(principal, &detail(request, format))
            .await
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
    ) -> Result<ExportPage, Error> {
        let (access, filter) = self.listed(principal, &request.list)?;
        let page = PageRequest {
            order: Order::NewestFirst,
            after,
            rows_max: ROWS_AT_A_TIME,
        };
        let found = self.store().list(&access, &filter, page).await?;
        let mut rows = Vec::with_capacity(found.rows.len());
        for row in found.rows {
            let state = match request.columns {
                Columns::List => None,
                Columns::Full => Some(self.load(row.case).await?.0),
            };
            rows.push(ExportRow { row, state });
        }
        Ok(ExportPage {
            rows,
            next: found.next,
        })
    }
}

/// What is put on record of an export: every filter it was made with.
fn detail(request: &ExportRequest, format: &str) -> String {
    let list = &request.list;
    let stage = match list.stage {
        Some(Stage::Open) => "open",
        Some(Stage::Closed) => "closed",
        Some(Stage::Archived) => "archived",
        None => "all",
    };
    let view = list.view.as_str();
    let mut words = vec![format!("format={format} view={view} status={stage}")];
    if request.columns == Columns::Full {
        words.push("columns=full".to_owned());
    }
    let policy = list
        .policy
        .as_ref()
        .map(|policy| format!("policy={policy}"));
    let kind = list.kind.as_ref().map(|kind| format!("kind={kind}"));
    let channel = list.channel.as_ref();
    let channel = channel.map(|channel| format!("channel={channel}"));
    words.extend([policy, kind, channel].into_iter().flatten());
    words.extend(list.acting_for.map(|of| format!("acting_for={of}")));
    words.extend(list.standing.in_words());
    if let Some(of) = &list.counted {
        let counted = &of.counted;
        let classes = counted.classes.iter();
        let classes: Vec<&str> = classes
            .map(|class| class.as_ref().map_or("-", |class| class.as_str()))
            .collect();
        let (first, last) = (counted.first, counted.last);
        words.push(format!("measure={} days={first}/{last}", counted.measure));
        let least = counted.value_min.map(|least| format!("values>={least}"));
        let most = counted.value_max.map(|most| format!("values<={most}"));
        words.extend(least.into_iter().chain(most));
        if !classes.is_empty() {
            words.push(format!("classes={}", classes.join(",")));
        }
        if let Some(unit) = &of.unit {
            words.push(match unit {
                Some(unit) => format!("unit={unit}"),
                None => "unit=-".to_owned(),
            });
        }
    }
    words.join(" ")
}

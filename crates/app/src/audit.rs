//! What is put on record beside the cases: sign-ins, denials, looks at customers in full. Each is in the tamper-evident
//! audit log before its consequence is.

use huiyin_case::id::CaseId;
use huiyin_policy::model::SealId;
use huiyin_store::{Account, AuditEntry};

use crate::app::App;
use crate::authorise::Action;
use crate::error::Error;
use crate::principal::Principal;

/// Looking at somebody in full.
const SHOW_CUSTOMER: &str = "show_customer";
/// Being told what is under a seal.
const OPEN_SEAL: &str = "open_seal";
/// What needs its entry first; where none can be put down, only what is not among these goes on.
const NEEDS_ENTRY: [&str; 2] = [SHOW_CUSTOMER, OPEN_SEAL];

/// In read-only mode entries go to the program's own output, which holds ids only.
fn told(entry: &AuditEntry) -> Result<(), Error> {
    if NEEDS_ENTRY.contains(&entry.action.as_str()) {
        return Err(Error::ReadOnly);
    }
    tracing::warn!(
        account = entry.account.as_deref(),
        action = entry.action,
        case = entry.case.map(tracing::field::display),
        verdict = entry.verdict,
        "not in the audit log, which is read-only now"
    );
    Ok(())
}

impl App {
    /// Someone signed in.
    pub(crate) async fn record_sign_in(
        &self,
        account: &Account,
        allowed: bool,
    ) -> Result<(), Error> {
        self.audit(Some(account.id.to_string()), "sign_in", None, allowed)
            .await
    }

    /// Someone failed to. Neither login name nor password is kept: people type one into the other's field.
    pub(crate) async fn record_failed_sign_in(&self) -> Result<(), Error> {
        self.audit(None, "sign_in", None, false).await
    }

    /// Someone looked at a customer in full.
    pub(crate) async fn record_look(
        &self,
        principal: &Principal,
        case: CaseId,
    ) -> Result<(), Error> {
        self.audit(
            Some(principal.person.to_string()),
            SHOW_CUSTOMER,
            Some(case),
            true,
        )
        .await
    }

    /// Someone is told what is under a seal; why is in the case's own log.
    pub(crate) async fn record_opening(
        &self,
        principal: &Principal,
        case: CaseId,
        seal: &SealId,
    ) -> Result<(), Error> {
        let account = Some(principal.person.to_string());
        self.audit_with(account, OPEN_SEAL, Some(case), true, seal.as_str())
            .await
    }

    /// Someone takes out an attachment, told by the event that added it.
    pub(crate) async fn record_download(
        &self,
        principal: &Principal,
        case: CaseId,
        entry: u32,
    ) -> Result<(), Error> {
        let account = Some(principal.person.to_string());
        let detail = format!("entry={entry}");
        self.audit_with(account, "show_attachment", Some(case), true, &detail)
            .await
    }

    /// Someone brings in historical cases of a source.
    pub(crate) async fn record_import(
        &self,
        principal: &Principal,
        source: &str,
    ) -> Result<(), Error> {
        let account = Some(principal.person.to_string());
        self.audit_with(account, "import_cases", None, true, source)
            .await
    }

    /// Someone changes the organisation or an account.
    pub(crate) async fn record_change(
        &self,
        principal: &Principal,
        action: &str,
        detail: &str,
    ) -> Result<(), Error> {
        let account = Some(principal.person.to_string());
        self.audit_with(account, action, None, true, detail).await
    }

    /// Someone takes cases out.
    pub(crate) async fn record_export(
        &self,
        principal: &Principal,
        detail: &str,
    ) -> Result<(), Error> {
        let account = Some(principal.person.to_string());
        self.audit_with(account, "export_cases", None, true, detail)
            .await
    }

    /// Someone decides about the file of a case or its customer; why is in the case's own log.
    pub(crate) async fn record_keeping(
        &self,
        principal: &Principal,
        action: &str,
        case: CaseId,
        detail: &str,
    ) -> Result<(), Error> {
        let account = Some(principal.person.to_string());
        self.audit_with(account, action, Some(case), true, detail)
            .await
    }

    /// Someone was denied a case. The denial stands even if it can't be put down.
    pub(crate) async fn record_denial(&self, principal: &Principal, action: Action, case: CaseId) {
        let action = match action {
            Action::Register => "register",
            Action::Handle => "handle",
            Action::See => "see",
            Action::Import => "import",
            Action::SeeStatistics => "see_statistics",
            Action::Administer => "administer",
            Action::Audit => "audit",
            Action::Hold => "hold_case",
            Action::MergeCustomers => "merge_customers",
            Action::Migrate => "migrate_case",
            Action::SeePersonalData => "see_personal_data",
            Action::SeeOrganisation => "see_organisation",
            Action::SeeVouchers => "see_vouchers",
            Action::HandOverVouchers => "hand_over_vouchers",
            Action::SeeDeductions => "see_deductions",
            Action::KeepDeductions => "keep_deductions",
        };
        if let Err(error) = self
            .audit(
                Some(principal.person.to_string()),
                action,
                Some(case),
                false,
            )
            .await
        {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "a denial could not be put on record"
            );
        }
    }

    async fn audit(
        &self,
        account: Option<String>,
        action: &str,
        case: Option<CaseId>,
        allowed: bool,
    ) -> Result<(), Error> {
        self.audit_with(account, action, case, allowed, "").await
    }

    async fn audit_with(
        &self,
        account: Option<String>,
        action: &str,
        case: Option<CaseId>,
        allowed: bool,
        detail: &str,
    ) -> Result<(), Error> {
        let entry = AuditEntry {
            at: self.now(),
            account,
            action: action.to_owned(),
            case,
            verdict: if allowed { "allowed" } else { "denied" }.to_owned(),
            detail: detail.to_owned(),
        };
        if self.read_only().is_some() {
            return told(&entry);
        }
        self.store().audit(entry).await?;
        Ok(())
    }
}

//! Who works with the server: the head of customer service, who sees everything, and a specialist, who does not.

use anyhow::{Context, Result};
use serde_json::json;

use crate::client::Target;

const PASSWORD: &str = "lantern-orchard-copper-42";
/// Held by the person who reads as a specialist.
const POSITION: &str = "customer-service-specialist";

/// Sessions.
#[derive(Debug)]
pub(crate) struct People {
    /// Keeps accounts and sees every case.
    pub(crate) head: Target,
    /// Sees the cases of the own unit, roles and person.
    pub(crate) specialist: Target,
}

/// What the server has written since its start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Activity {
    pub(crate) commits: u64,
}

impl People {
    /// Makes both accounts on a fresh server.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) async fn enter(server: &Target, secret: &str) -> Result<Self> {
        let head = server.accept(secret, "bench-head", PASSWORD).await?;
        let mut client = head.connect().await?;
        let accounts = client.get("/people/accounts").await?.json()?;
        let person = accounts
            .as_array()
            .into_iter()
            .flatten()
            .find(|account| {
                account.get("login").is_none()
                    && account["positions"]
                        .as_array()
                        .is_some_and(|held| held.contains(&json!(POSITION)))
            })
            .and_then(|account| account["person"]["id"].as_str())
            .context("nobody is a specialist")?;
        let invitation = client
            .post(
                &format!("/people/{person}/invitation"),
                &json!({"roles": ["staff"]}),
                None,
            )
            .await?
            .json()?;
        let secret = invitation["link"]
            .as_str()
            .and_then(|link| link.split_once('#'))
            .context("the invitation has no link")?
            .1;
        let specialist = server.accept(secret, "bench-specialist", PASSWORD).await?;
        Ok(Self { head, specialist })
    }

    /// What the server has written.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) async fn activity(&self) -> Result<Activity> {
        let answer = self.head.connect().await?.get("/activity").await?.json()?;
        let commits = answer["commits"].as_u64();
        Ok(Activity {
            commits: commits.context("the server does not count its commits")?,
        })
    }
}

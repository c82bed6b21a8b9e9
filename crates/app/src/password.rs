//! Passwords: Argon2id on blocking threads, a few at a time, because each takes memory.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Fewest characters of a staff password (ASVS 6.2.1; no composition rules, 6.2.5).
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Most characters, so that hashing can't be used to tie up the server.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Hashings at the same time; each takes about 19 MiB.
const HASHINGS_MAX: usize = 2;
/// A well-formed hash that no known password has: checked when the login name is unknown, so that both answers take
/// as long.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$aHVpeWluLWRlY295LXNhbHQ$3q2+7wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw";

/// Why a password can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Too short.
    #[error("password has fewer than {PASSWORD_CHARS_MIN} characters")]
    TooShort,
    /// Too long.
    #[error("password has more than {PASSWORD_CHARS_MAX} characters")]
    TooLong,
    /// One character over and over, or the login name itself.
    #[error("password is too easy to guess")]
    Guessable,
}

/// Hashes and checks passwords.
#[derive(Debug, Clone)]
pub struct Passwords {
    running: Arc<Semaphore>,
}

impl Passwords {
    /// Prepares hashing.
    pub fn new() -> Self {
        Self {
            running: Arc::new(Semaphore::new(HASHINGS_MAX)),
        }
    }

    /// Hashes a new password for `login`.
    ///
    /// # Errors
    /// If the password can't be used.
    pub async fn hash(&self, login: &str, password: &str) -> Result<String, Unusable> {
        check(login, password)?;
        let password = password.to_owned();
        Ok(self.blocking(move || hash_now(&password)).await)
    }

    /// Whether `password` is the one behind `stored`; without a stored hash the answer is no, after as long a time.
    pub async fn verify(&self, stored: Option<&str>, password: &str) -> bool {
        let known = stored.is_some();
        let stored = stored.unwrap_or(DECOY).to_owned();
        let password: String = password.chars().take(PASSWORD_CHARS_MAX).collect();
        let fits = self.blocking(move || {
            PasswordHash::new(&stored).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            })
        });
        fits.await && known
    }

    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _place = self
            .running
            .acquire()
            .await
            .expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work)
            .await
            .expect("hashing does not panic")
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

fn check(login: &str, password: &str) -> Result<(), Unusable> {
    let chars = password.chars().count();
    let mut distinct: Vec<char> = password.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if chars < PASSWORD_CHARS_MIN {
        Err(Unusable::TooShort)
    } else if chars > PASSWORD_CHARS_MAX {
        Err(Unusable::TooLong)
    } else if distinct.len() < 4 || password.to_lowercase().contains(&login.to_lowercase()) {
        Err(Unusable::Guessable)
    } else {
        Ok(())
    }
}

fn hash_now(password: &str) -> String {
    Argon2::default()
        .hash_password(password.as_bytes())
        .expect("argon2's default parameters are valid")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        assert_eq!(check("lin", "short"), Err(Unusable::TooShort));
        assert_eq!(check("lin", "aaaaaaaaaaaaaaaa"), Err(Unusable::Guessable));
        assert_eq!(
            check("linxiao", "linxiao-2026-linxiao"),
            Err(Unusable::Guessable)
        );
        assert_eq!(
            check("lin", &"长密码很安全".repeat(40)),
            Err(Unusable::TooLong)
        );
        assert_eq!(check("lin", "件件有回音-件件有着落-2026"), Ok(()));
    }

    #[test]
    fn the_decoy_is_a_hash_that_can_be_checked() {
        assert!(PasswordHash::new(DECOY).is_ok());
    }

    #[tokio::test]
    async fn only_the_right_password_fits_and_an_unknown_login_never_does() {
        let passwords = Passwords::new();
        let stored = passwords
            .hash("lin", "correct horse battery")
            .await
            .unwrap();
        assert!(
            passwords
                .verify(Some(&stored), "correct horse battery")
                .await
        );
        assert!(
            !passwords
                .verify(Some(&stored), "correct horse batterz")
                .await
        );
        assert!(!passwords.verify(None, "correct horse battery").await);
    }
}

//! The session cookies: one for people who sign in, one for customers on the portal.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cookie {
    name: &'static str,
    /// The name over TLS.
    secure_name: &'static str,
}

/// The session of somebody who signed in.
pub(crate) const SESSION: Cookie = Cookie {
    name: "huiyin_session",
    secure_name: "huiyin_session",
};
/// The session of a customer on the portal; over TLS no other host and no other path can set it.
pub(crate) const PORTAL: Cookie = Cookie {
    name: "huiyin_portal",
    secure_name: "__Host-huiyin_portal",
};

impl Cookie {
    const fn name(self, secure: bool) -> &'static str {
        if secure { self.secure_name } else { self.name }
    }

    /// The token that was sent, if one was.
    pub(crate) fn token(self, headers: &HeaderMap, secure: bool) -> Option<String> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name(secure))
            .map(|(_, token)| token.to_owned())
    }

    /// A cookie that keeps `token` until the browser is closed or the session ends on the server.
    pub(crate) fn set(self, token: &str, secure: bool) -> HeaderValue {
        self.value(token, secure, "")
    }

    /// A cookie that takes the token away.
    pub(crate) fn clear(self, secure: bool) -> HeaderValue {
        self.value("", secure, "; Max-Age=0")
    }

    fn value(self, token: &str, secure: bool, rest: &str) -> HeaderValue {
        let name = self.name(secure);
        let secure = if secure { "; Secure" } else { "" };
        HeaderValue::from_str(&format!(
            "{name}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{rest}"
        ))
        .expect("a token is hexadecimal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=b; huiyin_session=cafe; c=d; huiyin_portal=face"),
        );
        assert_eq!(SESSION.token(&headers, false).as_deref(), Some("cafe"));
        assert_eq!(PORTAL.token(&headers, false).as_deref(), Some("face"));
        assert_eq!(PORTAL.token(&headers, true), None);
        assert_eq!(SESSION.token(&HeaderMap::new(), false), None);
    }

    #[test]
    fn the_cookies_are_out_of_reach_of_scripts_and_other_sites() {
        assert_eq!(
            SESSION.set("cafe", true),
            "huiyin_session=cafe; Path=/; HttpOnly; SameSite=Strict; Secure"
        );
        assert_eq!(
            PORTAL.set("face", true),
            "__Host-huiyin_portal=face; Path=/; HttpOnly; SameSite=Strict; Secure"
        );
    }
}

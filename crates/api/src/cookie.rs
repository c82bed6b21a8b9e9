//! The session cookie.

use axum::http::{HeaderMap, HeaderValue, header};

/// Name of the cookie.
const NAME: &str = "huiyin_session";

/// The token of the caller's session, if one was sent.
pub(crate) fn session(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .map(|(_, token)| token.to_owned())
}

/// A cookie that keeps `token` until the browser is closed or the session ends on the server.
pub(crate) fn set(token: &str, secure: bool) -> HeaderValue {
    header_value(token, secure, "")
}

/// A cookie that takes the token away.
pub(crate) fn clear(secure: bool) -> HeaderValue {
    header_value("", secure, "; Max-Age=0")
}

fn header_value(token: &str, secure: bool, rest: &str) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{NAME}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{rest}"
    ))
    .expect("a token is hexadecimal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=b; huiyin_session=cafe; c=d"),
        );
        assert_eq!(session(&headers).as_deref(), Some("cafe"));
        assert_eq!(session(&HeaderMap::new()), None);
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let value = set("cafe", true);
        assert_eq!(
            value,
            "huiyin_session=cafe; Path=/; HttpOnly; SameSite=Strict; Secure"
        );
    }
}

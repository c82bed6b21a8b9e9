//! The address a request comes from, for limits. Headers that name one are believed only from proxies that the operator
//! has listed, because anybody can write them (ASVS 4.1.3).

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use huiyin_app::portal::Address;

use crate::Server;

/// Where proxies note the addresses that a request came through, the nearest last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallerAddress(pub Address);

impl FromRequestParts<Server> for CallerAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Infallible> {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // A caller in the same process has no connection.
        let peer = connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |one| one.0.ip());
        let caller = behind(peer.to_canonical(), &parts.headers, &server.trusted_proxies);
        Ok(Self(Address::new(caller)))
    }
}

/// The first address, going back from the nearest, that is no listed proxy.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let is_trusted = |ip: &IpAddr| trusted.contains(ip);
    let named: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut at = peer;
    for name in named.into_iter().rev() {
        if !is_trusted(&at) {
            break;
        }
        let Ok(before) = name.trim().parse::<IpAddr>() else {
            break;
        };
        at = before.to_canonical();
    }
    at
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_listed_proxies_may_name_an_address() {
        let trusted = [ip("10.0.0.1"), ip("10.0.0.2")];
        for (peer, header, caller) in [
            ("192.0.2.9", "203.0.113.5", "192.0.2.9"),
            ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
            ("10.0.0.1", "203.0.113.5, 10.0.0.2", "203.0.113.5"),
            ("10.0.0.1", "1.1.1.1, 203.0.113.5", "203.0.113.5"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(FORWARDED_FOR, HeaderValue::from_static(header));
            assert_eq!(behind(ip(peer), &headers, &trusted), ip(caller), "{header}");
        }
        assert_eq!(
            behind(ip("10.0.0.1"), &HeaderMap::new(), &trusted),
            ip("10.0.0.1")
        );
    }
}

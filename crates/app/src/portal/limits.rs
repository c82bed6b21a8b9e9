//! How often an address, or one customer, may do what on the portal.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use huiyin_case::id::CaseId;

use crate::limits::Limit;
use crate::portal::PortalError;

/// Cases that may come in from one address, an hour. Many people can share an address.
const SUBMISSIONS_PER_HOUR: NonZeroU32 = NonZeroU32::new(60).expect("sixty is not zero");
/// Cases that may come in from all addresses together, a minute.
const SUBMISSIONS_ALL_PER_MINUTE: NonZeroU32 = NonZeroU32::new(300).expect("not zero");
/// Receipt codes that may be tried from one address, a minute.
const TRIES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(20).expect("twenty is not zero");
/// Receipt codes that may be tried from all addresses together, a minute.
const TRIES_ALL_PER_MINUTE: NonZeroU32 = NonZeroU32::new(600).expect("not zero");
/// What one customer may add, rate or reopen, an hour.
const ACTS_PER_HOUR: NonZeroU32 = NonZeroU32::new(30).expect("thirty is not zero");

/// Files that one customer may begin to send, an hour: a photo that did not arrive is sent again.
const FILES_PER_HOUR: NonZeroU32 = NonZeroU32::new(60).expect("sixty is not zero");
/// Files that may be begun from one address, an hour.
const FILES_OF_ADDRESS_PER_HOUR: NonZeroU32 = NonZeroU32::new(600).expect("not zero");
/// KiB of files that may come from one address, an hour.
const KIB_PER_HOUR: NonZeroU32 = NonZeroU32::new(1024 * 1024).expect("not zero");
/// KiB of files that may come from all addresses together, a minute.
const KIB_ALL_PER_MINUTE: NonZeroU32 = NonZeroU32::new(512 * 1024).expect("not zero");
const BYTES_OF_KIB: usize = 1024;

/// Where a request comes from. It is counted by in memory, and stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address(IpAddr);

impl Address {
    /// The address of a connection. Of an IPv6 address only the network counts, because whoever has one has all of it.
    pub fn new(ip: IpAddr) -> Self {
        Self(match ip.to_canonical() {
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            v4 => v4,
        })
    }
}

/// The counts.
#[derive(Debug)]
pub(crate) struct PortalLimits {
    submissions: Limit<Address>,
    tries: Limit<Address>,
    acts: Limit<CaseId>,
    files: Limit<CaseId>,
    files_of_address: Limit<Address>,
    kib: Limit<Address>,
}

impl PortalLimits {
    pub(crate) fn new() -> Self {
        Self {
            submissions: Limit::per_hour(SUBMISSIONS_PER_HOUR)
                .with_all_per_minute(SUBMISSIONS_ALL_PER_MINUTE),
            tries: Limit::per_minute(TRIES_PER_MINUTE).with_all_per_minute(TRIES_ALL_PER_MINUTE),
            acts: Limit::per_hour(ACTS_PER_HOUR),
            files: Limit::per_hour(FILES_PER_HOUR),
            files_of_address: Limit::per_hour(FILES_OF_ADDRESS_PER_HOUR),
            kib: Limit::per_hour(KIB_PER_HOUR).with_all_per_minute(KIB_ALL_PER_MINUTE),
        }
    }

    pub(super) fn submission(&self, from: &Address) -> Result<(), PortalError> {
        self.submissions.count(from).map_err(too_many)
    }

    pub(super) fn code(&self, from: &Address) -> Result<(), PortalError> {
        self.tries.count(from).map_err(too_many)
    }

    pub(super) fn act(&self, case: CaseId) -> Result<(), PortalError> {
        self.acts.count(&case).map_err(too_many)
    }

    pub(super) fn file(&self, from: &Address, case: CaseId) -> Result<(), PortalError> {
        self.files_of_address.count(from).map_err(too_many)?;
        self.files.count(&case).map_err(too_many)
    }

    /// Counts bytes that came; a part of a KiB counts as one.
    pub(super) fn bytes(&self, from: &Address, bytes: usize) -> Result<(), PortalError> {
        let kib = u32::try_from(bytes.div_ceil(BYTES_OF_KIB)).unwrap_or(u32::MAX);
        match NonZeroU32::new(kib) {
            Some(kib) => self.kib.count_many(from, kib).map_err(too_many),
            None => Ok(()),
        }
    }
}

fn too_many(retry_after_seconds: u64) -> PortalError {
    PortalError::TooManyTries {
        retry_after_seconds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::new(text.parse().expect("an address"))
    }

    #[test]
    fn addresses_of_one_network_are_one() {
        assert_eq!(address("2001:db8:1:2::1"), address("2001:db8:1:2:ffff::9"));
        assert_ne!(address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));
        assert_eq!(address("::ffff:192.0.2.1"), address("192.0.2.1"));
        assert_ne!(address("192.0.2.1"), address("192.0.2.2"));
    }
}

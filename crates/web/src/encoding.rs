//! Which content encoding a caller gets.

/// The encodings a file may be stored in, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
    Raw,
}

impl Encoding {
    const BEST_FIRST: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Raw];

    /// The token of `Content-Encoding`; the raw bytes have none.
    pub(crate) fn token(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Raw => None,
        }
    }

    /// What the caller accepts, best first; raw stays as the last resort even where it is refused, since a file has
    /// to be sent in some form. A weight of zero excludes an encoding, other weights don't reorder ours.
    pub(crate) fn accepted(header: &str) -> impl Iterator<Item = Self> {
        Self::BEST_FIRST
            .into_iter()
            .filter(move |encoding| match encoding.token() {
                Some(token) => accepts(header, token),
                None => true,
            })
    }
}

fn accepts(header: &str, token: &str) -> bool {
    let weight_of = |name: &str| {
        header.split(',').find_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            parts
                .next()
                .filter(|coding| coding.eq_ignore_ascii_case(name))?;
            let weight =
                parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            Some(weight.map_or(1.0, |weight| weight.trim().parse::<f32>().unwrap_or(0.0)))
        })
    };
    weight_of(token)
        .or_else(|| weight_of("*"))
        .is_some_and(|weight| weight > 0.0)
}

#[cfg(test)]
mod tests {
    use super::Encoding::{self, Brotli, Gzip, Raw};

    fn check(header: &str, expected: &[Encoding]) {
        assert_eq!(
            Encoding::accepted(header).collect::<Vec<_>>(),
            expected,
            "{header}"
        );
    }

    #[test]
    fn brotli_comes_before_gzip_before_raw_and_zero_excludes() {
        check("", &[Raw]);
        check("gzip, deflate, br, zstd", &[Brotli, Gzip, Raw]);
        check("gzip;q=1.0, br;q=0.1", &[Brotli, Gzip, Raw]);
        check("br;q=0, gzip", &[Gzip, Raw]);
        check("GZIP;Q=0.5", &[Gzip, Raw]);
        check("*", &[Brotli, Gzip, Raw]);
        check("*;q=0", &[Raw]);
        check("br;q=0, *", &[Gzip, Raw]);
        check("br;q=nonsense", &[Raw]);
        check("identity;q=0", &[Raw]);
    }
}

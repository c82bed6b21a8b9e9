//! One id type per kind of thing. New ids are made outside and come in with the command.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a UUID as this kind of id.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The id as a UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A case (案件).
    CaseId;
    /// A unit of the organisation (部门).
    UnitId;
    /// A person of the organisation (人员); neither an account nor a position.
    PersonId;
    /// An agreement that one person acts for another on some days.
    DeputyId;
    /// A span of days on which a person is away.
    AbsenceId;
    /// A relation that the organisation knows of.
    RelationId;
    /// A customer or other party, whose personal data have a key of their own.
    PartyId;
    /// The bytes of an attachment (附件) as they are kept; attachments of one case with the same bytes share one file.
    FileId;
}

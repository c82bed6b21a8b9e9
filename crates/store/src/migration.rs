//! The steps by which a database comes to the newest schema: the same numbers and names on both databases.

use std::borrow::Cow;

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::engine::Engine;
use crate::operate::Step;

/// A step of both schemas that ships.
struct Shipped {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// All steps, in order.
const STEPS: [Shipped; 20] = [
    Shipped {
        number: 1,
        name: "log and tables",
        sqlite: include_str!("../migrations/sqlite/0001_log_and_tables.sql"),
        postgres: include_str!("../migrations/postgres/0001_log_and_tables.sql"),
    },
    Shipped {
        number: 2,
        name: "rows kept once",
        sqlite: include_str!("../migrations/sqlite/0002_rows_kept_once.sql"),
        postgres: include_str!("../migrations/postgres/0002_rows_kept_once.sql"),
    },
    Shipped {
        number: 3,
        name: "statistics",
        sqlite: include_str!("../migrations/sqlite/0003_statistics.sql"),
        postgres: include_str!("../migrations/postgres/0003_statistics.sql"),
    },
    Shipped {
        number: 4,
        name: "nodes and tokens",
        sqlite: include_str!("../migrations/sqlite/0004_nodes_and_tokens.sql"),
        postgres: include_str!("../migrations/postgres/0004_nodes_and_tokens.sql"),
    },
    Shipped {
        number: 5,
        name: "attachments",
        sqlite: include_str!("../migrations/sqlite/0005_attachments.sql"),
        postgres: include_str!("../migrations/postgres/0005_attachments.sql"),
    },
    Shipped {
        number: 6,
        name: "people",
        sqlite: include_str!("../migrations/sqlite/0006_people.sql"),
        postgres: include_str!("../migrations/postgres/0006_people.sql"),
    },
    Shipped {
        number: 7,
        name: "portal",
        sqlite: include_str!("../migrations/sqlite/0007_portal.sql"),
        postgres: include_str!("../migrations/postgres/0007_portal.sql"),
    },
    Shipped {
        number: 8,
        name: "links and customers",
        sqlite: include_str!("../migrations/sqlite/0008_links_and_customers.sql"),
        postgres: include_str!("../migrations/postgres/0008_links_and_customers.sql"),
    },
    Shipped {
        number: 9,
        name: "levels and categories",
        sqlite: include_str!("../migrations/sqlite/0009_levels_and_categories.sql"),
        postgres: include_str!("../migrations/postgres/0009_levels_and_categories.sql"),
    },
    Shipped {
        number: 10,
        name: "sight",
        sqlite: include_str!("../migrations/sqlite/0010_sight.sql"),
        postgres: include_str!("../migrations/postgres/0010_sight.sql"),
    },
    Shipped {
        number: 11,
        name: "readers",
        sqlite: include_str!("../migrations/sqlite/0011_readers.sql"),
        postgres: include_str!("../migrations/postgres/0011_readers.sql"),
    },
    Shipped {
        number: 12,
        name: "entitled",
        sqlite: include_str!("../migrations/sqlite/0012_entitled.sql"),
        postgres: include_str!("../migrations/postgres/0012_entitled.sql"),
    },
    Shipped {
        number: 13,
        name: "policy stops",
        sqlite: include_str!("../migrations/sqlite/0013_policy_stops.sql"),
        postgres: include_str!("../migrations/postgres/0013_policy_stops.sql"),
    },
    Shipped {
        number: 14,
        name: "policy drafts",
        sqlite: include_str!("../migrations/sqlite/0014_policy_drafts.sql"),
        postgres: include_str!("../migrations/postgres/0014_policy_drafts.sql"),
    },
    Shipped {
        number: 15,
        name: "relations",
        sqlite: include_str!("../migrations/sqlite/0015_relations.sql"),
        postgres: include_str!("../migrations/postgres/0015_relations.sql"),
    },
    Shipped {
        number: 16,
        name: "policy adoptions",
        sqlite: include_str!("../migrations/sqlite/0016_policy_adoptions.sql"),
        postgres: include_str!("../migrations/postgres/0016_policy_adoptions.sql"),
    },
    Shipped {
        number: 17,
        name: "search by era",
        sqlite: include_str!("../migrations/sqlite/0017_search_by_era.sql"),
        postgres: include_str!("../migrations/postgres/0017_search_by_era.sql"),
    },
    Shipped {
        number: 18,
        name: "calendars",
        sqlite: include_str!("../migrations/sqlite/0018_calendars.sql"),
        postgres: include_str!("../migrations/postgres/0018_calendars.sql"),
    },
    Shipped {
        number: 19,
        name: "vouchers",
        sqlite: include_str!("../migrations/sqlite/0019_vouchers.sql"),
        postgres: include_str!("../migrations/postgres/0019_vouchers.sql"),
    },
    Shipped {
        number: 20,
        name: "charges",
        sqlite: include_str!("../migrations/sqlite/0020_charges.sql"),
        postgres: include_str!("../migrations/postgres/0020_charges.sql"),
    },
];

/// Number of the newest step.
const NEWEST: i64 = STEPS[STEPS.len() - 1].number;

/// All steps and then `further` ones; a database made by a newer version is refused. Nodes that start together take them
/// one after the other.
pub(crate) fn migrator(engine: Engine, further: &[Step]) -> Migrator {
    let shipped = STEPS.iter().map(|step| {
        let sql = match engine {
            Engine::Sqlite => step.sqlite,
            Engine::Postgres => step.postgres,
        };
        (step.number, step.name, sql)
    });
    let further = (NEWEST + 1..)
        .zip(further)
        .map(|(number, step)| (number, step.name, step.sql));
    let steps = shipped.chain(further).map(|(number, name, sql)| {
        Migration::new(
            number,
            Cow::Borrowed(name),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator {
        migrations: Cow::Owned(steps.collect()),
        ..Migrator::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_step_of_its_number() {
        for (folder, text) in [
            ("sqlite", (|step| step.sqlite) as fn(&Shipped) -> &str),
            ("postgres", |step| step.postgres),
        ] {
            let path = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
            let mut files: Vec<_> = std::fs::read_dir(path)
                .unwrap()
                .map(|file| file.unwrap().path())
                .collect();
            files.sort();
            assert_eq!(files.len(), STEPS.len(), "{folder}");
            for (file, step) in files.iter().zip(&STEPS) {
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                let number = format!("{:04}_{}.sql", step.number, step.name.replace(' ', "_"));
                assert_eq!(name, number, "{folder}");
                assert_eq!(std::fs::read_to_string(file).unwrap(), text(step), "{name}");
            }
        }
    }
}

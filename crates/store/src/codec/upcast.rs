//! Reading events of earlier versions: each upcaster turns one version into the next.

use serde_json::Value as Json;

use super::Stored;

/// Turns one version of an event's form into the next.
pub(crate) struct Upcaster {
    /// The type and version it reads.
    pub(crate) from: &'static str,
    /// The type and version it makes.
    pub(crate) to: &'static str,
    /// What changes in the three parts.
    pub(crate) change: fn(&mut Stored),
}

/// All upcasters.
pub(super) const UPCASTERS: &[Upcaster] = &[
    // Since the second version taker and first contact may be absent; in the first both are there.
    Upcaster {
        from: "case_opened.v1",
        to: "case_opened.v2",
        change: |_| {},
    },
    // Since the second version it may name the decider for whom it is.
    Upcaster {
        from: "raised_from.v1",
        to: "raised_from.v2",
        change: |_| {},
    },
    Upcaster {
        from: "step_entered.v1",
        to: "step_entered.v2",
        change: several_roles,
    },
    // Since the second version it may name the seal that it is under.
    Upcaster {
        from: "attachment_added.v1",
        to: "attachment_added.v2",
        change: |_| {},
    },
    // Since the second version it says what was charged to accounts; in the first nothing was.
    Upcaster {
        from: "sheets_settled.v1",
        to: "sheets_settled.v2",
        change: no_charges,
    },
];

fn no_charges(stored: &mut Stored) {
    let kept = stored.sealed.get_mut("kept").and_then(Json::as_object_mut);
    if let Some(kept) = kept {
        kept.insert("charges".to_owned(), Json::Array(Vec::new()));
    }
}

/// A holder may have several roles; in the first version it had one at most.
fn several_roles(stored: &mut Stored) {
    let holder = stored.body.get_mut("holder").and_then(Json::as_object_mut);
    if let Some(holder) = holder
        && let Some(role) = holder.shift_remove("role")
    {
        holder.insert("roles".to_owned(), Json::Array(vec![role]));
    }
}

/// Brings a stored event up to the newest version, step by step.
pub(crate) fn upcast(mut stored: Stored, upcasters: &[Upcaster]) -> Stored {
    while let Some(upcaster) = upcasters
        .iter()
        .find(|upcaster| upcaster.from == stored.kind)
    {
        (upcaster.change)(&mut stored);
        upcaster.to.clone_into(&mut stored.kind);
    }
    stored
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    #[test]
    fn an_old_event_passes_through_every_version() {
        let upcasters = [
            Upcaster {
                from: "note_added.v1",
                to: "note_added.v2",
                change: |stored| {
                    stored.body.insert("pinned".into(), json!(false));
                },
            },
            Upcaster {
                from: "note_added.v2",
                to: "note_added.v3",
                change: |stored| {
                    if let Some(text) = stored.sealed.shift_remove("text") {
                        stored.sealed.insert("note".into(), text);
                    }
                },
            },
        ];
        let mut sealed = Map::new();
        sealed.insert("text".into(), json!("客户来电"));
        let old = Stored {
            kind: "note_added.v1".into(),
            body: Map::new(),
            sealed,
            sealed_party: Map::new(),
        };
        let new = upcast(old, &upcasters);
        assert_eq!(
            (new.kind.as_str(), &new.body["pinned"], &new.sealed["note"]),
            ("note_added.v3", &json!(false), &json!("客户来电"))
        );
    }
}

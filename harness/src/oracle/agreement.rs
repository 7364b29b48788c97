//! Two observations of one case must be the same in every field.

use crate::{Divergence, Observation, Property};
use serde_json::Value;

/// Whether the fate of the module is part of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Module {
    /// Metered hash or rejection must be the same.
    Compared,
    /// One side runs the original module and has no metered hash.
    SetApart,
}

/// The first difference between two observations.
pub(super) fn between(
    property: Property,
    (left_name, left): (&str, &Observation),
    (right_name, right): (&str, &Observation),
    module: Module,
) -> Option<Divergence> {
    let same = left.runs == right.runs && (module == Module::SetApart || left.module == right.module);
    if same {
        return None;
    }
    let tree = |observation: &Observation| {
        let mut tree = serde_json::to_value(observation).expect("an observation has only text keys and finite numbers");
        if let Some(fields) = tree.as_object_mut() {
            // Not every lane has validators of its own; what they answer has an oracle of its own.
            fields.remove("answers");
            if module == Module::SetApart {
                fields.remove("module");
            }
        }
        tree
    };
    let (place, left_value, right_value) = first_difference(&tree(left), &tree(right), String::new())
        .expect("observations that differ differ in a field that is serialised");
    Some(Divergence::at(property, (left_name, left_value), (right_name, right_value), place))
}

/// The first difference between two trees: its place and what is there. It walks them in step.
///
/// How a step ended says more than what follows from it, so outcomes are looked at first.
pub(super) fn first_difference(left: &Value, right: &Value, place: String) -> Option<(String, String, String)> {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            // What has another shape, as a trap has beside a result, differs as a whole.
            if !left.keys().eq(right.keys()) {
                let shown = |fields: &serde_json::Map<String, Value>| Value::Object(fields.clone()).to_string();
                return Some((place, shown(left), shown(right)));
            }
            let mut keys = left.keys().collect::<Vec<_>>();
            keys.sort_by_key(|key| *key != "outcome");
            keys.into_iter().find_map(|key| {
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                first_difference(&left[key], &right[key], place)
            })
        }
        (Value::Array(left), Value::Array(right)) => left
            .iter()
            .zip(right)
            .enumerate()
            .find_map(|(index, (left, right))| first_difference(left, right, format!("{place}[{index}]")))
            .or_else(|| {
                (left.len() != right.len())
                    .then(|| (format!("{place}.length"), left.len().to_string(), right.len().to_string()))
            }),
        (left, right) => (left != right).then(|| (place, left.to_string(), right.to_string())),
    }
}

//! Simpler inputs that are JSON: parts of a document gone, plain, or in the place of what is around them.
//!
//! A text in a document that is a document itself, as the arguments of validators are, is made simpler inside.

use super::runs::with_every_run;
use crate::Run;
use crate::reduce::subject::{Change, Subject};
use serde_json::{Map, Value, json};
use std::collections::VecDeque;

/// What is done to one part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Edit {
    /// This in its place.
    Plain(Value),
    /// One of its parts in its place.
    Part(usize),
    /// Without one of its parts.
    Without(usize),
}

/// The parts of a document that are tried in one round, the outermost first.
const MOST_PARTS: usize = 2_048;

/// One part of an input gone, plain, or in the place of what is around it.
pub(super) fn simpler<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (at, run) in subject.case.runs.iter().enumerate() {
        let Run::Abi { input, .. } = run else { continue };
        let Ok(document) = serde_json::from_str::<Value>(input) else { continue };
        for (path, edit) in edits(&document) {
            changes.push(Box::new(move || {
                let document = serde_json::from_str(input).ok()?;
                let text = edited(&document, &path, &edit)?.to_string();
                Some(with_every_run(subject.case, |run, other| {
                    if let Run::Abi { input, .. } = run
                        && other == at
                    {
                        input.clone_from(&text);
                    }
                }))
            }));
        }
    }
    changes
}

/// What can be done to a document, from the outermost part to the innermost, with the way to each part.
fn edits(document: &Value) -> Vec<(Vec<usize>, Edit)> {
    let mut edits = Vec::new();
    let mut parts = VecDeque::from([(Vec::new(), document.clone())]);
    let mut seen = 0;
    while let Some((path, part)) = parts.pop_front() {
        seen += 1;
        if seen > MOST_PARTS {
            break;
        }
        let plain = [json!(null), json!(0), json!(""), json!([]), json!({})];
        edits.extend(plain.map(|plain| (path.clone(), Edit::Plain(plain))));
        for (number, inner) in inside(&part).into_iter().enumerate() {
            edits.push((path.clone(), Edit::Part(number)));
            edits.push((path.clone(), Edit::Without(number)));
            parts.push_back(([&path[..], &[number]].concat(), inner));
        }
    }
    edits
}

/// The parts of a value, in their order: of a text, the document that it is.
fn inside(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.clone(),
        Value::Object(members) => members.values().cloned().collect(),
        Value::String(text) => inner_document(text).into_iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn inner_document(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(|inner: &Value| inner.is_array() || inner.is_object())
}

/// The document with an edit at the end of a way.
fn edited(value: &Value, path: &[usize], edit: &Edit) -> Option<Value> {
    let Some((&part, rest)) = path.split_first() else { return edit.of(value) };
    let within = |inner: &Value| edited(inner, rest, edit);
    Some(match value {
        Value::Array(items) => {
            let mut items = items.clone();
            let item = items.get_mut(part)?;
            *item = within(item)?;
            Value::Array(items)
        }
        Value::Object(members) => {
            let mut members = members.clone();
            let member = members.values_mut().nth(part)?;
            *member = within(member)?;
            Value::Object(members)
        }
        Value::String(text) => Value::String(within(&inner_document(text)?)?.to_string()),
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    })
}

impl Edit {
    fn of(&self, value: &Value) -> Option<Value> {
        match self {
            Self::Plain(plain) => Some(plain.clone()),
            Self::Part(part) => inside(value).into_iter().nth(*part),
            Self::Without(part) => {
                let others = |number: &usize| number != part;
                match value {
                    Value::Array(items) => {
                        let kept = (0..).zip(items).filter(|(number, _)| others(number));
                        Some(Value::Array(kept.map(|(_, item)| item.clone()).collect()))
                    }
                    Value::Object(members) => {
                        let kept = (0..).zip(members).filter(|(number, _)| others(number));
                        let kept = kept.map(|(_, (name, member))| (name.clone(), member.clone()));
                        Some(Value::Object(kept.collect::<Map<_, _>>()))
                    }
                    Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: &[&str]) {
        let document: Value = serde_json::from_str(document).expect("JSON");
        let mut found = edits(&document)
            .iter()
            .filter(|(_, edit)| !matches!(edit, Edit::Plain(_)))
            .filter_map(|(path, edit)| Some(edited(&document, path, edit)?.to_string()))
            .collect::<Vec<_>>();
        found.sort();
        found.dedup();
        assert_eq!(found, expected);
    }

    #[test]
    fn parts_go_or_take_the_place_of_what_is_around_them() {
        check("7", &[]);
        check("[1,[2]]", &["1", "[1,2]", "[1,[]]", "[1]", "[2]", "[[2]]"]);
        check(r#"{"a":{"b":1}}"#, &["{\"a\":1}", "{\"a\":{}}", "{\"b\":1}", "{}"]);
        // What is written in a text is taken apart as well.
        check(r#"["[3,4]"]"#, &[r#""[3,4]""#, r#"["3"]"#, r#"["4"]"#, r#"["[3]"]"#, r#"["[4]"]"#, "[[3,4]]", "[]"]);
    }

    #[test]
    fn plain_values_are_tried_everywhere() {
        let document = json!({"a": [1]});
        let plain = edits(&document).into_iter().filter(|(_, edit)| *edit == Edit::Plain(json!(null)));
        let texts = plain.filter_map(|(path, edit)| Some(edited(&document, &path, &edit)?.to_string()));
        assert_eq!(texts.collect::<Vec<_>>(), ["null", "{\"a\":null}", "{\"a\":[null]}"]);
    }
}

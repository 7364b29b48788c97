//! A table is coverage as text: what reports show, and what parts of a campaign are stored as.

use super::{Cell, Context, Coverage, Operand, Operands, due, operator};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Cases by operator, operands and context, with what is due of them.
#[derive(Serialize, Deserialize)]
pub(super) struct Table {
    cases: u64,
    due: usize,
    due_reached: usize,
    holes: Vec<String>,
    operators: BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>,
}

/// A table names what there is not.
#[derive(Debug, thiserror::Error)]
#[error("there is no {what} {name:?} in a table of coverage")]
pub(super) struct Unknown {
    what: &'static str,
    name: String,
}

impl From<Coverage> for Table {
    fn from(coverage: Coverage) -> Self {
        let mut operators: BTreeMap<_, BTreeMap<_, BTreeMap<_, _>>> = BTreeMap::new();
        for (Cell { operator, operands, context }, &count) in &coverage.reached {
            let rows = operators.entry((*operator).to_owned()).or_default().entry(operands.to_string()).or_default();
            rows.insert(context.to_string(), count);
        }
        Self {
            cases: coverage.cases,
            due: due().len(),
            due_reached: coverage.reached_due(),
            holes: coverage.holes().map(ToString::to_string).collect(),
            operators,
        }
    }
}

/// What is due and what is missing of it follows from the cells.
impl TryFrom<Table> for Coverage {
    type Error = Unknown;

    fn try_from(table: Table) -> Result<Self, Unknown> {
        let mut reached = BTreeMap::new();
        for (name, rows) in table.operators {
            let operator = operator::of_the_profile().find(|listed| listed.name == name);
            let operator = operator.ok_or(Unknown { what: "operator", name })?.name;
            for (name, row) in rows {
                let operands = operands(&name).ok_or(Unknown { what: "list of operands", name })?;
                for (name, count) in row {
                    let contexts = Context::PLACES.into_iter().chain(Context::USES);
                    let context = contexts.into_iter().find(|context| context.to_string() == name);
                    let context = context.ok_or(Unknown { what: "context", name })?;
                    reached.insert(Cell { operator, operands: operands.clone(), context }, count);
                }
            }
        }
        Ok(Self { cases: table.cases, reached })
    }
}

fn operands(name: &str) -> Option<Operands> {
    if name == Operands::SameLocal.to_string() {
        return Some(Operands::SameLocal);
    }
    let kind = |name: &str| Operand::ALL.into_iter().find(|kind| kind.to_string() == name);
    let names = name.split(", ").filter(|_| !name.is_empty());
    names.map(kind).collect::<Option<Vec<_>>>().map(Operands::Of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_that_is_due_is_read_as_it_is_written() {
        let reached = due().iter().cloned().zip(1..).collect();
        let coverage = Coverage { cases: 9_000, reached };
        let text = serde_json::to_string(&coverage).expect("JSON");
        assert_eq!(serde_json::from_str::<Coverage>(&text).expect("coverage"), coverage);
    }

    #[test]
    fn what_there_is_not_is_named() {
        let table = |operator: &str, operands: &str, context: &str| {
            format!(
                r#"{{"cases":1,"due":0,"due_reached":0,"holes":[],
                "operators":{{"{operator}":{{"{operands}":{{"{context}":1}}}}}}}}"#
            )
        };
        let read = |text: String| serde_json::from_str::<Coverage>(&text).map_err(|error| error.to_string());
        assert!(read(table("I32Add", "constant, local", "straight")).is_ok());
        for (text, name) in [
            (table("I32Ad", "constant", "straight"), "operator \"I32Ad\""),
            (table("I32Add", "constant,local", "straight"), "list of operands \"constant,local\""),
            (table("I32Add", "constant", "curved"), "context \"curved\""),
        ] {
            assert!(read(text).expect_err("refused").contains(name));
        }
    }
}

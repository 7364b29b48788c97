//! Reading takes an action's members one by one, in a fixed order, and stops at the first that is wrong.

use super::upload;
use super::{Action, Method};
use crate::identifier::Identifier;
use crate::path::{Path, PathError};
use crate::refusal::{MemberProblem, Reason};
use crate::value::CanonicalJson;
use modal_wasm_validation::Json;

pub(super) fn action(method: Method, json: &Json<'_>) -> Result<Action, Reason> {
    match method {
        Method::Create => {
            let value = value(method, json)?;
            Ok(Action::Create {
                asset_id: value.identifier("asset_id")?,
                quantity: value.amount("quantity")?,
                divisibility: value.amount("divisibility")?,
            })
        }
        Method::Send => {
            let value = value(method, json)?;
            Ok(Action::Send {
                asset_contract: value.optional_identifier("asset_contract")?,
                asset_id: value.identifier("asset_id")?,
                to_contract: value.identifier("to_contract")?,
                amount: value.amount("amount")?,
            })
        }
        Method::Recv => {
            let value = value(method, json)?;
            Ok(Action::Recv {
                send_commit_id: value.identifier("send_commit_id")?,
                from_contract: value.optional_identifier("from_contract")?,
            })
        }
        Method::Post => {
            let (path, value) = path_and_value(method, json)?;
            let path = Path::new(path)?;
            if path.is_module() {
                path.module_name()?;
                let (wasm_bytes, gas_limit) = upload::read(value)?;
                return Ok(Action::Upload { path, wasm_bytes, gas_limit });
            }
            Ok(Action::Post { path, value: canonical(method, "value", value)? })
        }
        Method::Repost => {
            let (path, value) = path_and_value(method, json)?;
            let (source, path) = repost_path(path)?;
            Ok(Action::Repost { source, path, value: canonical(method, "value", value)? })
        }
        Method::Invoke => {
            let (path, value) = path_and_value(method, json)?;
            let path = Path::new(path)?;
            path.module_name()?;
            let args = Members { method, json: value }.require("args")?;
            Ok(Action::Invoke { path, args: canonical(method, "args", args)? })
        }
    }
}

/// Where an action's arguments stand: itself, or its `value`.
#[derive(Clone, Copy)]
struct Members<'a> {
    method: Method,
    json: &'a Json<'a>,
}

impl<'a> Members<'a> {
    fn require(self, member: &'static str) -> Result<&'a Json<'a>, Reason> {
        self.json.get(member).ok_or(Reason::MissingMember { method: self.method, member })
    }

    fn text(self, member: &'static str) -> Result<&'a str, Reason> {
        self.require(member)?.as_str().ok_or(self.invalid(member, MemberProblem::NotText))
    }

    fn identifier(self, member: &'static str) -> Result<Identifier, Reason> {
        Identifier::new(self.text(member)?).map_err(|fault| self.invalid(member, MemberProblem::Identifier(fault)))
    }

    /// An absent member and `null` are the same.
    fn optional_identifier(self, member: &'static str) -> Result<Option<Identifier>, Reason> {
        match self.json.get(member) {
            None | Some(Json::Null) => Ok(None),
            Some(_) => self.identifier(member).map(Some),
        }
    }

    fn amount(self, member: &'static str) -> Result<u64, Reason> {
        let amount = self.require(member)?.as_u64().filter(|amount| *amount > 0);
        amount.ok_or(self.invalid(member, MemberProblem::NotAmount))
    }

    fn invalid(self, member: &'static str, problem: MemberProblem) -> Reason {
        Reason::InvalidMember { method: self.method, member, problem }
    }
}

fn value<'a>(method: Method, json: &'a Json<'a>) -> Result<Members<'a>, Reason> {
    let json = Members { method, json }.require("value")?;
    Ok(Members { method, json })
}

fn path_and_value<'a>(method: Method, json: &'a Json<'a>) -> Result<(&'a str, &'a Json<'a>), Reason> {
    let members = Members { method, json };
    let path = members.text("path")?;
    Ok((path, members.require("value")?))
}

fn canonical(method: Method, member: &'static str, json: &Json<'_>) -> Result<CanonicalJson, Reason> {
    CanonicalJson::from_json(json).map_err(|error| Reason::InvalidMember {
        method,
        member,
        problem: MemberProblem::NotCanonical(error),
    })
}

/// Takes `$contract:/path` apart. A contract's name holds no `/`, so the first `:/` ends it.
fn repost_path(text: &str) -> Result<(Identifier, Path), PathError> {
    let (source, rest) = text.strip_prefix('$').and_then(|text| text.split_once(":/")).ok_or(PathError::NotARepost)?;
    let source = Identifier::new(source).map_err(|_| PathError::NotARepost)?;
    Ok((source, Path::new(&format!("/{rest}"))?))
}

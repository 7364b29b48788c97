//! A path names a place in a contract; a commit's actions write there.

use crate::assessment::Assessment;
use crate::error::{Document, ValidationError};
use crate::json::Json;
use crate::result::ValidationResult;

/// The methods of actions that write to their path.
const WRITING_METHODS: [&str; 2] = ["post", "repost"];

/// Validates that a commit, `{"body": [{"method", "path", …}, …]}`, has an action that posts to exactly this path.
///
/// 1. "Path must start with '/'"
/// 2. "Commit must have a body array"; then, if both are kept,
/// 3. "No action posts to the path"
///
/// Gas: BASE + PARSE_JSON + CHECK x 2 = 170, then CHECK = 180.
///
/// # Errors
///
/// "Invalid commit JSON: …".
pub fn post_to_path(commit_json: &str, path: &str) -> Result<ValidationResult, ValidationError> {
    any_action(commit_json, path, "No action posts to the path", |action| {
        method(action) == Some("post") && path_of(action) == Some(path)
    })
}

/// Validates that a commit writes, by `post` or `repost`, to this path or to one below it.
///
/// Paths are compared part by part: `/members` holds `/members/a`, not `/membersX`. Empty parts do not count, so that no
/// spelling of a path (`//members/a`, `members/a/`) escapes a rule about it, and `/` holds every path.
///
/// 1. "Path must start with '/'"
/// 2. "Commit must have a body array"; then, if both are kept,
/// 3. "No action writes to the path"
///
/// Gas: BASE + PARSE_JSON + CHECK x 2 = 170, then CHECK = 180.
///
/// # Errors
///
/// "Invalid commit JSON: …".
pub fn modifies(commit_json: &str, path: &str) -> Result<ValidationResult, ValidationError> {
    any_action(commit_json, path, "No action writes to the path", |action| {
        method(action).is_some_and(|method| WRITING_METHODS.contains(&method))
            && path_of(action).is_some_and(|written| holds(path, written))
    })
}

fn any_action(
    commit_json: &str,
    path: &str,
    error: &str,
    matches: impl Fn(&Json<'_>) -> bool,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let commit = assessment.parse(Document::Commit, commit_json)?;
    let is_path = assessment.check_that(if path.starts_with('/') { Ok(()) } else { Err("Path must start with '/'") });
    let body = commit.get("body").and_then(Json::as_array).ok_or("Commit must have a body array");
    let body = assessment.check_that(body);
    if let (Some(()), Some(body)) = (is_path, body) {
        assessment.check(body.iter().any(matches), error);
    }
    Ok(assessment.finish())
}

fn method<'a>(action: &'a Json<'_>) -> Option<&'a str> {
    action.get("method")?.as_str()
}

fn path_of<'a>(action: &'a Json<'_>) -> Option<&'a str> {
    action.get("path")?.as_str()
}

/// Whether a path is the other one or above it.
fn holds(path: &str, other: &str) -> bool {
    let mut others = parts(other);
    parts(path).all(|part| others.next() == Some(part))
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

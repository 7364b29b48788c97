//! A property is a member of an object, named by a dotted path.

use crate::assessment::Assessment;
use crate::error::{Document, ValidationError};
use crate::result::ValidationResult;

/// Validates that a document has the property at a dotted path: `a.b` is the member `b` of the object that is the
/// member `a`. Its value may be anything, `null` included. Elements of arrays, and keys that hold a dot, have no path.
///
/// 1. "Property path cannot be empty", or else "Property path has an empty part"; then
/// 2. "Property not found"
///
/// Gas: BASE + PARSE_JSON + CHECK = 160, then CHECK = 170.
///
/// # Errors
///
/// "Invalid data JSON: …".
pub fn has_property(data_json: &str, path: &str) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let data = assessment.parse(Document::Data, data_json)?;
    let form = if path.is_empty() {
        Err("Property path cannot be empty")
    } else if path.split('.').any(str::is_empty) {
        Err("Property path has an empty part")
    } else {
        Ok(())
    };
    if assessment.check_that(form).is_some() {
        let found = path.split('.').try_fold(&data, |json, key| json.get(key));
        assessment.check(found.is_some(), "Property not found");
    }
    Ok(assessment.finish())
}

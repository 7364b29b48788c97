//! A policy is what a browser lets a page do: this one's own style and script, known by their digests, and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The content security policy of a page with one style and at most one script: it loads nothing, sends nothing, and runs
/// nothing that it did not come with, attributes included.
pub(super) fn policy(style: &str, script: Option<&str>) -> String {
    let sum = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let script = script.map_or("'none'".to_owned(), sum);
    format!("default-src 'none'; style-src {}; script-src {script}; base-uri 'none'; form-action 'none'", sum(style))
}

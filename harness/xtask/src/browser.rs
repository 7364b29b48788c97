//! The browser that the SDK's pages are tested in.

use crate::debian;
use anyhow::bail;
use std::env;
use std::path::Path;

const PACKAGE: &str = "chromium";
const PROGRAM: &str = "/usr/bin/chromium";

/// Names another browser of Chromium's kind; the tests read it too.
const VARIABLE: &str = "CHROMIUM";

/// Sees to it that there is a browser, and installs one if there is none.
pub(crate) fn require() -> anyhow::Result<()> {
    if env::var_os(VARIABLE).is_some() || Path::new(PROGRAM).is_file() {
        return Ok(());
    }
    if debian::can_install() {
        eprintln!("no browser is installed: installing Debian's {PACKAGE}");
        debian::install(&[PACKAGE])?;
        if Path::new(PROGRAM).is_file() {
            return Ok(());
        }
    }
    bail!(
        "failed to find a browser for the SDK's tests; set {VARIABLE} to a Chromium's path, or run\n  \
         apt-get install -y --no-install-recommends {PACKAGE}"
    );
}

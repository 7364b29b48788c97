//! `sign`: adds signatures to a certificate.

use super::certification::{CERTIFICATE, file_of, write};
use super::exit::Exit;
use super::secret;
use anyhow::Context as _;
use clap::Args;
use modal_harness::certificate::Bundle;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct SignArguments {
    /// The certificate, or the folder of its certification.
    certificate: PathBuf,
    /// A key, as `keygen` makes it. Repeat it for more.
    #[arg(long, required = true, value_name = "FILE")]
    key: Vec<PathBuf>,
}

pub(super) fn run(arguments: &SignArguments) -> anyhow::Result<Exit> {
    let path = file_of(&arguments.certificate, CERTIFICATE);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read the certificate {}", path.display()))?;
    let refused = || format!("cannot sign {}", path.display());
    let mut bundle = Bundle::from_bytes(&bytes).with_context(refused)?;
    for key in &arguments.key {
        let key = secret::read(key)?;
        bundle.sign(&key).with_context(refused)?;
        // What is signed is looked at first: a signature is under what the certificate says, not under its form.
        bundle.verify(&[key.public()], 1).with_context(refused)?;
    }
    write(&path, &bundle.to_bytes()?)?;
    bundle.claimed_keys().iter().for_each(|key| anstream::println!("signed by {key}"));
    Ok(Exit::Agree)
}

//! `keygen`: makes a key that signs certificates.

use super::exit::Exit;
use anyhow::Context as _;
use clap::Args;
use modal_harness::certificate::SecretKey;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct KeygenArguments {
    /// The file for the secret key. Its public half is written beside it, with `.pub` behind the name. Neither may be there.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(KeygenArguments { file }: &KeygenArguments) -> anyhow::Result<Exit> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).context("the system has no random bytes for a key")?;
    let key = SecretKey::from_random(random);
    let mut public = file.clone().into_os_string();
    public.push(".pub");
    let public = PathBuf::from(public);
    anyhow::ensure!(!public.exists(), "{} is there; a key is not written over another", public.display());
    put(file, &key.to_pem()?, true)?;
    put(&public, &key.public().to_pem()?, false)?;
    anstream::println!("wrote {} and {}; the key is {}", file.display(), public.display(), key.public().id());
    Ok(Exit::Agree)
}

/// Writes a file that is not there yet; a secret one so that nobody else can read it.
fn put(path: &Path, text: &str, secret: bool) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if secret { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = secret;
    let mut file = options.open(path).with_context(|| format!("cannot write the key {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write the key {}", path.display()))
}

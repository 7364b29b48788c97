//! A repro folder holds a finding with all that it takes to see it again: no seed, no generator.

use crate::oracle::{Evidence, Witness};
use crate::{Case, LaneFault, Observation, Verdict, digest};
use serde::Serialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const CASE: &str = "case.json";
const VERDICT: &str = "verdict.txt";

/// The largest module, in bytes, of which a repro has the text.
const LARGEST_TEXT: usize = 64 << 10;

/// A folder with a case and what was seen of it.
#[derive(Clone, Debug)]
pub struct Repro {
    /// The folder.
    pub folder: PathBuf,
    /// The case.
    pub case: Arc<Case>,
    /// The verdict with which it was written, in words, if it is there.
    pub first_verdict: Option<String>,
}

impl Repro {
    /// Writes a repro under a folder, named by its bucket and the case's digest. A finding that is there already stays.
    ///
    /// The files are written beside their place and the folder is renamed when it is whole.
    pub fn write(under: &Path, case: &Arc<Case>, evidence: &Evidence, verdict: &Verdict) -> io::Result<Self> {
        let bytes = case.to_json();
        let folder = place(under, &bytes, verdict);
        let first_verdict = Some(verdict.to_string());
        let repro = Self { folder: folder.clone(), case: Arc::clone(case), first_verdict };
        if folder.exists() {
            return Ok(repro);
        }
        fs::create_dir_all(under)?;
        let partial = tempfile::tempdir_in(under)?;
        let put = |name: &str, bytes: &[u8]| fs::write(partial.path().join(name), bytes);
        put(CASE, &bytes)?;
        put("module.wasm", &case.module)?;
        put("module.wat", text(&case.module).as_bytes())?;
        if let Some(parent) = &case.parent {
            put("parent.wasm", &parent.bytes)?;
            put("parent.wat", text(&parent.bytes).as_bytes())?;
        }
        if !case.modules.is_empty() {
            fs::create_dir(partial.path().join("modules"))?;
        }
        for (index, (name, module)) in case.modules.iter().enumerate() {
            let text = format!(";; {name:?}, gas limit {}\n{}", module.gas, text(&module.bytes));
            put(&format!("modules/{index}.wat"), text.as_bytes())?;
        }
        put(VERDICT, format!("{verdict}\n").as_bytes())?;
        put("verdict.json", &json(verdict)?)?;
        fs::create_dir(partial.path().join("observations"))?;
        for Witness { lane, observation } in evidence.lanes.iter().chain([&evidence.reference]) {
            put(&format!("observations/{lane}.json"), &json(&answer(observation))?)?;
        }
        if !case.validations.is_empty() {
            let native = match &evidence.native {
                Ok(answers) => Answer::Answers(answers),
                Err(fault) => Answer::Fault(fault),
            };
            put("observations/native.json", &json(&native)?)?;
        }
        if let Some(parent) = &evidence.parent {
            put("observations/parent.json", &json(&answer(parent))?)?;
        }
        if let Some(nodes) = &evidence.nodes {
            let nodes = match nodes {
                Ok(readings) => json(readings)?,
                Err(fault) => json(&Answer::Fault(fault))?,
            };
            put("observations/nodes.json", &nodes)?;
        }
        fs::rename(partial.keep(), &folder)?;
        Ok(repro)
    }

    /// Where the repro of a case and its verdict is written.
    pub fn folder(under: &Path, case: &Case, verdict: &Verdict) -> io::Result<PathBuf> {
        Ok(place(under, &case.to_json(), verdict))
    }

    /// Whether a folder is one.
    #[must_use]
    pub fn is_at(folder: &Path) -> bool {
        folder.join(CASE).is_file()
    }

    /// Reads the case of a repro folder.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(CASE);
        let bytes = fs::read(&path).map_err(|error| {
            io::Error::new(
                error.kind(),
                format!("cannot read {}: {error}; a repro folder holds a {CASE}", path.display()),
            )
        })?;
        let wrong = |reason: String| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{} is not a case: {reason}", path.display()))
        };
        let case: Case = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if let Some(dangling) = case.dangling() {
            return Err(wrong(dangling));
        }
        // A folder that a person made may hold the case alone.
        let first_verdict = fs::read_to_string(folder.join(VERDICT)).ok().map(|text| text.trim_end().to_owned());
        Ok(Self { folder: folder.to_owned(), case: Arc::new(case), first_verdict })
    }
}

/// The module as text. That of a large one, as the validators' guest is, would take more room than all else together.
fn text(module: &[u8]) -> String {
    if module.len() > LARGEST_TEXT {
        return ";; the module is large; `wasm-tools print module.wasm` prints it\n".into();
    }
    wasmprinter::print_bytes(module).unwrap_or_else(|error| format!(";; the module cannot be printed: {error}\n"))
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer<'a> {
    Observation(&'a Observation),
    Answers(&'a [String]),
    Fault(&'a LaneFault),
}

fn answer(observation: &Result<Observation, LaneFault>) -> Answer<'_> {
    match observation {
        Ok(observation) => Answer::Observation(observation),
        Err(fault) => Answer::Fault(fault),
    }
}

fn json(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn place(under: &Path, case: &[u8], verdict: &Verdict) -> PathBuf {
    under.join(format!("{}-{}", slug(verdict), &digest::hex(case)[..12]))
}

/// The bucket as a file name.
pub(crate) fn slug(verdict: &Verdict) -> String {
    let name = verdict.symptom().map_or_else(|| "agree".to_owned(), |symptom| symptom.to_string());
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

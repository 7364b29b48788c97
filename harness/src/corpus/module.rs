//! The module of a corpus case: its own text, or a file beside it.

use super::CorpusError;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What begins the lines of an expectation that are about modules' bytes.
pub(super) const MODULE: &str = "module ";

/// A module in a file of its own.
#[derive(Clone, Debug)]
pub(super) struct ModuleFile {
    /// The file of the case that names it.
    case: PathBuf,
    path: PathBuf,
}

impl ModuleFile {
    /// The file that a case, or a part of one, names, where it has nothing else to say.
    pub(super) fn of(case: &Path, text: &str, wasm: &Path) -> Result<Self, CorpusError> {
        match text.lines().find(|line| !line.is_empty() && !line.starts_with(";;")) {
            None => find(case, wasm),
            Some(line) => {
                let reason = format!("{line:?} is neither header nor expectation, and the module lies elsewhere");
                Err(CorpusError::Header { path: case.to_owned(), reason })
            }
        }
    }

    /// The file of that name in another folder.
    pub(super) fn elsewhere(&self, folder: &Path) -> Self {
        let name = self.path.file_name().unwrap_or_default();
        Self { case: self.case.clone(), path: folder.join(name) }
    }

    /// What the file holds.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, CorpusError> {
        fs::read(&self.path).map_err(|source| self.unreadable(source))
    }

    /// Compares a module, by the name by which it can be called, with the one that an expectation is about. An expectation
    /// that names none has still to be written.
    pub(super) fn expect(
        &self,
        case: &Path,
        expected: &str,
        name: Option<&str>,
        module: &[u8],
    ) -> Result<(), CorpusError> {
        let found = line(name, module);
        match expected.lines().find(|line| line.starts_with(&head(name))) {
            Some(expected) if expected != found.trim_end() => Err(CorpusError::OtherModule {
                path: case.to_owned(),
                wasm: self.path.clone(),
                expected: format!("{expected}\n"),
                found,
            }),
            Some(_) | None => Ok(()),
        }
    }

    fn unreadable(&self, source: std::io::Error) -> CorpusError {
        CorpusError::ModuleFile { path: self.case.clone(), wasm: self.path.clone(), source }
    }
}

/// The module of a case, and where it lies if it has a file of its own. A `.wat` is its own module; a `.case` is
/// nothing but what is said of one.
pub(super) fn read(
    case: &Path,
    source: &str,
    wasm: Option<PathBuf>,
) -> Result<(Vec<u8>, Option<ModuleFile>), CorpusError> {
    let wrong = |reason: String| Err(CorpusError::Header { path: case.to_owned(), reason });
    let is_text = case.extension().is_some_and(|extension| extension == "wat");
    match (is_text, wasm) {
        (true, None) => Ok((parse(case, source)?, None)),
        (true, Some(_)) => wrong("a `.wat` is its own module; a case with `wasm` is a `.case`".into()),
        (false, None) => wrong("`wasm` is missing: it names the module's file".into()),
        (false, Some(wasm)) => {
            let file = ModuleFile::of(case, source, &wasm)?;
            Ok((file.bytes()?, Some(file)))
        }
    }
}

/// The module of a text.
pub(super) fn parse(case: &Path, text: &str) -> Result<Vec<u8>, CorpusError> {
    wat::parse_str(text).map_err(|source| CorpusError::Text { path: case.to_owned(), source })
}

/// The text of a module, which reads as the same again. What has no text of its own is told byte by byte.
pub(super) fn write(module: &[u8]) -> String {
    let text = wasmprinter::print_bytes(module).ok().filter(|text| wat::parse_str(text).is_ok());
    let text = text.unwrap_or_else(|| {
        let bytes = module.iter().map(|byte| format!("\\{byte:02x}")).collect::<String>();
        format!("(module binary \"{bytes}\")")
    });
    text.trim_end().to_owned() + "\n"
}

/// The line of an expectation for a module's bytes: the case's own module's, or one's that can be called by a name.
pub(super) fn line(name: Option<&str>, module: &[u8]) -> String {
    format!("{}{}\n", head(name), hex::encode(Sha256::digest(module)))
}

/// The beginning of such a line.
fn head(name: Option<&str>) -> String {
    let name = name.map_or(String::new(), |name| format!("{name:?} "));
    format!("{MODULE}{name}sha256 ")
}

/// Finds a module by its path from the case's folder. It has to lie in the corpus, by whatever links: a case is the
/// same wherever the corpus is.
fn find(case: &Path, wasm: &Path) -> Result<ModuleFile, CorpusError> {
    let own_folder = case.parent().unwrap_or(Path::new(""));
    let file = ModuleFile { case: case.to_owned(), path: own_folder.join(wasm) };
    let real = |path: &Path| path.canonicalize().map_err(|source| file.unreadable(source));
    let own_folder = real(if own_folder == Path::new("") { Path::new(".") } else { own_folder })?;
    // A case that lies in no corpus has its own folder.
    let folder = own_folder.ancestors().find(|folder| folder.ends_with("corpus")).unwrap_or(&own_folder);
    if real(&file.path)?.starts_with(folder) {
        return Ok(file);
    }
    Err(CorpusError::Outside { path: case.to_owned(), wasm: wasm.to_owned(), folder: folder.to_owned() })
}

//! The register of nondeterminism, read from the page that people read (`harness/REGISTER.md`).

use super::RegisterLine;

/// A page has no register, or a line of it is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARegister {
    /// It has no such table.
    #[error("it has no table with the columns {}", HEADER.join(", "))]
    NoTable,
    /// A line has not three cells with something in them.
    #[error("line {0} has not three cells with something in each")]
    Line(usize),
}

const HEADER: [&str; 3] = ["source", "treatment and its owner", "missed in"];

/// The lines of the register that a page has.
///
/// # Errors
///
/// If it has none, or a line is incomplete.
pub fn read_register(page: &str) -> Result<Vec<RegisterLine>, NotARegister> {
    let mut lines = page.lines().enumerate().skip_while(|(_, line)| cells(line).is_none_or(|cells| cells != HEADER));
    lines.next().ok_or(NotARegister::NoTable)?;
    // The rule under the header.
    lines.next();
    let rows = lines.take_while(|(_, line)| line.starts_with('|'));
    let register = rows.map(|(number, line)| match cells(line) {
        Some([source, treatment, missed_in]) if ![source, treatment, missed_in].contains(&"") => Ok(RegisterLine {
            source: source.to_owned(),
            treatment: treatment.to_owned(),
            missed_in: missed_in.to_owned(),
        }),
        Some(_) | None => Err(NotARegister::Line(number + 1)),
    });
    let register = register.collect::<Result<Vec<_>, _>>()?;
    if register.is_empty() { Err(NotARegister::NoTable) } else { Ok(register) }
}

fn cells(line: &str) -> Option<[&str; 3]> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    inner.split('|').map(str::trim).collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_read() {
        let page = include_str!("../../REGISTER.md");
        let lines = read_register(page).expect("a register");
        let rows = page.lines().filter(|line| line.starts_with("| ")).count() - 1;
        assert_eq!(lines.len(), rows, "every row but the header");
        assert_eq!(lines[0].source, "feature sets");
    }

    #[test]
    fn what_is_no_register_is_refused() {
        let header = "| source | treatment and its owner | missed in |\n|---|---|---|\n";
        let check = |page: &str, expect: NotARegister| assert_eq!(read_register(page), Err(expect), "{page}");
        check("", NotARegister::NoTable);
        check("| source | missed in |\n|---|---|\n| a | b |\n", NotARegister::NoTable);
        check(header, NotARegister::NoTable);
        check(&format!("{header}| a | b | c |\n| d | e |\n"), NotARegister::Line(4));
        check(&format!("{header}| a |  | c |\n"), NotARegister::Line(3));
    }
}

//! Arguments that people did not think of: any name, any file.

use crate::support::{Workshop, program};
use modal_cli::module_name;
use proptest::prelude::*;
use std::ffi::OsString;
use std::fs;
use std::process::{Command, Output};

#[test]
fn names_with_and_without_slash_and_ending_are_one() {
    let check = |argument: &str, expect: Result<&str, &str>| {
        let found = module_name(argument).map(|name| name.path()).map_err(|error| error.fault.to_string());
        assert_eq!(found, expect.map(str::to_owned).map_err(str::to_owned), "{argument:?}");
    };
    for argument in ["validator", "/validator", "validator.wasm", "/validator.wasm"] {
        check(argument, Ok("/validator.wasm"));
    }
    for argument in ["custom/logic", "/custom/logic", "custom/logic.wasm", "/custom/logic.wasm"] {
        check(argument, Ok("/custom/logic.wasm"));
    }
    check("x.WASM", Ok("/x.WASM.wasm"));
    check("é ü", Ok("/é ü.wasm"));
    check("...", Ok("/....wasm"));
    for argument in ["", "/", ".wasm", "/.wasm"] {
        check(argument, Err("it is empty"));
    }
    for argument in ["//a", "a//b", "a/", "a/.wasm"] {
        check(argument, Err("it has an empty segment"));
    }
    for argument in ["..", "../a", "a/../b", "/a/..", "./a", "."] {
        check(argument, Err("it has a segment `.` or `..`"));
    }
    check("a\0b", Err(r"it holds the control character '\0'"));
    check("a\nb", Err(r"it holds the control character '\n'"));
    check("x.wasm.wasm", Err("it ends in `.wasm`"));
    check(&"x".repeat(1025), Err("it has 1025 bytes, the most are 1024"));
}

/// Names as people mistype them: the parts that matter, in any order.
fn arguments() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("/".to_owned()),
        Just(".".to_owned()),
        Just("..".to_owned()),
        Just(".wasm".to_owned()),
        Just("\0".to_owned()),
        Just("x".repeat(700)),
        "[a-z]{1,3}",
        any::<char>().prop_map(|character| character.to_string()),
    ];
    proptest::collection::vec(part, 0..7).prop_map(|parts| parts.concat())
}

fn upload(workshop: &Workshop, file: &str, name: OsString) -> Output {
    Command::new(program())
        .args(["contract", "wasm-upload", "--dir", "my-contract", "--output", "json", "--wasm-file", file])
        .arg(join("--module-name=", name))
        .current_dir(workshop.path(""))
        .output()
        .expect("the program")
}

fn join(option: &str, value: OsString) -> OsString {
    let mut joined = OsString::from(option);
    joined.push(value);
    joined
}

/// Whether a run ended as documented: with a document of success, or with the error of this code.
fn ended(output: &Output, code: i32, error: &str) -> bool {
    let document = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes);
    match output.status.code() {
        Some(0) => document(&output.stdout).is_ok_and(|done| done["commit_id"].is_string()),
        Some(found) => {
            found == code
                && output.stdout.is_empty()
                && document(&output.stderr).is_ok_and(|failed| failed["error"]["code"] == error)
        }
        None => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// An argument names a path that names the same module, or is refused.
    #[test]
    fn any_argument_is_a_path_or_an_error(argument in arguments()) {
        match module_name(&argument) {
            Ok(name) => {
                let path = name.path();
                prop_assert!(path.starts_with('/') && path.ends_with(".wasm"));
                prop_assert!(path.split('/').skip(1).all(|segment| !["", ".", ".."].contains(&segment)));
                prop_assert!(!path.chars().any(char::is_control));
                for same in [&path[..], &path[1..], name.as_str(), &format!("/{name}")] {
                    prop_assert_eq!(module_name(same), Ok(name.clone()));
                }
            }
            Err(error) => prop_assert!(error.to_string().starts_with("failed to accept the module name ")),
        }
    }
}

proptest! {
    // Each case runs the program.
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_program_takes_any_name(argument in arguments().prop_filter("no argument holds NUL", |name| !name.contains('\0'))) {
        let workshop = Workshop::with_contract();
        let output = upload(&workshop, "validator.wasm", argument.clone().into());
        prop_assert!(ended(&output, 2, "invalid_module_name"), "{argument:?}: {output:?}");
        prop_assert_eq!(output.status.success(), module_name(&argument).is_ok());
        let commits = workshop.files("my-contract/.contract/commits").len();
        prop_assert_eq!(commits, if output.status.success() { 2 } else { 1 });
    }

    #[test]
    fn the_program_takes_any_file(bytes in files()) {
        let workshop = Workshop::with_contract();
        workshop.write("any.wasm", bytes);
        let output = upload(&workshop, "any.wasm", "any".into());
        prop_assert!(ended(&output, 3, "rejected"), "{output:?}");
        let run = ["contract", "wasm-run", "--wasm-file", "any.wasm", "--method", "m", "--engine", "wasmi"];
        let code = Command::new(program()).args(run).current_dir(workshop.path("")).status().expect("the program").code();
        // A module that the meter admits has no method `m`.
        prop_assert_eq!(code, Some(if output.status.success() { 5 } else { 3 }));
    }
}

/// Any bytes, and modules with a byte changed or the end cut off.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let module = wat::parse_str(crate::support::GUEST).expect("a module");
    let length = module.len();
    let changed = (Just(module.clone()), 0..length, any::<u8>()).prop_map(|(mut module, at, byte)| {
        module[at] = byte;
        module
    });
    let cut = (0..length).prop_map(move |end| module[..end].to_vec());
    prop_oneof![proptest::collection::vec(any::<u8>(), 0..200), changed, cut]
}

/// What is no text is an error of the command line, not a panic.
#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused() {
    use std::os::unix::ffi::OsStringExt as _;
    let workshop = Workshop::with_contract();
    let output = upload(&workshop, "validator.wasm", OsString::from_vec(vec![0xff]));
    assert!(ended(&output, 2, "usage"), "{output:?}");
    assert!(!output.status.success());
    // Files may have any name.
    let file = OsString::from_vec(b"\xff.wasm".to_vec());
    fs::copy(workshop.path("validator.wasm"), workshop.path("").join(&file)).expect("a copy");
    let upload = ["contract", "wasm-upload", "--dir", "my-contract", "--module-name", "m", "--wasm-file"];
    let status = Command::new(program()).args(upload).arg(file).current_dir(workshop.path("")).status();
    assert!(status.expect("the program").success());
}

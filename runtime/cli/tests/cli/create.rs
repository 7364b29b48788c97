//! `create`.

use crate::support::Workshop;
use snapbox::str;

#[test]
fn a_contract_is_named_after_its_directory() {
    let workshop = Workshop::new();
    workshop
        .modal(&["contract", "create", "--dir", "./my-contract"])
        .success()
        .stdout_eq(str![[r#"
Created the contract my-contract
  contract   d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6
  directory  [WORKSHOP]/my-contract
  commit     d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6
Next, upload a module:
  modal contract wasm-upload --dir [WORKSHOP]/my-contract --wasm-file FILE --module-name NAME

"#]])
        .stderr_eq(str![]);
    let files = workshop.files("my-contract").into_iter().map(|(path, _)| path.display().to_string() + "\n");
    snapbox::assert_data_eq!(
        files.collect::<String>().replace(&workshop.path("").display().to_string(), ""),
        str![[r#"
my-contract/.contract/HEAD
my-contract/.contract/commits/d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6.json
my-contract/.contract/config.json

"#]]
    );
}

#[test]
fn the_id_is_that_of_the_first_commit() {
    let workshop = Workshop::new();
    let created = workshop.json(&["contract", "create", "--dir", "./my-contract"]);
    assert_eq!(created["contract_id"], created["commit_id"]);
    assert_eq!(created["commit_id"], workshop.head());
    snapbox::assert_data_eq!(
        workshop.commit(&workshop.head()).to_string(),
        str![[r#"{"body":[{"method":"post","path":"/name.text","value":"my-contract"}],"head":{}}"#]]
    );
    // Nothing is drawn by chance: the same name makes the same contract.
    let again = Workshop::new().json(&["contract", "create", "--name", "my-contract"]);
    assert_eq!(again["contract_id"], created["contract_id"]);
    let other = Workshop::new().json(&["contract", "create", "--name", "other"]);
    assert_ne!(other["contract_id"], created["contract_id"]);
}

#[test]
fn an_id_can_be_given() {
    let workshop = Workshop::new();
    workshop
        .modal(&["contract", "create", "--dir", "c", "--id", "contract123", "--name", "mine", "--output", "json"])
        .success()
        .stdout_eq(str![[r#"
{
  "contract_id": "contract123",
  "name": "mine",
  "directory": "[WORKSHOP]/c",
  "commit_id": "b11c880c3fa70f652e1ec5705adcd13ea2f1b93f26ad4b2b83c8944086b5dee3"
}

"#]]);
    snapbox::assert_data_eq!(
        crate::support::read(&workshop.path("c/.contract/config.json")),
        str![[r#"
{
  "contract_id": "contract123"
}

"#]]
    );
}

#[test]
fn contracts_stand_in_each_other_but_not_in_one_place() {
    let workshop = Workshop::with_contract();
    let before = workshop.files("my-contract");
    workshop.modal(&["contract", "create", "--dir", "my-contract"]).code(1).stdout_eq(str![]).stderr_eq(str![[r#"
error: failed to create a contract in [WORKSHOP]/my-contract: there is a .contract already
  help: choose another directory with --dir

"#]]);
    assert_eq!(workshop.files("my-contract"), before);
    workshop.modal(&["contract", "create", "--dir", "my-contract/inner"]).success();
}

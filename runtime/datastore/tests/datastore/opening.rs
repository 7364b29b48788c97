//! A store that cannot be opened says what it is and what is wrong with it.

use crate::postgres;
use crate::support::whole;
use modal_datastore::{PostgresStore, RedbStore, Store, StoreError, commit, open, view};
use redb::TableDefinition;
use std::fs;
use std::path::Path;

#[track_caller]
fn refused(opened: Result<impl Sized, StoreError>, expect: &str) {
    let text = opened.err().map(|error| whole(&error)).unwrap_or_default();
    assert!(text.starts_with(expect), "{text:?} should begin with {expect:?}");
}

fn write_and_read(store: &dyn Store) {
    commit(store, |transaction| transaction.put("/a", b"1")).unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert_eq!(view(store, |snapshot| snapshot.get("/a")).ok(), Some(Some(b"1".to_vec())));
}

#[test]
fn a_file_is_a_store_or_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.redb");
    let name = path.display().to_string();
    let check = |expect: &str| refused(RedbStore::open(&path), &expect.replace("{}", &name));

    let store = RedbStore::open(&path).expect("a new store");
    write_and_read(&store);
    check("failed to open {}: another program has it open");
    drop(store);
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1, "nothing is left beside the store");
    let bytes = fs::read(&path).expect("the file");
    write_and_read(&*open(&name).expect("the store again"));

    fs::write(&path, b"").expect("a file");
    check("failed to open {}: the file is empty; remove it to begin a new store");
    fs::write(&path, b"no store").expect("a file");
    check("failed to open {}: it is no redb file");
    fs::write(&path, vec![b'x'; 100_000]).expect("a file");
    check("failed to open {}: it is no redb file");
    fs::write(&path, &bytes[..bytes.len() / 2]).expect("a file");
    check("failed to open {}: ");
    fs::remove_file(&path).expect("the file");

    let meta = |format: Option<u64>| {
        let database = redb::Database::create(&path).expect("a database");
        let transaction = database.begin_write().expect("a transaction");
        if let Some(format) = format {
            let mut meta = transaction.open_table(TableDefinition::<&str, u64>::new("meta")).expect("a table");
            meta.insert("format", format).expect("an entry");
        }
        transaction.commit().expect("a commit");
    };
    meta(None);
    check("failed to open {}: it is another program's redb file (Table 'meta' does not exist)");
    meta(Some(2));
    check("failed to open {}: its format is 2, and this version reads format 1");

    let missing = folder.path().join("missing").join("store.redb");
    refused(RedbStore::open(&missing), &format!("failed to create {}: ", missing.display()));
    refused(RedbStore::open(folder.path()), &format!("failed to open {}: ", folder.path().display()));
    refused(RedbStore::open(Path::new("/")), "failed to open /: ");
}

#[test]
fn a_work_that_panics_does_not_lock_the_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = RedbStore::open(folder.path().join("store.redb")).expect("a new store");
    let panicking = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        commit::<(), StoreError>(&store, |transaction| {
            transaction.put("/a", b"2")?;
            std::panic::resume_unwind(Box::new("the work panics"))
        })
    }));
    assert!(panicking.is_err());
    assert_eq!(view(&store, |snapshot| snapshot.get("/a")).ok(), Some(None));
    write_and_read(&store);
}

#[test]
fn a_server_is_fit_or_refused() {
    refused(
        PostgresStore::connect("postgres://modal:secret@127.0.0.1:1/missing"),
        "failed to connect to the PostgreSQL database \"missing\" at 127.0.0.1:1: ",
    );
    let error = PostgresStore::connect("postgres://modal:secret@host:port/x").err().map(|error| whole(&error));
    let error = error.expect("that is no port");
    assert!(error.starts_with("failed to understand the address of PostgreSQL: "), "{error}");
    assert!(!error.contains("secret"), "{error}");

    let Some(address) = postgres::database() else { return };
    write_and_read(&*open(&address).expect("a store"));
    postgres::execute(&address, "INSERT INTO modal_datastore.migrations (version) VALUES (2)");
    refused(PostgresStore::connect(&address), "failed to open the PostgreSQL database \"test_");
    let text = PostgresStore::connect(&address).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(text.ends_with(": its schema has version 2, and this version of the program knows 1"), "{text}");

    let encoding = "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'";
    postgres::execute(&address, encoding);
    let (server, _) = address.rsplit_once('/').expect("a database");
    let text = PostgresStore::connect(&format!("{server}/latin")).err().map(|error| error.to_string());
    let text = text.unwrap_or_default();
    assert!(text.ends_with(": the database's encoding is LATIN1, and it has to be UTF8"), "{text}");
    refused(
        PostgresStore::connect(&format!("{server}/none")),
        "failed to connect to the PostgreSQL database \"none\" at ",
    );
}

/// A caller with an asynchronous runtime of its own may use the store, and drop it, where waiting is no error.
#[test]
fn a_server_serves_callers_inside_a_runtime() {
    let Some(address) = postgres::database() else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let store = PostgresStore::connect(&address).unwrap_or_else(|error| panic!("{}", whole(&error)));
        write_and_read(&store);
    });
}

/// Several programs that connect at once to a new database make its tables once.
#[test]
fn the_schema_is_made_once() {
    let Some(address) = postgres::database() else { return };
    std::thread::scope(|scope| {
        let connect = || PostgresStore::connect(&address).map(|store| write_and_read(&store));
        let programs: Vec<_> = (0..6).map(|_| scope.spawn(connect)).collect();
        for program in programs {
            let connected = program.join().expect("connecting does not panic");
            connected.unwrap_or_else(|error| panic!("{}", whole(&error)));
        }
    });
    assert_eq!(postgres::execute(&address, "SELECT count(*) FROM modal_datastore.migrations"), "1");
}

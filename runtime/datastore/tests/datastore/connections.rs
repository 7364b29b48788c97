//! A connection that is lost, at whatever moment, leaves a transaction done once or not at all, and says which.

use crate::postgres;
use crate::support::whole;
use modal_datastore::{PostgresOptions, PostgresStore, StoreError, commit, view};
use std::io::{self, Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

const KEY: &str = "/counter";

/// What a program sends to commit, and to learn what became of it.
const COMMIT: &[u8] = b"COMMIT\0";
const CLAIM: &[u8] = b"ON CONFLICT (id) DO NOTHING";

/// What a server says when it has committed and is ready for more.
const READY: &[u8] = b"Z\0\0\0\x05I";

/// When the connection is cut that commits next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Before the server is told to commit.
    Before,
    /// After the server has committed, before it says so.
    After,
    /// The program loses the connection first, and the server is told to commit once the program asks what became of
    /// it.
    Late,
    /// After the server has committed, and there is no other connection to be had.
    ForGood,
}

/// Stands between a program and the server.
struct Proxy {
    folder: TempDir,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    plan: Mutex<Plan>,
    claimed: Condvar,
}

#[derive(Default)]
struct Plan {
    cut: Option<Cut>,
    closed: bool,
    claimed: bool,
}

impl State {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The folder that the address of a server on a socket names, and the rest of the address.
fn parts(address: &str) -> (PathBuf, &str) {
    let rest = address.strip_prefix("postgres://modal@").expect("an address of the tests' own");
    let (folder, database) = rest.split_once('/').expect("a database");
    (Path::new(&folder.replace("%2F", "/")).join(".s.PGSQL.5432"), database)
}

impl Proxy {
    fn start(address: &str) -> (Self, String) {
        let (server, database) = parts(address);
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).expect("a socket");
        let state = Arc::new(State::default());
        let proxied = format!(
            "postgres://modal@{}/{database}",
            folder.path().to_str().expect("a plain path").replace('/', "%2F")
        );
        let shared = Arc::clone(&state);
        // It ends with the test program.
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if !shared.plan().closed {
                    let server = UnixStream::connect(&server).expect("the server runs");
                    relay(&shared, client, server).expect("sockets can be shared");
                }
            }
        });
        (Self { folder, state }, proxied)
    }

    fn cut(&self, cut: Cut) {
        *self.state.plan() = Plan { cut: Some(cut), ..Plan::default() };
    }
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn relay(state: &Arc<State>, client: UnixStream, server: UnixStream) -> io::Result<()> {
    // Whether what the server says is not passed on any more. It is still heard until it has committed.
    let muted = Arc::new(AtomicBool::new(false));
    let (mut from_client, mut to_server) = (client.try_clone()?, server.try_clone()?);
    let (state, mute) = (Arc::clone(state), Arc::clone(&muted));
    thread::spawn(move || {
        let mut buffer = [0; 65_536];
        while let Ok(length @ 1..) = from_client.read(&mut buffer) {
            let sent = &buffer[..length];
            if holds(sent, CLAIM) {
                state.plan().claimed = true;
                state.claimed.notify_all();
            }
            let cut = if holds(sent, COMMIT) { state.plan().cut.take() } else { None };
            match cut {
                None => {}
                Some(Cut::Before) => break,
                Some(Cut::After) => mute.store(true, Ordering::SeqCst),
                Some(Cut::ForGood) => {
                    state.plan().closed = true;
                    mute.store(true, Ordering::SeqCst);
                }
                Some(Cut::Late) => {
                    mute.store(true, Ordering::SeqCst);
                    let _ = from_client.shutdown(Shutdown::Both);
                    let asked = state.claimed.wait_while(state.plan(), |plan| !plan.claimed);
                    drop(asked);
                    // Most likely the server has the question by now; if it has not, that is one more order of events.
                    thread::sleep(Duration::from_millis(100));
                }
            }
            if to_server.write_all(sent).is_err() {
                break;
            }
        }
        let _ = from_client.shutdown(Shutdown::Both);
        if !mute.load(Ordering::SeqCst) {
            let _ = to_server.shutdown(Shutdown::Both);
        }
    });
    let (mut from_server, mut to_client) = (server, client);
    thread::spawn(move || {
        let mut buffer = [0; 65_536];
        while let Ok(length @ 1..) = from_server.read(&mut buffer) {
            let heard = &buffer[..length];
            match muted.load(Ordering::SeqCst) {
                true if holds(heard, READY) => break,
                true => {}
                false if to_client.write_all(heard).is_err() => break,
                false => {}
            }
        }
        let _ = from_server.shutdown(Shutdown::Both);
        let _ = to_client.shutdown(Shutdown::Both);
    });
    Ok(())
}

/// Raises the counter by one, and returns how often the work was called.
fn raise(store: &PostgresStore, mut meanwhile: impl FnMut(u32)) -> (u32, Result<(), StoreError>) {
    let mut calls = 0;
    let raised = commit(store, |transaction| {
        calls += 1;
        let counter = transaction.get(KEY)?.map_or(0, |value| value.len());
        meanwhile(calls);
        transaction.put(KEY, &vec![b'+'; counter + 1])
    });
    (calls, raised)
}

fn counter(store: &PostgresStore) -> usize {
    let value = view(store, |snapshot| snapshot.get(KEY)).unwrap_or_else(|error| panic!("{}", whole(&error)));
    value.map_or(0, |value| value.len())
}

#[test]
fn a_commit_that_is_cut_off_happens_once() {
    let Some(address) = postgres::database() else { return };
    let (proxy, proxied) = Proxy::start(&address);
    // The connection that was lost is not in the way of the one that asks.
    let store = PostgresOptions::default().connections(1).connect(&proxied);
    let store = store.unwrap_or_else(|error| panic!("{}", whole(&error)));
    let cuts = [(Cut::Before, 2), (Cut::After, 1), (Cut::Late, 1)].repeat(3);
    for (before, (cut, expected_calls)) in cuts.into_iter().enumerate() {
        proxy.cut(cut);
        let (calls, raised) = raise(&store, |_| {});
        raised.unwrap_or_else(|error| panic!("{cut:?}: {}", whole(&error)));
        assert_eq!(proxy.state.plan().cut, None, "{cut:?}: there was a commit to cut off");
        assert_eq!((calls, counter(&store)), (expected_calls, before + 1), "{cut:?}");
    }
    drop(proxy.folder);
}

#[test]
fn an_outcome_that_nobody_can_be_asked_for_is_called_unknown() {
    let Some(address) = postgres::database() else { return };
    let (proxy, proxied) = Proxy::start(&address);
    let options = PostgresOptions::default().recovery_time(Duration::from_millis(600));
    let store = options.connect(&proxied).unwrap_or_else(|error| panic!("{}", whole(&error)));
    proxy.cut(Cut::ForGood);
    let error = raise(&store, |_| {}).1.expect_err("there is no server to ask");
    assert!(matches!(error, StoreError::UnknownOutcome { .. }), "{error:?}");
    let text = whole(&error);
    assert!(text.starts_with("failed to learn whether the PostgreSQL database \"test_"), "{text}");
    assert!(text.contains(" committed the transaction: failed to connect to the PostgreSQL database"), "{text}");
    // It had been committed.
    let direct = PostgresStore::connect(&address).unwrap_or_else(|error| panic!("{}", whole(&error)));
    assert_eq!(counter(&direct), 1);
}

#[test]
fn a_connection_that_is_lost_before_the_commit_is_replaced() {
    let Some(address) = postgres::database() else { return };
    let store = PostgresStore::connect(&address).unwrap_or_else(|error| panic!("{}", whole(&error)));
    let end_others = || {
        let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        postgres::execute(&address, others);
    };
    let (calls, raised) = raise(&store, |calls| {
        if calls == 1 {
            end_others()
        }
    });
    raised.unwrap_or_else(|error| panic!("{}", whole(&error)));
    assert_eq!((calls, counter(&store), store.retries()), (2, 1, 1));
    // A connection that was lost while nobody used it.
    end_others();
    let (_, raised) = raise(&store, |_| {});
    raised.unwrap_or_else(|error| panic!("{}", whole(&error)));
    assert_eq!(counter(&store), 2);
}

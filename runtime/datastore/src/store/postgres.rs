//! The store on a PostgreSQL server.

mod background;
mod connection;
mod options;
mod schema;
mod session;

pub use options::PostgresOptions;

use crate::checked::Checked;
use crate::error::StoreError;
use crate::store::{Snapshot, Store, Transaction};
use background::Background;
use connection::{Connection, Connector};
use deadpool::managed::Pool;
use session::{Fate, Session};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::Duration;
use tokio_postgres::types::Type;
use tokio_postgres::{Error, IsolationLevel, Transaction as SqlTransaction};

/// What a serializable transaction read counts only once it is committed. So the work's writes come after a savepoint:
/// if the work refuses, they are undone, and what it refused because of is committed.
const BEGIN_WRITING: &str = "SAVEPOINT work";
const UNDO: &str = "ROLLBACK TO SAVEPOINT work";

const SIGN: &str = "INSERT INTO modal_datastore.commits DEFAULT VALUES RETURNING id::text";

/// Waits for the commit with this id if it is still in progress. If it did not happen, this takes its id, so that it
/// never will.
const CLAIM: &str = "INSERT INTO modal_datastore.commits (id) VALUES ($1::text::uuid) ON CONFLICT (id) DO NOTHING";

/// The pause before a server is asked again what became of a commit.
const CLAIM_PAUSE: Duration = Duration::from_millis(500);

/// The pause before a transaction is tried again begins with a millisecond and doubles up to this many times.
const PAUSE_DOUBLINGS: u32 = 7;

/// Old commits are forgotten on connecting, and after each of this many transactions.
const TRANSACTIONS_PER_PRUNING: u64 = 4096;

/// A store on a PostgreSQL server, for programs on any number of machines. Transactions are serializable: the server
/// refuses those that did not happen as if one by one, and they are tried again.
///
/// The tables are in the schema `modal_datastore` of the database that the address names. The server has to be of
/// release 13 or newer. The connection is not encrypted: where it leaves a trusted network, put a tunnel below it.
///
/// A connection that is lost during a commit leaves no doubt behind: each commit has an id, and the server is asked for
/// it. Only if it cannot be asked, for the time that [`PostgresOptions::recovery_time`] names, is the outcome unknown.
pub struct PostgresStore {
    pool: Pool<Connector>,
    name: String,
    attempts: u32,
    recovery_time: Duration,
    transactions: AtomicU64,
    retries: AtomicU64,
    background: Background,
}

/// How an attempt at a transaction ended.
enum Attempt {
    Done(Result<(), StoreError>),
    /// It did not happen, because other transactions came first.
    Conflict,
    /// It did not happen, because the connection was lost.
    Lost(StoreError),
    /// The connection was lost while the commit with this id was made.
    Unsure {
        id: String,
        lost: StoreError,
    },
}

impl PostgresStore {
    /// Connects to the server at an address such as `postgres://user:password@host:5432/database`, with the default
    /// options.
    ///
    /// # Errors
    ///
    /// If the address cannot be understood, the server cannot be reached or does not let the user in, or its schema is
    /// that of a later version.
    pub fn connect(address: &str) -> Result<Self, StoreError> {
        PostgresOptions::default().connect(address)
    }

    /// How often a transaction or a view was tried again since the store was opened, because other transactions came
    /// first or a connection was lost.
    #[must_use]
    pub fn retries(&self) -> u64 {
        self.retries.load(Ordering::Relaxed)
    }

    /// Attempts until something other than bad luck decides.
    fn persist(&self, mut attempt: impl FnMut(&mut Connection) -> Attempt) -> Result<(), StoreError> {
        let _context = self.background.enter();
        let mut round = 1;
        loop {
            let mut connection = self.connection()?;
            let error = match attempt(&mut connection) {
                Attempt::Done(done) => return done,
                Attempt::Conflict => StoreError::Conflict { store: self.name.clone(), attempts: round },
                Attempt::Lost(lost) => {
                    drop(Connection::take(connection));
                    lost
                }
                Attempt::Unsure { id, lost } => {
                    drop(Connection::take(connection));
                    match self.claim(&id, lost)? {
                        None => return Ok(()),
                        Some(lost) => lost,
                    }
                }
            };
            if round >= self.attempts {
                return Err(error);
            }
            self.retries.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_millis(1 << round.min(PAUSE_DOUBLINGS)));
            round += 1;
        }
    }

    fn connection(&self) -> Result<Connection, StoreError> {
        let connection = pollster::block_on(self.pool.get());
        connection.map_err(|error| self.broken("connect to", error))
    }

    fn broken(&self, action: &'static str, source: impl std::error::Error + Send + Sync + 'static) -> StoreError {
        StoreError::Broken { action, store: self.name.clone(), source: source.into() }
    }

    /// An attempt that a statement ended, before anything was committed.
    fn ended_by(&self, action: &'static str, error: Error) -> Attempt {
        Attempt::ended(Fate::of(&error), self.broken(action, error))
    }

    /// Commits what was written, under an id.
    fn commit(&self, transaction: SqlTransaction<'_>) -> Attempt {
        let id = pollster::block_on(transaction.query_typed_one(SIGN, &[])).and_then(|row| row.try_get(0));
        let id = match id {
            Ok(id) => id,
            Err(error) => return self.ended_by("write to", error),
        };
        match pollster::block_on(transaction.commit()) {
            Ok(()) => Attempt::Done(Ok(())),
            Err(error) if Fate::of(&error) == Fate::Lost => {
                Attempt::Unsure { id, lost: self.broken("commit to", error) }
            }
            Err(error) => self.ended_by("commit to", error),
        }
    }

    /// Finds out whether the commit with this id happened. If it did not, it never will, and this is why.
    fn claim(&self, id: &str, mut lost: StoreError) -> Result<Option<StoreError>, StoreError> {
        let mut waited = Duration::ZERO;
        loop {
            let claimed = self.connection().and_then(|connection| {
                let claimed = pollster::block_on(connection.execute_typed(CLAIM, &[(&id, Type::TEXT)]));
                claimed.map_err(|error| {
                    drop(Connection::take(connection));
                    self.broken("commit to", error)
                })
            });
            match claimed {
                Ok(0) => return Ok(None),
                Ok(_) => return Ok(Some(lost)),
                Err(error) => lost = error,
            }
            if waited >= self.recovery_time {
                return Err(StoreError::UnknownOutcome { store: self.name.clone(), source: lost.into() });
            }
            sleep(CLAIM_PAUSE);
            waited += CLAIM_PAUSE;
        }
    }

    /// Forgets old commits now and then. What is not forgotten for an error is forgotten another time.
    fn prune(&self) {
        let before = self.transactions.fetch_add(1, Ordering::Relaxed);
        if before % TRANSACTIONS_PER_PRUNING == TRANSACTIONS_PER_PRUNING - 1 {
            let _context = self.background.enter();
            if let Ok(connection) = self.connection() {
                let _ = pollster::block_on(schema::prune(&connection));
            }
        }
    }
}

impl Attempt {
    fn ended(fate: Fate, error: StoreError) -> Self {
        match fate {
            Fate::Conflict => Self::Conflict,
            Fate::Lost => Self::Lost(error),
            Fate::Refused => Self::Done(Err(error)),
        }
    }
}

impl Store for PostgresStore {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.persist(|connection| {
            let begin = connection.build_transaction().isolation_level(IsolationLevel::Serializable).read_only(true);
            let transaction = match pollster::block_on(begin.start()) {
                Ok(transaction) => transaction,
                Err(error) => return self.ended_by("read", error),
            };
            let snapshot = Checked::new(Session::new(&transaction, &self.name));
            let worked = work(&snapshot);
            let fate = snapshot.rows().fate();
            match (worked.and_then(|()| snapshot.finish().map(drop)), fate) {
                (Err(error), Some(fate)) => Attempt::ended(fate, error),
                // What a serializable transaction read counts only once it is committed, whatever was made of it.
                (finished, _) => match pollster::block_on(transaction.commit()) {
                    Ok(()) => Attempt::Done(finished),
                    Err(error) => self.ended_by("read", error),
                },
            }
        })
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.persist(|connection| {
            let begin = async {
                let begin = connection.build_transaction().isolation_level(IsolationLevel::Serializable);
                let transaction = begin.start().await?;
                transaction.batch_execute(BEGIN_WRITING).await?;
                Ok(transaction)
            };
            let transaction = match pollster::block_on(begin) {
                Ok(transaction) => transaction,
                Err(error) => return self.ended_by("write to", error),
            };
            let mut session = Checked::new(Session::new(&transaction, &self.name));
            let worked = work(&mut session);
            let fate = session.rows().fate();
            match (worked.and_then(|()| session.finish()).map(|session| session.written()), fate) {
                (Err(error), Some(fate)) => Attempt::ended(fate, error),
                (Err(error), None) => {
                    let undo = async {
                        transaction.batch_execute(UNDO).await?;
                        transaction.commit().await
                    };
                    match pollster::block_on(undo) {
                        Ok(()) => Attempt::Done(Err(error)),
                        Err(error) => self.ended_by("read", error),
                    }
                }
                (Ok(true), _) => self.commit(transaction),
                (Ok(false), _) => match pollster::block_on(transaction.commit()) {
                    Ok(()) => Attempt::Done(Ok(())),
                    Err(error) => self.ended_by("read", error),
                },
            }
        })?;
        self.prune();
        Ok(())
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("name", &self.name).finish_non_exhaustive()
    }
}

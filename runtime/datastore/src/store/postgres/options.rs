//! How to connect to a PostgreSQL server.

use super::background::Background;
use super::connection::Connector;
use super::{PostgresStore, schema};
use crate::error::StoreError;
use deadpool::Runtime;
use deadpool::managed::{Pool, Timeouts};
use std::error::Error;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// How long the server, or the network, may keep a connection waiting that is being made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a caller waits for a connection that others use.
const POOL_TIMEOUT: Duration = Duration::from_secs(60);

/// How a [`PostgresStore`] connects.
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    connections: usize,
    attempts: u32,
    statement_timeout: Duration,
    recovery_time: Duration,
}

impl Default for PostgresOptions {
    /// 8 connections, 50 attempts, 30 seconds for a statement, 20 seconds for a server to recover.
    fn default() -> Self {
        Self {
            connections: 8,
            attempts: 50,
            statement_timeout: Duration::from_secs(30),
            recovery_time: Duration::from_secs(20),
        }
    }
}

impl PostgresOptions {
    /// How many connections there are at most; at least one. A transaction has one to itself.
    #[must_use]
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// How often a transaction is tried, at least once, if others come first or its connection is lost.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// How long a statement may take, in whole milliseconds and at least one. A third of it may be spent on waiting for
    /// a lock.
    #[must_use]
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.statement_timeout = timeout.max(Duration::from_millis(1));
        self
    }

    /// How long a server is asked what became of a commit that was cut off, which should be long enough for one that
    /// crashed to recover. The answer to a commit decides, so this is the only case in which anybody waits that long.
    #[must_use]
    pub fn recovery_time(mut self, time: Duration) -> Self {
        self.recovery_time = time;
        self
    }

    /// Connects to the server at an address such as `postgres://user:password@host:5432/database`, and makes the tables
    /// or brings them up to date.
    ///
    /// # Errors
    ///
    /// If the address cannot be understood, the server cannot be reached or does not let the user in, or its schema is
    /// that of a later version.
    pub fn connect(&self, address: &str) -> Result<PostgresStore, StoreError> {
        let broken = |action, store: &str, source: Box<dyn Error + Send + Sync>| StoreError::Broken {
            action,
            store: store.to_owned(),
            source,
        };
        // The address may hold a password, so no error repeats it.
        let mut config: Config = address
            .parse()
            .map_err(|error: tokio_postgres::Error| broken("understand the address of", "PostgreSQL", error.into()))?;
        let name = name_of(&config);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(self.statement_timeout);
        }
        let pool = Pool::builder(Connector { config, settings: self.settings() })
            .max_size(self.connections)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts {
                wait: Some(POOL_TIMEOUT),
                create: Some(CONNECT_TIMEOUT),
                recycle: Some(CONNECT_TIMEOUT),
            })
            .build()
            .map_err(|error| broken("connect to", &name, error.into()))?;
        let background = Background::start().map_err(|error| broken("connect to", &name, error.into()))?;
        let store = PostgresStore {
            pool,
            name,
            attempts: self.attempts,
            recovery_time: self.recovery_time,
            transactions: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            background,
        };
        {
            let _context = store.background.enter();
            let mut client = store.connection()?;
            pollster::block_on(schema::prepare(&mut client)).map_err(|unfit| unfit.into_error(&store.name))?;
        }
        Ok(store)
    }

    /// What each connection begins with. A commit has to be on the server's disk when it is acknowledged, whatever the
    /// server's or the role's own setting. A scan of a whole table would make every other transaction a conflict.
    fn settings(&self) -> String {
        let timeout = self.statement_timeout.as_millis();
        format!(
            "SET statement_timeout = {timeout}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = {};
            SET enable_seqscan = off;
            SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') IN ('off', 'local');",
            timeout.div_ceil(3),
            timeout.saturating_mul(2),
        )
    }
}

/// What errors call the server: where it is, but not who asks.
fn name_of(config: &Config) -> String {
    let ports = config.get_ports();
    let port = |index: usize| ports.get(index).or(ports.first()).copied().unwrap_or(5432);
    let host = |(index, host): (usize, &Host)| match host {
        Host::Tcp(name) => format!("{name}:{}", port(index)),
        #[cfg(unix)]
        Host::Unix(folder) => format!("{}:{}", folder.display(), port(index)),
    };
    let hosts = config.get_hosts().iter().enumerate().map(host).collect::<Vec<_>>().join(",");
    let database = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("the PostgreSQL database {database:?} at {hosts}")
}

//! A schema is the form of the tables on a server. It has a version, and is brought up to date on connecting.

use crate::error::StoreError;
use tokio_postgres::{Client, Error};

/// What makes each version of the one before. The version of a schema is how many of these it has seen.
const MIGRATIONS: [&str; 1] = [include_str!("migration-1.sql")];

/// Lets one client at a time make or migrate the schema. The number says "modal" in ASCII.
const LOCK: &str = "SELECT pg_advisory_xact_lock(470087295340)";

const FIND: &str = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'modal_datastore')";

const CREATE: &str = "CREATE SCHEMA modal_datastore;
CREATE TABLE modal_datastore.migrations (
    version integer PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);";

/// Commits older than this are known to whom it may concern.
const PRUNE: &str = "DELETE FROM modal_datastore.commits WHERE committed_at < now() - interval '1 hour'";

/// The first release with `gen_random_uuid`.
const OLDEST_SERVER: i32 = 130_000;

/// Why a server does not serve.
pub(super) enum Unfit {
    /// It failed.
    Failed(Error),
    /// It is not what is needed, for this reason.
    Foreign(String),
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Checks the server, and makes the schema or brings it up to date, in one transaction.
pub(super) async fn prepare(client: &mut Client) -> Result<(), Unfit> {
    let settings = "SELECT current_setting('server_version_num')::integer, current_setting('server_encoding')";
    let settings = client.query_one(settings, &[]).await?;
    let (version, encoding) = (settings.try_get::<_, i32>(0)?, settings.try_get::<_, String>(1)?);
    if version < OLDEST_SERVER {
        return Err(Unfit::Foreign(format!(
            "the server is PostgreSQL {}, and 13 is the oldest that will do",
            version / 10_000
        )));
    }
    if encoding != "UTF8" {
        return Err(Unfit::Foreign(format!("the database's encoding is {encoding}, and it has to be UTF8")));
    }
    let transaction = client.transaction().await?;
    transaction.batch_execute(LOCK).await?;
    if !transaction.query_one(FIND, &[]).await?.try_get::<_, bool>(0)? {
        transaction.batch_execute(CREATE).await?;
    }
    let found = "SELECT coalesce(max(version), 0) FROM modal_datastore.migrations";
    let found = transaction.query_one(found, &[]).await?.try_get::<_, i32>(0)?;
    let known = MIGRATIONS.len();
    let done = usize::try_from(found).ok().filter(|done| *done <= known);
    let done = done.ok_or_else(|| {
        Unfit::Foreign(format!("its schema has version {found}, and this version of the program knows {known}"))
    })?;
    for (version, migration) in (1_i32..).zip(MIGRATIONS).skip(done) {
        transaction.batch_execute(migration).await?;
        transaction.execute("INSERT INTO modal_datastore.migrations (version) VALUES ($1)", &[&version]).await?;
    }
    transaction.commit().await?;
    prune(client).await?;
    Ok(())
}

/// Forgets old commits.
pub(super) async fn prune(client: &Client) -> Result<u64, Error> {
    client.execute(PRUNE, &[]).await
}

impl Unfit {
    pub(super) fn into_error(self, store: &str) -> StoreError {
        let store = store.to_owned();
        match self {
            Self::Failed(error) => StoreError::Broken { action: "prepare the schema of", store, source: error.into() },
            Self::Foreign(reason) => StoreError::Format { store, reason },
        }
    }
}

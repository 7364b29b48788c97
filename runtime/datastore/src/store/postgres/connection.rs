//! A connection is a client of the server and the task that does its talking.

use deadpool::managed::{Manager, Metrics, Object, RecycleError, RecycleResult};
use tokio_postgres::{Client, Config, Error, NoTls};

/// A connection on loan from the pool.
pub(super) type Connection = Object<Connector>;

/// Makes connections.
pub(super) struct Connector {
    pub(super) config: Config,
    /// What each connection begins with.
    pub(super) settings: String,
}

impl Manager for Connector {
    type Type = Client;
    type Error = Error;

    async fn create(&self) -> Result<Client, Error> {
        let (client, connection) = self.config.connect(NoTls).await?;
        // What ends the connection is told to whoever uses the client next.
        tokio::spawn(async move { drop(connection.await) });
        client.batch_execute(&self.settings).await?;
        Ok(client)
    }

    async fn recycle(&self, client: &mut Client, _: &Metrics) -> RecycleResult<Error> {
        match client.is_closed() {
            true => Err(RecycleError::message("the connection was lost")),
            false => Ok(()),
        }
    }
}

//! A store is where campaigns are kept: a folder, or a bucket of S3.
//!
//! Objects are written whole or not at all, and only if they are not there. That is all that workers need of it to work side
//! by side without a word to each other.

use super::CampaignError;
use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt as _, PutMode};
use std::fmt;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

/// A folder, or a bucket of S3.
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    /// What stands before every path.
    under: String,
    place: String,
    runtime: Runtime,
}

/// An object, as a list of them tells it.
pub(super) struct Listed {
    /// Its path below what was listed.
    pub(super) name: String,
    /// When it was written, in seconds since 1970, by the store's clock.
    pub(super) written: i64,
}

impl Store {
    /// Opens a store: `s3://BUCKET/PREFIX`, or a folder, which is made if it is not there.
    ///
    /// A bucket is reached as `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ENDPOINT`
    /// and `AWS_ALLOW_HTTP` say, or by the credentials that the machine or the pod has.
    ///
    /// # Errors
    ///
    /// If the folder cannot be made, or the bucket's settings are none.
    pub fn open(place: &str) -> Result<Self, CampaignError> {
        let wrong = |reason: String| CampaignError::NoStore { place: place.to_owned(), reason };
        let Some((scheme, rest)) = place.split_once("://") else { return Self::folder(place, place) };
        match scheme {
            "file" => Self::folder(place, rest),
            "s3" => {
                let (bucket, under) = rest.split_once('/').unwrap_or((rest, ""));
                // Only the first call chooses; that another part of the program has chosen before is as well.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let objects = AmazonS3Builder::from_env()
                    .with_bucket_name(bucket)
                    .build()
                    .map_err(|error| wrong(error.to_string()))?;
                Self::of(Arc::new(objects), under, place)
            }
            other => Err(wrong(format!("{other}: is none of s3: and file:; a folder is named by its path"))),
        }
    }

    /// A store in this process' memory, which ends with it.
    ///
    /// # Errors
    ///
    /// If the machine has no thread for it.
    pub fn in_memory() -> Result<Self, CampaignError> {
        Self::of(Arc::new(InMemory::new()), "", "memory")
    }

    fn folder(place: &str, folder: &str) -> Result<Self, CampaignError> {
        let wrong = |reason: String| CampaignError::NoStore { place: place.to_owned(), reason };
        std::fs::create_dir_all(folder).map_err(|error| wrong(error.to_string()))?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| wrong(error.to_string()))?;
        Self::of(Arc::new(objects), "", place)
    }

    fn of(objects: Arc<dyn ObjectStore>, under: &str, place: &str) -> Result<Self, CampaignError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime =
            runtime.map_err(|error| CampaignError::NoStore { place: place.to_owned(), reason: error.to_string() })?;
        Ok(Self { objects, under: under.trim_matches('/').to_owned(), place: place.to_owned(), runtime })
    }

    /// What it was opened by.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// An object, if it is there.
    pub(super) fn get(&self, name: &str) -> Result<Option<Bytes>, CampaignError> {
        let path = self.path(name);
        let got = self.runtime.block_on(async { self.objects.get(&path).await?.bytes().await });
        match got {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(source) => Err(self.failed("read", name, source)),
        }
    }

    /// Writes an object, or answers the one that is there.
    pub(super) fn create(&self, name: &str, bytes: Bytes) -> Result<Option<Bytes>, CampaignError> {
        let path = self.path(name);
        let put = self.runtime.block_on(self.objects.put_opts(&path, bytes.into(), PutMode::Create.into()));
        match put {
            Ok(_) => Ok(None),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => self.get(name),
            Err(source) => Err(self.failed("write", name, source)),
        }
    }

    /// Writes an object, whatever is there.
    pub(super) fn replace(&self, name: &str, bytes: Bytes) -> Result<(), CampaignError> {
        let path = self.path(name);
        let put = self.runtime.block_on(self.objects.put(&path, bytes.into()));
        put.map(drop).map_err(|source| self.failed("write", name, source))
    }

    /// Every object under a folder, by name.
    pub(super) fn objects(&self, folder: &str) -> Result<Vec<Listed>, CampaignError> {
        let path = self.path(folder);
        let skip = path.as_ref().len() + 1;
        let listed = self.runtime.block_on(async {
            let mut listed = Vec::new();
            let mut objects = self.objects.list(Some(&path));
            while let Some(object) = next(&mut objects).await {
                let object = object?;
                let name = object.location.as_ref().get(skip..).unwrap_or_default().to_owned();
                listed.push(Listed { name, written: object.last_modified.timestamp() });
            }
            Ok(listed)
        });
        let mut listed = listed.map_err(|source| self.failed("list", folder, source))?;
        listed.sort_unstable_by(|left, right| left.name.cmp(&right.name));
        Ok(listed)
    }

    /// The names of the folders in a folder.
    pub(super) fn folders(&self, folder: &str) -> Result<Vec<String>, CampaignError> {
        let path = self.path(folder);
        let listed = self.runtime.block_on(self.objects.list_with_delimiter(Some(&path)));
        let listed = listed.map_err(|source| self.failed("list", folder, source))?;
        let mut names = listed.common_prefixes.iter().filter_map(Path::filename).map(str::to_owned).collect::<Vec<_>>();
        names.sort_unstable();
        Ok(names)
    }

    fn path(&self, name: &str) -> Path {
        Path::from(format!("{}/{name}", self.under))
    }

    fn failed(&self, what: &'static str, path: &str, source: Error) -> CampaignError {
        CampaignError::Store { what, path: path.to_owned(), place: self.place.clone(), source: Box::new(source) }
    }
}

/// The next of a stream.
async fn next<T>(stream: &mut (impl futures_core::Stream<Item = T> + Unpin)) -> Option<T> {
    std::future::poll_fn(|context| std::pin::Pin::new(&mut *stream).poll_next(context)).await
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.place)
    }
}

-- The first form of the datastore's tables. What was released is never changed: a later form is a file of its own.

-- `key` is compared by its bytes, as every other store does. `seal` is the SHA-256 of the key, a zero byte and the value.
CREATE TABLE modal_datastore.entries (
    key text COLLATE "C" PRIMARY KEY,
    seal bytea NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT entries_seal CHECK (seal = sha256(convert_to(key, 'UTF8') || '\x00'::bytea || value))
);

-- Bytes, once for each hash.
CREATE TABLE modal_datastore.blobs (
    sha256 bytea PRIMARY KEY,
    bytes bytea NOT NULL,
    CONSTRAINT blobs_sha256 CHECK (sha256 = sha256(bytes))
);

-- A row for each recent commit: a client that lost its connection while it committed learns here whether it did.
CREATE TABLE modal_datastore.commits (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    committed_at timestamptz NOT NULL DEFAULT now()
);

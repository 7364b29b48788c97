//! The same campaign in a bucket of S3, served on this machine by moto.

use super::{CAMPAIGN, Killed, command, ended, whole};
use crate::common::project;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Leaves these tests out if it says `off`; xtask reads it too.
const VARIABLE: &str = "MODAL_S3_TESTS";

/// How often a server that starts is asked whether it is there.
const TRIES: u32 = 600;

struct Server {
    _process: Killed,
    address: SocketAddr,
}

impl Server {
    fn start() -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project().join("target"), PathBuf::from);
        let program = target.join("python/bin/moto_server");
        assert!(
            program.is_file(),
            "{} is not there: run `cargo xtask python`, or set {VARIABLE}=off to leave out what needs it",
            program.display()
        );
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.expect("a port");
        let mut server = Command::new(program);
        server.args(["-H", "127.0.0.1", "-p", &address.port().to_string()]);
        let process = Killed(server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("moto's server"));
        let server = Self { _process: process, address };
        for _ in 0..TRIES {
            if server.ask("PUT /modal").is_some_and(|answer| answer.starts_with(b"HTTP/1.1 200")) {
                return server;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("moto's server does not make a bucket");
    }

    /// What the server answers to a request without a body.
    fn ask(&self, request: &str) -> Option<Vec<u8>> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let text = format!(
            "{request} HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20200101/us-east-1/s3/aws4_request\r\n\r\n",
            self.address
        );
        stream.write_all(text.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(answer)
    }

    fn set(&self, command: &mut Command) {
        command.envs([
            ("AWS_ENDPOINT", format!("http://{}", self.address).as_str()),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ]);
    }
}

#[test]
fn a_bucket_of_s3_keeps_the_same_bytes() {
    if std::env::var(VARIABLE).is_ok_and(|value| value == "off") {
        println!("left out: {VARIABLE}=off");
        return;
    }
    let server = Server::start();
    let store = "s3://modal/certification/2026";
    let check = |args: &[&str], code: i32, part: &str| {
        let mut command = command(store, args);
        server.set(&mut command);
        let (ended, text) = ended(&mut command);
        assert!(ended == Some(code) && text.contains(part), "{args:?}: {ended:?}\n{text}");
        text
    };
    check(&["status"], 96, "failed to find a campaign in s3://modal/certification/2026");
    check(&[&["plan"], &CAMPAIGN[..]].concat(), 0, "campaign");
    check(&["run", "--shard", "1/2"], 0, "shard 1/2: 2 chunks stored");
    check(&["status"], 106, "2 of 5 chunks");
    check(&["merge"], 106, "3 of 5 chunks are missing: 0, 2, 4");
    check(&["run"], 0, "3 chunks stored, 2 there before");
    // An object that is there is not written: the second result is held against the first.
    check(&["run", "--shard", "0/5", "--again"], 0, "0 chunks stored, 1 there before");
    check(&["merge", "--sample", "3"], 0, "agree on all 72 cases");
    check(&["status"], 0, "5 of 5 chunks");
    for (name, bytes) in whole().files() {
        let path = format!("/modal/certification/2026{name}");
        let answer = server.ask(&format!("GET {path}")).expect("an answer");
        assert!(answer.ends_with(&bytes), "{name} is another in the bucket");
    }
}

//! A frame is a little-endian u32 length and that many bytes.

use serde::de::{DeserializeOwned, Error as _};
use std::io::{self, ErrorKind, Read, Write};

/// No observation comes near this; a longer frame is garbage.
pub(super) const LONGEST: u32 = 256 << 20;

/// Why there is no frame to read.
#[derive(Debug, thiserror::Error)]
pub(super) enum FrameError {
    /// The stream ends within a frame.
    #[error("the stream ends within a frame")]
    Cut,
    /// The length that the frame begins with is more than any frame has.
    #[error("a frame of {} bytes{}", u32::from_le_bytes(*.0), text(.0))]
    TooLong([u8; 4]),
    /// The stream cannot be read.
    #[error("{0}")]
    Pipe(#[from] io::Error),
}

pub(super) fn write_frame(to: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    let length = u32::try_from(frame.len()).ok().filter(|&length| length <= LONGEST);
    let length = length.ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "the frame is too long"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(frame)
}

/// The next frame, or `None` where the stream ends between two frames.
pub(super) fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, FrameError> {
    let mut length = [0; 4];
    let mut read = 0;
    while read < length.len() {
        match from.read(&mut length[read..]) {
            Ok(0) if read == 0 => return Ok(None),
            Ok(0) => return Err(FrameError::Cut),
            Ok(count) => read += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    let count = u32::from_le_bytes(length);
    if count > LONGEST {
        return Err(FrameError::TooLong(length));
    }
    let mut frame = Vec::new();
    from.take(u64::from(count)).read_to_end(&mut frame)?;
    if frame.len() != count as usize {
        return Err(FrameError::Cut);
    }
    Ok(Some(frame))
}

/// The message in a frame: an object. The reader of JSON would take a list of its fields as well.
pub(super) fn message<T: DeserializeOwned>(frame: &[u8]) -> serde_json::Result<T> {
    match frame.trim_ascii_start() {
        [b'[', ..] => Err(serde_json::Error::custom("a message is an object, and no list")),
        _ => serde_json::from_slice(frame),
    }
}

/// What a length says that is text: a program that prints to its standard output is the usual mistake.
fn text(length: &[u8; 4]) -> String {
    let printed = length.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    if !printed {
        return String::new();
    }
    format!(", or the text {:?}: a worker prints nothing but frames", String::from_utf8_lossy(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_broken_ones_are_errors() {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, b"one").unwrap();
        write_frame(&mut bytes, b"").unwrap();
        let mut stream = bytes.as_slice();
        assert_eq!(read_frame(&mut stream).unwrap().as_deref(), Some(&b"one"[..]));
        assert_eq!(read_frame(&mut stream).unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(read_frame(&mut stream).unwrap(), None);
        let check = |bytes: &[u8], expect: &str| {
            assert_eq!(read_frame(&mut &*bytes).expect_err("it is broken").to_string(), expect, "{bytes:?}");
        };
        check(&bytes[..2], "the stream ends within a frame");
        check(&bytes[..5], "the stream ends within a frame");
        check(&[0xff, 0xff, 0xff, 0x0f, 1], "the stream ends within a frame");
        check(&[0xff; 4], "a frame of 4294967295 bytes");
        check(b"debugging", "a frame of 1969382756 bytes, or the text \"debu\": a worker prints nothing but frames");
    }
}

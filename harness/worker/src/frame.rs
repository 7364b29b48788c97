//! A frame is a little-endian u32 length and that many bytes.

use serde::de::{DeserializeOwned, Error as _};
use std::io::{self, ErrorKind, Read, Write};

/// No frame is longer.
const LONGEST: u32 = 256 << 20;

pub(crate) fn write(to: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    let length = u32::try_from(frame.len()).ok().filter(|&length| length <= LONGEST);
    let length = length.ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "the frame is too long"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(frame)?;
    to.flush()
}

/// The next frame, or `None` at the end of the input.
pub(crate) fn read(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = Vec::new();
    from.take(4).read_to_end(&mut length)?;
    if length.is_empty() {
        return Ok(None);
    }
    let length: [u8; 4] = length.try_into().map_err(|_| ErrorKind::UnexpectedEof)?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::Error::new(ErrorKind::InvalidData, format!("a frame of {length} bytes")));
    }
    let mut frame = Vec::new();
    from.take(length.into()).read_to_end(&mut frame)?;
    if frame.len() as u64 != u64::from(length) {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(frame))
}

/// The message in a frame: an object, and no list of what it has.
pub(crate) fn message<T: DeserializeOwned>(frame: &[u8]) -> serde_json::Result<T> {
    match frame.trim_ascii_start() {
        [b'[', ..] => Err(serde_json::Error::custom("a message is an object, and no list")),
        _ => serde_json::from_slice(frame),
    }
}

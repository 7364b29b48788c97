//! A frame is a little-endian u32 length and that many bytes.

use std::io::{self, ErrorKind, Read, Write};

/// No observation comes near this; a longer frame is garbage.
const LONGEST: u32 = 256 << 20;

pub(super) fn write_frame(to: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    let length = u32::try_from(frame.len()).ok().filter(|&length| length <= LONGEST);
    let length = length.ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "the frame is too long"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(frame)
}

/// The next frame, or `None` where the stream ends between two frames.
pub(super) fn read_frame(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    let mut read = 0;
    while read < length.len() {
        match from.read(&mut length[read..]) {
            Ok(0) if read == 0 => return Ok(None),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => read += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::Error::new(ErrorKind::InvalidData, format!("a frame of {length} bytes")));
    }
    let mut frame = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut frame)?;
    if frame.len() != length as usize {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(frame))
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
        for broken in [&bytes[..2], &bytes[..5], &[0xff; 4][..], &[0xff, 0xff, 0xff, 0x0f, 1]] {
            assert!(read_frame(&mut &*broken).is_err(), "{broken:?}");
        }
    }
}

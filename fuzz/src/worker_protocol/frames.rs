//! Frames, read and written a second time: a little-endian u32 length and that many bytes.

/// The longest frame that either side takes.
const LONGEST: usize = 256 << 20;

/// Writes a frame.
pub(super) fn write(stream: &mut Vec<u8>, frame: &[u8]) {
    stream.extend((frame.len() as u32).to_le_bytes());
    stream.extend(frame);
}

/// How a stream ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Behind a frame.
    Whole,
    /// Within one.
    Cut,
    /// In front of one that is longer than any may be.
    TooLong,
}

/// The whole frames at the beginning of a stream, and how it ends.
pub(super) fn read(mut stream: &[u8]) -> (Vec<&[u8]>, End) {
    let mut frames = Vec::new();
    loop {
        let Some((length, rest)) = stream.split_first_chunk() else {
            return (frames, if stream.is_empty() { End::Whole } else { End::Cut });
        };
        let length = u32::from_le_bytes(*length) as usize;
        if length > LONGEST {
            return (frames, End::TooLong);
        }
        let Some((frame, rest)) = rest.split_at_checked(length) else { return (frames, End::Cut) };
        frames.push(frame);
        stream = rest;
    }
}

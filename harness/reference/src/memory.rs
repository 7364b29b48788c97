//! A memory is bytes that grow in pages.

use crate::trap::Trap;

const PAGE: usize = 65_536;

// The sum of an address and an offset, or of a start and a length, is a 33-bit number.
const _: () = assert!(usize::BITS >= 64);

/// The linear memory of an instance.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) bytes: Vec<u8>,
    maximum: u32,
}

impl Memory {
    pub(crate) fn new(pages: u32, maximum: u32) -> Self {
        Self { bytes: vec![0; pages as usize * PAGE], maximum }
    }

    pub(crate) fn pages(&self) -> u32 {
        (self.bytes.len() / PAGE) as u32
    }

    /// Grows by `delta` pages and gives the size before; beyond the maximum nothing happens and it gives -1.
    pub(crate) fn grow(&mut self, delta: u32) -> u32 {
        let before = self.pages();
        match before.checked_add(delta) {
            Some(pages) if pages <= self.maximum => {
                self.bytes.resize(pages as usize * PAGE, 0);
                before
            }
            Some(_) | None => u32::MAX,
        }
    }

    /// The `N` bytes at `address + offset`.
    pub(crate) fn load<const N: usize>(&self, address: u32, offset: u32) -> Result<[u8; N], Trap> {
        let start = address as usize + offset as usize;
        self.bytes.get(start..).and_then(|bytes| bytes.first_chunk()).copied().ok_or(Trap::MemoryOutOfBounds)
    }

    pub(crate) fn store<const N: usize>(&mut self, address: u32, offset: u32, value: [u8; N]) -> Result<(), Trap> {
        let start = address as usize + offset as usize;
        let bytes = self.bytes.get_mut(start..).and_then(|bytes| bytes.first_chunk_mut());
        *bytes.ok_or(Trap::MemoryOutOfBounds)? = value;
        Ok(())
    }

    pub(crate) fn fill(&mut self, to: u32, byte: u8, length: u32) -> Result<(), Trap> {
        self.slice(to, length)?.fill(byte);
        Ok(())
    }

    pub(crate) fn copy(&mut self, to: u32, from: u32, length: u32) -> Result<(), Trap> {
        self.slice(to, length)?;
        self.slice(from, length)?;
        let from = from as usize;
        self.bytes.copy_within(from..from + length as usize, to as usize);
        Ok(())
    }

    /// Copies `length` bytes from `from` on in `segment`, a data segment.
    pub(crate) fn init(&mut self, segment: &[u8], to: u32, from: u32, length: u32) -> Result<(), Trap> {
        let from = from as usize;
        let source = segment.get(from..from + length as usize).ok_or(Trap::MemoryOutOfBounds)?;
        self.slice(to, length)?.copy_from_slice(source);
        Ok(())
    }

    fn slice(&mut self, start: u32, length: u32) -> Result<&mut [u8], Trap> {
        let start = start as usize;
        self.bytes.get_mut(start..start + length as usize).ok_or(Trap::MemoryOutOfBounds)
    }
}

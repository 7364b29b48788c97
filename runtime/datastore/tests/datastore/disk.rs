//! A disk that keeps what it was told to keep, loses the rest when the power is cut, and fails where it is told to.

use crate::support::Choices;
use redb::StorageBackend;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

/// What a disk writes at once, or not at all.
const SECTOR: usize = 512;

/// A disk. Its clones are the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// What a program reads: all that was written.
    seen: Vec<u8>,
    /// What is there after the power was cut and nothing else arrived.
    kept: Vec<u8>,
    /// What was written since the disk was last told to finish.
    pending: Vec<Change>,
    faults: Faults,
    /// How many operations were asked of the disk that could fail.
    operations: u64,
    /// How often the power was cut: whoever opened the disk before is gone.
    epoch: u64,
}

#[derive(Debug)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Length(usize),
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults {
    /// The operation that fails, counted from the first one after the faults were set.
    pub(crate) at: Option<u64>,
    pub(crate) kind: FaultKind,
    /// How many bytes there is room for.
    pub(crate) capacity: Option<usize>,
    /// The disk says that it finished when it did not: what a missing `fsync` amounts to.
    pub(crate) lies: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// One operation fails.
    #[default]
    Once,
    /// Every operation fails from then on.
    Forever,
}

/// The text that injected errors bear.
pub(crate) const INJECTED: &str = "an injected fault of the disk";

impl Disk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics while it holds the disk")
    }

    /// What redb opens.
    pub(crate) fn open(&self) -> Handle {
        Handle { disk: self.clone(), epoch: self.state().epoch }
    }

    /// Sets what goes wrong from now on.
    pub(crate) fn set_faults(&self, faults: Faults) {
        let mut state = self.state();
        state.faults = faults;
        state.operations = 0;
    }

    pub(crate) fn operations(&self) -> u64 {
        self.state().operations
    }

    pub(crate) fn len(&self) -> usize {
        self.state().seen.len()
    }

    /// A disk with the same content, all of it kept.
    pub(crate) fn copy(&self) -> Self {
        let seen = self.state().seen.clone();
        Self(Arc::new(Mutex::new(State { kept: seen.clone(), seen, ..State::default() })))
    }

    /// Where these bytes are, the first time.
    pub(crate) fn find(&self, bytes: &[u8]) -> Option<usize> {
        self.state().seen.windows(bytes.len()).position(|window| window == bytes)
    }

    /// Changes bits of one byte, beneath everyone's feet.
    pub(crate) fn flip(&self, offset: usize, bits: u8) {
        let mut state = self.state();
        state.seen[offset] ^= bits;
        state.kept[offset] ^= bits;
    }

    /// Cuts the power: of what the disk was not told to finish, each sector arrived or did not, as the choices have it.
    pub(crate) fn cut_power(&self, choices: &mut Choices) {
        let mut state = self.state();
        let pending = std::mem::take(&mut state.pending);
        // Some cuts lose everything and some lose nothing, which a coin for each sector would hardly ever do.
        let survival = choices.below(4);
        for change in pending {
            match change {
                Change::Length(length) => {
                    if choices.below(3) < survival {
                        state.kept.resize(length, 0);
                    }
                }
                Change::Write { offset, bytes } => {
                    let mut start = 0;
                    while start < bytes.len() {
                        let end = bytes.len().min((offset + start) / SECTOR * SECTOR + SECTOR - offset);
                        if choices.below(3) < survival {
                            write(&mut state.kept, offset + start, &bytes[start..end]);
                        }
                        start = end;
                    }
                }
            }
        }
        state.seen = state.kept.clone();
        state.epoch += 1;
        state.faults = Faults::default();
    }
}

fn write(content: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset..end].copy_from_slice(bytes);
}

/// A disk as a program has it open.
#[derive(Debug)]
pub(crate) struct Handle {
    disk: Disk,
    epoch: u64,
}

impl Handle {
    fn state(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.disk.state();
        match state.epoch == self.epoch {
            true => Ok(state),
            false => Err(io::Error::other("the power was cut")),
        }
    }

    /// The disk, if this operation is not one that fails.
    fn operate(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state()?;
        let operation = state.operations;
        state.operations += 1;
        match (state.faults.at, state.faults.kind) {
            (Some(at), FaultKind::Once) if operation == at => Err(io::Error::other(INJECTED)),
            (Some(at), FaultKind::Forever) if operation >= at => Err(io::Error::other(INJECTED)),
            _ => Ok(state),
        }
    }
}

fn check_room(state: &State, end: usize) -> io::Result<()> {
    match state.faults.capacity {
        Some(capacity) if end > capacity => Err(io::Error::from(io::ErrorKind::StorageFull)),
        _ => Ok(()),
    }
}

fn place(offset: u64) -> io::Result<usize> {
    usize::try_from(offset).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))
}

impl StorageBackend for Handle {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state()?.seen.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.operate()?;
        let offset = place(offset)?;
        let bytes = state.seen.get(offset..offset + out.len());
        out.copy_from_slice(bytes.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.operate()?;
        let length = place(len)?;
        check_room(&state, length)?;
        state.seen.resize(length, 0);
        state.pending.push(Change::Length(length));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.operate()?;
        if !state.faults.lies {
            for change in std::mem::take(&mut state.pending) {
                match change {
                    Change::Length(length) => state.kept.resize(length, 0),
                    Change::Write { offset, bytes } => write(&mut state.kept, offset, &bytes),
                }
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.operate()?;
        let offset = place(offset)?;
        check_room(&state, offset + data.len())?;
        write(&mut state.seen, offset, data);
        state.pending.push(Change::Write { offset, bytes: data.to_owned() });
        Ok(())
    }
}

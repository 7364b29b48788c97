//! A breakage is a way in which a worker stops being of use.

use super::super::LaneFault;

/// How a worker broke. The name is the kind of the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakage {
    /// It cannot be started, or does not greet.
    Start,
    /// It speaks another version of the protocol.
    Protocol,
    /// It was ended from outside, by a signal that a person, a service manager or a machine short of memory sends.
    Killed,
    /// It ended by itself, with work to do: it returned, or a signal of its own doing ended it.
    Exit,
    /// It did not answer in time.
    Hang,
    /// What it wrote is not the answer that is due.
    Garbage,
    /// Its replacement says that it is another engine, or another version.
    Changed,
    /// It holds more memory than it may.
    Memory,
}

impl Breakage {
    /// Every breakage.
    pub const ALL: [Self; 8] =
        [Self::Start, Self::Protocol, Self::Killed, Self::Exit, Self::Hang, Self::Garbage, Self::Changed, Self::Memory];

    /// What begins the name of each, and of no fault that a worker may answer.
    pub(super) const PREFIX: &str = "Worker";

    /// The kind of fault.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "WorkerStart",
            Self::Protocol => "WorkerProtocol",
            Self::Killed => "WorkerKilled",
            Self::Exit => "WorkerExit",
            Self::Hang => "WorkerHang",
            Self::Garbage => "WorkerGarbage",
            Self::Changed => "WorkerChanged",
            Self::Memory => "WorkerMemory",
        }
    }

    /// Whether the machine may have done it, and not the worker. The case is given once more then: neither who kills
    /// processes nor how busy the machine is may decide a verdict. A worker that crashes or answers garbage has done so
    /// itself, and doing it now and then is no better than doing it always.
    #[must_use]
    pub const fn may_be_the_machines(self) -> bool {
        match self {
            Self::Killed | Self::Hang => true,
            Self::Start | Self::Protocol | Self::Exit | Self::Garbage | Self::Changed | Self::Memory => false,
        }
    }

    /// The breakage that a fault is, if the worker is of no use after it.
    #[must_use]
    pub fn of(fault: &LaneFault) -> Option<Self> {
        Self::ALL.into_iter().find(|breakage| breakage.name() == fault.kind)
    }

    pub(in super::super) fn fault(self, detail: impl Into<String>) -> LaneFault {
        LaneFault::new(self.name(), detail)
    }
}

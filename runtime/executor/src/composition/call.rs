//! A call of another module, from inside a guest's call of the host.

use super::{CallCode, Composition, Met};
use crate::abi::{self, AbiOutcome, Charges, MAX_INPUT_BYTES};
use crate::cache::PreparedModule;
use crate::engine::Counter;
use crate::fault::Fault;
use crate::host::{Guest, HostCall, HostStop};
use crate::trap::Trap;
use modal_wasm_meter::{GasLimit, Interface, Schedule, sha256_hex};
use serde::Serialize;
use std::sync::Arc;

/// The method of a name that has none.
const DEFAULT_METHOD: &str = "execute";

/// What a guest's call of another module came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModuleCall {
    /// The name as the guest gave it; empty if it is no text.
    pub name: String,
    /// What the guest got: the result's length, or a [`CallCode`]'s number.
    pub returned: i32,
    /// The gas that the caller had left, the cost of the call paid.
    pub gas_before: u64,
    /// The gas that the module was given; 0 if it was not run.
    pub gas_limit: u64,
    /// The gas that it used.
    pub gas_used: u64,
    /// The most stack words that its own live frames weighed, and those of what it called.
    pub stack_high_water: u32,
    /// The SHA-256 of the result, in lower hex.
    pub result_sha256: Option<String>,
    /// The calls that it made to the host.
    pub host_calls: Vec<HostCall>,
}

/// What an instance knows of other modules.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    composition: Arc<Composition>,
    schedule: Arc<Schedule>,
    /// The SHA-256 of the modules whose calls are open, from the outermost to the instance's own.
    open: Vec<Arc<str>>,
}

impl Link {
    /// The link of an instance that the host calls.
    pub(crate) fn new(composition: Arc<Composition>, schedule: Arc<Schedule>, module: Arc<str>) -> Self {
        Self { composition, schedule, open: vec![module] }
    }

    /// The link of an instance of `module` that an instance with this link calls.
    fn inside(&self, module: &Arc<str>) -> Self {
        let open = self.open.iter().chain([module]).map(Arc::clone).collect();
        Self { composition: Arc::clone(&self.composition), schedule: Arc::clone(&self.schedule), open }
    }
}

/// `modal.call`: runs the module whose name, and on the arguments that, are in these ranges of the guest's memory.
pub(crate) fn call(
    guest: &mut dyn Guest,
    name: (u32, u32),
    args: (u32, u32),
    gas: u64,
) -> Result<ModuleCall, HostStop> {
    let (_, host) = guest.memory_and_host();
    host.result = None;
    let link = host.link.clone();
    let rule = link.schedule.composition;
    let bytes = u64::from(name.1) + u64::from(args.1);
    let left = charge(guest, u64::from(rule.call) + bytes * u64::from(rule.byte))?;

    let (memory, _) = guest.memory_and_host();
    let name = range(memory, name)?.to_vec();
    let args = range(memory, args)?;
    let (name, input) = match (String::from_utf8(name), std::str::from_utf8(args)) {
        (Ok(name), Ok(input)) if input.len() <= MAX_INPUT_BYTES => (name, input.to_owned()),
        (name, _) => return Ok(not_run(name.unwrap_or_default(), left, CallCode::BadArguments)),
    };
    let words = guest.counter(Counter::Stack)?;
    let admitted = match admit(&link, &name, gas, left, words)? {
        Ok(admitted) => admitted,
        Err(code) => return Ok(not_run(name, left, code)),
    };
    let method = name.split_once('#').map_or(DEFAULT_METHOD, |(_, method)| method);
    let ran = run(&link, &admitted, method, &input)?;

    // The words of the call itself count with a frame that was entered above them.
    if ran.stack_high_water > 0 {
        let low = guest.counter(Counter::StackLow)?;
        guest.set_counter(Counter::StackLow, low.min(ran.stack_low))?;
    }
    guest.set_counter(Counter::Gas, i64::try_from(left - ran.gas_used).unwrap_or_default())?;
    let (returned, result) = match ran.outcome {
        // An output is at most a mebibyte long.
        AbiOutcome::Output(output) => (i32::try_from(output.len()).unwrap_or(i32::MAX), Some(output)),
        AbiOutcome::Trapped(Trap::OutOfGas) => (CallCode::OutOfGas.code(), None),
        AbiOutcome::Trapped(_) => (CallCode::Trapped.code(), None),
        AbiOutcome::Violated(_) => (CallCode::BrokeTheAbi.code(), None),
    };
    let result_sha256 = result.as_ref().map(|result| sha256_hex(result.as_bytes()));
    guest.memory_and_host().1.result = result;
    Ok(ModuleCall {
        name,
        returned,
        gas_before: left,
        gas_limit: admitted.budget.get(),
        gas_used: ran.gas_used,
        stack_high_water: ran.stack_high_water,
        result_sha256,
        host_calls: ran.host_calls,
    })
}

/// `modal.result`: copies the result that is kept.
pub(crate) fn copy_result(guest: &mut dyn Guest, to: u32) -> Result<(), HostStop> {
    let (_, host) = guest.memory_and_host();
    let length = host.result.as_ref().map_or(0, String::len);
    let price = u64::from(host.link.schedule.composition.byte);
    charge(guest, length as u64 * price)?;
    let (memory, host) = guest.memory_and_host();
    let end = (to as usize).checked_add(length).ok_or(Trap::MemoryOutOfBounds)?;
    let place = memory.get_mut(to as usize..end).ok_or(Trap::MemoryOutOfBounds)?;
    place.copy_from_slice(host.result.as_deref().unwrap_or_default().as_bytes());
    Ok(())
}

/// Charges gas to the guest, which is a checkpoint, and returns what is left.
fn charge(guest: &mut dyn Guest, gas: u64) -> Result<u64, HostStop> {
    let left = u64::try_from(guest.counter(Counter::Gas)?).unwrap_or_default();
    let left = left.checked_sub(gas).ok_or(Trap::OutOfGas)?;
    guest.set_counter(Counter::Gas, i64::try_from(left).unwrap_or(i64::MAX))?;
    Ok(left)
}

fn range(memory: &[u8], (start, length): (u32, u32)) -> Result<&[u8], Trap> {
    let rest = memory.get(start as usize..).ok_or(Trap::MemoryOutOfBounds)?;
    rest.get(..length as usize).ok_or(Trap::MemoryOutOfBounds)
}

fn not_run(name: String, gas_before: u64, code: CallCode) -> ModuleCall {
    ModuleCall {
        name,
        returned: code.code(),
        gas_before,
        gas_limit: 0,
        gas_used: 0,
        stack_high_water: 0,
        result_sha256: None,
        host_calls: Vec::new(),
    }
}

/// A module that is about to run.
struct Admitted {
    callee: Arc<PreparedModule>,
    budget: GasLimit,
    /// The words of stack that it has.
    stack_words: u32,
}

/// The module of a name with its budget and its stack, or why it is not run.
fn admit(link: &Link, name: &str, gas: u64, left: u64, words: i64) -> Result<Result<Admitted, CallCode>, Fault> {
    let module = name.split_once('#').map_or(name, |(module, _)| module);
    let (callee, limit) = match link.composition.meet(module)? {
        None => return Ok(Err(CallCode::NotFound)),
        Some(Met::Rejected) => return Ok(Err(CallCode::Rejected)),
        Some(Met::Ready(callee, limit)) => (callee, limit),
    };
    if link.open.contains(callee.module.original_sha256()) {
        return Ok(Err(CallCode::Cycle));
    }
    let rule = link.schedule.composition;
    // The outermost module was called by no other.
    let has_room = link.open.len() <= rule.open_calls as usize;
    let (true, Ok(stack_words)) = (has_room, u32::try_from(words - i64::from(rule.words))) else {
        return Ok(Err(CallCode::TooDeep));
    };
    let budget = gas.min(limit.get()).min(left - left / u64::from(rule.kept_part));
    Ok(GasLimit::new(budget).map(|budget| Admitted { callee, budget, stack_words }).map_err(|_| CallCode::OutOfGas))
}

/// How a module ran.
struct Ran {
    outcome: AbiOutcome,
    gas_used: u64,
    stack_high_water: u32,
    /// The fewest words of the execution's stack that were left.
    stack_low: i64,
    host_calls: Vec<HostCall>,
}

fn run(link: &Link, admitted: &Admitted, method: &str, input: &str) -> Result<Ran, Fault> {
    let Admitted { callee, budget, stack_words } = admitted;
    let interface = callee.module.interface();
    let opening = opening(interface, &link.schedule);
    let unmade = |outcome| Ran {
        outcome,
        gas_used: budget.get(),
        stack_high_water: 0,
        stack_low: (*stack_words).into(),
        host_calls: Vec::new(),
    };
    // Neither needs an instance, which may be large.
    if let Err(violation) = abi::check(interface, method) {
        return Ok(unmade(AbiOutcome::Violated(violation)));
    }
    if opening > budget.get() {
        return Ok(unmade(AbiOutcome::Trapped(Trap::OutOfGas)));
    }
    let inside = link.inside(callee.module.original_sha256());
    let mut instance = callee.module.instantiate_linked(inside, *stack_words)?;
    let charges = Charges { opening, output_byte: link.schedule.composition.byte.into() };
    let outcome = abi::call_for(&mut instance, method, input, *budget, charges)?;
    Ok(Ran {
        outcome,
        gas_used: instance.gas_used(),
        stack_high_water: instance.stack_high_water(),
        stack_low: instance.stack_low(),
        host_calls: instance.take_host_calls(),
    })
}

/// The gas of the pages and table elements that an instance starts with.
fn opening(interface: &Interface, schedule: &Schedule) -> u64 {
    let pages = u64::from(interface.initial_pages) * u64::from(schedule.memory_grow_page);
    let elements = interface.tables.iter().map(|table| u64::from(table.minimum)).sum::<u64>();
    pages + elements * u64::from(schedule.table_grow_element)
}

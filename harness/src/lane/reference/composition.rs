//! Composition as the reference sees it: section 9 of the rules, written from the rules.
//!
//! What the profile's limits refuse the reference does not know; modules of a case that are to be refused are malformed,
//! invalid, of another feature, or import or export what is not allowed.

use super::{check_interface, execute, fault, texts};
use crate::observation::{HostCall, ModuleCall, Outcome, TrapKind};
use crate::{Case, LaneFault, digest};
use modal_wasm_reference::{Caller, Config, ExternType, Host, Instance, Module, Trap, Unwatched, Value, ValueType};
use std::collections::BTreeMap;

/// No guest is given a longer input.
const LONGEST_INPUT: usize = 1_048_576;

const BAD_ARGUMENTS: i32 = -1;
const NOT_FOUND: i32 = -2;
const REJECTED: i32 = -3;
const CYCLE: i32 = -4;
const TOO_DEEP: i32 = -5;
const OUT_OF_GAS: i32 = -6;
const TRAPPED: i32 = -7;
const BROKE_THE_ABI: i32 = -8;

/// What a case's guests find around them.
pub(super) struct World<'a> {
    own: &'a [u8],
    modules: BTreeMap<&'a str, (&'a [u8], u64, Option<Module>)>,
}

impl<'a> World<'a> {
    /// The modules of a case, decoded as far as they can be.
    pub(super) fn of(case: &'a Case, config: &Config) -> Self {
        let modules = case.modules.iter().map(|(name, module)| {
            let decoded = Module::decode(&module.bytes, config).ok().filter(is_admitted);
            (name.as_str(), (module.bytes.as_slice(), module.gas, decoded))
        });
        Self { own: &case.module, modules: modules.collect() }
    }
}

/// Whether a module that can be interpreted imports and exports what the profile allows.
fn is_admitted(module: &Module) -> bool {
    use ValueType::{I32, I64};
    let known = module.imports().iter().all(|import| {
        let ExternType::Function(ty) = &import.extern_type else { return false };
        match (import.module.as_str(), import.name.as_str()) {
            ("env", "abort") => ty.results.is_empty() && (ty.params.is_empty() || ty.params == [I32; 4]),
            ("modal", "call") => ty.params == [I32, I32, I32, I32, I64] && ty.results == [I32],
            ("modal", "result") => ty.params == [I32] && ty.results.is_empty(),
            _ => false,
        }
    });
    known && !module.exports().any(|(name, _)| name.starts_with("modal:"))
}

/// The host of one instance.
pub(super) struct CaseHost<'a> {
    world: &'a World<'a>,
    /// The original bytes of the modules whose calls are open, the instance's own last.
    open: Vec<&'a [u8]>,
    result: Vec<u8>,
    pub(super) calls: Vec<HostCall>,
    /// What broke in a call of another module.
    pub(super) fault: Option<LaneFault>,
}

impl<'a> CaseHost<'a> {
    /// The host of an instance of the case's own module.
    pub(super) fn outermost(world: &'a World<'a>) -> Self {
        Self { world, open: vec![world.own], result: Vec::new(), calls: Vec::new(), fault: None }
    }

    /// A budget is opened.
    pub(super) fn begin(&mut self) {
        self.result.clear();
    }

    fn modal_call(&mut self, args: &[Value], caller: &mut Caller<'_>) -> Result<ModuleCall, Trap> {
        let &[
            Value::I32(name_at),
            Value::I32(name_length),
            Value::I32(args_at),
            Value::I32(args_length),
            Value::I64(gas),
        ] = args
        else {
            self.fault = Some(LaneFault::new("Internal", format!("modal.call of {args:?}")));
            return Err(Trap::GuestAbort);
        };
        let rule = caller.config().schedule.composition;
        let bytes = u64::from(name_length) + u64::from(args_length);
        self.result.clear();
        caller.charge(u64::from(rule.call) + u64::from(rule.byte) * bytes)?;
        let name = copied(caller.memory(), name_at, name_length)?;
        let input = copied(caller.memory(), args_at, args_length)?;

        let mut call = ModuleCall {
            name: String::from_utf8(name.clone()).unwrap_or_default(),
            returned: 0,
            gas_before: caller.gas_left(),
            gas_limit: 0,
            gas_used: 0,
            stack_high_water: 0,
            result_sha256: None,
            host_calls: Vec::new(),
        };
        let input = String::from_utf8(input).ok().filter(|input| input.len() <= LONGEST_INPUT);
        let (Some(input), Ok(name)) = (input, String::from_utf8(name)) else {
            return Ok(ModuleCall { returned: BAD_ARGUMENTS, ..call });
        };
        let (path, method) = match name.find('#') {
            Some(at) => (&name[..at], &name[at + 1..]),
            None => (name.as_str(), "execute"),
        };
        let Some((bytes, limit, module)) = self.world.modules.get(path) else {
            return Ok(ModuleCall { returned: NOT_FOUND, ..call });
        };
        let Some(module) = module else {
            return Ok(ModuleCall { returned: REJECTED, ..call });
        };
        if self.open.contains(bytes) {
            return Ok(ModuleCall { returned: CYCLE, ..call });
        }
        let words = caller.live_words() + u64::from(rule.words);
        let calls_open = self.open.len() - 1;
        if calls_open == rule.open_calls as usize || words > u64::from(caller.config().schedule.stack.limit_words) {
            return Ok(ModuleCall { returned: TOO_DEEP, ..call });
        }
        let left = caller.gas_left();
        call.gas_limit = [gas, *limit, left - left / u64::from(rule.kept_part)].into_iter().min().unwrap_or_default();
        if call.gas_limit == 0 {
            return Ok(ModuleCall { returned: OUT_OF_GAS, ..call });
        }
        let mut inside = CaseHost { open: [&self.open[..], &[*bytes]].concat(), ..CaseHost::outermost(self.world) };
        match run(module, method, &input, words, &mut call, &mut inside, caller.config()) {
            Ok(result) => self.result = result,
            Err(broken) => {
                self.fault = Some(broken);
                return Err(Trap::GuestAbort);
            }
        }
        call.host_calls = inside.calls;
        if call.stack_high_water > 0 {
            caller.reached(words + u64::from(call.stack_high_water));
        }
        caller.charge(call.gas_used)?;
        Ok(call)
    }

    fn modal_result(&mut self, args: &[Value], caller: &mut Caller<'_>) -> Result<(), Trap> {
        let &[Value::I32(to)] = args else {
            self.fault = Some(LaneFault::new("Internal", format!("modal.result of {args:?}")));
            return Err(Trap::GuestAbort);
        };
        let price = u64::from(caller.config().schedule.composition.byte);
        caller.charge(price * self.result.len() as u64)?;
        let place = caller.memory().get_mut(to as usize..).and_then(|rest| rest.get_mut(..self.result.len()));
        place.ok_or(Trap::MemoryOutOfBounds)?.copy_from_slice(&self.result);
        Ok(())
    }
}

impl Host for CaseHost<'_> {
    fn call(&mut self, module: &str, name: &str, args: &[Value], caller: &mut Caller<'_>) -> Result<Vec<Value>, Trap> {
        if (module, name) == ("modal", "result") {
            return self.modal_result(args, caller).map(|()| Vec::new());
        }
        self.calls.push(HostCall { module: module.into(), name: name.into(), args: texts(args), called: None });
        if (module, name) != ("modal", "call") {
            return Err(Trap::GuestAbort);
        }
        let call = self.modal_call(args, caller)?;
        let returned = Value::I32(call.returned.cast_unsigned());
        if let Some(logged) = self.calls.last_mut() {
            logged.called = Some(call);
        }
        Ok(vec![returned])
    }
}

/// Runs a module above so many live words and notes what came of it. Returns its result, which is empty if there is
/// none.
fn run(
    module: &Module,
    method: &str,
    input: &str,
    words: u64,
    call: &mut ModuleCall,
    host: &mut CaseHost<'_>,
    config: &Config,
) -> Result<Vec<u8>, LaneFault> {
    let schedule = &config.schedule;
    call.gas_used = call.gas_limit;
    if check_interface(module, method).is_err() {
        call.returned = BROKE_THE_ABI;
        return Ok(Vec::new());
    }
    let opening = u64::from(module.initial_pages()) * u64::from(schedule.memory_grow_page)
        + module.initial_elements() * u64::from(schedule.table_grow_element);
    if opening > call.gas_limit {
        call.returned = OUT_OF_GAS;
        return Ok(Vec::new());
    }
    let mut instance = Instance::new(module).map_err(fault)?;
    instance.begin_above(words, call.gas_limit);
    instance.charge(opening).map_err(|trap| LaneFault::new("Internal", format!("{trap:?} below the limit")))?;
    let outcome = execute(&mut instance, method, input, host, schedule.composition.byte.into(), &mut Unwatched)?;
    if let Some(broken) = host.fault.take() {
        return Err(broken);
    }
    call.stack_high_water = instance.stack_high_water();
    let mut result = Vec::new();
    call.returned = match outcome {
        Outcome::Output(text) => {
            call.gas_used = instance.gas_used();
            call.result_sha256 = Some(digest::hex(text.as_bytes()));
            result = text.into_bytes();
            i32::try_from(result.len()).map_err(|error| LaneFault::new("Internal", error.to_string()))?
        }
        Outcome::Trapped(TrapKind::OutOfGas) => OUT_OF_GAS,
        Outcome::Trapped(_) => TRAPPED,
        Outcome::Violated(_) => BROKE_THE_ABI,
        Outcome::Completed(values) => return Err(LaneFault::new("Internal", format!("the ABI returned {values:?}"))),
    };
    Ok(result)
}

fn copied(memory: &[u8], at: u32, length: u32) -> Result<Vec<u8>, Trap> {
    let (at, length) = (at as usize, length as usize);
    memory.get(at..at + length).map(<[u8]>::to_vec).ok_or(Trap::MemoryOutOfBounds)
}

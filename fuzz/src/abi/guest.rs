//! A guest of the ABI's edges: what it exports, where it points to and what it leaves there.

use arbitrary::{Arbitrary, Unstructured};
use modal_harness::observation::{AbiRule, Outcome, TrapKind, Violation};
use modal_wasm_runtime::abi::MAX_OUTPUT_BYTES;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection, Instruction as I,
    MemArg, MemArgTarget, MemorySection, MemoryType, Module, TypeSection, ValType,
};

/// The method that is called.
pub(super) const METHOD: &str = "execute";

const PAGE: u64 = 1 << 16;

/// A description of a guest, from which it is written and foretold.
#[derive(Clone, Debug, Arbitrary)]
pub(super) struct Guest {
    /// Stands for the pages that the memory starts with.
    memory: u8,
    /// Pages that the allocator asks for before it answers.
    grows: Option<u8>,
    arguments: Place,
    result: Place,
    /// The length that the result announces.
    announced: Announced,
    /// What stands behind the length, before arguments are written.
    body: Vec<u8>,
    /// Whether the length is written by the method, over the arguments, or stands there from the start.
    written_late: bool,
    breach: Option<Breach>,
}

/// An address.
#[derive(Clone, Copy, Debug, Arbitrary)]
enum Place {
    At(u16),
    /// So many bytes before the end of the memory, or behind it.
    End(i8),
    /// So many bytes before 2^32.
    Top(u8),
    /// Around 2^31, where addresses turn negative.
    Middle(i8),
}

/// The length of a result.
#[derive(Clone, Copy, Debug, Arbitrary)]
enum Announced {
    /// That of the body, or a little more or less.
    Body(i8),
    Is(u16),
    /// That of the longest output, or a little more or less.
    Longest(i8),
    Top(u8),
}

/// How a guest breaks the ABI before anything runs, or does not come to its end.
#[derive(Clone, Copy, Debug, Arbitrary)]
enum Breach {
    NoMemory,
    NoAlloc,
    NoMethod,
    AllocTakesNothing,
    MethodReturnsLong,
    AllocIsMemory,
    AllocTraps,
    MethodTraps,
    StartTraps,
    AllocSpins,
}

impl Guest {
    /// Reads a description.
    pub(super) fn read(choices: &mut Unstructured<'_>) -> arbitrary::Result<Self> {
        choices.arbitrary()
    }

    const fn pages(&self) -> u64 {
        match self.memory % 16 {
            0..=9 => 1,
            10..=12 => 2,
            13 | 14 => 0,
            // More than the longest output. A digest of so much takes its time.
            _ => 17,
        }
    }

    const fn address(&self, place: Place) -> u32 {
        match place {
            Place::At(address) => address as u32,
            Place::End(behind) => ((self.pages() * PAGE) as u32).wrapping_add_signed(behind as i32),
            Place::Top(before) => u32::MAX - before as u32,
            Place::Middle(behind) => (1_u32 << 31).wrapping_add_signed(behind as i32),
        }
    }

    fn announced(&self) -> u32 {
        match self.announced {
            Announced::Body(more) => (self.body.len() as u32).saturating_add_signed(more.into()),
            Announced::Is(length) => length.into(),
            Announced::Longest(more) => MAX_OUTPUT_BYTES.wrapping_add_signed(more.into()),
            Announced::Top(before) => u32::MAX - u32::from(before),
        }
    }

    /// The part of the header and the body that is in the memory from the start.
    fn segment(&self) -> Option<(u32, Vec<u8>)> {
        let start = u64::from(self.address(self.result));
        let room = (self.pages() * PAGE).checked_sub(start)?;
        let mut bytes = self.announced().to_le_bytes().to_vec();
        bytes.extend(&self.body);
        bytes.truncate(usize::try_from(room).ok()?);
        Some((self.address(self.result), bytes))
    }

    /// What the ABI's rules say of an execution.
    pub(super) fn foretell(&self, input: &str) -> Outcome {
        let violated =
            |rule, export: Option<&str>| Outcome::Violated(Violation { rule, export: export.map(str::to_owned) });
        match self.breach {
            Some(Breach::NoMemory) => return violated(AbiRule::MissingExport, Some("memory")),
            Some(Breach::NoAlloc | Breach::AllocIsMemory) => return violated(AbiRule::MissingExport, Some("alloc")),
            Some(Breach::NoMethod) => return violated(AbiRule::MissingExport, Some(METHOD)),
            Some(Breach::AllocTakesNothing) => return violated(AbiRule::WrongSignature, Some("alloc")),
            Some(Breach::MethodReturnsLong) => return violated(AbiRule::WrongSignature, Some(METHOD)),
            Some(Breach::AllocTraps | Breach::StartTraps) => return Outcome::Trapped(TrapKind::Unreachable),
            Some(Breach::AllocSpins) => return Outcome::Trapped(TrapKind::OutOfGas),
            Some(Breach::MethodTraps) | None => {}
        }
        let grown = self.pages() + self.grows.map_or(0, |pages| u64::from(pages % 4));
        let mut memory = vec![0; usize::try_from(grown * PAGE).unwrap_or_default()];
        if let Some((start, bytes)) = self.segment() {
            write(&mut memory, start, &bytes);
        }
        if !write(&mut memory, self.address(self.arguments), input.as_bytes()) {
            return violated(AbiRule::ArgumentsOutOfBounds, None);
        }
        if matches!(self.breach, Some(Breach::MethodTraps)) {
            return Outcome::Trapped(TrapKind::Unreachable);
        }
        let result = self.address(self.result);
        if self.written_late && !write(&mut memory, result, &self.announced().to_le_bytes()) {
            return Outcome::Trapped(TrapKind::MemoryOutOfBounds);
        }
        let Some((length, rest)) = memory.get(result as usize..).and_then(<[u8]>::split_first_chunk) else {
            return violated(AbiRule::ResultOutOfBounds, None);
        };
        let length = u32::from_le_bytes(*length);
        if length > MAX_OUTPUT_BYTES {
            return violated(AbiRule::OutputTooLong, None);
        }
        match rest.get(..length as usize).map(|bytes| String::from_utf8(bytes.to_vec())) {
            None => violated(AbiRule::ResultOutOfBounds, None),
            Some(Err(_)) => violated(AbiRule::OutputNotUtf8, None),
            Some(Ok(text)) => Outcome::Output(text),
        }
    }

    /// The guest as a module.
    pub(super) fn encode(&self) -> Vec<u8> {
        const I32: ValType = ValType::I32;
        let breach = |is: fn(&Breach) -> bool| self.breach.as_ref().is_some_and(is);
        let alloc_params = if breach(|it| matches!(it, Breach::AllocTakesNothing)) { &[][..] } else { &[I32] };
        let long = breach(|it| matches!(it, Breach::MethodReturnsLong));
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function(alloc_params.iter().copied(), [I32]);
        types.ty().function([I32, I32], [if long { ValType::I64 } else { I32 }]);
        let mut functions = FunctionSection::new();
        (0..3).for_each(|index| _ = functions.function(index));
        let mut memories = MemorySection::new();
        let minimum = self.pages();
        memories.memory(MemoryType { minimum, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut exports = ExportSection::new();
        if !breach(|it| matches!(it, Breach::NoMemory)) {
            exports.export("memory", ExportKind::Memory, 0);
        }
        if breach(|it| matches!(it, Breach::AllocIsMemory)) {
            exports.export("alloc", ExportKind::Memory, 0);
        } else if !breach(|it| matches!(it, Breach::NoAlloc)) {
            exports.export("alloc", ExportKind::Func, 1);
        }
        if !breach(|it| matches!(it, Breach::NoMethod)) {
            exports.export(METHOD, ExportKind::Func, 2);
        }
        let mut code = CodeSection::new();
        for body in [self.start(), self.alloc(), self.method(long)] {
            let mut function = Function::new([]);
            body.iter().for_each(|instruction| _ = function.instruction(instruction));
            code.function(function.instruction(&I::End));
        }
        let mut data = DataSection::new();
        if let Some((start, bytes)) = self.segment() {
            data.active(0, &ConstExpr::i32_const(start.cast_signed()), bytes);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&memories).section(&exports);
        module.section(&wasm_encoder::StartSection { function_index: 0 });
        module.section(&code).section(&data);
        module.finish()
    }

    fn start(&self) -> Vec<I<'static>> {
        if matches!(self.breach, Some(Breach::StartTraps)) { vec![I::Unreachable] } else { Vec::new() }
    }

    fn alloc(&self) -> Vec<I<'static>> {
        let mut body = Vec::new();
        match self.breach {
            Some(Breach::AllocTraps) => body.push(I::Unreachable),
            Some(Breach::AllocSpins) => {
                body.extend([I::Loop(wasm_encoder::BlockType::Empty), I::Br(0), I::End]);
            }
            Some(_) | None => {}
        }
        if let Some(pages) = self.grows {
            body.extend([I::I32Const(i32::from(pages % 4)), I::MemoryGrow(0), I::Drop]);
        }
        body.push(I::I32Const(self.address(self.arguments).cast_signed()));
        body
    }

    fn method(&self, long: bool) -> Vec<I<'static>> {
        let result = self.address(self.result).cast_signed();
        let mut body = Vec::new();
        if matches!(self.breach, Some(Breach::MethodTraps)) {
            body.push(I::Unreachable);
        }
        if self.written_late {
            let header = MemArg { offset: 0, align: 0, target: MemArgTarget::Memory(0), ordering: None };
            body.extend([I::I32Const(result), I::I32Const(self.announced().cast_signed()), I::I32Store(header)]);
        }
        body.push(if long { I::I64Const(result.into()) } else { I::I32Const(result) });
        body
    }
}

/// Writes bytes into a memory, all of them or none.
fn write(memory: &mut [u8], start: u32, bytes: &[u8]) -> bool {
    let place = memory.get_mut(start as usize..).and_then(|rest| rest.get_mut(..bytes.len()));
    place.map(|place| place.copy_from_slice(bytes)).is_some()
}

/// An input: some text, as often as it takes to reach the edges of a page.
pub(super) fn input(choices: &mut Unstructured<'_>) -> arbitrary::Result<String> {
    let times = *choices.choose(&[1_usize, 1, 1, 0, 2, 300])?;
    let rest = choices.bytes(choices.len())?;
    let text = String::from_utf8_lossy(rest);
    Ok(text.chars().take(256).collect::<String>().repeat(times))
}

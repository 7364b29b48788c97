//! A guest of a call graph: what it calls, what it does with what it gets, and how it ends.

use crate::generate::contract::operator::at;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, InstructionSink, MemorySection, MemoryType, Module, RefType, StartSection, TableSection, TableType,
    TypeSection, ValType,
};

/// Where the output is written: its length, then a byte for each action.
const OUTPUT: u32 = 0x4000;
/// Where results are copied to.
pub(super) const COPIES: u32 = 0x6000;
/// What the allocator returns.
const INPUT: u32 = 0x8000;
/// How often a guest that spins goes round: more than any of a case's limits allows, but not for ever, so that a meter
/// which forgets loops ends too.
const SPINS: i32 = 1 << 18;

const CALL: u32 = 0;
const RESULT: u32 = 1;
const ABORT: u32 = 2;
const ALLOC: u32 = 3;
const METHOD: u32 = 4;
const GO: u32 = 5;
const START: u32 = 6;
const RECURSE: u32 = 7;

/// A guest.
pub(super) struct Guest {
    /// Whether it is the case's own module.
    pub(super) root: bool,
    pub(super) pages: u32,
    /// Elements of its table, if that is not none.
    pub(super) elements: u32,
    /// Locals of its method that nothing uses.
    pub(super) locals: u32,
    pub(super) start: Vec<Action>,
    pub(super) alloc: Vec<Action>,
    pub(super) actions: Vec<Action>,
    /// How long the output is beyond a byte for each action.
    pub(super) output: u32,
    pub(super) ending: Ending,
    pub(super) breach: Option<Breach>,
}

/// Something that a guest does.
pub(super) enum Action {
    Call {
        name: Words,
        args: Words,
        gas: u64,
        copy: Copy,
    },
    /// Copies what is kept, whatever that is.
    Copy(u32),
    /// Goes round a loop.
    Burn(u32),
}

/// Bytes in the guest's memory.
pub(super) enum Words {
    /// These, in a segment.
    Given(Vec<u8>),
    /// The guest's own input.
    Input,
    /// Whatever is there.
    At(u32, u32),
}

/// What a guest does with a result.
#[derive(Clone, Copy)]
pub(super) enum Copy {
    Never,
    IfThere(u32),
    Always(u32),
}

/// How a method ends.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    Return,
    Unreachable,
    DivideByZero,
    OutOfBounds,
    Abort,
    Spin,
    Recurse,
    ResultOutOfBounds,
    NotUtf8,
    TooLong,
}

/// How a guest's exports or its allocator break the ABI.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Breach {
    NoMemory,
    NoAlloc,
    NoMethod,
    AllocSignature,
    AllocOutOfBounds,
}

impl Guest {
    /// The number of the module that the first call names.
    pub(super) fn first_callee(&self) -> Option<u32> {
        let name = self.actions.iter().find_map(|action| match action {
            Action::Call { name: Words::Given(name), .. } => Some(name),
            Action::Call { .. } | Action::Copy(_) | Action::Burn(_) => None,
        })?;
        std::str::from_utf8(name).ok()?.strip_prefix("/m")?.split('#').next()?.parse().ok()
    }

    /// The module.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        let word = ValType::I32;
        types.ty().function([word, word, word, word, ValType::I64], [word]);
        types.ty().function([word], []);
        types.ty().function([], []);
        types.ty().function([if self.breach == Some(Breach::AllocSignature) { ValType::I64 } else { word }], [word]);
        types.ty().function([word, word], [word]);
        types.ty().function([ValType::I64], [word]);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("modal", "call", EntityType::Function(0));
        imports.import("modal", "result", EntityType::Function(1));
        imports.import("env", "abort", EntityType::Function(2));
        module.section(&imports);
        let mut functions = FunctionSection::new();
        // alloc, the method, go, start, recurse.
        functions.function(3).function(4).function(5).function(2).function(2);
        module.section(&functions);
        if self.elements > 0 {
            let mut tables = TableSection::new();
            let minimum = u64::from(self.elements);
            tables.table(TableType {
                element_type: RefType::FUNCREF,
                table64: false,
                minimum,
                maximum: None,
                shared: false,
            });
            module.section(&tables);
        }
        let mut memories = MemorySection::new();
        let minimum = u64::from(self.pages);
        memories.memory(MemoryType { minimum, maximum: None, memory64: false, shared: false, page_size_log2: None });
        module.section(&memories);
        module.section(&self.exports());
        if !self.start.is_empty() {
            module.section(&StartSection { function_index: START });
        }
        let mut text = Vec::new();
        let code = self.code(&mut text);
        module.section(&code);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(0), text);
        module.section(&data);
        module.finish()
    }

    fn exports(&self) -> ExportSection {
        let mut exports = ExportSection::new();
        for (breach, name, kind, index) in [
            (Breach::NoMemory, "memory", ExportKind::Memory, 0),
            (Breach::NoAlloc, "alloc", ExportKind::Func, ALLOC),
            (Breach::NoMethod, "execute", ExportKind::Func, METHOD),
        ] {
            if self.breach != Some(breach) {
                exports.export(name, kind, index);
            }
        }
        if self.root {
            exports.export("go", ExportKind::Func, GO);
        }
        exports
    }

    fn code(&self, text: &mut Vec<u8>) -> CodeSection {
        let mut code = CodeSection::new();

        let mut alloc = Function::new([(2, ValType::I32)]);
        let mut writer = Writer { code: alloc.instructions(), text, code_local: 1, input: None };
        writer.actions(&self.alloc);
        let at = if self.breach == Some(Breach::AllocOutOfBounds) { -1 } else { INPUT as i32 };
        writer.code.i32_const(at).end();
        code.function(&alloc);

        let mut method = Function::new([(2, ValType::I32), (self.locals, ValType::I64)]);
        let mut writer = Writer { code: method.instructions(), text, code_local: 2, input: Some(0) };
        writer.actions(&self.actions);
        self.end(&mut writer.code);
        code.function(&method);

        let mut go = Function::new([(2, ValType::I32)]);
        let mut writer = Writer { code: go.instructions(), text, code_local: 1, input: None };
        match self.actions.iter().find(|action| matches!(action, Action::Call { .. })) {
            Some(Action::Call { name, args, copy, .. }) => {
                writer.range(name);
                writer.range(args);
                writer.code.local_get(0).call(CALL).local_set(1);
                writer.copy(*copy);
            }
            Some(Action::Copy(_) | Action::Burn(_)) | None => {}
        }
        writer.code.local_get(1).end();
        code.function(&go);

        let mut start = Function::new([(2, ValType::I32)]);
        let mut writer = Writer { code: start.instructions(), text, code_local: 0, input: None };
        writer.actions(&self.start);
        writer.code.end();
        code.function(&start);

        let mut recurse = Function::new([]);
        recurse.instructions().call(RECURSE).end();
        code.function(&recurse);
        code
    }

    fn end(&self, code: &mut InstructionSink<'_>) {
        let length = self.actions.len() as u32 + self.output;
        code.i32_const(OUTPUT as i32).i32_const(length as i32).i32_store(at(0, 2));
        match self.ending {
            Ending::Return => {}
            Ending::Unreachable => {
                code.unreachable();
            }
            Ending::DivideByZero => {
                code.i32_const(1).i32_const(0).i32_div_s().drop();
            }
            Ending::OutOfBounds => {
                code.i32_const(-1).i32_load(at(0, 2)).drop();
            }
            Ending::Abort => {
                code.call(ABORT);
            }
            Ending::Spin => {
                // The method's input has been read: its length makes room.
                code.i32_const(SPINS).local_set(1).loop_(BlockType::Empty);
                code.local_get(1).i32_const(1).i32_sub().local_tee(1).br_if(0).end();
            }
            Ending::Recurse => {
                code.call(RECURSE);
            }
            Ending::ResultOutOfBounds => {
                code.i32_const(-3).return_();
            }
            Ending::NotUtf8 => {
                code.i32_const(OUTPUT as i32).i32_const(0xff).i32_store8(at(4, 0));
            }
            Ending::TooLong => {
                code.i32_const(OUTPUT as i32).i32_const((1 << 20) + 1).i32_store(at(0, 2));
            }
        }
        code.i32_const(OUTPUT as i32).end();
    }
}

/// Writes actions into a function.
struct Writer<'a, 'f> {
    code: InstructionSink<'f>,
    /// What the module's segment holds so far.
    text: &'a mut Vec<u8>,
    /// The local for what a call returns; the one behind it counts.
    code_local: u32,
    /// The local that holds where the input is; its length is in the one behind it.
    input: Option<u32>,
}

impl Writer<'_, '_> {
    fn actions(&mut self, actions: &[Action]) {
        for (action, place) in actions.iter().zip(4..) {
            match action {
                Action::Call { name, args, gas, copy } => {
                    self.range(name);
                    self.range(args);
                    self.code.i64_const(gas.cast_signed()).call(CALL).local_set(self.code_local);
                    self.copy(*copy);
                    // Seven bits of it, so that the output is text.
                    self.code.i32_const(OUTPUT as i32).local_get(self.code_local).i32_const(0x7f).i32_and();
                    self.code.i32_store8(at(place, 0));
                }
                Action::Copy(to) => {
                    self.code.i32_const(to.cast_signed()).call(RESULT);
                }
                Action::Burn(times) => {
                    let counter = self.code_local + 1;
                    self.code.i32_const(times.cast_signed()).local_set(counter).loop_(BlockType::Empty);
                    self.code.local_get(counter).i32_const(1).i32_sub().local_tee(counter).br_if(0).end();
                }
            }
        }
    }

    fn range(&mut self, words: &Words) {
        match (words, self.input) {
            (Words::Given(bytes), _) => {
                // Text ends far below the output: a guest has a dozen calls at most.
                let at = self.text.len();
                self.text.extend(bytes);
                self.code.i32_const(at as i32).i32_const(bytes.len() as i32);
            }
            (Words::Input, Some(local)) => {
                self.code.local_get(local).local_get(local + 1);
            }
            (Words::Input, None) => {
                self.code.i32_const(0).i32_const(2);
            }
            (Words::At(at, length), _) => {
                self.code.i32_const(at.cast_signed()).i32_const(length.cast_signed());
            }
        }
    }

    fn copy(&mut self, copy: Copy) {
        match copy {
            Copy::Never => {}
            Copy::IfThere(to) => {
                self.code.local_get(self.code_local).i32_const(0).i32_ge_s().if_(BlockType::Empty);
                self.code.i32_const(to.cast_signed()).call(RESULT).end();
            }
            Copy::Always(to) => {
                self.code.i32_const(to.cast_signed()).call(RESULT);
            }
        }
    }
}

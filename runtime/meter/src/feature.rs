//! A feature is a part of WebAssembly beyond 1.0; this file names the one that keeps a module out of a profile.

use crate::{Profile, Rejection, RejectionKind};
use wasmparser::{
    FuncValidatorAllocations, Operator, OperatorsReader, Parser, Payload, ValidPayload, Validator, WasmFeatures,
};

/// The features that a rejection can name, each with the ones that it builds on. Simple ones come first, so that a
/// module is told the least that gets it past the place where it was refused.
const NAMED: &[(&str, WasmFeatures)] = {
    type F = WasmFeatures;
    let references = F::FUNCTION_REFERENCES;
    let gc = references.union(F::GC);
    &[
        ("simd", F::SIMD),
        ("tail calls", F::TAIL_CALL),
        ("threads", F::THREADS),
        ("exceptions", F::EXCEPTIONS),
        ("memory64", F::MEMORY64),
        ("multi-memory", F::MULTI_MEMORY),
        ("relaxed simd", F::SIMD.union(F::RELAXED_SIMD)),
        ("custom page sizes", F::CUSTOM_PAGE_SIZES),
        ("wide arithmetic", F::WIDE_ARITHMETIC),
        ("typed function references", references),
        ("gc", gc),
        ("legacy exceptions", F::LEGACY_EXCEPTIONS),
        ("compact imports", F::COMPACT_IMPORTS),
        ("memory control", F::MEMORY_CONTROL),
        ("shared-everything threads", gc.union(F::THREADS).union(F::SHARED_EVERYTHING_THREADS)),
        ("stack switching", gc.union(F::EXCEPTIONS).union(F::STACK_SWITCHING)),
        ("custom descriptors", gc.union(F::CUSTOM_DESCRIPTORS)),
        ("acquire-release atomics", gc.union(F::THREADS).union(F::ACQUIRE_RELEASE_ATOMICS)),
        ("multibyte array access", gc.union(F::MULTIBYTE_ARRAY_ACCESS)),
    ]
};

/// The rejection of a component.
pub(crate) fn component(profile: &Profile) -> Rejection {
    outside("components", profile)
}

/// Says why `bytes`, refused with `error` under `profile`, are refused: with the name of a feature if what validation
/// stopped at is no fault with features that the profile leaves out.
///
/// What stands behind that place is read, but not validated: no limit has been applied to it, and validating it can
/// take time that grows with the square of its size.
pub(crate) fn explain(bytes: &[u8], profile: &Profile, error: &wasmparser::Error) -> Rejection {
    let every = NAMED.iter().fold(profile.features, |all, (_, feature)| all | *feature);
    let kind = if is_well_formed(bytes, every) { RejectionKind::Invalid } else { RejectionKind::Malformed };
    let passes = |features| validates_past(error.offset(), bytes, features);
    if kind == RejectionKind::Invalid && passes(every) {
        return match NAMED.iter().find(|(_, feature)| passes(profile.features | *feature)) {
            Some((name, _)) => outside(name, profile),
            None => outside("several features together", profile),
        };
    }
    Rejection::new(kind, format!("the module is {kind}: {error}"))
}

fn outside(feature: &str, profile: &Profile) -> Rejection {
    Rejection::new(
        RejectionKind::Feature,
        format!("the module uses {feature}, which profile {} does not allow", profile.name),
    )
}

/// Whether validation finds no fault up to `offset`, and none there.
fn validates_past(offset: u64, bytes: &[u8], features: WasmFeatures) -> bool {
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut validator = Validator::new_with_features(features);
    let mut allocations = FuncValidatorAllocations::default();
    let validate = || {
        for payload in parser.parse_all(bytes) {
            let payload = payload?;
            let start = match &payload {
                Payload::CodeSectionEntry(body) => Some(body.range().start),
                section => section.as_section().map(|(_, range)| range.start),
            };
            if start.is_some_and(|start| start > offset) {
                break;
            }
            let ValidPayload::Func(function, body) = validator.payload(&payload)? else { continue };
            let mut function = function.into_validator(allocations);
            let mut reader = body.get_binary_reader();
            function.read_locals(&mut reader)?;
            let mut operators = OperatorsReader::new(reader);
            while !operators.eof() && operators.original_position() <= offset {
                let (operator, position) = operators.read_with_offset()?;
                function.op(position, &operator)?;
            }
            if operators.eof() {
                operators.finish()?;
            }
            allocations = function.into_allocations();
        }
        Ok::<_, wasmparser::Error>(())
    };
    validate().map_or_else(|error| error.offset() > offset, |()| true)
}

/// Whether `bytes` can be read to the end, sections and operators, whatever they mean.
fn is_well_formed(bytes: &[u8], features: WasmFeatures) -> bool {
    fn read<'a, T: wasmparser::FromReader<'a>>(section: wasmparser::SectionLimited<'a, T>) -> wasmparser::Result<()> {
        section.into_iter().try_for_each(|item| item.map(drop))
    }
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut counts_data = false;
    let read_all = || {
        for payload in parser.parse_all(bytes) {
            match payload? {
                Payload::TypeSection(section) => read(section)?,
                Payload::ImportSection(section) => read(section)?,
                Payload::FunctionSection(section) => read(section)?,
                Payload::TableSection(section) => read(section)?,
                Payload::MemorySection(section) => read(section)?,
                Payload::TagSection(section) => read(section)?,
                Payload::GlobalSection(section) => read(section)?,
                Payload::ExportSection(section) => read(section)?,
                Payload::ElementSection(section) => read(section)?,
                Payload::DataSection(section) => read(section)?,
                Payload::DataCountSection { .. } => counts_data = true,
                Payload::CodeSectionEntry(body) => {
                    let mut locals = body.get_locals_reader()?;
                    for _ in 0..locals.get_count() {
                        locals.read()?;
                    }
                    let mut operators = body.get_operators_reader()?;
                    while !operators.eof() {
                        if names_data(&operators.read()?) && !counts_data {
                            return Ok(false);
                        }
                    }
                    operators.finish()?;
                }
                Payload::UnknownSection { .. } => return Ok(false),
                // The rest has nothing inside that the parser has not read by itself.
                _ => {}
            }
        }
        Ok::<_, wasmparser::Error>(true)
    };
    read_all().unwrap_or(false)
}

/// Whether `operator` names a data segment, for which a binary has to count its segments ahead of the code.
fn names_data(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::MemoryInit { .. }
            | Operator::DataDrop { .. }
            | Operator::ArrayNewData { .. }
            | Operator::ArrayInitData { .. }
    )
}

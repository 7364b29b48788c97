//! Findings are reduced to what they are about, and explained: engines that take one operator for another, and meters
//! without a treatment, are planted, found, and told by a few instructions.

use crate::common::{guest, project, with_room};
use modal_harness::generate::generate;
use modal_harness::observation::ModuleObservation;
use modal_harness::{
    Call, CallableModule, Case, CaseSize, EngineLane, Feature, Lane, LaneFault, LaneId, LaneSet, NotWanted,
    Observation, Panel, Reducer, Reduction, Run, Seed, Symptom, Upload, Validation, explain,
};
use modal_wasm_meter::{Meter, Profile, Schedule, Treatment, Treatments};
use modal_wasm_runtime::{EngineConfig, Value};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::fs;
use std::sync::Arc;
use wasm_encoder::Instruction;
use wasm_encoder::reencode::{Error, Reencode};

/// Campaigns in which what is planted is looked for, one after the other until what is found ends in as little as it can.
/// What is left hangs on where it was found: by the ABI, or among values that a block takes and leaves, more has to stay.
const CAMPAIGNS: [u64; 4] = [11, 13, 14, 15];

/// Operators that are left at most, wherever it was found.
const MOST_OPERATORS: usize = 40;

/// Generated cases in which a planted bug has to show.
const BUDGET: u64 = 1_500;

/// An operator, by its name in the text format, and the one that is executed in its place.
#[derive(Clone, Copy)]
struct Mistake(&'static str, fn(&Instruction<'_>) -> Option<Instruction<'static>>);

const SHIFT: Mistake =
    Mistake("i32.shr_s", |right| matches!(right, Instruction::I32ShrS).then_some(Instruction::I32ShrU));

/// Mistakes that generated cases show soon.
const MISTAKES: [Mistake; 9] = [
    Mistake("i32.rotr", |right| matches!(right, Instruction::I32Rotr).then_some(Instruction::I32Rotl)),
    Mistake("i64.shr_s", |right| matches!(right, Instruction::I64ShrS).then_some(Instruction::I64ShrU)),
    Mistake("i64.rotl", |right| matches!(right, Instruction::I64Rotl).then_some(Instruction::I64Rotr)),
    Mistake("i64.extend_i32_s", |right| {
        matches!(right, Instruction::I64ExtendI32S).then_some(Instruction::I64ExtendI32U)
    }),
    Mistake("f64.ceil", |right| matches!(right, Instruction::F64Ceil).then_some(Instruction::F64Floor)),
    Mistake("i32.load8_u", |right| match right {
        Instruction::I32Load8U(memarg) => Some(Instruction::I32Load16U(*memarg)),
        _ => None,
    }),
    Mistake("i64.store", |right| match right {
        Instruction::I64Store(memarg) => Some(Instruction::I64Store32(wasm_encoder::MemArg { align: 0, ..*memarg })),
        _ => None,
    }),
    Mistake("br_if", |right| match right {
        // Never taken: another condition lies where the branch would have looked.
        Instruction::BrIf(_) => Some(Instruction::Drop),
        _ => None,
    }),
    Mistake("memory.fill", |right| match right {
        Instruction::MemoryFill(_) => Some(Instruction::MemoryCopy { src_mem: 0, dst_mem: 0 }),
        _ => None,
    }),
];

impl Reencode for Mistake {
    type Error = Infallible;

    fn instruction<'a>(&mut self, operator: wasmparser::Operator<'a>) -> Result<Instruction<'a>, Error> {
        let right = wasm_encoder::reencode::utils::instruction(self, operator)?;
        Ok((self.1)(&right).unwrap_or(right))
    }
}

/// wasmi, making a mistake. It hides it: the digest that it reports is of the right bytes.
struct Mistaken {
    id: LaneId,
    lane: EngineLane,
    mistake: Mistake,
    digests: VecDeque<Option<String>>,
}

impl Lane for Mistaken {
    fn id(&self) -> &LaneId {
        &self.id
    }

    fn submit(&mut self, case: &Arc<Case>) {
        let mut wrong = case.as_ref().clone();
        wrong.module = self.mistaken(&case.module);
        for module in wrong.modules.values_mut() {
            module.bytes = self.mistaken(&module.bytes);
        }
        let metered = Meter::default().meter(&case.module).ok();
        self.digests.push_back(metered.map(|metered| metered.sha256));
        self.lane.submit(&Arc::new(wrong));
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let right = self.digests.pop_front().expect("a case");
        let mut observation = self.lane.collect()?;
        if let (ModuleObservation::Accepted { metered_sha256 }, Some(right)) = (&mut observation.module, right) {
            *metered_sha256 = Some(right);
        }
        Ok(observation)
    }
}

impl Mistaken {
    /// A module with the mistake in it. What the meter refuses is left as it is.
    fn mistaken(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut module = wasm_encoder::Module::new();
        let parser = wasmparser::Parser::new(0);
        let wrong = self.mistake.parse_core_module(&mut module, parser, bytes).map(|()| module.finish());
        match (Meter::default().meter(bytes), wrong) {
            (Ok(_), Ok(wrong)) => wrong,
            (_, _) => bytes.to_vec(),
        }
    }
}

/// wasmi beside a wasmi that makes a mistake.
fn panel_with_mistake(mistake: Mistake) -> Panel {
    let id = LaneId { name: "mistaken".into(), version: "wasmi".into() };
    let mistaken = Mistaken { id, lane: EngineLane::new(EngineConfig::Wasmi), mistake, digests: VecDeque::new() };
    panel(vec![Box::new(EngineLane::new(EngineConfig::Wasmi)), Box::new(mistaken)])
}

/// wasmi under a meter that lacks a treatment.
fn panel_without(treatment: Treatment) -> Panel {
    let treatments = Treatments::all().without(treatment);
    let meter = Meter::with_treatments(Profile::modal_1(), Schedule::instr_1(), treatments);
    panel(vec![Box::new(EngineLane::with_meter(EngineConfig::Wasmi, meter))])
}

fn panel(lanes: Vec<Box<dyn Lane>>) -> Panel {
    Panel::new(LaneSet::of(lanes)).expect("the oracles are set up").without_fuel()
}

/// The first case of a campaign that shows something, and what. Cases of several modules are told of elsewhere.
fn find(panel: &mut Panel, campaign: u64) -> (Arc<Case>, Symptom) {
    let found = (0..BUDGET).find_map(|index| {
        let seed = Seed::of_case(campaign, index);
        let case = Arc::new(panel.expand(generate(seed).expect("a case").case, seed));
        if Feature::Composition.is_needed(&case) {
            return None;
        }
        Some((Arc::clone(&case), symptom(panel, &case)?))
    });
    found.expect("a generated case shows what is planted")
}

fn symptom(panel: &mut Panel, case: &Arc<Case>) -> Option<Symptom> {
    panel.hear(&[Arc::clone(case)]).pop().expect("an answer").1.symptom()
}

fn reduce(panel: &mut Panel, case: &Arc<Case>, wanted: &Symptom) -> Reduction {
    let keep = |case: &Arc<Case>| symptom(panel, case).as_ref() == Some(wanted);
    Reducer::default().run(case, keep).expect("the case shows the symptom")
}

/// What must hold of every reduction: it shows what it was made from, and nothing else.
fn same_bucket(panel: &mut Panel, wanted: &Symptom, reduction: &Reduction) -> Result<(), String> {
    let found = symptom(panel, &reduction.case);
    if found.as_ref() == Some(wanted) { Ok(()) } else { Err(format!("{wanted} became {found:?}")) }
}

/// Finds what is planted, reduces it, and checks what must hold of every reduction; gives the text of the module.
fn check(name: &str, panel: &mut Panel, most_operators: usize) -> String {
    let (case, wanted, reduction) = CAMPAIGNS
        .iter()
        .find_map(|&campaign| {
            let (case, wanted) = find(panel, campaign);
            let reduction = reduce(panel, &case, &wanted);
            let CaseSize { operators, runs, .. } = reduction.to;
            let (from, tries) = (reduction.from, reduction.attempts);
            println!("{name}: {wanted}: from {from:?} to {operators} operators in {tries} tries");
            assert!(reduction.finished, "{name}: the tries ran out");
            assert!(operators <= MOST_OPERATORS && runs == 1, "{name}: {runs} runs, {operators} operators");
            (operators <= most_operators).then_some((case, wanted, reduction))
        })
        .unwrap_or_else(|| panic!("{name}: not in {most_operators} operators in any campaign"));
    let text = wasmprinter::print_bytes(&reduction.case.module).expect("a module");
    let CaseSize { bytes, .. } = reduction.to;
    assert_eq!(bytes, reduction.case.module.len());
    same_bucket(panel, &wanted, &reduction).unwrap_or_else(|other| panic!("{name}: {other}"));
    assert!(Meter::default().meter(&reduction.case.module).is_ok(), "{name}: the module stays in the profile");
    assert_eq!(reduce(panel, &case, &wanted), reduction, "{name}: the same input ends in the same output");
    let again = reduce(panel, &reduction.case, &wanted);
    assert_eq!(again.case, reduction.case, "{name}: what is minimal stays");
    text
}

#[test]
fn a_wrong_operator_ends_in_a_few_instructions() {
    with_room(|| {
        for mistake in MISTAKES {
            let text = check(mistake.0, &mut panel_with_mistake(mistake), 10);
            assert!(text.contains(mistake.0), "{} is no more in\n{text}", mistake.0);
        }
    });
}

#[test]
fn a_missing_treatment_ends_in_a_few_instructions() {
    with_room(|| {
        // Without the checks of loops a candidate may run for ever, and nothing ends a lane of this process.
        for (treatment, most_operators) in [
            (Treatment::CanonicalNan, 6),
            (Treatment::OperatorCost, 4),
            (Treatment::EntryCost, 3),
            (Treatment::OperandWeight, 3),
            (Treatment::BulkCost, 6),
            (Treatment::GrowCost, 4),
            (Treatment::InstantiationCost, 1),
            (Treatment::CallCheck, 9),
            (Treatment::SegmentsByStart, 3),
        ] {
            check(treatment.name(), &mut panel_without(treatment), most_operators);
        }
    });
}

const AGREED: &str = r#"(module (func (export "f") (param i32) (result i32) local.get 0 i32.const 1 i32.shr_s))"#;

fn case(text: &str, args: Vec<Value>) -> Arc<Case> {
    let module = wat::parse_str(text).expect("a module");
    let calls = vec![Call { export: "f".into(), args, gas: 1_000_000 }];
    Arc::new(Case::new(module, vec![Run::Exports { start_gas: 1_000_000, calls }]))
}

/// wasmi with two mistakes, one in what calls return and one in what they leave in memory.
const TWO_MISTAKES: Mistake = Mistake("i32.shr_s and i32.store", |right| match right {
    Instruction::I32ShrS => Some(Instruction::I32ShrU),
    Instruction::I32Store(memarg) => Some(Instruction::I32Store8(wasm_encoder::MemArg { align: 0, ..*memarg })),
    _ => None,
});

#[test]
fn a_reducer_that_forgets_the_bucket_is_caught() {
    let text = r#"(module
        (memory 1)
        (func (export "f") (param i32) (result i64)
          (local i32)
          local.get 0
          i32.const 4
          i32.shr_s
          local.set 1
          i32.const 0
          i32.const 0x12345
          i32.store
          local.get 1
          i64.extend_i32_s))"#;
    let case = case(text, vec![Value::I32((-256_i32).cast_unsigned())]);
    with_room(|| {
        let mut panel = panel_with_mistake(TWO_MISTAKES);
        let wanted = symptom(&mut panel, &case).expect("the results differ");
        let right = reduce(&mut panel, &case, &wanted);
        assert_eq!(same_bucket(&mut panel, &wanted, &right), Ok(()));
        assert!(right.to.operators <= 4, "{:?}", right.to);
        // To one that takes any failure a case that cannot be run is as good, to one that takes any difference the other
        // mistake.
        for (takes_faults, ends) in [(true, "Fault"), (false, "state.memory.sha256")] {
            let keep = |case: &Arc<Case>| match symptom(&mut panel, case) {
                Some(Symptom::Diverge(_)) => true,
                Some(Symptom::Fault { .. }) => takes_faults,
                None => false,
            };
            let reduction = Reducer::default().run(&case, keep).expect("there is a difference");
            let caught = same_bucket(&mut panel, &wanted, &reduction).expect_err("another bucket");
            assert!(caught.contains(ends), "{caught}");
        }
    });
}

/// A guest that calls others, one of which makes a shift.
fn composition() -> Arc<Case> {
    let caller = r#"(module
        (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
        (import "modal" "result" (func $result (param i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "/none/fair/wrong")
        (func (export "f") (param i32)
          (drop (call $call (i32.const 0) (i32.const 5) (i32.const 0) (i32.const 0) (i64.const 1000)))
          (drop (call $call (i32.const 5) (i32.const 5) (i32.const 0) (i32.const 3) (i64.const 1000)))
          (drop (call $call (i32.const 10) (i32.const 6) (i32.const 0) (i32.const 2) (i64.const 1000)))
          (call $result (i32.const 256))))"#;
    let callee = |digit: &str| {
        let text = format!(
            r#"(module
                (memory (export "memory") 1)
                (func (export "alloc") (param i32) (result i32) (i32.const 1024))
                (func $digit (param i32) (result i32) {digit})
                (func (export "execute") (param i32 i32) (result i32)
                  (i32.store (i32.const 64) (i32.const 1))
                  (i32.store8 (i32.const 68) (i32.add (i32.const 48) (call $digit (i32.const -256))))
                  (i32.const 64)))"#
        );
        CallableModule { bytes: wat::parse_str(text).expect("a module"), gas: 1_000_000 }
    };
    let shift = "(i32.lt_s (i32.shr_s (local.get 0) (i32.const 4)) (i32.const 0))";
    let modules = [("/fair", callee("(i32.const 7)")), ("/spare", callee("(i32.const 8)")), ("/wrong", callee(shift))];
    let calls = vec![Call { export: "f".into(), args: vec![Value::I32(1)], gas: 1_000_000 }; 2];
    Arc::new(Case {
        module: wat::parse_str(caller).expect("a module"),
        modules: modules.map(|(name, module)| (name.to_owned(), module)).into(),
        runs: vec![Run::Exports { start_gas: 1_000_000, calls }],
        ..Case::default()
    })
}

#[test]
fn a_case_of_several_modules_keeps_those_that_are_needed() {
    let case = composition();
    with_room(|| {
        let mut panel = panel_with_mistake(SHIFT);
        let wanted = symptom(&mut panel, &case).expect("a callee answers differently");
        let bucket = "lanes/wasmi-mistaken/export/runs.steps.host_calls.called.result_sha256";
        assert_eq!(wanted.to_string(), bucket);
        let reduction = reduce(&mut panel, &case, &wanted);
        assert_eq!(same_bucket(&mut panel, &wanted, &reduction), Ok(()));
        assert_eq!(reduce(&mut panel, &case, &wanted), reduction, "the same input ends in the same output");
        let modules = &reduction.case.modules;
        assert_eq!(modules.keys().collect::<Vec<_>>(), ["/wrong"]);
        let text = wasmprinter::print_bytes(&modules["/wrong"].bytes).expect("a module");
        assert!(text.contains("i32.shr_s"), "{text}");
        let CaseSize { operators, modules, runs, .. } = reduction.to;
        assert!(operators <= 20 && (modules, runs) == (2, 1), "{:?}\n{text}", reduction.to);
        let (evidence, verdict) = panel.hear(&[Arc::clone(&case)]).pop().expect("an answer");
        let told =
            explain(&mut panel, &case, &evidence, &verdict).expect("the reference runs it").expect("a difference");
        assert!(
            told.to_string().contains("wasmi and mistaken do not agree on what a module that it calls returns"),
            "{told}"
        );
    });
}

/// The validators' guest on wasmi, and beside it validators of a lane's own, which never find a property.
struct Blind {
    id: LaneId,
    lane: EngineLane,
    answers: VecDeque<Vec<String>>,
}

impl Lane for Blind {
    fn id(&self) -> &LaneId {
        &self.id
    }

    fn submit(&mut self, case: &Arc<Case>) {
        let answer = |validation: &Validation| {
            let input = validation.input(case).expect("a run by the ABI");
            let answer = modal_wasm_validation::call(input);
            if input.contains("has_property") { answer.replace("true", "false") } else { answer }
        };
        self.answers.push_back(case.validations.iter().map(answer).collect());
        self.lane.submit(case);
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let answers = self.answers.pop_front().expect("a case");
        Ok(Observation { answers, ..self.lane.collect()? })
    }
}

#[test]
fn of_a_case_of_validators_the_inputs_get_simpler() {
    let inputs = [
        r#"{"validator":"amount_in_range","args":[7,1,5]}"#,
        r#"{"args":["{\"name\":\"x\",\"at\":[1,2,{\"city\":\"here\"}],\"of\":{\"b\":{\"c\":[1.5]},\"d\":[]}}","of.b"],"validator":"has_property"}"#,
        r#"{"validator":"text_is_empty","args":[""]}"#,
    ];
    let run = |input: &str| Run::Abi { method: "evaluate".into(), input: input.to_owned(), gas: 10_000_000 };
    let validations = (0..inputs.len()).map(|run| Validation { run, validator: "some".into() }).collect();
    let case = Arc::new(Case { validations, ..Case::new(guest(), inputs.map(run).to_vec()) });
    with_room(|| {
        let id = LaneId { name: "blind".into(), version: "wasmi".into() };
        let lane = EngineLane::new(EngineConfig::Wasmi);
        let mut panel = panel(vec![Box::new(Blind { id, lane, answers: VecDeque::new() })]);
        let wanted = symptom(&mut panel, &case).expect("an answer is wrong");
        assert_eq!(wanted.to_string(), "validators/blind-native/abi/validations.own.valid");
        let reduction = reduce(&mut panel, &case, &wanted);
        assert_eq!(same_bucket(&mut panel, &wanted, &reduction), Ok(()));
        assert_eq!(reduction.case.module, case.module, "the guest is what it is");
        let simplest = r#"{"args":["{\"of\":{\"b\":0}}","of.b"],"validator":"has_property"}"#;
        assert_eq!(
            reduction.case.runs,
            [Run::Abi { method: "evaluate".into(), input: simplest.into(), gas: 1_000_000 }]
        );
        assert_eq!(reduction.case.validations.len(), 1);
    });
}

#[test]
fn what_nodes_are_to_invoke_stays_an_invocation() {
    let run = |args: &str, gas: u64| Run::Abi { method: Upload::METHOD.into(), input: Upload::input(args), gas };
    let text = r#"(module (memory (export "memory") 1) (func (export "alloc") (param i32) (result i32) i32.const 8)
        (func (export "execute") (param i32 i32) (result i32) local.get 0 i32.const 9 i32.xor))"#;
    let module = wat::parse_str(text).expect("a module");
    let runs = vec![run("[1,{\"a\":2}]", 900), run("null", 500)];
    let uploaded = Arc::new(Case { upload: Some(Upload { gas: 1_000 }), ..Case::new(module, runs) });
    let fits = |case: &Arc<Case>| case.upload.is_none_or(|upload| upload.fits(case));
    // Of a finding that nodes are needed for the rest gets smaller, and of any other the upload goes.
    let needed = Reducer::default().run(&uploaded, |case| {
        assert!(fits(case), "{case:?}");
        case.upload.is_some() && !case.runs.is_empty()
    });
    let needed = needed.expect("it is uploaded");
    assert_eq!((needed.to.runs, needed.to.operators), (1, 0));
    assert_eq!(needed.case.runs[0].last_limit(), 900, "a plain limit would be above the upload's");
    let not_needed = Reducer::default().run(&uploaded, |case| fits(case) && !case.runs.is_empty());
    assert_eq!(not_needed.expect("it has runs").case.upload, None);
}

#[test]
fn what_agrees_is_not_reduced() {
    let case = case(AGREED, vec![Value::I32(7)]);
    let mut asked = 0;
    let refused = Reducer::default().run(&case, |_| {
        asked += 1;
        false
    });
    assert_eq!((refused, asked), (Err(NotWanted), 1));
}

#[test]
fn the_tries_are_bounded_and_what_they_gave_is_kept() {
    with_room(|| {
        let mut panel = panel_with_mistake(MISTAKES[0]);
        let (case, wanted) = find(&mut panel, CAMPAIGNS[0]);
        let mut told = 0;
        let mut watch = |_: &_| told += 1;
        let keep = |case: &Arc<Case>| symptom(&mut panel, case).as_ref() == Some(&wanted);
        let reduction = Reducer::default().attempts(20).watch(&mut watch).run(&case, keep).expect("the symptom");
        assert_eq!((reduction.attempts, reduction.finished, told), (20, false, 20));
        assert!(reduction.to.operators < reduction.from.operators);
        assert_eq!(symptom(&mut panel, &reduction.case), Some(wanted));
    });
}

#[test]
fn an_explanation_tells_what_differs_and_where() {
    let text = r#"(module
        (memory 1)
        (func $mix (param i32) (result i32)
          i32.const 4
          local.get 0
          i32.store
          local.get 0
          i32.const 4
          i32.shr_s)
        (func (export "f") (param i32) (result i32)
          (local i32)
          loop
            local.get 1
            i32.const 1
            i32.add
            local.tee 1
            i32.const 2
            i32.lt_u
            br_if 0
          end
          i32.const 8
          local.get 0
          call $mix
          i32.store
          i32.const 8
          i32.load))"#;
    let case = case(text, vec![Value::I32((-256_i32).cast_unsigned())]);
    let told = with_room(|| {
        let mut panel = panel_with_mistake(SHIFT);
        let (evidence, verdict) = panel.hear(&[Arc::clone(&case)]).pop().expect("an answer");
        explain(&mut panel, &case, &evidence, &verdict).expect("the reference runs it").expect("a difference")
    });
    let expected = project().join("harness/tests/conformance/reduction/explained.txt");
    assert_eq!(told.to_string(), fs::read_to_string(expected).expect("the text"));
}

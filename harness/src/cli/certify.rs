//! `certify`: puts a release to everything there is and writes what it agreed on.

mod artefacts;
mod campaign_part;
mod control_part;
mod corpus_part;
mod merged;
mod register_part;
mod sidecar;
mod specification_part;
mod suite;

use super::certification::{CERTIFICATE, write};
use super::exit::Exit;
use super::lane_arguments::{ChosenLanes, LaneArguments};
use super::{MessageFormat, Misuse, built, secret};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use control_part::Controlled;
use merged::Merged;
use modal_harness::certificate::{
    Bundle, Conclusion, Conformance, Inputs, LaneRecord, PartName, SecretKey, Stopwatch, Times,
};
use modal_harness::report::CONFORMANCE;
use modal_harness::specification::SUITE;
use modal_harness::{LaneId, LaneKind, Panel};
use modal_wasm_meter::{Profile, Schedule};
use register_part::Register;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct CertifyArguments {
    /// How much is asked for.
    #[arg(long, value_enum, default_value_t = ProfileName::Release)]
    profile: ProfileName,
    /// The seed of the generated cases.
    #[arg(
        long,
        default_value_t = 1,
        conflicts_with = "store",
        value_parser = clap::value_parser!(u64).range(..=Inputs::MOST_SEED)
    )]
    seed: u64,
    /// How many cases are generated; as the profile says unless told.
    #[arg(long, value_name = "N", conflicts_with = "store")]
    cases: Option<u64>,
    /// Where a campaign was merged that takes the place of generated cases: a folder, or s3://BUCKET/PREFIX.
    #[arg(long, value_name = "PLACE")]
    store: Option<String>,
    /// The campaign, by the beginning of its name; not needed if the store has one only.
    #[arg(long, value_name = "NAME", requires = "store")]
    campaign: Option<String>,
    /// The folder that everything is written to. It must not be there, or be empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A key to sign with, as `keygen` makes it. Repeat it for more; `sign` adds signatures later.
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    #[command(flatten)]
    lanes: LaneArguments,
}

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum ProfileName {
    /// A minute and a half on two cores: what a change is put to.
    Quick,
    /// A quarter of an hour on two cores: what a release is put to.
    Release,
    /// A million cases: what several machines do, as a campaign.
    Full,
}

/// The numbers of a profile.
struct Amounts {
    /// Generated cases.
    cases: u64,
    /// Cases after which a planted bug counts as not noticed.
    budget: u64,
    /// Planted bugs of each class; all of them if none.
    per_class: Option<u64>,
}

impl ProfileName {
    fn amounts(self) -> Amounts {
        match self {
            Self::Quick => Amounts { cases: 400, budget: 96, per_class: Some(2) },
            Self::Release => Amounts { cases: 60_000, budget: 2_000, per_class: None },
            Self::Full => Amounts { cases: 1_000_000, budget: 2_000, per_class: None },
        }
    }

    /// Its name, as certificates have it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Release => "release",
            Self::Full => "full",
        }
    }
}

pub(super) fn run(arguments: &CertifyArguments) -> anyhow::Result<Exit> {
    let keys = arguments.key.iter().map(|path| secret::read(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let out = &arguments.out;
    make_empty(out)?;
    let amounts = arguments.profile.amounts();
    let chosen = arguments.lanes.chosen()?;
    let mut panel = Panel::new(arguments.lanes.open()?)?;
    let merged = match &arguments.store {
        Some(store) => Some(Merged::open(store, arguments.campaign.as_deref(), &panel.lanes())?),
        None => None,
    };
    let (seed, cases) = match &merged {
        Some(merged) => (merged.plan().seed, merged.plan().cases),
        None => (arguments.seed, arguments.cases.unwrap_or(amounts.cases)),
    };
    let lanes = lane_records(&panel, &chosen)?;
    let corpus_sum = artefacts::corpus_sum()?;

    let mut stopwatch = Stopwatch::start();
    tell("corpus");
    let corpus = corpus_part::part(&mut panel)?;
    stopwatch.lap(PartName::Corpus);
    tell("specification");
    let specification = specification_part::part(&mut panel);
    drop(panel);
    stopwatch.lap(PartName::Specification);
    tell("campaign");
    let campaign = match merged {
        Some(merged) => merged.part(out)?,
        None => campaign_part::run(seed, cases, chosen, out)?,
    };
    stopwatch.lap(PartName::Campaign);
    // What failed in the campaign may be a fault, which is nobody's difference.
    let diverged = campaign.diverged || [&corpus, &specification].iter().any(|part| !part.failures.is_empty());
    // How strong the harness is does not matter any more once it has found something.
    let (control, register) = if diverged {
        (Controlled::not_run(), Register::not_run()?)
    } else {
        tell("control");
        let control = control_part::run(seed, &amounts)?;
        stopwatch.lap(PartName::Control);
        tell("register");
        let register = register_part::run()?;
        stopwatch.lap(PartName::Register);
        (control, register)
    };
    tell("times");
    let times = stopwatch.stop(sidecar::paces(seed, arguments.lanes.open()?)?);

    let corpus_cases = corpus.expected;
    let mut conformance = Conformance {
        conclusion: Conclusion::Agree,
        reasons: campaign.reasons,
        profile: arguments.profile.name().to_owned(),
        inputs: Inputs {
            harness: env!("CARGO_PKG_VERSION").to_owned(),
            seed,
            cases,
            kind: "all".to_owned(),
            module_profile: Profile::modal_1().name.to_owned(),
            module_profile_sha256: Profile::modal_1().hash().parse()?,
            schedule: Schedule::instr_1().name.to_owned(),
            schedule_sha256: Schedule::instr_1().hash().parse()?,
            corpus_cases,
            corpus_sha256: corpus_sum,
            specification: SUITE.to_owned(),
        },
        lanes,
        parts: vec![corpus, specification, campaign.part, control.part, register.part],
        checks: campaign.checks,
        sources: campaign.summary.sources,
        outcomes: campaign.summary.outcomes,
        runs: campaign.summary.runs,
        operators: campaign.summary.coverage.operators(),
        control: control.control,
        register: register.lines,
        results: campaign.results,
    };
    conclude(&mut conformance, diverged);
    finish(arguments, &keys, conformance, &times)
}

/// Says what it comes to, with everything that speaks against it.
fn conclude(conformance: &mut Conformance, diverged: bool) {
    let objections = conformance.objections();
    conformance.conclusion = match (diverged, objections.is_empty()) {
        (true, _) => Conclusion::Diverge,
        (false, false) => Conclusion::Incomplete,
        (false, true) => Conclusion::Agree,
    };
    conformance.reasons = objections;
}

fn finish(
    arguments: &CertifyArguments,
    keys: &[SecretKey],
    conformance: Conformance,
    times: &Times,
) -> anyhow::Result<Exit> {
    let out = &arguments.out;
    let mut text = serde_json::to_string_pretty(&conformance)?;
    text.push('\n');
    write(&out.join(CONFORMANCE), text.as_bytes())?;
    sidecar::write_all(out, times)?;
    let (conclusion, reasons) = (conformance.conclusion, conformance.reasons.clone());
    let certificate = out.join(CERTIFICATE);
    if conclusion == Conclusion::Agree {
        let mut bundle = Bundle::new(artefacts::subjects()?, conformance)?;
        keys.iter().try_for_each(|key| bundle.sign(key))?;
        write(&certificate, &bundle.to_bytes()?)?;
    }
    match arguments.lanes.message_format {
        MessageFormat::Json => {
            let path = (conclusion == Conclusion::Agree).then_some(&certificate);
            let document = json!({ "conclusion": conclusion, "reasons": reasons, "certificate": path });
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
        MessageFormat::Human if conclusion == Conclusion::Agree => {
            anstream::println!("wrote {}, signed by {} keys", certificate.display(), keys.len());
            if keys.is_empty() {
                anstream::println!("nobody has signed it: `cargo conform sign {} --key FILE` does", out.display());
            }
        }
        MessageFormat::Human => {
            reasons.iter().for_each(|reason| anstream::println!("{reason}"));
            anstream::println!("no certificate: see {}", out.display());
        }
    }
    Ok(match conclusion {
        Conclusion::Agree => Exit::Agree,
        Conclusion::Diverge => Exit::Diverge,
        Conclusion::Incomplete => Exit::Incomplete,
    })
}

/// Which part begins, for who waits.
fn tell(part: &str) {
    anstream::eprintln!("{part}");
}

/// A certification of a folder's files is one certification: nothing of another may be among them.
fn make_empty(folder: &Path) -> anyhow::Result<()> {
    let there = folder.exists() && fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_some());
    anyhow::ensure!(!there, Misuse(format!("--out {} is there and not empty", folder.display())));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn lane_records(panel: &Panel, chosen: &ChosenLanes) -> anyhow::Result<Vec<LaneRecord>> {
    let record = |lane: LaneId| {
        let foreign = chosen.foreign.iter().find(|foreign| foreign.name == lane.name);
        let program = match foreign {
            Some(foreign) => artefacts::on_path(&foreign.command.program)?,
            None if lane.name == LaneKind::Node.to_string() => artefacts::on_path("node".as_ref())?,
            None => built::this_program()?,
        };
        Ok(LaneRecord {
            name: lane.name,
            version: lane.version,
            program_sha256: artefacts::file_sum(&program)?,
            architecture: std::env::consts::ARCH.to_owned(),
        })
    };
    panel.lanes().into_iter().map(record).collect()
}

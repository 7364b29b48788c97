//! Work runs the chunks of a share and stores them. It may be stopped at any time and begun again: what is stored stays, and is
//! looked at before it is taken for done.

use super::attempt::Going;
use super::{Campaign, CampaignError, Chunk, Ending, FindingNote, Share, archive};
use crate::Verdict;
use crate::lane::LaneId;
use crate::run::{Finding, Listener, Ran, RunConfig, run};

/// What work came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Chunks that were stored.
    pub stored: u64,
    /// Chunks that were there, and are sound; or were run again, and are the same.
    pub there: u64,
    /// Chunks that were not stored, because something broke in some of their cases, with what broke first.
    pub faulted: Vec<(u64, String)>,
    /// Cases that did not end in agreement, in all chunks of the share.
    pub findings: u64,
}

/// What work tells while it goes on.
pub trait WorkListener: Listener {
    /// An attempt at a chunk has ended.
    fn ended(&self, chunk: u64, ending: Ending);
}

/// Runs the chunks of a share that are not there, and stores them. With `again` it runs those that are there, too, and holds
/// what it finds against them.
///
/// `config` says how lanes are opened; what it says of cases is not looked at.
///
/// # Errors
///
/// If a lane cannot be opened or is not what was planned, if a chunk that is there is not sound, or is another than what was
/// found now, or the store fails.
pub fn work<L: WorkListener>(
    campaign: &Campaign,
    share: Share,
    config: &RunConfig,
    again: bool,
    listener: &L,
) -> Result<Work, CampaignError> {
    let mut work = Work::default();
    for number in share.chunks(campaign.plan().chunks()) {
        if !again && let Some(there) = campaign.chunk(number)? {
            let sound = there.map_err(|reason| CampaignError::Incomplete { gaps: vec![remedy(number, &reason)] })?;
            work.there += 1;
            work.findings += sound.chunk.findings.len() as u64;
            listener.done(sound.rows.len() as u64);
            continue;
        }
        attempt(campaign, number, share, config, listener, &mut work)?;
    }
    Ok(work)
}

fn attempt<L: WorkListener>(
    campaign: &Campaign,
    number: u64,
    share: Share,
    config: &RunConfig,
    listener: &L,
    work: &mut Work,
) -> Result<(), CampaignError> {
    let going = Going::begin(campaign, number, share, config.jobs)?;
    let Ran { mut summary, findings, results } = run(&of_chunk(campaign, number, config), listener)?;
    same_lanes(&campaign.plan().lane_ids(), &summary.lanes)?;
    // How often the machine broke a worker is no part of a result.
    let replaced = std::mem::take(&mut summary.replaced);
    let mut notes = Vec::new();
    for finding in &findings {
        let note = FindingNote::of(finding);
        let packed = archive(finding).map_err(CampaignError::Archive)?;
        campaign.store.create(&campaign.path(&note.file()), packed.into())?;
        notes.push(note);
    }
    work.findings += findings.len() as u64;
    if let Some(broken) = findings.iter().find(|finding| matches!(finding.verdict, Verdict::Fault(_))) {
        let Finding { index, verdict, .. } = broken;
        work.faulted.push((number, format!("case {index}: {verdict}")));
        listener.ended(number, Ending::Faulted);
        return going.end(Ending::Faulted, replaced);
    }
    let stored = campaign.store_chunk(number, &results, summary, notes);
    let ending = match &stored {
        Ok(true) => Ending::Stored,
        Ok(false) => Ending::Same,
        Err(CampaignError::Dispute(_)) => Ending::Disputed,
        Err(_) => return stored.map(drop),
    };
    listener.ended(number, ending);
    going.end(ending, replaced)?;
    match stored? {
        true => work.stored += 1,
        false => work.there += 1,
    }
    Ok(())
}

/// The run of a chunk. It opens its lanes afresh, so that a chunk does not depend on what its worker did before.
fn of_chunk(campaign: &Campaign, number: u64, config: &RunConfig) -> RunConfig {
    let plan = campaign.plan();
    let cases = plan.cases_of(number);
    RunConfig {
        seed: plan.seed,
        first: cases.start,
        cases: cases.end - cases.start,
        sample_every: plan.sample_every,
        // A chunk is run to its end, whatever is found.
        most_findings: usize::MAX,
        ..config.clone()
    }
}

fn same_lanes(planned: &[LaneId], here: &[LaneId]) -> Result<(), CampaignError> {
    if planned == here {
        return Ok(());
    }
    let shown = |lanes: &[LaneId]| {
        lanes.iter().map(|lane| format!("{} ({})", lane.name, lane.version)).collect::<Vec<_>>().join(", ")
    };
    Err(CampaignError::NotAsPlanned { name: "lanes".into(), planned: shown(planned), here: shown(here) })
}

fn remedy(number: u64, reason: &str) -> String {
    format!("{reason}; remove {} and run it again", Chunk::folder(number))
}

//! A chunk is what is run, stored and compared: so many cases that follow each other, their rows, and what they add up to.

use super::plan::canonical;
use super::{Campaign, CampaignError, Dispute, Plan};
use crate::Seed;
use crate::lane::LaneId;
use crate::repro::slug;
use crate::results::{Counts, Merkle, Results, Root, Row, RowVerdict, Sha256Sum, read_table, write_table};
use crate::run::{Finding, Summary};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a chunk says of itself: `chunk.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chunk {
    /// The campaign.
    pub campaign: Sha256Sum,
    /// The chunk's number.
    pub number: u64,
    /// The lanes that ran it.
    pub lanes: Vec<LaneId>,
    /// SHA-256 of `results.parquet`.
    pub results_sha256: Sha256Sum,
    /// The Merkle root of the rows.
    pub root: Root,
    /// What was compared.
    pub counts: Counts,
    /// What was done.
    pub summary: Summary,
    /// What did not end in agreement, by number.
    pub findings: Vec<FindingNote>,
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingNote {
    /// The case's number.
    pub index: u64,
    /// The bucket.
    pub bucket: String,
    /// SHA-256 of the case.
    pub case_sha256: Sha256Sum,
}

/// A chunk that is stored and says the truth of itself.
pub(super) struct Sound {
    pub(super) chunk: Chunk,
    pub(super) rows: Vec<Row>,
}

impl FindingNote {
    pub(super) fn of(finding: &Finding) -> Self {
        let bucket = slug(&finding.verdict);
        Self { index: finding.index, bucket, case_sha256: finding.case.sum() }
    }

    /// The file of the finding in its campaign's folder.
    #[must_use]
    pub fn file(&self) -> String {
        format!("findings/{}/{}.zip", self.bucket, self.case_sha256)
    }
}

impl Chunk {
    /// The folder of a chunk in its campaign's.
    #[must_use]
    pub fn folder(number: u64) -> String {
        format!("chunks/{number}")
    }
}

impl Campaign {
    /// Stores a chunk: its rows, and what they add up to. If it is there, it has to be the same.
    ///
    /// # Errors
    ///
    /// If another one is there, which is a [`Dispute`]; or the store fails.
    pub fn store_chunk(
        &self,
        number: u64,
        results: &Results,
        summary: Summary,
        findings: Vec<FindingNote>,
    ) -> Result<bool, CampaignError> {
        let table = write_table(&results.rows).map_err(|source| CampaignError::Table { chunk: number, source })?;
        let chunk = Chunk {
            campaign: self.id(),
            number,
            lanes: summary.lanes.clone(),
            results_sha256: Sha256Sum::of(&table),
            root: results.root(),
            counts: results.counts.clone(),
            summary,
            findings,
        };
        let folder = Chunk::folder(number);
        let there = self.store.create(&self.path(&format!("{folder}/results.parquet")), table.clone().into())?;
        if let Some(there) = there
            && there != table
        {
            return Err(self.dispute(number, &results.rows, table, &there)?);
        }
        // It is written last: a chunk that has it is whole.
        let record = canonical(&chunk);
        match self.store.create(&self.path(&format!("{folder}/chunk.json")), record.clone().into())? {
            None => Ok(true),
            Some(there) if there == record => Ok(false),
            Some(there) => Err(Dispute::of_records(number, &record, &there).into()),
        }
    }

    /// The chunk, if it is there; or why it is not what it has to be.
    pub(super) fn chunk(&self, number: u64) -> Result<Option<Result<Sound, String>>, CampaignError> {
        let folder = Chunk::folder(number);
        let Some(record) = self.get(&format!("{folder}/chunk.json"))? else { return Ok(None) };
        let Some(table) = self.get(&format!("{folder}/results.parquet"))? else {
            return Ok(Some(Err(format!("chunk {number} has no results.parquet"))));
        };
        Ok(Some(self.examine(number, &record, &table).map_err(|reason| format!("chunk {number} {reason}"))))
    }

    /// Holds a chunk against the plan and against its own rows.
    fn examine(&self, number: u64, record: &[u8], table: &bytes::Bytes) -> Result<Sound, String> {
        let demand = |holds: bool, reason: &str| if holds { Ok(()) } else { Err(reason.to_owned()) };
        let chunk: Chunk =
            serde_json::from_slice(record).map_err(|error| format!("has a chunk.json that is none: {error}"))?;
        demand(canonical(&chunk) == record, "has a chunk.json that is not canonical")?;
        demand(chunk.campaign == self.id(), "is of another campaign")?;
        demand(chunk.number == number, "says that it is another chunk")?;
        if chunk.lanes != self.plan().lane_ids() || chunk.summary.lanes != chunk.lanes {
            let lanes = chunk.lanes.iter().map(|lane| format!("{} ({})", lane.name, lane.version));
            return Err(format!("was run on other lanes: {}", lanes.collect::<Vec<_>>().join(", ")));
        }
        demand(chunk.results_sha256 == Sha256Sum::of(table), "has results that are not those of its chunk.json")?;
        let rows = read_table(table.clone()).map_err(|error| format!("has results that cannot be read: {error}"))?;
        let cases = self.plan().cases_of(number);
        demand(rows.len() as u64 == cases.end - cases.start, "has not a row for each of its cases")?;
        let seed = self.plan().seed;
        let in_place =
            rows.iter().zip(cases).all(|(row, index)| row.index == index && row.seed == Seed::of_case(seed, index));
        demand(in_place, "has rows of other cases")?;
        demand(chunk.root == Merkle::of(&rows).root(), "has another root than its rows")?;
        demand(adds_up(&chunk, self.plan()), "has numbers that no such chunk comes to")?;
        agree(&chunk, &rows)?;
        Ok(Sound { chunk, rows })
    }
}

/// Whether the numbers of all chunks can be added up and taken as shares, if all are as large as these.
fn adds_up(chunk: &Chunk, plan: &Plan) -> bool {
    // Shares are percents, and answers are due from each lane.
    let most = (u64::MAX >> 8) / plan.chunks().max(1);
    let Chunk { counts, summary, .. } = chunk;
    let numbers = serde_json::to_value((counts, summary)).expect("records have only text keys and no floats");
    is_at_most(&numbers, most)
        && summary.executed <= summary.generated
        && summary.nodes.refused <= summary.executed
        && summary.validators.out_of_gas <= summary.validators.calls
        && summary.with_validators <= summary.lanes.len().min(100) as u64
}

fn is_at_most(value: &Value, most: u64) -> bool {
    match value {
        Value::Number(number) => number.as_u64().is_some_and(|number| number <= most),
        Value::Array(values) => values.iter().all(|value| is_at_most(value, most)),
        Value::Object(fields) => fields.values().all(|value| is_at_most(value, most)),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// Holds what a chunk adds up to against its rows.
fn agree(chunk: &Chunk, rows: &[Row]) -> Result<(), String> {
    let Summary { planned, generated, executed, agreed, diverged, .. } = chunk.summary;
    let all = rows.len() as u64;
    let count = |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
    let sum = |of: fn(&Row) -> u32| rows.iter().map(|row| u64::from(of(row))).sum::<u64>();
    let with_verdict = |is: fn(&RowVerdict) -> bool| rows.iter().filter(|row| is(&row.verdict)).count() as u64;
    let differing = with_verdict(|verdict| matches!(verdict, RowVerdict::Diverge(_)));
    let same = [
        ("planned cases", planned, all),
        ("generated cases", generated, all),
        ("agreeing cases", agreed, with_verdict(|verdict| *verdict == RowVerdict::Agree)),
        ("diverging cases", diverged, differing),
        ("executed cases", executed, agreed + differing),
        (
            "repeated cases",
            chunk.summary.repeated_fresh,
            count(|row| row.repeated_fresh && row.verdict == RowVerdict::Agree),
        ),
        ("executions", chunk.summary.executions, sum(|row| row.executions)),
        ("fuel readings", chunk.summary.fuel_readings, sum(|row| row.fuel_readings)),
        ("runs under swept limits", chunk.summary.limit_runs, sum(|row| row.limit_runs)),
    ];
    if let Some((what, said, counted)) = same.into_iter().find(|(_, said, counted)| said != counted) {
        return Err(format!("says {said} {what}, and its rows come to {counted}"));
    }
    let broken = rows.iter().filter(|row| matches!(row.verdict, RowVerdict::Diverge(_) | RowVerdict::Fault(_)));
    let noted = chunk.findings.iter().map(|note| (note.index, note.case_sha256));
    if !broken.map(|row| (row.index, row.case_sha256)).eq(noted) {
        return Err("does not note the findings of its rows".into());
    }
    Ok(())
}

//! A merged campaign in the place of cases that are generated and judged here.

use super::super::campaign::here;
use super::super::certification::write;
use super::campaign_part::{Campaign as Part, LEAST_COMPLETED, of_results};
use anyhow::ensure;
use modal_harness::LaneId;
use modal_harness::campaign::{Campaign, Index, Plan, Store, add_up};
use modal_harness::certificate::Inputs;
use modal_harness::report::RESULTS;
use modal_harness::results::{Results, RowVerdict, write_table};
use std::path::Path;

/// A campaign that was merged, with what its chunks come to.
pub(super) struct Merged {
    campaign: Campaign,
    index: Index,
}

impl Merged {
    /// Opens a campaign of which a certificate can speak: its cases are all kinds from number 0, judged on these lanes by what is
    /// here. What its index says is held against its chunks.
    pub(super) fn open(store: &str, name: Option<&str>, lanes: &[LaneId]) -> anyhow::Result<Self> {
        let campaign = Campaign::open(Store::open(store)?, name)?;
        let (id, plan) = (campaign.id(), campaign.plan());
        here::check(plan)?;
        ensure!(plan.lane_ids() == lanes, "campaign {id} is planned for other lanes than are named here");
        ensure!(
            plan.first == 0 && plan.kind == "all",
            "failed to certify campaign {id}: its cases are {} from number {}, and a certificate is of all kinds from number 0",
            plan.kind,
            plan.first
        );
        ensure!(
            plan.seed <= Inputs::MOST_SEED,
            "failed to certify campaign {id}: a certificate can tell seeds up to {}, and its is {}",
            Inputs::MOST_SEED,
            plan.seed
        );
        let Some(said) = campaign.index()? else {
            anyhow::bail!("failed to certify campaign {id}: it is not merged; run `cargo conform campaign merge`")
        };
        let index = add_up(&campaign, LEAST_COMPLETED)?;
        // How many cases were judged again, and which share had to complete, is up to who merged.
        let (judged_again, gaps) = (said.judged_again.clone(), said.gaps.clone());
        ensure!(
            said == Index { judged_again, gaps, ..index.clone() },
            "failed to certify campaign {id}: merged/{} is not what its chunks come to",
            Index::FILE
        );
        Ok(Self { campaign, index })
    }

    pub(super) fn plan(&self) -> &Plan {
        self.campaign.plan()
    }

    /// The part of the certification, and its results as one file: those of one process.
    pub(super) fn part(self, out: &Path) -> anyhow::Result<Part> {
        let rows = self.campaign.rows()?;
        let table = write_table(&rows)?;
        write(&out.join(RESULTS), &table)?;
        let failed = rows.iter().filter(|row| matches!(row.verdict, RowVerdict::Diverge(_) | RowVerdict::Fault(_)));
        let failures = failed.map(|row| format!("case {} (seed {}): {}", row.index, row.seed, row.verdict)).collect();
        let Index { summary, counts, .. } = self.index;
        Ok(of_results(summary, Results { rows, counts }, &table, failures))
    }
}

//! Assets are created once, and move from contract to contract by a send and a receipt. What there is of an asset stays
//! the same: the balances and what is in flight always add up to its quantity.

use super::Application;
use crate::change::StateChange;
use crate::error::{Fault, ProcessError};
use crate::identifier::Identifier;
use crate::key;
use crate::refusal::Reason;
use crate::state::{Asset, Balance, Transfer};

impl Application<'_> {
    /// Makes an asset, all of which this contract has.
    pub(super) fn create(&mut self, asset: &Identifier, quantity: u64, divisibility: u64) -> Result<(), ProcessError> {
        if self.state().asset(self.contract, asset)?.is_some() {
            return Err(Reason::AssetExists { contract_id: self.contract.into(), asset_id: asset.into() }.into());
        }
        let record = Asset { quantity, divisibility, created_in: self.commit.into() };
        self.put(&key::asset(self.contract, asset), &record)?;
        self.set_balance(self.contract, asset, quantity)?;
        self.changes.push(StateChange::AssetCreated {
            contract_id: self.contract.into(),
            asset_id: asset.into(),
            quantity,
            divisibility,
        });
        Ok(())
    }

    /// Takes an amount of an asset that `creator` created from this contract, and puts it in flight.
    pub(super) fn send(
        &mut self,
        creator: &Identifier,
        asset: &Identifier,
        recipient: &Identifier,
        amount: u64,
    ) -> Result<(), ProcessError> {
        let Some(record) = self.state().asset(creator, asset)? else {
            return Err(Reason::AssetNotFound { contract_id: creator.into(), asset_id: asset.into() }.into());
        };
        if recipient == self.contract {
            return Err(Reason::SameAddress.into());
        }
        if !amount.is_multiple_of(record.divisibility) {
            return Err(Reason::NotAMultiple { amount, divisibility: record.divisibility }.into());
        }
        let have = self.state().balance(creator, asset, self.contract)?;
        let Some(rest) = have.checked_sub(amount) else {
            return Err(Reason::InsufficientBalance { have, need: amount }.into());
        };
        self.set_balance(creator, asset, rest)?;
        let number = self.sends;
        self.sends = self.sends.saturating_add(1);
        let transfer = Transfer {
            number,
            from_contract: self.contract.into(),
            to_contract: recipient.into(),
            asset_contract: creator.into(),
            asset_id: asset.into(),
            amount,
            received_in: None,
        };
        self.put(&key::transfer(self.commit, self.contract, recipient, number), &transfer)?;
        self.changes.push(StateChange::AssetSent {
            contract_id: self.contract.into(),
            asset_contract: creator.into(),
            asset_id: asset.into(),
            to_contract: recipient.into(),
            amount,
            commit_id: self.commit.into(),
        });
        Ok(())
    }

    /// Gives this contract all that a commit sent to it.
    pub(super) fn receive(&mut self, sent_in: &Identifier, sender: Option<&Identifier>) -> Result<(), ProcessError> {
        for mut transfer in self.receivable(sent_in, sender)? {
            let key = key::transfers(sent_in);
            let name = |text: &str| {
                Identifier::new(text).map_err(|fault| Fault::State { key: key.clone(), reason: fault.to_string() })
            };
            let (sender, creator) = (name(&transfer.from_contract)?, name(&transfer.asset_contract)?);
            let asset = name(&transfer.asset_id)?;
            let have = self.state().balance(&creator, &asset, self.contract)?;
            let Some(sum) = have.checked_add(transfer.amount) else {
                let reason = format!("{} more than {have} is more than there can be of an asset", transfer.amount);
                return Err(Fault::State { key: key::balance(&creator, &asset, self.contract), reason }.into());
            };
            self.set_balance(&creator, &asset, sum)?;
            transfer.received_in = Some(self.commit.into());
            self.put(&key::transfer(sent_in, &sender, self.contract, transfer.number), &transfer)?;
            self.changes.push(StateChange::AssetReceived {
                contract_id: self.contract.into(),
                asset_contract: transfer.asset_contract,
                asset_id: transfer.asset_id,
                from_contract: transfer.from_contract,
                amount: transfer.amount,
                send_commit_id: sent_in.into(),
            });
        }
        Ok(())
    }

    /// What a commit sent to this contract, if that is one commit's and was not received.
    fn receivable(&self, sent_in: &Identifier, sender: Option<&Identifier>) -> Result<Vec<Transfer>, ProcessError> {
        let send_commit_id = || String::from(sent_in);
        let mut transfers = self.state().transfers(sent_in)?;
        transfers.retain(|transfer| sender.is_none_or(|sender| sender.as_str() == transfer.from_contract));
        if transfers.is_empty() {
            return Err(Reason::SendNotFound { send_commit_id: send_commit_id() }.into());
        }
        transfers.retain(|transfer| transfer.to_contract == self.contract.as_str());
        let Some(first) = transfers.first() else {
            let contract_id = self.contract.into();
            return Err(Reason::NotTheRecipient { send_commit_id: send_commit_id(), contract_id }.into());
        };
        if transfers.iter().any(|transfer| transfer.from_contract != first.from_contract) {
            return Err(Reason::AmbiguousSend { send_commit_id: send_commit_id() }.into());
        }
        // A receipt takes all of them, so they are received together or not at all.
        if let Some(received_in) = &first.received_in {
            let received_in = received_in.clone();
            return Err(Reason::AlreadyReceived { send_commit_id: send_commit_id(), received_in }.into());
        }
        Ok(transfers)
    }

    /// Sets what this contract has of an asset. Nothing is kept for those who have nothing.
    fn set_balance(&mut self, creator: &Identifier, asset: &Identifier, amount: u64) -> Result<(), Fault> {
        let key = key::balance(creator, asset, self.contract);
        if amount == 0 { Ok(self.transaction.delete(&key)?) } else { self.put(&key, &Balance(amount)) }
    }
}

//! A share is the part of a campaign's chunks that one worker takes: shard `I` of `N`.

use std::fmt;
use std::str::FromStr;

/// The part of a campaign's chunks that one worker takes: those whose number leaves `index` over when it is divided by `of`.
/// Nothing that is stored knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    index: u64,
    of: u64,
}

/// A text is no share, or the environment tells none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no shard: it is I/N, the shard's number from 0 and how many there are")]
pub struct NotAShare(pub String);

impl Share {
    /// The whole campaign.
    pub const WHOLE: Self = Self { index: 0, of: 1 };

    /// Shard `index`, from 0, of so many.
    ///
    /// # Errors
    ///
    /// If there are not so many.
    pub fn new(index: u64, of: u64) -> Result<Self, NotAShare> {
        if index < of { Ok(Self { index, of }) } else { Err(NotAShare(format!("{index}/{of}"))) }
    }

    /// The share that an engine tells its tasks by their environment: `SHARD_INDEX` and `SHARD_COUNT`; for a Slurm array
    /// `SLURM_ARRAY_TASK_ID`, counted from the array's least, and `SLURM_ARRAY_TASK_COUNT`; for an indexed job of Kubernetes
    /// `JOB_COMPLETION_INDEX`, with `SHARD_COUNT`, which the manifest has to set. None if none of them is there.
    ///
    /// # Errors
    ///
    /// If there is an index without a count, or they are no numbers of a shard.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, NotAShare> {
        let number = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty());
            value.map(|value| value.parse::<u64>().map_err(|_| NotAShare(format!("{name}={value}")))).transpose()
        };
        let among = |index: &str, count: &str, least: u64| {
            let Some(found) = number(index)? else { return Ok(None) };
            let of = number(count)?.ok_or_else(|| NotAShare(format!("{index}={found} without {count}")))?;
            let place = found.checked_sub(least).ok_or_else(|| NotAShare(format!("{index}={found}")))?;
            Self::new(place, of).map(Some)
        };
        if let Some(share) = among("SHARD_INDEX", "SHARD_COUNT", 0)? {
            return Ok(Some(share));
        }
        let least = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or_default();
        if let Some(share) = among("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", least)? {
            return Ok(Some(share));
        }
        among("JOB_COMPLETION_INDEX", "SHARD_COUNT", 0)
    }

    /// The share's chunks, of so many.
    pub fn chunks(self, chunks: u64) -> impl Iterator<Item = u64> {
        (self.index..chunks).step_by(usize::try_from(self.of).unwrap_or(usize::MAX))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Share {
    type Err = NotAShare;

    fn from_str(text: &str) -> Result<Self, NotAShare> {
        let wrong = || NotAShare(format!("{text:?}"));
        let (index, of) = text.split_once('/').ok_or_else(wrong)?;
        let number = |text: &str| text.parse().map_err(|_| wrong());
        Self::new(number(index)?, number(of)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_cover_the_chunks_once() {
        for of in [1, 2, 7, 20] {
            let shares = (0..of).map(|index| Share::new(index, of).expect("it is one of them"));
            let mut chunks = shares.flat_map(|share| share.chunks(13)).collect::<Vec<_>>();
            chunks.sort_unstable();
            assert_eq!(chunks, (0..13).collect::<Vec<_>>());
        }
    }

    #[test]
    fn engines_tell_shares_in_their_own_words() {
        let check = |variables: &[(&str, &str)], expect: Result<Option<&str>, &str>| {
            let variable = |name: &str| Some(variables.iter().find(|(known, _)| *known == name)?.1.to_owned());
            let share = Share::from_environment(variable);
            let shown = share.map(|share| share.map(|share| share.to_string())).map_err(|error| error.to_string());
            match (&shown, expect) {
                (Ok(shown), Ok(expect)) => assert_eq!(shown.as_deref(), expect),
                (Err(shown), Err(expect)) => assert!(shown.contains(expect), "{shown}"),
                _ => panic!("{shown:?} is not {expect:?}"),
            }
        };
        let slurm = ("SLURM_ARRAY_TASK_COUNT", "4");
        check(&[], Ok(None));
        check(&[("SHARD_INDEX", "2"), ("SHARD_COUNT", "3")], Ok(Some("2/3")));
        check(&[("SHARD_INDEX", "")], Ok(None));
        check(&[("SLURM_ARRAY_TASK_ID", "3"), slurm], Ok(Some("3/4")));
        check(&[("SLURM_ARRAY_TASK_ID", "4"), ("SLURM_ARRAY_TASK_MIN", "1"), slurm], Ok(Some("3/4")));
        check(&[("JOB_COMPLETION_INDEX", "1"), ("SHARD_COUNT", "2")], Ok(Some("1/2")));
        check(&[("JOB_COMPLETION_INDEX", "1")], Err("JOB_COMPLETION_INDEX=1 without SHARD_COUNT"));
        check(&[("SHARD_INDEX", "3"), ("SHARD_COUNT", "3")], Err("3/3 is no shard"));
        check(&[("SLURM_ARRAY_TASK_ID", "4"), slurm], Err("4/4 is no shard"));
        check(&[("SHARD_INDEX", "x"), ("SHARD_COUNT", "3")], Err("SHARD_INDEX=x is no shard"));
        for wrong in ["", "1", "1/", "/2", "2/2", "-1/2", "0/0"] {
            assert!(wrong.parse::<Share>().is_err(), "{wrong}");
        }
        assert_eq!("0/1".parse(), Ok(Share::WHOLE));
    }
}

//! The difficulty follows how fast blocks come.

use crate::error::{Document, ValidationError};
use crate::json::{self, Json};

/// The gap between two blocks that keeps the difficulty, in seconds.
const TARGET_SECONDS: u128 = 10;

/// Computes the next difficulty from a list of blocks, `[{"timestamp", "difficulty"?}, …]`.
///
/// The mean gap of neighbours that both have a timestamp decides: below ten seconds, the last block's difficulty
/// (1 if it has none) grows by a tenth, above it shrinks by a tenth, rounded down, and never leaves 1 to `u64::MAX`. A
/// timestamp before its predecessor's is a gap of zero. Without a gap to go by, the difficulty is 1.
///
/// # Errors
///
/// "Invalid blocks JSON: …", "Blocks must be an array".
pub fn compute_difficulty_adjustment(blocks_json: &str) -> Result<u64, ValidationError> {
    let blocks =
        json::parse(blocks_json).map_err(|cause| ValidationError::Json { document: Document::Blocks, cause })?;
    let blocks = blocks.as_array().ok_or(ValidationError::BlocksNotArray)?;
    let Some(mean_gap) = mean_gap(blocks) else { return Ok(1) };
    let difficulty = blocks.last().and_then(|block| block.get("difficulty")).and_then(Json::as_u64).unwrap_or(1);
    let tenths = match mean_gap.cmp(&TARGET_SECONDS) {
        std::cmp::Ordering::Less => 11,
        std::cmp::Ordering::Equal => 10,
        std::cmp::Ordering::Greater => 9,
    };
    // In 128 bits the product is exact, so that the largest difficulties do not shrink when they should grow.
    let adjusted = u128::from(difficulty) * tenths / 10;
    Ok(u64::try_from(adjusted).unwrap_or(u64::MAX).max(1))
}

/// The mean gap, rounded down, of neighbours that both have a timestamp. The sum of fewer than 2^64 gaps is exact.
fn mean_gap(blocks: &[Json<'_>]) -> Option<u128> {
    let (mut sum, mut count) = (0_u128, 0_u128);
    for pair in blocks.windows(2) {
        let [Some(before), Some(after)] = [pair.first(), pair.last()].map(|block| block.and_then(timestamp)) else {
            continue;
        };
        sum += u128::from(after.saturating_sub(before));
        count += 1;
    }
    sum.checked_div(count)
}

fn timestamp(block: &Json<'_>) -> Option<u64> {
    block.get("timestamp")?.as_u64()
}

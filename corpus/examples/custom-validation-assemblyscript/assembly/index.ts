// A contract's own validation: may this payment be made?
//
// The host puts the input where `alloc` makes room, calls `validate`, and reads what that returns: a little-endian
// 32-bit length and so many bytes of UTF-8.

import { Reader } from './reader';

/** The most that one payment may move. */
const LIMIT: u64 = 1_000_000;

/** Payments are made from 09:00 to 17:00 UTC. */
const OPENS: u64 = 9 * 3600;
const CLOSES: u64 = 17 * 3600;
const DAY: u64 = 24 * 3600;

class Payment {
  amount: u64 = 0;
  recipient: string = '';
  /** {@link checksum} of the recipient: whoever mistypes a name pays nobody. */
  checksum: u64 = 0;
  /** In seconds since 1970. Time is an input: a guest has no clock. */
  time: u64 = 0;
}

/** The rules, in the order in which their errors are told. */
function check(payment: Payment): string[] {
  const errors: string[] = [];
  const recipient = Uint8Array.wrap(String.UTF8.encode(payment.recipient));
  if (payment.amount == 0) errors.push('Amount cannot be zero');
  if (payment.amount > LIMIT) errors.push(`Amount ${payment.amount} is above the limit ${LIMIT}`);
  if (recipient.length < 3 || recipient.length > 64) errors.push('Recipient must have 3 to 64 characters');
  if (!isName(recipient)) errors.push('Recipient must be of a-z, 0-9 and -');
  if (checksum(recipient) != payment.checksum) errors.push('Checksum does not match the recipient');
  const time = payment.time % DAY;
  if (time < OPENS || time >= CLOSES) errors.push('Time must be from 09:00 to 17:00 UTC');
  return errors;
}

function isName(bytes: Uint8Array): bool {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (!(byte >= 0x61 && byte <= 0x7a) && !(byte >= 0x30 && byte <= 0x39) && byte != 0x2d) return false;
  }
  return true;
}

/** FNV-1a, 32 bits. */
function checksum(bytes: Uint8Array): u32 {
  let hash: u32 = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = (hash ^ bytes[i]) * 0x01000193;
  return hash;
}

/**
 * Reads a payment: an object with each of the four fields once. Its strings are taken as they stand, so one with an
 * escape is refused.
 */
function read(input: string): Payment | null {
  const reader = new Reader(input);
  const payment = new Payment();
  const seen = new Set<string>();
  reader.expect('{');
  do {
    const name = reader.text();
    if (seen.has(name)) return null;
    seen.add(name);
    reader.expect(':');
    if (name == 'amount') payment.amount = reader.number();
    else if (name == 'recipient') payment.recipient = reader.text();
    else if (name == 'checksum') payment.checksum = reader.number();
    else if (name == 'time') payment.time = reader.number();
    else return null;
  } while (reader.take(','));
  reader.expect('}');
  reader.expectEnd();
  return reader.failed || seen.size < 4 ? null : payment;
}

/** Makes room for the input. Nothing is given back: an instance lives for one execution. */
export function alloc(length: i32): usize {
  return heap.alloc(length);
}

/** Checks the payment that the host wrote where `alloc` made room. */
export function validate(input: usize, length: i32): usize {
  const payment = read(String.UTF8.decodeUnsafe(input, length));
  const errors = payment === null ? ['Invalid payment JSON'] : check(payment);
  // The errors are this contract's own texts: there is nothing to escape in them.
  const list = errors.length > 0 ? `"${errors.join('","')}"` : '';
  const answer = String.UTF8.encode(`{"valid":${errors.length == 0},"errors":[${list}]}`);
  const result = heap.alloc(4 + answer.byteLength);
  store<u32>(result, answer.byteLength);
  memory.copy(result + 4, changetype<usize>(answer), answer.byteLength);
  return result;
}

/**
 * A reader of JSON, as much of it as payments need. What is not as expected sets {@link failed}, and from then on
 * nothing is read.
 */
export class Reader {
  failed: bool = false;
  private at: i32 = 0;

  constructor(private input: string) {}

  /** Takes a character, if it comes next. */
  take(character: string): bool {
    this.skipSpace();
    if (this.failed || this.next() != character.charCodeAt(0)) return false;
    this.at++;
    return true;
  }

  expect(character: string): void {
    if (!this.take(character)) this.failed = true;
  }

  expectEnd(): void {
    this.skipSpace();
    if (this.at < this.input.length) this.failed = true;
  }

  /** A string without escapes. */
  text(): string {
    this.expect('"');
    const start = this.at;
    while (this.next() >= 0x20 && this.next() != 0x22 && this.next() != 0x5c) this.at++;
    const end = this.at;
    if (this.next() != 0x22) this.failed = true;
    this.at++;
    return this.failed ? '' : this.input.substring(start, end);
  }

  /** An integer of up to 64 bits. Zero is the only one that begins with a 0. */
  number(): u64 {
    this.skipSpace();
    const start = this.at;
    let number: u64 = 0;
    while (this.next() >= 0x30 && this.next() <= 0x39) {
      const digit = <u64>(this.next() - 0x30);
      if (number > (u64.MAX_VALUE - digit) / 10) this.failed = true;
      number = number * 10 + digit;
      this.at++;
    }
    const digits = this.at - start;
    if (digits == 0 || (digits > 1 && this.input.charCodeAt(start) == 0x30)) this.failed = true;
    return number;
  }

  /** The next character, or -1 at the end. */
  private next(): i32 {
    return this.at < this.input.length ? this.input.charCodeAt(this.at) : -1;
  }

  private skipSpace(): void {
    while (this.next() == 0x20 || this.next() == 0x09 || this.next() == 0x0a || this.next() == 0x0d) this.at++;
  }
}

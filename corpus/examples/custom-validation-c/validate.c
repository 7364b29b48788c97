// A contract's own validation: may this payment be made?
//
// The host puts the input where `alloc` makes room, calls `validate`, and reads what that returns: a little-endian
// 32-bit length and so many bytes of UTF-8. There is no library: a guest has what this file has.

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

// The most that one payment may move.
#define LIMIT 1000000

// Payments are made from 09:00 to 17:00 UTC.
#define OPENS (9 * 3600)
#define CLOSES (17 * 3600)
#define DAY (24 * 3600)

struct text {
  const u8 *bytes;
  u32 length;
};

// `checksum` is that of the recipient: whoever mistypes a name pays nobody. `time` is in seconds since 1970. Time is
// an input: a guest has no clock.
struct payment {
  u64 amount;
  struct text recipient;
  u64 checksum;
  u64 time;
};

// --- The answer. The longest has every error and is far shorter than this.

static struct {
  u32 length;
  u8 bytes[512];
} result;

static u32 errors;

static void write(const char *text) {
  while (*text) result.bytes[result.length++] = (u8)*text++;
}

static void write_number(u64 number) {
  u8 digits[20];
  u32 count = 0;
  do digits[count++] = (u8)('0' + number % 10);
  while (number /= 10);
  while (count) result.bytes[result.length++] = digits[--count];
}

// Begins an error; its text is written after this.
static void begin_error(void) {
  write(errors++ ? "\",\"" : "{\"valid\":false,\"errors\":[\"");
}

static void error(const char *text) {
  begin_error();
  write(text);
}

static const void *answer(void) {
  write(errors ? "\"]}" : "{\"valid\":true,\"errors\":[]}");
  return &result;
}

// --- The rules, in the order in which their errors are told.

// FNV-1a, 32 bits.
static u32 checksum(struct text text) {
  u32 hash = 0x811c9dc5;
  for (u32 i = 0; i < text.length; i++) hash = (hash ^ text.bytes[i]) * 0x01000193;
  return hash;
}

static int is_name(struct text text) {
  for (u32 i = 0; i < text.length; i++) {
    u8 byte = text.bytes[i];
    if (!(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9') && byte != '-') return 0;
  }
  return 1;
}

static void check(const struct payment *payment) {
  if (payment->amount == 0) error("Amount cannot be zero");
  if (payment->amount > LIMIT) {
    begin_error();
    write("Amount ");
    write_number(payment->amount);
    write(" is above the limit ");
    write_number(LIMIT);
  }
  if (payment->recipient.length < 3 || payment->recipient.length > 64) error("Recipient must have 3 to 64 characters");
  if (!is_name(payment->recipient)) error("Recipient must be of a-z, 0-9 and -");
  if (checksum(payment->recipient) != payment->checksum) error("Checksum does not match the recipient");
  u64 time = payment->time % DAY;
  if (time < OPENS || time >= CLOSES) error("Time must be from 09:00 to 17:00 UTC");
}

// --- The input: an object with each of the four fields once. Its strings are taken as they stand, so one with an
// --- escape is refused. What reads a part returns whether it was there, and moves `next` past it.

static const u8 *next, *end;

static void skip_space(void) {
  while (next < end && (*next == ' ' || *next == '\t' || *next == '\n' || *next == '\r')) next++;
}

static int take(u8 byte) {
  skip_space();
  if (next == end || *next != byte) return 0;
  next++;
  return 1;
}

static int read_text(struct text *text) {
  if (!take('"')) return 0;
  text->bytes = next;
  while (next < end && *next != '"') {
    if (*next < ' ' || *next == '\\') return 0;
    next++;
  }
  if (next == end) return 0;
  text->length = (u32)(next++ - text->bytes);
  return 1;
}

// Zero is the only number that begins with a 0; one of more than 64 bits is refused.
static int read_number(u64 *number) {
  skip_space();
  const u8 *start = next;
  *number = 0;
  while (next < end && *next >= '0' && *next <= '9') {
    u64 digit = *next - '0';
    if (*number > (~0ull - digit) / 10) return 0;
    *number = *number * 10 + digit;
    next++;
  }
  return next - start == 1 || (next > start && *start != '0');
}

static int equal(struct text text, const char *other) {
  u32 i = 0;
  while (i < text.length && other[i] && text.bytes[i] == (u8)other[i]) i++;
  return i == text.length && !other[i];
}

static int read_payment(struct payment *payment) {
  u32 seen = 0;
  if (!take('{')) return 0;
  do {
    struct text name;
    if (!read_text(&name) || !take(':')) return 0;
    u32 field;
    int ok;
    if (equal(name, "amount")) field = 1, ok = read_number(&payment->amount);
    else if (equal(name, "recipient")) field = 2, ok = read_text(&payment->recipient);
    else if (equal(name, "checksum")) field = 4, ok = read_number(&payment->checksum);
    else if (equal(name, "time")) field = 8, ok = read_number(&payment->time);
    else return 0;
    if (!ok || seen & field) return 0;
    seen |= field;
  } while (take(','));
  if (!take('}')) return 0;
  skip_space();
  return next == end && seen == 15;
}

// --- What the host calls.

#define PAGE 65536

// The linker says where its own data ends.
extern u8 __heap_base;
static u32 heap_end;

// Makes room for the input. Nothing is given back: an instance lives for one execution.
__attribute__((export_name("alloc"))) void *alloc(u32 length) {
  if (!heap_end) heap_end = (u32)&__heap_base;
  u32 start = heap_end;
  u64 wanted = (u64)start + length;
  u64 room = (u64)__builtin_wasm_memory_size(0) * PAGE;
  if (wanted > room && __builtin_wasm_memory_grow(0, (u32)((wanted - room + PAGE - 1) / PAGE)) == (u32)-1) {
    __builtin_trap();
  }
  heap_end = (u32)wanted;
  return (void *)start;
}

// Checks the payment that the host wrote where `alloc` made room.
__attribute__((export_name("validate"))) const void *validate(const u8 *input, u32 length) {
  struct payment payment;
  next = input;
  end = input + length;
  result.length = 0;
  errors = 0;
  if (read_payment(&payment)) check(&payment);
  else error("Invalid payment JSON");
  return answer();
}

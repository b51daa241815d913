package io.inkfast.wal.event;

/**
 * What a journal keeps of an event, version 1. Numbers are little-endian. The record does not know its own length or
 * checksum; those are the journal's.
 *
 * <pre>
 * offset bytes field
 *      0     1 major version, 1. Another one is refused
 *      1     1 minor version, 0. A higher one may have more flags and sections, which are skipped
 *      2     1 flags: bit 0 the message is the template
 *      3     1 level: 0 OFF, 1 ERROR, 2 WARN, 3 INFO, 4 DEBUG, 5 TRACE, 6 ALL
 *      4     8 time, seconds since 1970, signed; years 0 to 9999
 *     12     4 nanoseconds, 0 to 999,999,999
 *     16    16 run id, ASCII
 *     32     8 sequence number
 *     40       sections
 *
 * section
 *      0     1 tag
 *      1     4 length of the content
 *      5       content
 * </pre>
 *
 * <p>Sections come in the order of their tags, each once at most; one that is absent is null or empty.
 *
 * <pre>
 * tag section    content
 *   1 logger     text
 *   2 thread     text
 *   3 template   text
 *   4 message    text; absent with flag 0
 *   5 arguments  count, values
 *   6 key-values count, pairs of text (key) and value
 *   7 MDC        count, pairs of texts
 *   8 markers    count, markers
 *   9 throwable  throwable
 *  10 caller     count, frames
 *  11 context    text (name), 8 bytes (birth, milliseconds since 1970), count, pairs of texts
 * </pre>
 *
 * <p>A count is a varint: seven bits a byte, the lowest first, the highest bit of a byte set if another one follows; five
 * bytes at most. There cannot be more elements than bytes.
 *
 * <pre>
 * text       varint t: 0 null; else n = (t - 1) / 2 characters follow, as one byte each (Latin-1) if t is odd,
 *            as two bytes each (UTF-16, half surrogates included) if it is even
 * value      one byte, a tag of the next table, with bit 7 set if the program declared the value harmless
 * marker     1 byte kind; text name; kind 1 and 2: text as it prints itself alone, length and tokens of an object;
 *            kind 2: text name of its one field; then count and the markers that it refers to, at most 32 deep
 * throwable  1 byte flags: bit 0 cause, 1 cyclic; texts class, message, overriding message; varint common frames;
 *            count and frames; count and suppressed throwables; the cause. At most 512 deep
 * frame      1 byte flags: bit 0 class loader, 1 module, 2 version of the module, 3 packaging data, 4 exact; texts class,
 *            method, file; 4 bytes line; the texts of bits 0 to 2; with bit 3 texts code location and version
 *
 * tag value          content
 *   0 null
 *   1 false
 *   2 true
 *   3 whole number   8 bytes
 *   4 float          4 bytes, IEEE 754
 *   5 double         8 bytes, IEEE 754
 *   6 big integer    count and bytes, two's complement, the highest first
 *   7 big decimal    4 bytes scale, count and bytes as before
 *   8 text           text
 *  16 object         text as it prints itself, length and tokens of one value
 *  17 structured     text as it prints itself, text name of its one field or null, length and tokens of an object
 *
 * tag token          content; those from 0 to 8 are as above
 *   9 name           text, not null
 *  10 {    11 }    12 [    13 ]    at most 400 deep
 *  14 binary         count and bytes
 *  15 raw            text, JSON as the program wrote it
 *  18 numeral        text, a number as the program wrote it
 * </pre>
 */
final class EventRecord {

    static final int MAJOR = 1;
    static final int MINOR = 0;

    static final int FLAGS = 2;
    static final int LEVEL = 3;
    static final int SECONDS = 4;
    static final int NANOS = 12;
    static final int RUN_ID = 16;
    static final int SEQUENCE = 32;
    static final int SECTIONS = 40;

    static final long FIRST_SECOND = -62_167_219_200L;
    static final long LAST_SECOND = 253_402_300_799L;

    static final int RUN_ID_BYTES = 16;
    static final int SECTION_HEADER = 5;

    static final int MESSAGE_IS_TEMPLATE = 1;

    static final int LOGGER = 1;
    static final int THREAD = 2;
    static final int TEMPLATE = 3;
    static final int MESSAGE = 4;
    static final int ARGUMENTS = 5;
    static final int KEY_VALUES = 6;
    static final int MDC = 7;
    static final int MARKERS = 8;
    static final int THROWABLE = 9;
    static final int CALLER = 10;
    static final int CONTEXT = 11;

    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int WHOLE = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int BIG_INTEGER = 6;
    static final int BIG_DECIMAL = 7;
    static final int TEXT = 8;
    static final int NAME = 9;
    static final int OBJECT_START = 10;
    static final int OBJECT_END = 11;
    static final int ARRAY_START = 12;
    static final int ARRAY_END = 13;
    static final int BINARY = 14;
    static final int RAW = 15;
    static final int OBJECT = 16;
    static final int STRUCTURED = 17;
    static final int NUMERAL = 18;
    static final int HARMLESS = 0x80;

    static final int PLAIN_MARKER = 0;
    static final int MARKER_WITH_FIELDS = 1;
    static final int MARKER_WITH_ONE_FIELD = 2;

    static final int HAS_CAUSE = 1;
    static final int CYCLIC = 2;

    static final int HAS_LOADER = 1;
    static final int HAS_MODULE = 2;
    static final int HAS_VERSION = 4;
    static final int HAS_PACKAGING = 8;
    static final int EXACT = 16;

    static final int DEEPEST_MARKER = 32;
    static final int DEEPEST_THROWABLE = 512;
    static final int DEEPEST_TOKEN = 400;

    private EventRecord() {}
}

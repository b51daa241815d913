package io.inkfast.recorder;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of a ring file, version 1. Numbers are little-endian; a file is one header and then blocks of equal size.
 *
 * <pre>
 * header, 4096 bytes
 *     0   8  magic INKFLR01
 *     8   2  major version, 1: a reader refuses others
 *    10   2  minor version, 0: a reader ignores it
 *    12   4  length of the header, 4096
 *    16  16  ring id, random; ids are 16 bytes in the order they are printed
 *    32   8  incarnation: one more than any ring in the directory had when this one was made
 *    40   8  process id
 *    48   8  start of the process, milliseconds since 1970; 0 if not known
 *    56  16  boot id of the machine; 0 if not known
 *    72   4  size of a block, 65536
 *    76   4  number of blocks n, 3 to 4095
 *    80   8  when the ring was made, microseconds since 1970
 *    88   4  state: 1 active, 2 clean, 3 dumped; outside the checksum
 *    92   4  length of the description M, 0 to 3996
 *    96   M  description, JSON in UTF-8: appender, context, version; with a keyset also seal, the wrapped secret
 *          zeros
 *  4092   4  CRC32C of bytes 0 to 87 and 92 to 4091
 *
 * block, 65536 bytes; block number b is at position b mod n, and takes the place of b - n there
 *     0   4  magic FRBK
 *     4   4  CRC32C of the ring id and bytes 8 to 31
 *     8   8  block number b, from 0
 *    16   8  number of the first event that can only be in this block or a later one
 *    24   8  time of the event that came first, microseconds since 1970
 *    32      records, each at a multiple of 8, none across the end of a block; between them may be anything
 *
 * record, 32 + L bytes
 *     0   4  commit word, written last: (0xA5 xor b mod 256) shifted left by 24, or L
 *     4   4  CRC32C of the ring id, b (8 bytes), and bytes 8 to 31 + L
 *     8   8  event number, from 1
 *    16   8  time of the event, microseconds since 1970
 *    24   4  hash of the value of the key, seeded with the ring id; 0 if there is none
 *    28   1  level: TRACE 1, DEBUG 2, INFO 4, WARN 6, ERROR 8
 *    29   1  flags: 1 the event was too long and is shortened
 *    30   2  0
 *    32   L  what the encoder made of the event, 1 to 8192 bytes; with a keyset that is sealed, and begins with F1
 * </pre>
 *
 * A record that was being written when the process died, one that was overwritten in part, and one of an earlier lap fail
 * their checksum. A reader looks for the next one 8 bytes further on. A block whose header was not written in time may hold
 * records all the same: its number is one of few.
 */
final class RingFormat {

    static final int HEADER = 4096;
    static final int BLOCK = 65_536;
    static final int BLOCK_HEADER = 32;
    static final int RECORD_HEADER = 32;
    static final int MAX_CONTENT = 8192;
    static final int MIN_BLOCKS = 3;
    static final int MAX_BLOCKS = 4095;
    static final int SHORTENED = 1;

    /** Where the state is in the header. */
    static final int STATE = 88;

    /** What precedes the content in memory: ring id, block number, and the record's bytes 8 to 31. */
    static final int PREFIX = 48;

    /* Where in the prefix the record's own bytes begin. */
    static final int PREFIX_FIELDS = 24;

    private static final int BLOCK_MAGIC = 'F' | ('R' << 8) | ('B' << 16) | ('K' << 24);

    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT_IN_ARRAY = MethodHandles.byteArrayViewVarHandle(
                    int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONG_IN_ARRAY = MethodHandles.byteArrayViewVarHandle(
                    long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private RingFormat() {}

    /** How many bytes a record of so much content takes. */
    static int size(int content) {
        return (RECORD_HEADER + content + 7) & -8;
    }

    /** Where in the file a byte of a block is. */
    static int position(long block, int blocks, int offset) {
        return HEADER + (int) (block % blocks) * BLOCK + offset;
    }

    static int commitWord(long block, int content) {
        return (tag(block) << 24) | content;
    }

    private static int tag(long block) {
        return (0xA5 ^ (int) block) & 0xFF;
    }

    /** Fills in what is known only when the place is: block number and fields. Returns the checksum. */
    static int seal(
            byte[] record,
            int content,
            long block,
            long event,
            long micros,
            int key,
            int level,
            int flags,
            CRC32C crc) {
        LONG_IN_ARRAY.set(record, 16, block);
        LONG_IN_ARRAY.set(record, 24, event);
        LONG_IN_ARRAY.set(record, 32, micros);
        INT_IN_ARRAY.set(record, 40, key);
        INT_IN_ARRAY.set(record, 44, (level & 0xFF) | ((flags & 0xFF) << 8));
        crc.reset();
        crc.update(record, 0, PREFIX + content);
        return (int) crc.getValue();
    }

    /** The last word of a record: from now on it counts. */
    static void commit(ByteBuffer ring, int position, int word) {
        INTS.setRelease(ring, position, word);
    }

    static int committed(ByteBuffer ring, int position) {
        return (int) INTS.getOpaque(ring, position);
    }

    /**
     * Writes the header of a block.
     *
     * @param scratch 48 bytes to use
     */
    static void beginBlock(
            ByteBuffer ring,
            int position,
            byte[] ringId,
            long block,
            long firstEvent,
            long micros,
            byte[] scratch,
            CRC32C crc) {
        System.arraycopy(ringId, 0, scratch, 8, ringId.length);
        LONG_IN_ARRAY.set(scratch, 24, block);
        LONG_IN_ARRAY.set(scratch, 32, firstEvent);
        LONG_IN_ARRAY.set(scratch, 40, micros);
        crc.reset();
        crc.update(scratch, 8, 40);
        INT_IN_ARRAY.set(scratch, 0, BLOCK_MAGIC);
        INT_IN_ARRAY.set(scratch, 4, (int) crc.getValue());
        ring.put(position, scratch, 0, 8);
        ring.put(position + 8, scratch, 24, BLOCK_HEADER - 8);
    }

    private static int blockCrc(byte[] ringId, byte[] block) {
        CRC32C crc = new CRC32C();
        crc.update(ringId);
        crc.update(block, 8, BLOCK_HEADER - 8);
        return (int) crc.getValue();
    }

    /** The number of a block, or -1 if it has no whole header. */
    static long blockNumber(byte[] ringId, byte[] block) {
        ByteBuffer in = wrap(block);
        return in.getInt(0) == BLOCK_MAGIC && in.getInt(4) == blockCrc(ringId, block) && in.getLong(8) >= 0
                ? in.getLong(8)
                : -1;
    }

    /** The number of its first event; of a block with a whole header. */
    static long firstEvent(byte[] block) {
        return wrap(block).getLong(16);
    }

    /** The length of the content of a whole record at this place of the block, if it is of that number; else 0. */
    static int contentAt(byte[] bytes, int offset, byte[] ringId, long block) {
        if (offset < 0 || offset > bytes.length - RECORD_HEADER - 1) {
            return 0;
        }
        int word = (int) INT_IN_ARRAY.get(bytes, offset);
        int content = word & 0xFFFFFF;
        if (word >>> 24 != tag(block)
                || content < 1
                || content > MAX_CONTENT
                || content > bytes.length - offset - RECORD_HEADER) {
            return 0;
        }
        CRC32C crc = new CRC32C();
        crc.update(ringId);
        byte[] number = new byte[8];
        LONG_IN_ARRAY.set(number, 0, block);
        crc.update(number);
        crc.update(bytes, offset + 8, RECORD_HEADER - 8 + content);
        return (int) INT_IN_ARRAY.get(bytes, offset + 4) == (int) crc.getValue() ? content : 0;
    }

    static long event(byte[] bytes, int offset) {
        return (long) LONG_IN_ARRAY.get(bytes, offset + 8);
    }

    static long micros(byte[] bytes, int offset) {
        return (long) LONG_IN_ARRAY.get(bytes, offset + 16);
    }

    static int key(byte[] bytes, int offset) {
        return (int) INT_IN_ARRAY.get(bytes, offset + 24);
    }

    static int level(byte[] bytes, int offset) {
        return bytes[offset + 28];
    }

    static int flags(byte[] bytes, int offset) {
        return bytes[offset + 29];
    }

    /** The hash of a value of the key, never 0. */
    static int hash(byte[] ringId, String value) {
        int hash = Arrays.hashCode(ringId);
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x01000193;
            hash ^= hash >>> 15;
        }
        hash *= 0x85EBCA6B;
        hash ^= hash >>> 13;
        return hash == 0 ? 1 : hash;
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

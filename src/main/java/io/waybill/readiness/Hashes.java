package io.waybill.readiness;

import java.util.Arrays;

/**
 * Which texts were seen, by 64 bits of each with 64 bits of what came with it, so that millions take little memory. After
 * {@value #MOST} different ones no more are remembered.
 */
final class Hashes {
    static final int MOST = 1 << 20;

    enum Seen {
        NEW,
        SAME,
        DIFFERENT,
        NOT_REMEMBERED
    }

    private long[] keys = new long[1 << 10];
    private long[] values = new long[1 << 10];
    private int size;

    /** Remembers it. {@code SAME}: seen with the same beside it; {@code DIFFERENT}: with something else. */
    Seen add(String text, String beside) {
        long key = hash(text) | 1; // never the 0 of an empty place
        long value = hash(beside);
        int at = place(keys, key);
        if (keys[at] == key) {
            return values[at] == value ? Seen.SAME : Seen.DIFFERENT;
        }
        if (size >= MOST) {
            return Seen.NOT_REMEMBERED;
        }
        keys[at] = key;
        values[at] = value;
        size++;
        if (size * 2 > keys.length) {
            grow();
        }
        return Seen.NEW;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        Arrays.fill(keys, 0);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }

    private static int place(long[] keys, long key) {
        int mask = keys.length - 1;
        int at = (int) (key >>> 17) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /** FNV-1a over the characters, then stirred so that every bit depends on all. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}

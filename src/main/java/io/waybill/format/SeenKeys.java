package io.waybill.format;

import java.util.Arrays;

/** Remembers group keys by a 64-bit hash with the row they started in: 16 bytes a slot, whatever the keys are. */
public final class SeenKeys {
    private long[] hashes = new long[1 << 10];
    private long[] rows = new long[1 << 10];
    private int size;

    /** The row where this key was seen before, or 0; from now on it is known. */
    public long remember(String key, long row) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        int slot = slot(hash(key));
        if (rows[slot] != 0) {
            return rows[slot];
        }
        hashes[slot] = hash(key);
        rows[slot] = row;
        size++;
        return 0;
    }

    /** The row this key was remembered with, or 0. */
    long rowOf(String key) {
        return rows[slot(hash(key))];
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (rows[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldRows = rows;
        hashes = Arrays.copyOf(new long[0], oldHashes.length * 2);
        rows = Arrays.copyOf(new long[0], oldRows.length * 2);
        for (int i = 0; i < oldRows.length; i++) {
            if (oldRows[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                rows[slot] = oldRows[i];
            }
        }
    }

    /** FNV-1a, finished with the mixer of MurmurHash3. */
    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}

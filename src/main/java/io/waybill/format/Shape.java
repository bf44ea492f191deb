package io.waybill.format;

import java.util.Arrays;
import java.util.Collection;

/**
 * The names that many objects have in common, in their order: the columns of a sheet, the fields a mapping writes. Each has a
 * slot, from 0.
 */
public final class Shape {
    private final String[] names;
    private final int[] slots;

    private Shape(String[] names) {
        this.names = names;
        this.slots = new int[Integer.highestOneBit(names.length + 1) * 4];
        Arrays.fill(slots, -1);
        for (int slot = 0; slot < names.length; slot++) {
            slots[entry(names[slot])] = slot;
        }
    }

    /** @param names each once */
    public static Shape of(Collection<String> names) {
        return new Shape(names.stream().map(String::intern).toArray(String[]::new));
    }

    /** An object of this shape that has no field yet. */
    public Shaped object() {
        return new Shaped(this);
    }

    /** The slot of a name, or -1. */
    public int slot(String name) {
        return slots[entry(name)];
    }

    public String[] names() {
        return names.clone();
    }

    int size() {
        return names.length;
    }

    public String name(int slot) {
        return names[slot];
    }

    /** Where the table has this name, or would have it. */
    private int entry(String name) {
        int hash = name.hashCode();
        int at = (hash ^ hash >>> 16) & slots.length - 1;
        while (slots[at] >= 0 && !names[slots[at]].equals(name)) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }
}

package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a shape, in an array and in the order of the shape. With the first name the shape does not have
 * they move into a map of their own.
 */
final class Fields extends AbstractMap<String, JsonNode> {
    private final Shape shape;
    private final @Nullable JsonNode[] values;
    private int size;
    private @Nullable Map<String, JsonNode> moved;

    Fields(Shape shape) {
        this.shape = shape;
        this.values = new JsonNode[shape.size()];
    }

    /** Null once they have moved. */
    @Nullable
    Shape shape() {
        return moved == null ? shape : null;
    }

    @Nullable
    JsonNode in(int slot) {
        return moved == null ? values[slot] : moved.get(shape.name(slot));
    }

    void set(int slot, JsonNode value) {
        if (moved == null) {
            exchange(slot, value);
        } else {
            moved.put(shape.name(slot), value);
        }
    }

    private @Nullable JsonNode exchange(int slot, @Nullable JsonNode value) {
        JsonNode before = values[slot];
        values[slot] = value;
        size += (value == null ? 0 : 1) - (before == null ? 0 : 1);
        return before;
    }

    @Override
    public @Nullable JsonNode get(Object key) {
        if (moved != null) {
            return moved.get(key);
        }
        int slot = slot(key);
        return slot < 0 ? null : values[slot];
    }

    private int slot(Object key) {
        return key instanceof String name ? shape.slot(name) : -1;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable JsonNode put(String name, JsonNode value) {
        int slot = slot(name);
        if (moved == null && slot >= 0) {
            return exchange(slot, value);
        }
        if (moved == null) {
            moved = new LinkedHashMap<>(this);
        }
        return moved.put(name, value);
    }

    @Override
    public @Nullable JsonNode remove(Object key) {
        if (moved != null) {
            return moved.remove(key);
        }
        int slot = slot(key);
        return slot < 0 ? null : exchange(slot, null);
    }

    @Override
    public int size() {
        return moved == null ? size : moved.size();
    }

    @Override
    public Set<Entry<String, JsonNode>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, JsonNode>> {
        @Override
        public int size() {
            return Fields.this.size();
        }

        @Override
        public Iterator<Entry<String, JsonNode>> iterator() {
            return moved == null ? new Walk() : moved.entrySet().iterator();
        }
    }

    private final class Walk implements Iterator<Entry<String, JsonNode>> {
        private int next = filled(0);
        private int last = -1;

        private int filled(int from) {
            int slot = from;
            while (slot < values.length && values[slot] == null) {
                slot++;
            }
            return slot;
        }

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Entry<String, JsonNode> next() {
            check();
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            last = next;
            next = filled(last + 1);
            return new Field(last);
        }

        @Override
        public void remove() {
            check();
            if (last < 0) {
                throw new IllegalStateException();
            }
            exchange(last, null);
            last = -1;
        }

        private void check() {
            if (moved != null) {
                throw new ConcurrentModificationException();
            }
        }
    }

    /** Writes through. */
    private final class Field extends SimpleEntry<String, JsonNode> {
        private static final long serialVersionUID = 1;
        private final int slot;

        Field(int slot) {
            super(shape.name(slot), values[slot]);
            this.slot = slot;
        }

        @Override
        public JsonNode setValue(JsonNode value) {
            Fields.this.set(slot, value);
            return super.setValue(value);
        }
    }
}

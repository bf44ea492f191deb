package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.waybill.format.Shape;
import io.waybill.format.Shaped;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The quick way to see that all of a document is read, as it is of most: what an object had is remembered for the next one like it.
 * What is not read, where there is something, {@link ReadSet#unread} names.
 */
final class QuickReads {
    private final Set<String> anywhere;

    /** @param anywhere names that are read in any place */
    QuickReads(Set<String> anywhere) {
        this.anywhere = anywhere;
    }

    /** Whether everything in it that holds something is read. */
    boolean readAll(JsonNode tree, Names told) {
        Names names = told.as(tree);
        if (names.whole) {
            return true;
        }
        if (names == Names.NOTHING) {
            return Values.absent(tree);
        }
        if (names.picks()) {
            return readPicked(tree, names);
        }
        if (tree instanceof ValueNode) {
            return names.readsValue(tree);
        }
        if (tree instanceof ObjectNode object) {
            return readAsLast(object, names.last) || readFields(object, names);
        }
        for (int i = 0; i < tree.size(); i++) {
            if (!readAll(tree.get(i), names)) {
                return false;
            }
        }
        return true;
    }

    private boolean readPicked(JsonNode tree, Names names) {
        if (!tree.isArray()) {
            return readAll(tree, names.of(tree, 0));
        }
        for (int i = 0; i < tree.size(); i++) {
            if (!readAll(tree.get(i), names.of(tree, i))) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // another shape, or text, of the same letters only takes the longer way
    private boolean readAsLast(ObjectNode object, Names.Seen last) {
        if (object instanceof Shaped shaped && shaped.shape() != null) {
            return shaped.shape() == last.shape() && readSlots(shaped, last.below());
        }
        if (object.size() != last.keys().length) {
            return false;
        }
        int i = 0;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey() != last.keys()[i] || !readAll(field.getValue(), last.below()[i])) {
                return false;
            }
            i++;
        }
        return true;
    }

    private boolean readSlots(Shaped object, Names[] below) {
        for (int slot = 0; slot < below.length; slot++) {
            JsonNode value = object.in(slot);
            if (value != null && !readAll(value, below[slot])) {
                return false;
            }
        }
        return true;
    }

    private boolean readFields(ObjectNode object, Names names) {
        Shape shape = object instanceof Shaped shaped ? shaped.shape() : null;
        String[] keys = shape == null ? fieldNames(object) : shape.names();
        Names[] below = Stream.of(keys).map(key -> names.field(key, anywhere)).toArray(Names[]::new);
        for (int i = 0; i < keys.length; i++) {
            JsonNode value = object.get(keys[i]);
            if (value != null && !readAll(value, below[i])) {
                return false;
            }
        }
        names.last = new Names.Seen(shape, keys, below);
        return true;
    }

    private static String[] fieldNames(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
    }
}

package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An object whose fields have their slots in a {@link Shape}. Like any object it takes other fields too. */
public final class Shaped extends ObjectNode {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private final transient Fields fields;

    Shaped(Shape shape) {
        this(new Fields(shape));
    }

    private Shaped(Fields fields) {
        super(NODES, fields);
        this.fields = fields;
    }

    /** Its shape; null once it has a field of another name. */
    public @Nullable Shape shape() {
        return fields.shape();
    }

    /** What is in this slot, or null. */
    public @Nullable JsonNode in(int slot) {
        return fields.in(slot);
    }

    public void set(int slot, JsonNode value) {
        fields.set(slot, value);
    }
}

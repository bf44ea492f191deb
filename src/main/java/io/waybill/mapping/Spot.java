package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One field of one document being written; verbs refuse a value through it. */
final class Spot {
    private final Run run;
    private final Field field;
    private final String pointer;
    private final Scope scope;
    private String raw = "";
    private @Nullable MappingCode refused;

    Spot(Run run, Field field, String pointer, Scope scope) {
        this.run = run;
        this.field = field;
        this.pointer = pointer;
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }

    void read(JsonNode value) {
        raw = value.isMissingNode() || value.isNull() ? "" : Values.text(value);
    }

    String raw() {
        return raw;
    }

    Map<String, JsonNode> table(Lookup lookup) {
        return run.table(lookup);
    }

    /** Notes the problem; a verb returns this answer, null, as "no value". */
    @Nullable
    JsonNode refuse(MappingCode code, Object... namesAndValues) {
        refused = code;
        run.fail(pointer, origin(), code, namesAndValues);
        return null;
    }

    void warn(MappingCode code, Object... namesAndValues) {
        run.warn(pointer, origin(), code, namesAndValues);
    }

    @Nullable
    MappingCode refused() {
        return refused;
    }

    Run.Origin origin() {
        return new Run.Origin(field.line(), scope.row(), field.source().text(), raw, field.personal());
    }
}

package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where fields of one document are being written, one after the other; verbs refuse a value through it. */
final class Spot {
    private final Run run;
    private final Scope scope;
    private @Nullable Field field;
    private JsonNode raw = MissingNode.getInstance();
    private @Nullable MappingCode refused;

    Spot(Run run, Scope scope) {
        this.run = run;
        this.scope = scope;
    }

    /** From now on this field. */
    void begin(Field next) {
        field = next;
        if (!run.isQuick()) {
            raw = MissingNode.getInstance();
            refused = null;
        }
    }

    Run run() {
        return run;
    }

    Scope scope() {
        return scope;
    }

    /** What the field's source said, for whoever is told; a quick run tells nobody. */
    void read(JsonNode value) {
        if (!run.isQuick()) {
            raw = value;
        }
    }

    String raw() {
        return raw.isMissingNode() || raw.isNull() ? "" : Values.text(raw);
    }

    Map<String, JsonNode> table(Lookup lookup) {
        return run.table(lookup);
    }

    /** Notes the problem; a verb returns this answer, null, as "no value". */
    @Nullable
    JsonNode refuse(MappingCode code, Object... namesAndValues) {
        if (!run.giveUp()) {
            refused = code;
            run.fail(pointer(), origin(), code, namesAndValues);
        }
        return null;
    }

    /**
     * Where one value is wanted: an object or a list is not written as JSON into a text.
     *
     * @param path where it was read
     */
    @Nullable
    JsonNode refuseWhole(JsonNode value, String path) {
        read(value);
        return refuse(MappingCode.WRONG_TYPE, SourcePath.beside(value, path, "legal", "string, number"));
    }

    void warn(MappingCode code, Object... namesAndValues) {
        if (!run.giveUp()) {
            run.warn(pointer(), origin(), code, namesAndValues);
        }
    }

    @Nullable
    MappingCode refused() {
        return refused;
    }

    boolean personal() {
        return field().personal();
    }

    /** Where its field reads. */
    String source() {
        return field().source().text();
    }

    String pointer() {
        return Place.pointer(scope.place()) + field().target().pointer();
    }

    Run.Origin origin() {
        return new Run.Origin(field().line(), scope.row(), source(), scope.place(), raw(), field().personal());
    }

    /** The same of a value that was written. What is wrong with one taken over whole is in one of its parts, which is shown. */
    Run.Origin written() {
        String shown = raw.isContainerNode() ? "" : raw();
        return new Run.Origin(field().line(), scope.row(), source(), scope.place(), shown, field().personal());
    }

    private Field field() {
        return Objects.requireNonNull(field);
    }
}

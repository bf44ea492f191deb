package io.waybill.format;

import io.waybill.format.LayoutField.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of one kind of line. */
final class LineLayout {
    /** Says of a kind of line that it belongs to no document and is passed over. */
    static final String FILE = "file";

    private final String record;
    private final String under;
    private final String definition;
    private final List<LayoutField> fields;
    private final List<LayoutField> read;
    private final List<LayoutField> undeclared;
    private final int width;

    /**
     * @param record what names the kind; empty where all lines are of one kind
     * @param under the kind of line this one belongs to; empty: to the document; {@value #FILE}: to none
     * @param definition the name an IDoc file gives this segment; empty: made of the segment's name
     */
    LineLayout(String record, String under, String definition, List<LayoutField> fields) {
        this.record = record;
        this.under = under;
        this.definition = definition;
        this.fields = List.copyOf(fields);
        this.read = fields.stream().filter(field -> field.kind() != Kind.FILLER).toList();
        this.undeclared = undeclared(fields);
        this.width = fields.stream().mapToInt(field -> field.end() - 1).max().orElse(0);
    }

    private static List<LayoutField> undeclared(List<LayoutField> fields) {
        Set<String> named = fields.stream().map(LayoutField::name).collect(Collectors.toSet());
        List<LayoutField> places = new ArrayList<>();
        int next = 1;
        for (LayoutField field : fields.stream()
                .sorted(Comparator.comparingInt(LayoutField::from))
                .toList()) {
            if (field.from() > next) {
                places.add(new LayoutField(free("column_" + next, named), next, field.from() - next, Kind.TEXT, 0));
            }
            next = field.end();
        }
        return places;
    }

    private static String free(String name, Set<String> named) {
        String free = name;
        for (int n = 2; named.contains(free); n++) {
            free = name + "_" + n;
        }
        return free;
    }

    String record() {
        return record;
    }

    String under() {
        return under;
    }

    String definition() {
        return definition;
    }

    List<LayoutField> fields() {
        return fields;
    }

    /** Those that hold something, in their order. */
    List<LayoutField> read() {
        return read;
    }

    /**
     * The places before and between its fields, each called by the column it begins at, with a number behind where a field is
     * called so: a text there is told.
     */
    List<LayoutField> undeclared() {
        return undeclared;
    }

    /** How long a line may be. */
    int width() {
        return width;
    }

    Optional<LayoutField> mark() {
        return fields.stream().filter(field -> field.kind() == Kind.RECORD).findFirst();
    }
}

package io.waybill.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.mapping.Explained;
import io.waybill.mapping.MappingCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How often each canonical field is filled, and from where. */
final class FieldCount {
    /** In place of a source field: the same for every document. */
    static final String CONSTANT = "constant";
    /** The mapping's default, because the source says nothing. */
    static final String DEFAULT = "default";
    /** What the source's settings fill in. */
    static final String SETTING = "setting";

    private static final int MOST_ORIGINS = 6;
    private static final Set<String> CODES =
            Arrays.stream(MappingCode.values()).map(MappingCode::code).collect(Collectors.toSet());

    private final Map<String, Fields.Need> fields;
    private final Set<String> filledBySettings;
    private final Set<String> personal = new HashSet<>();
    private final Map<String, Long> present = new HashMap<>();
    private final Map<String, Tally> origins = new LinkedHashMap<>();

    /** @param filledBySettings beginnings of fields: {@code service}, {@code shipFrom} */
    FieldCount(Map<String, Fields.Need> fields, Set<String> filledBySettings) {
        this.fields = fields;
        this.filledBySettings = filledBySettings;
    }

    /** A canonical document. */
    void add(JsonNode canonical) {
        Set<String> said = new HashSet<>();
        fields.keySet().stream().filter(field -> Fields.says(canonical, field)).forEach(said::add);
        count(said);
    }

    /** A document as its mapping read it, whether or not it was refused. */
    void add(List<Explained> trace) {
        Set<String> said = new HashSet<>();
        for (Explained line : trace) {
            String field = field(line.field());
            if (isPersonal(field)) {
                personal.addAll(List.of(line.source().split(", ")));
            }
            if (wrote(line) && fields.containsKey(field) && said.add(field)) {
                origin(field, origin(line));
            }
        }
        count(said);
    }

    /** What a trace wrote at a pointer. */
    static Optional<String> written(String pointer, List<Explained> trace) {
        return trace.stream()
                .filter(line -> line.field().equals(pointer) && wrote(line))
                .map(Explained::result)
                .findFirst();
    }

    private static boolean wrote(Explained line) {
        return !line.result().isEmpty() && !CODES.contains(line.result());
    }

    private void count(Set<String> said) {
        for (String field : fields.keySet()) {
            if (said.contains(field)) {
                present.merge(field, 1L, Long::sum);
            } else if (bySetting(field)) {
                origin(field, SETTING);
            }
        }
    }

    private boolean bySetting(String field) {
        return filledBySettings.contains(top(field));
    }

    /** Who gets it and where they live; a country or a state is nobody. */
    private static boolean isPersonal(String field) {
        return top(field).equals("shipTo") && !field.equals("shipTo.country") && !field.equals("shipTo.state");
    }

    /** Source fields that go into what identifies a person. */
    Set<String> personal() {
        Set<String> all = new HashSet<>(personal);
        fields.keySet().stream().filter(FieldCount::isPersonal).forEach(all::add);
        return all;
    }

    private static String top(String field) {
        int dot = field.indexOf('.');
        return dot < 0 ? field : field.substring(0, dot);
    }

    private void origin(String field, String from) {
        origins.computeIfAbsent(field, name -> new Tally(MOST_ORIGINS)).add(from);
    }

    private static String origin(Explained line) {
        if (line.source().isEmpty()) {
            return CONSTANT;
        }
        return line.raw().isBlank() ? DEFAULT : line.source();
    }

    /** {@code /items/0/sku} → {@code items[].sku}; what is below a measure belongs to it. */
    private String field(String pointer) {
        String path = pointer.isEmpty()
                ? ""
                : pointer.substring(1).replaceAll("/\\d+", "[]").replace('/', '.');
        return fields.containsKey(path) ? path : path.replaceAll("\\.(amount|currency|value|unit)$", "");
    }

    long present(String field) {
        return present.getOrDefault(field, 0L);
    }

    /** Where it came from, most first. */
    List<Map.Entry<String, Long>> origins(String field) {
        return origins.containsKey(field) ? origins.get(field).sorted() : List.of();
    }

    /** What was filled although the source said nothing: fields, and the settings' words for theirs. */
    List<String> assumed() {
        return fields.keySet().stream()
                .flatMap(field -> origins(field).stream()
                        .filter(from -> isAssumed(from.getKey()))
                        .map(from -> from.getKey().equals(SETTING) ? top(field) : field))
                .distinct()
                .toList();
    }

    static boolean isAssumed(String origin) {
        return origin.equals(DEFAULT) || origin.equals(SETTING) || origin.equals(CONSTANT);
    }

    Map<String, Fields.Need> fields() {
        return fields;
    }
}

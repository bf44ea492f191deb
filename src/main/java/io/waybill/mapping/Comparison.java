package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What two versions of a mapping make of the same documents, field by field. Nothing is written anywhere. */
public final class Comparison {
    /** The field under which a document counts of which a version maps nothing: it skips or refuses it, or calls its order off. */
    public static final String OUTCOME = "(outcome)";

    private static final int MOST_EXAMPLES = 3;

    private final Mapping from;
    private final Mapping to;
    private final Set<String> personal = new TreeSet<>();
    private final Map<String, List<Example>> examples = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private int documents;
    private int changed;

    /** @param before and after are masked where they are personal, and null where there is no value */
    public record Example(
            String document,
            @Nullable String before,
            @Nullable String after) {}

    /** @param field with {@code []} for every element of a list; {@link #OUTCOME} for the document as a whole */
    public record Change(String field, int documents, List<Example> examples) {}

    public Comparison(Mapping from, Mapping to) {
        this.from = from;
        this.to = to;
        Stream.of(from, to).forEach(mapping -> notePersonal(mapping.lines(), ""));
    }

    /** @param id what the document is called in examples */
    public void add(String id, Document document) {
        documents++;
        Map<String, JsonNode> before = leaves(from.apply(document));
        Map<String, JsonNode> after = leaves(to.apply(document));
        Set<String> told = new TreeSet<>();
        for (String pointer : pointers(before, after)) {
            JsonNode old = before.get(pointer);
            JsonNode now = after.get(pointer);
            if (!same(old, now)) {
                tell(field(pointer), new Example(id, shown(pointer, old), shown(pointer, now)), told);
            }
        }
        if (!told.isEmpty()) {
            changed++;
        }
    }

    public int documents() {
        return documents;
    }

    /** How many documents would come out differently. */
    public int changed() {
        return changed;
    }

    public List<Change> changes() {
        return counts.entrySet().stream()
                .map(count -> new Change(
                        count.getKey(),
                        count.getValue(),
                        List.copyOf(examples.getOrDefault(count.getKey(), List.of()))))
                .toList();
    }

    private void tell(String field, Example example, Set<String> told) {
        if (told.add(field)) {
            counts.merge(field, 1, Integer::sum);
            List<Example> some = examples.computeIfAbsent(field, name -> new ArrayList<>());
            if (some.size() < MOST_EXAMPLES) {
                some.add(example);
            }
        }
    }

    /** Fields are compared only where both versions wrote any: else the outcome says it all. */
    private static Set<String> pointers(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        if (before.containsKey("") || after.containsKey("")) {
            return Set.of("");
        }
        Set<String> pointers = new TreeSet<>(before.keySet());
        pointers.addAll(after.keySet());
        return pointers;
    }

    private static Map<String, JsonNode> leaves(Result result) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        if (result instanceof Result.Mapped mapped) {
            collect(mapped.tree(), "", leaves);
        } else {
            leaves.put("", Values.NODES.textNode(outcome(result)));
        }
        return leaves;
    }

    private static void collect(JsonNode node, String pointer, Map<String, JsonNode> leaves) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(field.getValue(), pointer + "/" + field.getKey(), leaves));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, leaves);
            }
        } else {
            leaves.put(pointer, node);
        }
    }

    private static String outcome(Result result) {
        if (result instanceof Result.Failed failed) {
            return failed.problems().stream()
                    .map(Comparison::brief)
                    .distinct()
                    .limit(5)
                    .collect(Collectors.joining(", ", "refused: ", ""));
        }
        Result.Skipped skipped = (Result.Skipped) result;
        Result.Stopped stopped = skipped.stopped();
        return (stopped == null ? "skipped: " : stops(stopped)) + skipped.reason();
    }

    private static String stops(Result.Stopped stopped) {
        String order = Stream.of("namespace", "orderId")
                .map(name -> stopped.order().path(name).asText(""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" "));
        return switch (stopped.how()) {
            case CANCEL -> "cancels " + order + ", afterLabel tell: ";
            case CANCEL_UNSOLD -> "cancels " + order + ", afterLabel ignore: ";
            case HOLD -> "holds " + order + ", afterLabel tell: ";
            case HOLD_UNSOLD -> "holds " + order + ", afterLabel ignore: ";
        };
    }

    private static String brief(Problem problem) {
        String field = problem.values().getOrDefault("field", "");
        return field.isEmpty() ? problem.code() : problem.code() + " " + field;
    }

    private static boolean same(@Nullable JsonNode before, @Nullable JsonNode after) {
        return (before == null || after == null) ? Objects.equals(before, after) : Differences.equal(before, after);
    }

    private static String field(String pointer) {
        return pointer.isEmpty() ? OUTCOME : Pointers.anyField(pointer);
    }

    private @Nullable String shown(String pointer, @Nullable JsonNode value) {
        if (value == null) {
            return pointer.isEmpty() ? "mapped" : null;
        }
        if (pointer.isEmpty()) {
            return value.textValue();
        }
        return isPersonal(Pointers.withoutIndexes(pointer))
                ? Masked.text(Values.text(value))
                : Masked.brief(Values.text(value));
    }

    /** Of what is copied whole no line names the parts. */
    private boolean isPersonal(String pointer) {
        return personal.contains(pointer) || Masked.personal(List.of(pointer.split("/")));
    }

    private void notePersonal(List<Line> lines, String above) {
        for (Line line : lines) {
            String pointer = above + Pointers.withoutIndexes(line.target().pointer());
            if (line instanceof Each each) {
                notePersonal(each.lines().all(), pointer);
            } else if (line instanceof Field field && field.personal()) {
                personal.add(pointer);
            }
        }
    }
}

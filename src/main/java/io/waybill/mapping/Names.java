package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.format.Shape;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is read of a field: all of it, or what stands below it by name, and in a list by number or by what an element is. */
final class Names {
    static final Names ALL = new Names();
    static final Names NOTHING = new Names();

    static {
        ALL.whole = true;
    }

    /**
     * The fields of the object that was looked at last and was read: objects of one source mostly have the same.
     *
     * @param shape of the object, if it has one; then the fields are all that it may have
     * @param below what is read of each; {@link #ALL} of it, or {@link #NOTHING}, and then it must hold nothing
     */
    record Seen(@Nullable Shape shape, String[] keys, Names[] below) {}

    final Map<String, Names> below = new HashMap<>();
    private final Map<Integer, Names> numbered = new HashMap<>();
    private final Map<Chosen, Names> chosen = new HashMap<>();
    private final Map<ExprReads.Kind, Names> kinds = new EnumMap<>(ExprReads.Kind.class);
    private @Nullable Names ofList;
    private @Nullable Names ofOther;
    private @Nullable Names others;
    boolean whole;
    /** Whether it is there, or a value that stands there. */
    boolean asked;

    volatile Seen last = new Seen(null, new String[0], new Names[0]);

    /** What is read one step on, by a name, an index or what an element must be; or, in the same place, of one kind. */
    Names at(Object step) {
        if (step instanceof ExprReads.Kind kind) {
            return kinds.computeIfAbsent(kind, first -> new Names());
        }
        if (step instanceof Integer index) {
            return numbered.computeIfAbsent(index, first -> new Names());
        }
        return step instanceof Chosen which
                ? chosen.computeIfAbsent(which, first -> new Names())
                : below.computeIfAbsent((String) step, first -> new Names());
    }

    /** Whether lines look no further. */
    private boolean isEnd() {
        return below.isEmpty() && numbered.isEmpty() && chosen.isEmpty() && kinds.isEmpty();
    }

    /** What is read where this stands. */
    Names as(JsonNode tree) {
        return kinds.isEmpty() ? this : Objects.requireNonNull(tree.isArray() ? ofList : ofOther);
    }

    /** Whether some elements are read by themselves: then {@link #of} says what of each. */
    boolean picks() {
        return others != null;
    }

    /** What is read of this element of a list; what is no list is a list of one. */
    @SuppressWarnings("ReferenceEquality") // that very element
    Names of(JsonNode list, int index) {
        JsonNode element = list.isArray() ? list.get(index) : list;
        Names found = numbered.get(index);
        for (Map.Entry<Chosen, Names> one : chosen.entrySet()) {
            if (one.getKey().in(list) == element) {
                found = found == null ? one.getValue() : both(found, one.getValue());
            }
        }
        return found != null ? found : others == null ? NOTHING : others;
    }

    /** What is read of this field of an object, where these names are read in any place. */
    Names field(String name, Set<String> anywhere) {
        Names own = below.get(name);
        if (anywhere.contains(name) && (own == null || own.isEnd())) {
            return ALL;
        }
        return own == null ? NOTHING : own;
    }

    /** Of a value that stands where lines look further down only the text may be read. */
    boolean readsValue(JsonNode value) {
        return Values.absent(value) || asked || (value instanceof TextNode && below.containsKey(SourcePath.TEXT));
    }

    private static Names both(Names one, Names other) {
        Names both = new Names();
        both.take(one);
        both.take(other);
        both.seal();
        return both;
    }

    /** Ends the adding: what is read of every element is read of those that are picked, too. */
    void seal() {
        end();
        kinds.values().forEach(Names::end);
        if (!kinds.isEmpty()) {
            ofList = with(kinds.get(ExprReads.Kind.LIST));
            ofOther = with(kinds.get(ExprReads.Kind.OTHER));
        }
        sealBelow();
    }

    /** What is asked for and looked no further into is read. */
    private void end() {
        whole |= asked && isEnd();
    }

    private Names with(@Nullable Names ofKind) {
        Names both = new Names();
        both.takeOwn(this);
        if (ofKind != null) {
            both.takeOwn(ofKind);
        }
        both.sealBelow();
        return both;
    }

    private void sealBelow() {
        if (!numbered.isEmpty() || !chosen.isEmpty()) {
            Names every = new Names();
            every.whole = whole;
            every.asked = asked;
            below.forEach((name, names) -> every.at(name).take(names));
            Stream.concat(numbered.values().stream(), chosen.values().stream()).forEach(pick -> {
                pick.take(every);
                pick.seal();
            });
            every.sealBelow();
            others = every;
        }
        below.values().forEach(Names::seal);
    }

    private void take(Names other) {
        takeOwn(other);
        other.kinds.forEach((kind, names) -> at(kind).take(names));
    }

    private void takeOwn(Names other) {
        whole |= other.whole;
        asked |= other.asked;
        other.below.forEach((name, names) -> at(name).take(names));
        other.numbered.forEach((index, names) -> at(index).take(names));
        other.chosen.forEach((which, names) -> at(which).take(names));
    }
}

package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line that writes a list: its fields once for every element of a source list. One object counts as a list of one.
 *
 * @param when which elements, asked of each; null for all
 * @param looksUp whether a line below reads what holds an element
 */
record Each(
        TargetPath target,
        int line,
        SourcePath source,
        @Nullable When when,
        Lines lines,
        Rule rule,
        boolean required,
        boolean looksUp)
        implements Line {

    @Override
    public @Nullable JsonNode value(Spot spot) {
        Scope scope = spot.scope();
        Run run = spot.run();
        JsonNode list = source.elements(scope);
        List<Held> held = looksUp ? source.held(scope) : List.of();
        ArrayNode written = Values.NODES.arrayNode();
        int count = list.isArray() ? list.size() : Values.absent(list) ? 0 : 1;
        boolean rows = run.areRows(list, scope);
        for (int i = 0; i < count; i++) {
            JsonNode element = list.isArray() ? list.get(i) : list;
            long row = rows ? run.document.rows().get(i).number() : scope.row();
            int index = written.size();
            Place place = new Place(scope.place(), target, index, row, source.text(), rows ? index : i);
            Held above = looksUp ? held.get(i).above() : null;
            Scope inner = new Scope(element, above, scope.root(), row, place);
            if (when != null && !holds(when, inner, run)) {
                continue;
            }
            run.element(place);
            ObjectNode object = lines.write(inner, run);
            if (!object.isEmpty()) {
                written.add(object);
            }
        }
        if (!written.isEmpty()) {
            if (run.isQuick() && !rule.wholeHolds(written)) {
                run.giveUp();
            }
            return written;
        }
        if (required) {
            String pointer = Place.pointer(scope.place()) + target.pointer();
            Run.Origin origin = new Run.Origin(line, scope.row(), source.text(), scope.place(), "", false);
            run.fail(pointer, origin, MappingCode.REQUIRED);
        }
        return null;
    }

    private boolean holds(When condition, Scope inner, Run run) {
        try {
            return condition.holds(inner);
        } catch (Unanswered e) {
            Run.Origin origin = new Run.Origin(line, inner.row(), e.path(), inner.place(), "", false);
            run.fail(Place.pointer(inner.place()), origin, e.code(), e.values());
            return false;
        }
    }

    @Override
    public boolean constant() {
        return false;
    }

    @Override
    public void tellPersonal(String above, Set<String> paths) {
        String inner = source.dotted(above);
        lines.all().forEach(line -> line.tellPersonal(inner.equals("rows") ? "" : inner, paths));
    }

    @Override
    public void tellReads(List<Object> above, ReadSet reads) {
        reads.enter(above, source);
        List<Object> inner = new ArrayList<>(source.beginning(above));
        inner.addAll(source.steps());
        if (when != null) {
            reads.add(inner, when);
        }
        lines.all().forEach(line -> line.tellReads(inner, reads));
    }
}

package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A line that writes a list: its fields once for every element of a source list. One object counts as a list of one. */
record Each(TargetPath target, int line, SourcePath source, List<Line> lines, boolean required) implements Line {

    @Override
    public void write(Scope scope, ObjectNode into, String above, Run run) {
        JsonNode list = source.in(scope);
        String pointer = above + target.pointer();
        ArrayNode written = Values.NODES.arrayNode();
        int count = list.isArray() ? list.size() : Values.absent(list) ? 0 : 1;
        for (int i = 0; i < count; i++) {
            JsonNode element = list.isArray() ? list.get(i) : list;
            Scope inner = new Scope(element, scope.root(), run.rowOf(list, i, scope));
            String at = pointer + "/" + written.size();
            run.element(at, inner.row());
            ObjectNode object = Lines.write(lines, inner, at, run);
            if (!object.isEmpty()) {
                written.add(object);
            }
        }
        if (!written.isEmpty()) {
            target.put(into, written);
        } else if (required) {
            run.fail(pointer, new Run.Origin(line, scope.row(), source.text(), "", false), MappingCode.REQUIRED);
        }
    }

    @Override
    public boolean constant() {
        return false;
    }

    @Override
    public void tellReads(List<String> above, ReadSet reads) {
        reads.enter(above, source);
        List<String> inner = new ArrayList<>(source.fromRoot() ? List.of() : above);
        inner.addAll(source.names());
        lines.forEach(line -> line.tellReads(inner, reads));
    }
}

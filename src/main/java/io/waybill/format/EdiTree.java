package io.waybill.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.EdiLayout.Part;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the segments of one document where its layout says. A segment belongs to the innermost open loop that knows it; one
 * that none knows stays in the innermost. Without a layout they are listed as they come.
 */
final class EdiTree {
    /** A segment's place among the document's, from 1, and the path to it in the tree. */
    record Place(int position, String path) {}

    private record Open(Part part, ObjectNode node, String path, int depth) {}

    private final @Nullable EdiLayout layout;
    private final ObjectNode root;
    private final List<Open> open = new ArrayList<>();
    private final Map<String, Open> numbered = new HashMap<>();
    private final List<Place> places = new ArrayList<>();
    private int position = 1;

    /** @param root what the envelope says; the segments are added to it */
    EdiTree(@Nullable EdiLayout layout, ObjectNode root) {
        this.layout = layout;
        this.root = root;
        if (layout != null) {
            open.add(new Open(layout.root(), root, "", 0));
        }
    }

    ObjectNode root() {
        return root;
    }

    List<Place> places() {
        return places;
    }

    /** How many segments it has, the first included. */
    int segments() {
        return position;
    }

    /** How many loops stand around the next segment. */
    int depth() {
        return open.isEmpty() ? 0 : innermost().depth();
    }

    void add(EdiSegment segment) {
        position++;
        if (layout == null) {
            ObjectNode one = root.withArray("segments").addObject();
            one.put("segment", segment.tag());
            one.setAll(segment.elements());
            places.add(new Place(position, segment.tag()));
            return;
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            Part part = open.get(i).part().parts().get(segment.tag());
            if (part != null) {
                open.subList(i + 1, open.size()).clear();
                known(part, segment);
                return;
            }
        }
        Open innermost = innermost();
        Repeats.add(innermost.node(), segment.tag(), segment.elements(), false);
        places.add(new Place(position, below(innermost.path(), segment.tag())));
    }

    private void known(Part part, EdiSegment segment) {
        Open parent = part.nested().isEmpty()
                ? null
                : numbered.get(segment.text(part.nested().get(1)));
        if (parent != null) {
            open.add(parent);
        }
        Open above = innermost();
        String path = below(above.path(), part.tag());
        if (part.by().isEmpty()) {
            Repeats.add(above.node(), part.tag(), segment.elements(), part.loop());
        } else {
            String word = segment.text(part.by());
            Repeats.add(
                    above.node().withObjectProperty(part.tag()),
                    word.isEmpty() ? "_" : word,
                    segment.elements(),
                    false);
            path = below(path, word);
        }
        places.add(new Place(position, path));
        if (part.loop()) {
            Open loop = new Open(part, segment.elements(), path, above.depth() + 1);
            open.add(loop);
            if (!part.nested().isEmpty()) {
                numbered.put(segment.text(part.nested().get(0)), loop);
            }
        }
    }

    /** Segments the document must have and has not. */
    List<String> missing() {
        return layout == null
                ? List.of()
                : layout.root().parts().values().stream()
                        .filter(part -> part.required() && !root.has(part.tag()))
                        .map(Part::tag)
                        .toList();
    }

    /** What its own totals say otherwise than its lines. */
    List<Problem> miscounted() {
        return layout == null || layout.totals() == null
                ? List.of()
                : layout.totals().wrong(root);
    }

    private Open innermost() {
        return open.get(open.size() - 1);
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

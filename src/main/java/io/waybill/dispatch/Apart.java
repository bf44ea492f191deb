package io.waybill.dispatch;

import io.waybill.carrier.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Papers of one label told apart: there is room for one of a kind, parcel, format and size. Of several the first stays, and the
 * others have the next numbers that no paper of their kind has; the same paper twice is one.
 */
final class Apart {
    private record Place(String kind, int parcel, String format, String size) {}

    private Apart() {}

    static List<Label.Document> of(List<Label.Document> papers) {
        Map<Place, Label.Document> kept = new HashMap<>();
        List<Label.Document> apart = new ArrayList<>();
        List<Label.Document> others = new ArrayList<>();
        for (Label.Document paper : papers) {
            (kept.putIfAbsent(place(paper), paper) == null ? apart : others).add(paper);
        }
        for (Label.Document other : others) {
            if (apart.stream().noneMatch(one -> isSame(one, other))) {
                apart.add(numbered(other, 1 + last(apart, other.kind())));
            }
        }
        return apart;
    }

    private static Place place(Label.Document paper) {
        return new Place(paper.kind(), paper.parcel(), paper.format(), paper.size());
    }

    private static boolean isSame(Label.Document one, Label.Document other) {
        return one.kind().equals(other.kind()) && Arrays.equals(one.bytes(), other.bytes());
    }

    private static int last(List<Label.Document> papers, String kind) {
        return papers.stream()
                .filter(paper -> paper.kind().equals(kind))
                .mapToInt(Label.Document::parcel)
                .max()
                .orElse(0);
    }

    private static Label.Document numbered(Label.Document paper, int number) {
        return new Label.Document(paper.kind(), number, paper.format(), paper.size(), paper.bytes());
    }
}

package io.waybill.portal;

import java.util.ArrayList;
import java.util.List;

/**
 * Some documents of a batch whose labels go into one PDF, with five parcels each too: of all of a long one they are too many.
 *
 * @param from the place of the first, from 1
 * @param until of the last
 */
public record LabelsPart(int from, int until) {
    static final int DOCUMENTS = 200;

    /** All of them, in order; none where one part has all. */
    static List<LabelsPart> of(int documents) {
        List<LabelsPart> parts = new ArrayList<>();
        for (int before = 0; documents > DOCUMENTS && before < documents; before += DOCUMENTS) {
            parts.add(new LabelsPart(before + 1, Math.min(documents, before + DOCUMENTS)));
        }
        return parts;
    }

    /** What it is asked for by. */
    public int cursor() {
        return from - 1;
    }
}

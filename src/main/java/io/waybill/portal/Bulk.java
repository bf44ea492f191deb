package io.waybill.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** The same act on each row of a list that is ticked. */
final class Bulk {
    private Bulk() {}

    /**
     * What is refused of them is told together; the others are done.
     *
     * @throws Refused with the problem the call was answered with
     */
    static void each(Visit visit, Consumer<String> act) {
        ArrayNode errors = Visit.json().putArray("errors");
        Refused last = null;
        for (String id : visit.form().all("id")) {
            try {
                act.accept(Address.part(id));
            } catch (Refused refused) {
                refused.problem().path("errors").forEach(errors::add);
                last = refused;
            }
        }
        if (last != null) {
            ObjectNode told = last.problem().deepCopy();
            told.set("errors", errors);
            throw new Refused(last.status(), told);
        }
    }
}

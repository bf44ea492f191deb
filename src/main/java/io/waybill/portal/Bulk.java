package io.waybill.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** The same act on each row of a list that is ticked. */
final class Bulk {
    private Bulk() {}

    /**
     * What is refused of them is told together, with how many of the others are done.
     *
     * @throws Refused with the problem the call was answered with
     */
    static void each(Visit visit, Consumer<String> act) {
        ArrayNode errors = Visit.json().putArray("errors");
        List<String> ids = visit.form().all("id");
        int done = 0;
        Refused last = null;
        for (String id : ids) {
            try {
                act.accept(Address.part(id));
                done++;
            } catch (Refused refused) {
                refused.problem().path("errors").forEach(errors::add);
                last = refused;
            }
        }
        if (last != null) {
            ObjectNode told = last.problem().deepCopy();
            told.set("errors", errors);
            if (done > 0) {
                Texts texts = Texts.in(visit.request().language());
                told.put("title", texts.text("bulk.partly", "done", done, "all", ids.size()));
                told.remove("status");
            }
            throw new Refused(last.status(), told);
        }
    }
}

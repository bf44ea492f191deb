package io.waybill.edge;

import com.fasterxml.jackson.core.JsonPointer;
import io.waybill.batch.Fate;
import io.waybill.batch.Feed;
import io.waybill.batch.Taker;
import io.waybill.problem.Problem;
import io.waybill.text.Sha256;
import java.util.List;

/**
 * Knows documents by what their system calls them, not by their place on a page: one that was rejected and comes again, bad or
 * good, is the same.
 */
record ByIdentity(Taker taker, JsonPointer identity) implements Taker {
    private static final int LONGEST = 150;

    @Override
    public List<Fate> takeAll(List<Handed> handed) {
        return taker.takeAll(handed.stream().map(this::identified).toList());
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }

    private Handed identified(Handed one) {
        String said = one.document().tree().at(identity).asText("");
        String id = said.length() <= LONGEST ? said : Sha256.of(said);
        Context of = one.context();
        return id.isEmpty()
                ? one
                : new Handed(
                        one.document(),
                        new Context(of.feed(), "id/" + id, of.fileId(), of.fileName(), of.answers()),
                        one.changed());
    }
}

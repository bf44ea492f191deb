package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Fate;
import io.waybill.batch.Fate.Result;
import io.waybill.batch.Feed;
import io.waybill.batch.Taker;
import io.waybill.batch.Taker.Handed;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is said of documents as polls and pushes hand them over. */
class NewerOnlyTest {
    private static final Feed FEED =
            new Feed("orders", "shop", "acme", "webhook", "m", Reading.of(Format.JSON), Locale.ENGLISH);

    private final List<Handed> handed = new ArrayList<>();
    private final Taker taker =
            new ByIdentity(new NewerOnly(this::take, JsonPointer.compile("/updated")), JsonPointer.compile("/id"));

    @Test
    void a_document_is_handed_on_with_when_it_changed_as_it_says() {
        take("A", "2026-11-24T04:05:00-05:00");
        take("A", "2026-11-24T09:05:00");
        take("A", "yesterday");
        take("A", "");

        assertThat(handed)
                .extracting(Handed::changed)
                .containsExactly(
                        Instant.parse("2026-11-24T09:05:00Z"), Instant.parse("2026-11-24T09:05:00Z"), null, null);
    }

    @Test
    void a_document_is_known_by_what_its_system_calls_it_however_long_and_without_that_by_its_place() {
        take("A", "");
        take("x".repeat(5_000), "");
        take("", "");

        assertThat(handed)
                .extracting(one -> one.context().key())
                .startsWith("id/A")
                .endsWith("sha:1@1")
                .allMatch(key -> key.length() < 100);
    }

    private void take(String id, String updated) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("id", id).put("updated", updated);
        taker.takeAll(List.of(new Handed(Document.of(tree), new Taker.Context(FEED, "sha:1@1", null, null, null))));
    }

    private List<Fate> take(List<Handed> some) {
        handed.addAll(some);
        return some.stream()
                .map(one -> new Fate(Result.ACCEPTED, "1", "ord_1", null, List.of()))
                .toList();
    }
}

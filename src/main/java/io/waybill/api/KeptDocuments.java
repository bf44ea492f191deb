package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Json;
import io.waybill.readiness.Kept;
import io.waybill.readiness.Readiness.When;
import io.waybill.readiness.Setting;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of a source, one document in memory at a time: originals where it has a mapping, else its orders.
 *
 * @param scope whose orders are looked at
 */
record KeptDocuments(Ledger ledger, Namespaces scope) {
    private static final int OF_THE_FIRST_FILE = 500;
    private static final int ALONE = 20;
    private static final int ALONE_IN_ITS_FILE = 1;

    /** Hears of each document; of one that is only compared with, its columns alone count. */
    interface Hearer {
        void hear(Document document, When when, Kept kept);

        void hearColumns(Document document);
    }

    void each(Setting setting, int last, Hearer hearer) throws IOException {
        if (setting.mapping() == null) {
            canonical(setting.source(), last, hearer);
        } else {
            originals(setting.source(), last, hearer);
        }
    }

    /** Later ones are compared with the first file, which may be older than the last documents. */
    private void originals(String source, int last, Hearer hearer) throws IOException {
        List<DocumentBook.Known> newest = ledger.read(tx -> tx.originals().newest(source, scope, last));
        Set<String> first = new HashSet<>(
                ledger.<List<String>>read(tx -> tx.originals().first(source, scope, OF_THE_FIRST_FILE, ALONE)));
        Set<String> among = newest.stream().map(DocumentBook.Known::id).collect(Collectors.toSet());
        for (String id : first) {
            if (!among.contains(id)) {
                document(id, ALONE_IN_ITS_FILE).ifPresent(hearer::hearColumns);
            }
        }
        for (DocumentBook.Known known : newest) {
            When when = first.contains(known.id()) ? When.FIRST : known.recent() ? When.NOW : When.EARLIER;
            String file = Objects.requireNonNullElse(known.fileId(), known.id());
            int ordinal = Objects.requireNonNullElse(known.ordinal(), ALONE_IN_ITS_FILE);
            document(known.id(), ordinal).ifPresent(one -> hearer.hear(one, when, Kept.document(file, known.id())));
        }
    }

    private void canonical(String source, int last, Hearer hearer) throws IOException {
        int count = 0;
        for (String content : ledger.<List<String>>read(tx -> tx.orders().newest(source, scope, last))) {
            JsonNode order = Json.mapper().readTree(content);
            Kept kept =
                    Kept.order(String.valueOf(++count), order.path("orderId").asText());
            hearer.hear(document(order, ALONE_IN_ITS_FILE), When.NOW, kept);
        }
    }

    private Optional<Document> document(String id, int ordinal) throws IOException {
        Optional<DocumentBook.Kept> kept = ledger.read(tx -> tx.originals().find(id));
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(document(Json.mapper().readTree(kept.get().bytes()), ordinal));
    }

    private static Document document(JsonNode tree, int ordinal) {
        return new Document(ordinal, 1, 1, tree, List.of(), List.of());
    }
}

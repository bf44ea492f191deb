package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.mapping.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder where interchanges are dropped, with the mappings as they are shipped, and what is laid beside them. */
abstract class EdiFolder {
    static final Mappings MAPPINGS =
            Mappings.load(Path.of("mappings"), name -> Target.of(name, Formats.json("{\"type\": \"object\"}", "any")));

    @TempDir
    Path data;

    Path inbox;
    Ledger ledger;
    private Batch batch;

    @BeforeEach
    void open() throws IOException {
        inbox = Files.createDirectories(data.resolve("inbox"));
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        batch = new Batch(ledger, EdiFolder::takeAll, Archive.in(data), "node-1");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static List<Fate> takeAll(List<Taker.Handed> handed) {
        return handed.stream().map(one -> take(one.document(), one.context())).toList();
    }

    private static Fate take(Document document, Taker.Context context) {
        Mapping mapping = MAPPINGS.get(String.valueOf(context.feed().mapping()));
        Result result = mapping.apply(document);
        if (result instanceof Result.Mapped mapped) {
            String id = mapped.tree().path("orderId").asText();
            return Fate.accepted(id, "ord_" + id);
        }
        return Fate.rejected(null, ((Result.Failed) result).problems());
    }

    Report drop(String name, String text, Feed feed) throws IOException {
        return batch.run(IncomingFile.at(
                Files.write(inbox.resolve(name), text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)), feed));
    }

    List<Path> laid(String end) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(path -> path.toString().endsWith(end)).toList();
        }
    }

    static String sample(String path) throws IOException {
        return Files.readString(Path.of("mappings").resolve(path), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    static Feed feed(String mapping) {
        return new Feed(
                "orders",
                "shopco",
                "acme",
                "file",
                mapping,
                MAPPINGS.get(mapping).reads(),
                Locale.ENGLISH,
                true,
                null,
                null);
    }

    static List<JsonNode> read(Path path, Format format) {
        List<JsonNode> trees = new ArrayList<>();
        try (DocumentReader reader = Formats.open(
                Files.newInputStream(path), path.toString(), Reading.of(format).withRefusedCounts(true))) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                assertThat(next.problems()).isEmpty();
                trees.add(next.tree());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return trees;
    }
}

package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interchanges dropped into a folder, with the mappings as they are shipped, and what their sender hears. */
class EdiBatchTest {
    private static final Mappings MAPPINGS =
            Mappings.load(Path.of("mappings"), name -> Target.of(name, Formats.json("{\"type\": \"object\"}", "any")));

    @TempDir
    Path data;

    private Path inbox;
    private Ledger ledger;
    private Batch batch;

    @BeforeEach
    void open() throws IOException {
        inbox = Files.createDirectories(data.resolve("inbox"));
        ledger = Ledger.open(Database.embedded(data), Subscriptions.NONE);
        batch = new Batch(ledger, EdiBatchTest::takeAll, Archive.in(data), "node-1");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_sender_of_x12_hears_what_was_taken_and_where_the_rest_is_wrong() throws IOException {
        String text = sample("x12-850-order/two-orders.edi").replace("PO1*1*2*EA*12*", "PO1*1*two*EA*12*");
        Report report = drop("orders.edi", text, feed("x12-850-order"));

        assertThat(report.count(Taken.Result.ACCEPTED)).isEqualTo(1);
        assertThat(report.count(Taken.Result.REJECTED)).isEqualTo(1);
        List<JsonNode> heard = read(laid(".997.edi").get(0), Format.X12);
        assertThat(heard).hasSize(1);
        JsonNode tree = heard.get(0);
        assertThat(tree.at("/interchange/sender").asText()).isEqualTo("WAYBILL");
        assertThat(tree.at("/interchange/receiver").asText()).isEqualTo("SHOPCO");
        assertThat(tree.at("/interchange/number").asText()).isEqualTo("000000001");
        assertThat(tree.path("AK1").toString()).isEqualTo("{\"AK101\":\"PO\",\"AK102\":\"7\"}");
        assertThat(tree.at("/AK2/0").toString())
                .isEqualTo("{\"AK201\":\"850\",\"AK202\":\"0001\",\"AK5\":{\"AK501\":\"A\"}}");
        assertThat(tree.at("/AK2/1/AK3/0").toString())
                .isEqualTo(
                        "{\"AK301\":\"PO1\",\"AK302\":\"6\",\"AK304\":\"8\",\"AK4\":{\"AK401\":\"2\",\"AK403\":\"6\"}}");
        assertThat(tree.at("/AK2/1/AK5").toString()).isEqualTo("{\"AK501\":\"R\",\"AK502\":\"5\"}");
        assertThat(tree.path("AK9").toString())
                .isEqualTo("{\"AK901\":\"P\",\"AK902\":\"2\",\"AK903\":\"2\",\"AK904\":\"1\"}");
        assertThat(read(data.resolve(report.quarantine()), Format.X12))
                .extracting(bad -> bad.path("number").asText())
                .containsExactly("0002");

        drop("again.edi", text, feed("x12-850-order"));

        assertThat(laid(".997.edi"))
                .extracting(path ->
                        read(path, Format.X12).get(0).at("/interchange/number").asText())
                .containsExactlyInAnyOrder("000000001", "000000002");
    }

    @Test
    void a_wrong_count_is_taken_with_a_word_in_the_receipt_and_the_acknowledgement() throws IOException {
        String text =
                sample("x12-850-order/two-orders.edi").replace("SE*8*", "SE*9*").replace("GE*2*", "GE*3*");
        Report report = drop("orders.edi", text, feed("x12-850-order"));

        assertThat(report.count(Taken.Result.ACCEPTED)).isEqualTo(2);
        assertThat(Files.readString(data.resolve(report.receipt())))
                .contains("SE01 of document 2 says 9, and 8 were counted")
                .contains("GE01 of document 2 says 3, and 2 were counted");
        JsonNode tree = read(laid(".997.edi").get(0), Format.X12).get(0);
        assertThat(tree.at("/AK2/1/AK5").toString()).isEqualTo("{\"AK501\":\"E\",\"AK502\":\"4\"}");
        assertThat(tree.path("AK9").toString())
                .isEqualTo("{\"AK901\":\"E\",\"AK902\":\"3\",\"AK903\":\"2\",\"AK904\":\"2\",\"AK905\":\"5\"}");
    }

    @Test
    void the_sender_of_edifact_hears_it_message_by_message() throws IOException {
        drop(
                "no-party.edi",
                sample("edifact-orders/no-party.edi").replace("QTY+21:1", "QTY+21:one"),
                feed("edifact-orders"));

        JsonNode tree = read(laid(".contrl.edi").get(0), Format.EDIFACT).get(0);
        assertThat(tree.at("/UCI/UCI01").asText()).isEqualTo("42");
        assertThat(tree.at("/UCI/UCI02").asText()).isEqualTo("4000001000005");
        assertThat(tree.at("/interchange/receiver").asText()).isEqualTo("4000001000005");
        JsonNode message = tree.at("/UCM/0");
        assertThat(message.path("UCM02").asText()).isEqualTo("ORDERS");
        assertThat(message.path("UCM03").asText()).isEqualTo("4");
        assertThat(message.path("UCS"))
                .anySatisfy(segment -> assertThat(segment.toString())
                        .isEqualTo("{\"UCS01\":\"17\",\"UCD\":{\"UCD01\":\"37\",\"UCD02\":\"1\",\"UCD02_02\":\"2\"}}"));
    }

    @Test
    void who_does_not_ask_hears_nothing() throws IOException {
        Feed quiet = new Feed(
                "orders",
                "shopco",
                "acme",
                "file",
                "x12-850-order",
                MAPPINGS.get("x12-850-order").reads(),
                Locale.ENGLISH);
        drop("orders.edi", sample("x12-850-order/two-orders.edi"), quiet);

        assertThat(laid(".997.edi")).isEmpty();
    }

    private static List<Taken> takeAll(List<Taker.Handed> handed) {
        return handed.stream().map(one -> take(one.document(), one.context())).toList();
    }

    private static Taken take(Document document, Taker.Context context) {
        Mapping mapping = MAPPINGS.get(String.valueOf(context.feed().mapping()));
        Result result = mapping.apply(document);
        if (result instanceof Result.Mapped mapped) {
            String id = mapped.tree().path("orderId").asText();
            return Taken.accepted(id, "ord_" + id);
        }
        return Taken.rejected(null, ((Result.Failed) result).problems());
    }

    private Report drop(String name, String text, Feed feed) throws IOException {
        return batch.run(IncomingFile.at(
                Files.write(inbox.resolve(name), text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)), feed));
    }

    private List<Path> laid(String end) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("archive"))) {
            return files.filter(path -> path.toString().endsWith(end)).toList();
        }
    }

    private static String sample(String path) throws IOException {
        return Files.readString(Path.of("mappings").resolve(path), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static Feed feed(String mapping) {
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

    private static List<JsonNode> read(Path path, Format format) {
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

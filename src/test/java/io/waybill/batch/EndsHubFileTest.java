package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.InvoiceFileBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file whose reading ends the hub: here by an error, after which the next run begins where a dead one left off. */
class EndsHubFileTest {
    private static final String ROWS = "order_no;city\nA1;Berlin\nA2;Bonn\nA3;Bremen\n";
    private static final String OTHER = "order_no;city\nB1;Berlin\n";
    private static final Reading READING = Reading.of(Format.CSV).withDelimiter(';');
    private static final Feed FEED = new Feed("orders", "acme", "acme", "file", "acme-order", READING, Locale.ENGLISH);

    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
    private int begun;
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void it_is_laid_among_the_failed_after_five_ends_and_a_person_is_told() throws IOException {
        Path file = Files.writeString(data.resolve("orders.csv"), ROWS);
        for (int run = 1; run <= 5; run++) {
            assertThatThrownBy(() ->
                            new Batch(ledger, this::ends, Archive.in(data), "node-1").run(IncomingFile.at(file, FEED)))
                    .isInstanceOf(Ends.class);
        }

        begun = 0;

        Report report = new Batch(ledger, this::ends, Archive.in(data), "node-1").run(IncomingFile.at(file, FEED));

        assertThat(begun).as("read once more").isZero();
        assertThat(report.failed()).isTrue();
        assertThat(report.problems()).extracting(Problem::code).contains("file-ends-hub");
        assertThat(file).doesNotExist();
        assertThat(data.resolve(report.archive())).hasContent(ROWS);
        assertThat(exceptions())
                .singleElement()
                .satisfies(row -> assertThat(row.problems()).contains("file-ends-hub", "orders.csv"));
    }

    @Test
    void dropped_again_it_is_read_and_taken() throws IOException {
        it_is_laid_among_the_failed_after_five_ends_and_a_person_is_told();
        Path again = Files.writeString(data.resolve("orders.csv"), ROWS);

        Report report = new Batch(ledger, shop, Archive.in(data), "node-1").run(IncomingFile.at(again, FEED));

        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(3);
        assertThat(exceptions()).isEmpty();
    }

    @Test
    void one_that_the_same_run_could_not_read_on_is_none() throws IOException {
        Path file = Files.writeString(data.resolve("orders.csv"), ROWS);
        Batch batch = new Batch(ledger, this::ends, Archive.in(data), "node-1");
        for (int attempt = 1; attempt <= 10; attempt++) {
            assertThatThrownBy(() -> batch.run(IncomingFile.at(file, FEED))).isInstanceOf(Ends.class);
        }

        assertThat(batch.run(IncomingFile.at(file, FEED), shop).failed()).isFalse();
    }

    @Test
    void one_that_had_to_wait_is_none_however_often_hubs_are_started_meanwhile() throws IOException {
        Path file = Files.writeString(data.resolve("orders.csv"), ROWS);
        for (int run = 1; run <= 7; run++) {
            Batch next = new Batch(ledger, EndsHubFileTest::waits, Archive.in(data), "node-1");
            assertThatThrownBy(() -> next.run(IncomingFile.at(file, FEED))).hasMessageContaining("the disk is low");
        }

        Report report = new Batch(ledger, shop, Archive.in(data), "node-1").run(IncomingFile.at(file, FEED));

        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(3);
        assertThat(exceptions()).isEmpty();
    }

    @Test
    void an_invoice_that_got_further_each_time_is_read_on_after_any_number_of_ends() throws IOException {
        Path file = Files.writeString(data.resolve("nov.csv"), ROWS);
        for (int run = 1; run <= 7; run++) {
            int rows = run * 1_000;
            WholeFiles next = new WholeFiles(ledger, Archive.in(data), "node-1");
            assertThatThrownBy(() -> next.run(IncomingFile.at(file, FEED), (copy, name) -> stage(rows)))
                    .isInstanceOf(Ends.class);
        }

        WholeFiles last = new WholeFiles(ledger, Archive.in(data), "node-1");

        assertThat(last.run(IncomingFile.at(file, FEED), (copy, name) -> {}).problems())
                .isEmpty();
    }

    @Test
    void an_invoice_that_ends_the_hub_at_one_place_is_laid_among_the_failed() throws IOException {
        Path file = Files.writeString(data.resolve("nov.csv"), ROWS);
        for (int run = 1; run <= 5; run++) {
            WholeFiles next = new WholeFiles(ledger, Archive.in(data), "node-1");
            assertThatThrownBy(() -> next.run(IncomingFile.at(file, FEED), (copy, name) -> stage(1_000)))
                    .isInstanceOf(Ends.class);
        }

        WholeFiles last = new WholeFiles(ledger, Archive.in(data), "node-1");

        assertThat(last.run(IncomingFile.at(file, FEED), (copy, name) -> stage(2_000))
                        .problems())
                .extracting(Problem::code)
                .containsExactly("file-ends-hub");
    }

    /** Reads an invoice up to here; then the hub ends. */
    private void stage(int rows) {
        String sha = ledger.read(tx -> tx.files().newest(List.of("acme"), false, null, 1))
                .get(0)
                .fileSha256();
        ledger.commitAll(tx -> {
            var drop = new InvoiceFileBook.Drop("ups-1", "ups", "nov.csv", sha, "me");
            String id = tx.invoiceFiles()
                    .claim(drop, "node-1", Duration.ofMinutes(2))
                    .orElseThrow()
                    .id();
            tx.invoiceFiles().progress(id, rows, "node-1", Duration.ofMinutes(2));
        });
        throw new Ends();
    }

    @Test
    void of_two_files_a_hub_had_when_it_ended_one_waits_until_the_other_is_read() throws IOException {
        Path file = Files.writeString(data.resolve("orders.csv"), ROWS);
        Path other = Files.writeString(data.resolve("other.csv"), OTHER);
        Batch dead = new Batch(ledger, this::ends, Archive.in(data), "node-1");
        for (Path path : List.of(file, other)) {
            assertThatThrownBy(() -> dead.run(IncomingFile.at(path, FEED))).isInstanceOf(Ends.class);
        }
        AtomicReference<Batch> next = new AtomicReference<>();
        next.set(new Batch(
                ledger,
                handed -> {
                    assertThatThrownBy(() -> next.get().run(IncomingFile.at(other, FEED)))
                            .hasMessageContaining("other.csv");
                    return shop.takeAll(handed);
                },
                Archive.in(data),
                "node-1"));

        assertThat(next.get().run(IncomingFile.at(file, FEED)).count(Fate.Result.ACCEPTED))
                .isEqualTo(3);
        assertThat(new Batch(ledger, shop, Archive.in(data), "node-1")
                        .run(IncomingFile.at(other, FEED))
                        .count(Fate.Result.ACCEPTED))
                .isEqualTo(1);
    }

    private static final class Ends extends Error {
        private static final long serialVersionUID = 1L;
    }

    private List<Fate> ends(List<Taker.Handed> handed) {
        begun += handed.size();
        throw new Ends();
    }

    private static List<Fate> waits(List<Taker.Handed> handed) {
        throw new IllegalStateException("the disk is low; " + handed.size() + " are taken in when there is room");
    }

    private List<ExceptionBook.Row> exceptions() {
        return ledger.read(OpenExceptions::of);
    }
}

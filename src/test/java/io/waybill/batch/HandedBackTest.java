package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a file comes back to whoever sent it, also where what they sent is odd. */
class HandedBackTest {
    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
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
    void a_number_of_twenty_thousand_digits_comes_back_as_it_was_written() throws IOException {
        Report report = drop(Format.JSON, "[{\"order_no\":\"J1\",\"city\":\"\",\"x\":1e20000,\"y\":2.50}]");

        assertThat(report.count(Taken.Result.REJECTED)).isEqualTo(1);
        assertThat(data.resolve(report.archive())).exists();
        String quarantine = Files.readString(data.resolve(report.quarantine()));
        assertThat(quarantine).contains("\"x\":1E+20000", "\"y\":2.50");

        drop(Format.JSON, quarantine.replace("\"city\":\"\"", "\"city\":\"Bonn\""));
        assertThat(shop.orders).containsEntry("J1", "Bonn");
    }

    private Report drop(Format format, String text) {
        Feed feed = new Feed("orders", "acme", "acme", "file", "m", Reading.of(format), Locale.ENGLISH);
        return new Batch(ledger, shop, Archive.in(data), "node-1")
                .run(IncomingFile.of(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        "orders." + format.word(),
                        feed));
    }
}

package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Format;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Interchanges that are broken, or none at all: what becomes of them, and what their sender hears. */
class EdiBrokenTest extends EdiFolder {
    @Test
    void a_file_that_is_no_interchange_is_put_aside_and_a_persons_business_and_nobody_is_told() throws IOException {
        Report empty = drop("empty.edi", "", feed("x12-850-order"));
        Report other = drop("other.edi", "order;city\n", feed("x12-850-order"));

        assertThat(List.of(empty, other)).allSatisfy(report -> {
            assertThat(report.failed()).isTrue();
            assertThat(report.archive()).startsWith("failed/");
        });
        assertThat(inbox).isEmptyDirectory();
        assertThat(laid(".997.edi")).isEmpty();
        assertThat(ledger.<List<ExceptionBook.Row>>read(tx -> tx.exceptions().open(Namespaces.ALL, 10)))
                .extracting(ExceptionBook.Row::reason)
                .containsExactly("file-failed", "file-failed");
    }

    @Test
    void an_interchange_without_a_sender_is_archived_with_a_word_that_it_could_not_be_answered() throws IOException {
        String text = sample("x12-850-order/two-orders.edi").replace("ZZ*SHOPCO         *", "ZZ*               *");
        Report report = drop("orders.edi", text, feed("x12-850-order"));

        assertThat(report.failed()).isFalse();
        assertThat(report.count(Taken.Result.REJECTED)).isEqualTo(2);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence(Locale.ENGLISH))
                        .contains("orders.edi")
                        .contains("997")
                        .contains("interchange.receiver is needed"));
        assertThat(inbox).isEmptyDirectory();
        assertThat(data.resolve("work")).isEmptyDirectory();
        assertThat(laid(".997.edi")).isEmpty();
        assertThat(read(data.resolve(report.quarantine()), Format.X12))
                .extracting(bad -> bad.path("number").asText())
                .containsExactly("0001", "0002");
    }
}

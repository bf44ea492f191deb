package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Format;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.OpenExceptions;
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
        assertThat(inbox)
                .as("who wrote nothing may yet")
                .isDirectoryContaining("glob:**empty.edi")
                .isDirectoryNotContaining("glob:**other.edi");
        assertThat(laid(".997.edi")).isEmpty();
        assertThat(ledger.<List<ExceptionBook.Row>>read(OpenExceptions::of))
                .extracting(ExceptionBook.Row::reason)
                .containsExactly("file-failed", "file-failed");
    }

    @Test
    void an_interchange_without_a_sender_is_archived_with_a_word_that_it_could_not_be_answered() throws IOException {
        String text = sample("x12-850-order/two-orders.edi").replace("ZZ*SHOPCO         *", "ZZ*               *");
        Report report = drop("orders.edi", text, feed("x12-850-order"));

        assertThat(report.failed()).isFalse();
        assertThat(report.count(Fate.Result.REJECTED)).isEqualTo(2);
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

    @Test
    void a_count_that_keeps_a_file_out_is_told_to_its_sender_too() throws IOException {
        Report x12 = drop(
                "orders.edi", sample("x12-850-order/two-orders.edi").replace("GE*2*", "GE*3*"), feed("x12-850-order"));
        Report edifact = drop(
                "order.edi",
                sample("edifact-orders/order.edi").replaceFirst("UNZ\\+\\d+", "UNZ+9"),
                feed("edifact-orders"));

        assertThat(List.of(x12, edifact)).allMatch(Report::failed);
        assertThat(x12.count(Fate.Result.ACCEPTED)).isEqualTo(2);
        assertThat(read(laid(".997.edi").get(0), Format.X12).get(0).path("AK9").toString())
                .isEqualTo("{\"AK901\":\"E\",\"AK902\":\"3\",\"AK903\":\"2\",\"AK904\":\"2\",\"AK905\":\"5\"}");
        assertThat(read(laid(".contrl.edi").get(0), Format.EDIFACT).get(0).at("/UCI/UCI05"))
                .hasToString("\"29\"");
    }

    @Test
    void the_sender_of_a_file_that_is_cut_off_hears_that_something_is_missing() throws IOException {
        String x12 = sample("x12-850-order/two-orders.edi");
        String edifact = sample("edifact-orders/order.edi");
        Report report = drop("orders.edi", x12.substring(0, x12.indexOf("N3*22 Oak")), feed("x12-850-order"));
        drop("order.edi", edifact.substring(0, edifact.indexOf("UNZ+")), feed("edifact-orders"));

        assertThat(report.failed()).isTrue();
        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(read(laid(".997.edi").get(0), Format.X12).get(0).path("AK9").toString())
                .isEqualTo("{\"AK901\":\"P\",\"AK902\":\"1\",\"AK903\":\"1\",\"AK904\":\"1\",\"AK905\":\"3\"}");
        assertThat(read(laid(".contrl.edi").get(0), Format.EDIFACT).get(0).at("/UCI/UCI05"))
                .hasToString("\"29\"");
    }

    @Test
    void a_group_that_came_to_its_end_is_whole_though_the_next_is_cut_off() throws IOException {
        String text = sample("x12-850-order/two-orders.edi");
        String next = "GS*PO*SHOPCO*WAYBILL*20261124*0930*8*X*004010~\nST*850*0003~\nBEG*00*SA*4713**20261123~\n";
        drop("orders.edi", text.replaceFirst("IEA\\*.*", "") + next, feed("x12-850-order"));

        assertThat(read(laid(".997.edi").get(0), Format.X12))
                .extracting(answer -> answer.path("AK9").toString())
                .containsExactly("{\"AK901\":\"A\",\"AK902\":\"2\",\"AK903\":\"2\",\"AK904\":\"2\"}");
    }
}

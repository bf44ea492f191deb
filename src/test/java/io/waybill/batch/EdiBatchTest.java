package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Interchanges dropped into a folder, with the mappings as they are shipped, and what their sender hears. */
class EdiBatchTest extends EdiFolder {
    @Test
    void the_sender_of_x12_hears_what_was_taken_and_where_the_rest_is_wrong() throws IOException {
        String text = sample("x12-850-order/two-orders.edi").replace("PO1*1*2*EA*12*", "PO1*1*two*EA*12*");
        Report report = drop("orders.edi", text, feed("x12-850-order"));

        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(report.count(Fate.Result.REJECTED)).isEqualTo(1);
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
    void an_order_whose_own_counts_are_wrong_is_kept_out_and_the_others_of_its_file_are_not() throws IOException {
        String text = sample("x12-850-order/two-orders.edi").replace("CTT*2~", "CTT*3~");
        Report report = drop("orders.edi", text, feed("x12-850-order"));

        assertThat(report.failed()).isFalse();
        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(Files.readString(data.resolve(report.receipt())))
                .contains("CTT01 of document 1 says 3, and 2 were counted");
        JsonNode tree = read(laid(".997.edi").get(0), Format.X12).get(0);
        assertThat(tree.at("/AK2/0/AK5/AK501").asText()).isEqualTo("R");
        assertThat(tree.at("/AK2/0/AK3/0/AK301").asText()).isEqualTo("CTT");
        assertThat(tree.at("/AK2/1/AK5/AK501").asText()).isEqualTo("A");
    }

    @Test
    void a_wrong_count_is_taken_where_the_mapping_says_so_with_a_word_in_the_receipt_and_the_acknowledgement()
            throws IOException {
        String text =
                sample("x12-850-order/two-orders.edi").replace("SE*8*", "SE*9*").replace("GE*2*", "GE*3*");
        Report report = drop("orders.edi", text, reporting(feed("x12-850-order")));

        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(2);
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
    void a_quantity_that_no_line_has_is_told_to_the_sender_as_missing_in_its_line() throws IOException {
        drop("none.edi", sample("edifact-orders/order.edi").replace("QTY+21", "QTY+12"), feed("edifact-orders"));

        JsonNode message =
                read(laid(".contrl.edi").get(0), Format.EDIFACT).get(0).at("/UCM/0");
        assertThat(message.path("UCS").toString())
                .isEqualTo("[{\"UCS01\":\"12\",\"UCS02\":\"13\"},{\"UCS01\":\"17\",\"UCS02\":\"13\"}]");
    }

    @Test
    void an_order_without_a_line_is_told_to_the_sender_by_the_segment_that_is_missing() throws IOException {
        String lines = "(?s)LIN\\+1.*?(?=UNS)";
        String text = sample("edifact-orders/order.edi")
                .replaceFirst(lines, "")
                .replace("CNT+2:2", "CNT+2:0")
                .replace("UNT+20", "UNT+13");
        drop("none.edi", text, feed("edifact-orders"));

        JsonNode message =
                read(laid(".contrl.edi").get(0), Format.EDIFACT).get(0).at("/UCM/0");
        assertThat(message.path("UCS").toString()).isEqualTo("[{\"UCS01\":\"2\",\"UCS02\":\"13\"}]");
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

    private static Feed reporting(Feed feed) {
        return new Feed(
                feed.purpose(),
                feed.source(),
                feed.namespace(),
                feed.channel(),
                feed.mapping(),
                feed.reading().withRefusedCounts(false),
                feed.language(),
                true,
                null,
                null);
    }
}

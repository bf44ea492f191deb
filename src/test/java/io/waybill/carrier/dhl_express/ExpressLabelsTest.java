package io.waybill.carrier.dhl_express;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Label;
import io.waybill.carrier.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExpressLabelsTest {
    private static final String NAMED =
            "{\"typeCode\": \"label\", \"packageReferenceNumber\": %d, \"content\": \"%s\"}";
    private static final String UNNAMED = "{\"typeCode\": \"label\", \"content\": \"%s\"}";

    @Test
    void the_label_of_the_third_parcel_is_never_filed_under_the_second_whose_label_is_missing() {
        assertThat(labels(named(1, "one"), named(3, "three"))).isEmpty();
    }

    @Test
    void the_label_of_the_third_parcel_is_never_filed_under_the_second_whose_label_cannot_be_read() {
        assertThat(labels(named(1, "one"), NAMED.formatted(2, "!"), named(3, "three")))
                .isEmpty();
    }

    @Test
    void there_are_no_labels_when_fewer_come_than_there_are_parcels() {
        assertThat(labels(unnamed("one"), unnamed("two"))).isEmpty();
    }

    @Test
    void labels_without_a_number_belong_to_the_parcels_that_none_names_in_the_order_they_come() {
        assertThat(parcels(labels(named(3, "three"), unnamed("one"), unnamed("two"), unnamed("courier's"))))
                .containsExactly("1 one", "2 two", "3 three", "0 courier's");
    }

    private static Optional<Label> labels(String... documents) {
        String all = Arrays.stream(documents).collect(Collectors.joining(", "));
        Reply answer = Reply.of(("{\"documents\": [" + all + "]}").getBytes(StandardCharsets.UTF_8));
        return ExpressLabels.of(answer, 3, "4x6");
    }

    private static List<String> parcels(Optional<Label> labels) {
        return labels.orElseThrow().documents().stream()
                .map(label -> label.parcel() + " " + new String(label.bytes(), StandardCharsets.UTF_8).substring(3))
                .toList();
    }

    private static String named(int parcel, String text) {
        return NAMED.formatted(parcel, content(text));
    }

    private static String unnamed(String text) {
        return UNNAMED.formatted(content(text));
    }

    private static String content(String text) {
        return Base64.getEncoder().encodeToString(("^XA" + text).getBytes(StandardCharsets.UTF_8));
    }
}

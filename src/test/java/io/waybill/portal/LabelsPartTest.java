package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsPartTest {
    @Test
    void a_long_batch_is_printed_in_parts_that_have_each_of_its_documents_once() {
        assertThat(LabelsPart.of(500)).isEmpty();
        assertThat(LabelsPart.of(1_001))
                .containsExactly(new LabelsPart(1, 500), new LabelsPart(501, 1_000), new LabelsPart(1_001, 1_001))
                .extracting(LabelsPart::cursor)
                .containsExactly(0, 500, 1_000);
    }
}

package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsPartTest {
    @Test
    void a_long_batch_is_printed_in_parts_that_have_each_of_its_documents_once() {
        assertThat(LabelsPart.of(200)).isEmpty();
        assertThat(LabelsPart.of(401))
                .containsExactly(new LabelsPart(1, 200), new LabelsPart(201, 400), new LabelsPart(401, 401))
                .extracting(LabelsPart::cursor)
                .containsExactly(0, 200, 400);
    }
}

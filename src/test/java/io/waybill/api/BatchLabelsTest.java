package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchLabelsTest {
    @Test
    void a_file_that_lacks_labels_says_so_by_its_name() {
        assertThat(new BatchLabels.Count(7, 2, 0).name("orders", "pdf")).isEqualTo("orders-labels.pdf");
        assertThat(new BatchLabels.Count(7, 0, 3).name("orders", "pdf")).isEqualTo("orders-labels-3-missing.pdf");
    }
}

package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchLabelsTest {
    @Test
    void a_file_that_lacks_labels_says_so_by_its_name() {
        assertThat(new BatchLabels.Count(7, 2, 0).name("orders", "pdf")).isEqualTo("orders-labels.pdf");
        assertThat(new BatchLabels.Count(7, 0, 3).name("orders", "pdf")).isEqualTo("orders-labels-3-missing.pdf");
    }

    @Test
    void a_file_of_a_part_is_called_by_its_documents_and_one_of_all_as_the_whole() {
        assertThat(new BatchLabels.Wanted(false, 500, 500).name("orders", 700)).isEqualTo("orders-501-700");
        assertThat(new BatchLabels.Wanted(false, 500, BatchLabels.ALL).name("orders", 700))
                .isEqualTo("orders-501-700");
        assertThat(new BatchLabels.Wanted(false, 500, BatchLabels.ALL).name("orders", null))
                .as("nobody has counted yet where it ends")
                .isEqualTo("orders-501+");
        assertThat(new BatchLabels.Wanted(false, 0, BatchLabels.ALL).name("orders", 700))
                .isEqualTo("orders");
    }
}

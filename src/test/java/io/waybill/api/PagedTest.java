package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A full page is the last one where nothing is behind it. */
class PagedTest {
    @Test
    void a_page_leads_on_only_when_there_is_more() {
        assertThat(Paged.of(List.of("a", "b", "c"), 2).rows()).containsExactly("a", "b");
        assertThat(Paged.of(List.of("a", "b", "c"), 2).next(last -> "after " + last))
                .isEqualTo("after b");
        assertThat(Paged.of(List.of("a", "b"), 2).rows()).containsExactly("a", "b");
        assertThat(Paged.of(List.of("a", "b"), 2).next(last -> last)).isNull();
        assertThat(Paged.of(List.<String>of(), 2).next(last -> last)).isNull();
    }
}

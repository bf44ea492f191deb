package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page leads on by one word that needs no care in an address, and in its own list alone. */
class CursorTest {
    private static final Cursor JOURNAL = new Cursor("journal", Cursor.ANY, Cursor.NUMBER);

    @Test
    void it_says_again_what_it_was_made_of_and_is_safe_in_an_address() {
        String cursor = JOURNAL.of("accrual 2026-11 上海 ?&+", 12);

        assertThat(cursor).matches("[\\w-]+");
        assertThat(JOURNAL.values(cursor)).containsExactly("accrual 2026-11 上海 ?&+", "12");
        assertThat(JOURNAL.values(JOURNAL.of("", 0))).containsExactly("", "0");
    }

    @Test
    void that_of_another_list_leads_nowhere() {
        String other = new Cursor("unmatched-lines", List.of(Cursor.ANY, Cursor.NUMBER)).of("inv_1", 12);

        assertThatThrownBy(() -> JOURNAL.values(other)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "~~~", "inv_1 12", "inv_1", "12"})
    void nor_does_what_no_page_ended_with(String cursor) {
        assertThatThrownBy(() -> JOURNAL.values(cursor)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> JOURNAL.values(JOURNAL.of("entry", "1x"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> JOURNAL.values(JOURNAL.of("entry\0", "1"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> JOURNAL.values(JOURNAL.of("entry"))).isInstanceOf(ProblemException.class);
    }
}

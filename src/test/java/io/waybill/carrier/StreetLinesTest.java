package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.order.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A street in a carrier's lines: here two or three of twelve characters. */
class StreetLinesTest {
    @Test
    void lines_that_fit_stay_as_they_are() {
        assertThat(in(3, "1  Main St", " Apt 4 ", null)).containsExactly("1  Main St", "Apt 4");
        assertThat(in(3, "1 Main St", " ", "Rear")).containsExactly("1 Main St", "Rear");
        assertThat(in(3, "1 Main St", "Apt 4", "Rear")).containsExactly("1 Main St", "Apt 4", "Rear");
        assertThat(in(3, " ", null, null)).isEmpty();
    }

    @Test
    void one_that_is_too_long_goes_on_in_a_free_one_at_a_blank() {
        assertThat(in(3, "100 North Main Street", "Apt 4", null)).containsExactly("100 North", "Main Street", "Apt 4");
        assertThat(in(3, "1 Main St", "Building 7 Floor 2", null))
                .containsExactly("1 Main St", "Building 7", "Floor 2");
    }

    @Test
    void where_none_is_free_the_last_ones_are_joined_first() {
        assertThat(in(3, "100 North Main Street", "Apt 4", "Rear"))
                .containsExactly("100 North", "Main Street", "Apt 4 Rear");
        assertThat(in(2, "1 Main St", "Apt 4", "Rear")).containsExactly("1 Main St", "Apt 4 Rear");
        assertThat(in(2, "9 Elm", "St Rear", "Floor 2")).containsExactly("9 Elm St", "Rear Floor 2");
    }

    @Test
    void what_there_is_no_room_for_is_told_at_its_line() {
        refused("/shipTo/line1", "Kurfuerstenweg", null, null);
        refused("/shipTo/line2", "1 Main St", "Kurfuerstenweg", null);
        refused("/shipTo/line2", "100 North Main Street", "Building 7 Floor 2", "Rear House 9");
    }

    private static void refused(String pointer, String line1, @Nullable String line2, @Nullable String line3) {
        assertThatThrownBy(() -> in(3, line1, line2, line3)).isInstanceOfSatisfying(RefusedException.class, no -> {
            assertThat(no.pointer()).isEqualTo(pointer);
            assertThat(String.valueOf(no.getMessage())).contains("at most 12 characters in 3 lines");
        });
    }

    private static List<String> in(int most, String line1, @Nullable String line2, @Nullable String line3) {
        Address address =
                new Address("A B", null, line1, line2, line3, "Austin", "TX", "78701", "US", null, null, null, null);
        return new StreetLines(12, most).of(address, "/shipTo");
    }
}

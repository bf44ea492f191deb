package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.format.Document;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlashedDatesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11/02/2026 11/04/2026 11/07/2026",
                "12/11/2026 12/12/2026 01/02/2027",
                "2026-11-02 11/02/2026 11/07/2026",
            })
    void dates_that_lie_together_only_with_the_month_first_are_told(String dates) {
        assertThat(isTold(dates)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02/11/2026 04/11/2026 07/11/2026",
                "07/11/2026 02/11/2026 05/08/2026",
                "09/10/2026 10/11/2026",
                "06/11/2026 07/11/2026",
                "11/02/2026 11/07/2026 13/07/2026",
                "11.02.2026 11.07.2026",
                "05/05/2026",
                "2026-02-11 2026-07-11",
            })
    void dates_that_may_be_read_the_day_first_are(String dates) {
        assertThat(isTold(dates)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11/12/2026", "11/12/2026 10/12/2026", "10/11/2026 11/12/2026"})
    void dates_that_are_a_month_to_come_only_with_the_day_first_are_told(String dates) {
        assertThat(faults(dates, LocalDate.of(2026, 11, 9)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("to 2026-12-11", "today is 2026-11-09"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03/12/2026", "12/03/2027 12/04/2027", "30/12/2026"})
    void dates_that_are_hardly_or_in_any_order_to_come_are_not(String dates) {
        assertThat(isTold(dates)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02/11/2026",
                "02/11/2026 05/11/2026 06/06/2026",
                "05/05/2026 06/05/2026",
                "11/12/2026",
            })
    void dates_nothing_decides_the_order_of_are_left_open(String dates) {
        isLeftOpen(dates, TODAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"05/12/2026", "02/11/2026 11/11/2026 05/12/2026", "02/11/2026 06/11/2026 12/11/2026 08/12/2026"})
    void a_bill_that_is_dated_within_a_month_to_come_is_left_open(String dates) {
        isLeftOpen(dates, LocalDate.of(2026, 11, 25));
    }

    @Test
    void dates_that_lie_together_with_the_day_first_and_are_to_come_only_so_are_left_open() {
        isLeftOpen("05/12/2026 08/12/2026", LocalDate.of(2026, 11, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02/11/2026 13/11/2026",
                "02/11/2026 04/11/2026 07/11/2026",
                "11/02/2026 11/04/2026 11/07/2026",
                "05/05/2026",
                "02.11.2026",
                "02/12/2025 12/12/2025",
                "2026-11-02",
            })
    void dates_that_tell_their_order_leave_nothing_open(String dates) {
        assertThat(faults(dates).dates().undecided(TODAY)).isEmpty();
    }

    private static boolean isTold(String dates) {
        return faults(dates).any();
    }

    private static void isLeftOpen(String dates, LocalDate today) {
        Faults faults = faults(dates, today);

        assertThat(faults.any()).isFalse();
        assertThat(faults.dates().undecided(today)).isPresent();
    }

    private static Faults faults(String dates) {
        return faults(dates, TODAY);
    }

    private static Faults faults(String dates, LocalDate today) {
        Faults faults = new Faults("nov.csv");
        Stream.of(dates.split(" "))
                .map(date -> Document.of(JsonNodeFactory.instance.objectNode().put("Invoice Date", date)))
                .forEach(row -> new Cells(row, ',', faults).date("Invoice Date"));
        faults.dates().tell(faults, today);
        return faults;
    }
}

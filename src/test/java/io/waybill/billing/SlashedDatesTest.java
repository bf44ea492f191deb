package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.format.Document;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlashedDatesTest {
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

    private static boolean isTold(String dates) {
        Faults faults = new Faults("nov.csv");
        Stream.of(dates.split(" "))
                .map(date -> Document.of(JsonNodeFactory.instance.objectNode().put("Invoice Date", date)))
                .forEach(row -> new Cells(row, ',', faults).date("Invoice Date"));
        faults.dates().tell(faults);
        return faults.any();
    }
}

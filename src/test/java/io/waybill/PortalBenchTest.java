package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pack bench is worked by a scanner and a scale: they type wherever the cursor stands, and wait for nobody. */
class PortalBenchTest {
    private static final String SCAN = "name=\"order\" required maxlength=\"200\" autocomplete=\"off\"";
    private static PortalHub hub;
    private static PortalHub.Visitor olga;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running();
        olga = hub.person("olga", "ops", "*");
    }

    @Test
    void a_number_nobody_knows_is_named_and_does_not_stand_before_the_next_scan() throws Exception {
        assertThat(olga.page("/bench?order=NOT-1"))
                .contains("There is no order “NOT-1”", SCAN + " autofocus")
                .doesNotContain("value=\"NOT-1\"");
    }

    @Test
    void after_an_order_there_is_nothing_to_do_for_the_next_one_is_scanned() throws Exception {
        hub.order("SCAN-1", PortalTest.WEIGHED);

        assertThat(olga.page("/bench?order=SCAN-1")).contains(SCAN + " autofocus");
        assertThat(olga.page("/bench?order=SCAN-1&station=bench-1"))
                .contains(SCAN + ">")
                .containsPattern("autofocus>Print at bench-1");
    }

    @Test
    void a_weight_that_is_known_is_never_written_into() throws Exception {
        hub.order("SCAN-2", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        hub.order("SCAN-3", "");

        assertThat(olga.page("/bench?order=SCAN-2"))
                .contains(SCAN + ">")
                .containsPattern("name=\"weight\"[^>]* required data-first=\"\" value=\"1\"");
        assertThat(olga.page("/bench?order=SCAN-3"))
                .containsPattern("name=\"weight\"[^>]* required autofocus value=\"\"");
    }
}

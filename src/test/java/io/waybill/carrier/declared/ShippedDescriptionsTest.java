package io.waybill.carrier.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Carriers;
import io.waybill.carrier.DescribedCarriers;
import io.waybill.mapping.MapCheck;
import io.waybill.mapping.Mappings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The descriptions in carriers/ hold what they say. */
class ShippedDescriptionsTest {
    private final DescribedCarriers.Read shipped = new Carriers().described(Path.of("carriers"));

    @Test
    void they_are_sound() {
        assertThat(shipped.problems()).isEmpty();
        assertThat(shipped.carriers()).containsKey("label-platform");
    }

    @Test
    void every_mapping_carries_a_test_and_passes_it() {
        for (Mappings mappings : shipped.mappings().values()) {
            for (String name : mappings.names()) {
                List<MapCheck.TestResult> tests = MapCheck.run(mappings.get(name));
                assertThat(tests)
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(test ->
                                assertThat(test.problems()).as(test.test()).isEmpty());
            }
        }
    }
}

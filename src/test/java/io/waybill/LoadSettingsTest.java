package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadSettingsTest {
    @Test
    void sizes_have_units() {
        assertThat(read("disk.minFree=2GB").minFree()).isEqualTo(2L << 30);
        assertThat(read("disk.minFree=500 mb").minFree()).isEqualTo(500L << 20);
        assertThat(read("").minFree()).isEqualTo(200L << 20);
        assertThat(read("load.maxAge=5m").maxAge()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void what_is_no_size_is_refused_by_name() {
        for (String bad : new String[] {"5", "GB", "-1GB", "5XB", "lots"}) {
            assertThatThrownBy(() -> read("disk.minFree=" + bad))
                    .as(bad)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("disk.minFree");
        }
        assertThatThrownBy(() -> read("disk.minfree=1GB")).hasMessageContaining("disk.minfree");
    }

    private static LoadSettings read(String text) {
        Settings settings = Settings.of(text);
        return LoadSettings.read(settings.section("load"), settings.section("disk"));
    }
}

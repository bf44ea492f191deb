package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkSecretsTest {
    private static final byte[] KEY = "0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

    @Test
    void a_secret_is_read_from_the_environment() {
        assertThat(secrets("env:OMS_SECRET").of("oms")).containsExactly(KEY);
    }

    @Test
    void a_secret_is_read_from_a_file(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        assertThat(secrets("file:" + file).of("oms")).containsExactly(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"whsec_c2hvcnQ=", "s3cret-canary", "whsec_!!canary!!", "env:MISSING", "file:/missing/canary"})
    void a_secret_that_cannot_be_used_is_refused_and_not_shown(String reference) {
        assertThatThrownBy(() -> secrets(reference).of("oms"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("oms")
                .hasMessageNotContainingAny("canary", "c2hvcnQ")
                .hasNoCause();
    }

    @Test
    void a_sink_without_a_secret_is_refused_by_name() {
        assertThatThrownBy(() -> secrets("").of("oms")).hasMessageContaining("sink.oms.secret");
    }

    @Test
    void the_next_secret_signs_beside_the_one_it_replaces_and_once_where_they_are_the_same() {
        String both = "env:OMS_SECRET\nsink.oms.secret.next=";

        assertThat(secrets(both + "whsec_" + "QUJD".repeat(8)).of("oms"))
                .containsExactly(KEY, "ABC".repeat(8).getBytes(StandardCharsets.UTF_8));
        assertThat(secrets(both + "env:OMS_SECRET").of("oms")).containsExactly(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"whsec_c2hvcnQ=", "s3cret-canary", "whsec_!!canary!!", "env:MISSING", "file:/missing/canary"})
    void a_next_secret_that_cannot_be_used_is_refused_by_its_name_and_not_shown(String reference) {
        assertThatThrownBy(() -> secrets("env:OMS_SECRET\nsink.oms.secret.next=" + reference)
                        .of("oms"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("sink.oms.secret.next")
                .hasMessageNotContainingAny("canary", "c2hvcnQ")
                .hasNoCause();
    }

    @Test
    void a_next_secret_without_one_to_replace_is_refused_by_name() {
        assertThatThrownBy(
                        () -> secrets("\nsink.oms.secret.next=env:OMS_SECRET").of("oms"))
                .hasMessageContaining("sink.oms.secret ");
    }

    private static SinkSecrets secrets(String reference) {
        return new SinkSecrets(Settings.of("sink.oms.secret=" + reference, Map.of("OMS_SECRET", SECRET)));
    }
}

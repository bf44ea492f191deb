package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.settings.Settings;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {

    @Test
    void by_default_only_this_machine_is_answered() {
        HttpSettings settings = read("");
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.workers()).isEqualTo(64);
        assertThatCode(() -> settings.requireSafe(false)).doesNotThrowAnyException();
    }

    @Test
    void only_files_may_be_large() {
        assertThat(read("").maxBody("/v1/orders")).isEqualTo(1024 * 1024);
        assertThat(read("").maxBody("/v1/batches")).isEqualTo(64 * 1024 * 1024);
    }

    @Test
    void keys_alone_do_not_make_the_network_safe() {
        assertThatThrownBy(() -> read("waybill.http.host=0.0.0.0").requireSafe(true))
                .hasMessageContaining("0.0.0.0");
        assertThatCode(() -> read("waybill.http.host=0.0.0.0\nwaybill.http.behindProxy=true")
                        .requireSafe(true))
                .doesNotThrowAnyException();
    }

    @Test
    void an_unknown_key_is_refused_by_name() {
        assertThatThrownBy(() -> read("waybill.http.prot=80")).hasMessageContaining("waybill.http.prot");
    }

    @Test
    void a_port_that_cannot_be_is_refused_with_what_can() {
        assertThatThrownBy(() -> read("waybill.http.port=70000")).hasMessageContaining("from 0 to 65535");
    }

    @Test
    void tls_needs_both_files() {
        assertThatThrownBy(() -> read("waybill.http.tls.certificate=pom.xml"))
                .hasMessageContaining("waybill.http.tls.key");
        assertThatThrownBy(() -> read("waybill.http.tls.key=no-such.pem")).hasMessageContaining("no-such.pem");
    }

    private static HttpSettings read(String text) {
        return HttpSettings.read(Settings.of(text).section("waybill.http"));
    }
}

package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.access.Access;
import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    Path folder;

    @Test
    void with_keys_and_tls_it_may_listen_to_the_network() throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, "first");
        certificate.write(folder);
        makeKey();
        try (RunningHub hub = new RunningHub(folder, "waybill.http.host=0.0.0.0\n" + settings())) {
            HttpResponse<String> answer = ask(hub, certificate);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.2", "TLSv1.3");
        }
    }

    @Test
    void a_renewed_certificate_is_served_without_a_restart() throws Exception {
        SelfSigned first = SelfSigned.make(folder, "first");
        SelfSigned second = SelfSigned.make(folder, "second");
        first.write(folder);
        makeKey();
        try (RunningHub hub = new RunningHub(folder, settings() + "\nwaybill.http.tls.reload=50ms")) {
            assertThat(ask(hub, first).statusCode()).isEqualTo(401);
            assertThatThrownBy(() -> ask(hub, second)).isInstanceOf(SSLException.class);

            second.write(folder);

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(SSLException.class)
                    .until(() -> ask(hub, second).statusCode() == 401);
            assertThatThrownBy(() -> ask(hub, first)).isInstanceOf(SSLException.class);
        }
    }

    private String settings() {
        return "waybill.http.tls.certificate=" + folder.resolve("certificate.pem") + "\nwaybill.http.tls.key="
                + folder.resolve("key.pem");
    }

    private static HttpResponse<String> ask(RunningHub hub, SelfSigned trusted) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(trusted.trusting())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + hub.server.port() + "/v1/orders/a"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void makeKey() {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
                Access access = Access.open(ledger)) {
            access.create(NewKey.forPerson("Jane Roe", Role.ADMIN, Namespaces.ALL), "test");
        }
    }
}

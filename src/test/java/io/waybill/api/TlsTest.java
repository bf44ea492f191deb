package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Access;
import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Subscriptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    @Test
    void with_keys_and_tls_it_may_listen_to_the_network() throws Exception {
        KeyStore store = selfSigned();
        pem("certificate.pem", "CERTIFICATE", store.getCertificate("hub").getEncoded());
        pem("key.pem", "PRIVATE KEY", store.getKey("hub", PASSWORD).getEncoded());
        makeKey();
        String settings = "waybill.http.host=0.0.0.0\nwaybill.http.tls.certificate=" + folder.resolve("certificate.pem")
                + "\nwaybill.http.tls.key=" + folder.resolve("key.pem");
        try (RunningHub hub = new RunningHub(folder, settings)) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(store)).build();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + hub.server.port() + "/v1/orders/a"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    private void makeKey() {
        try (Ledger ledger = Ledger.open(Database.embedded(folder), Subscriptions.NONE);
                Access access = Access.open(ledger)) {
            access.create(NewKey.forPerson("Jane Roe", Role.ADMIN, Namespaces.ALL), "test");
        }
    }

    private KeyStore selfSigned() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hub",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private void pem(String name, String kind, byte[] bytes) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("hub", store.getCertificate("hub"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

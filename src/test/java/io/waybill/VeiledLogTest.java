package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.settings.Veiled;
import java.net.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libraries log passes where every line is made: nobody's password or key is in it, in text or in JSON. */
class VeiledLogTest {
    private static final String SECRET = "s3cr3tOfNobody0x7f";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cannot reach https://acme:%s@api.example.com/v1/orders",
                "Failed to get driver instance for jdbcUrl=jdbc:postgresql://db/w?user=w&password=%s",
                "{user=w, password=%s}",
                "sasl.jaas.config = org.apache.kafka.common.security.plain.PlainLoginModule required username=\"w\" password=\"%s x\";",
                "GET /v1 failed, headers: {Authorization=[Bearer %s], Accept=[*/*]}",
                "request headers Authorization: Basic %s==",
                "authorization: %s",
                "X-Api-Key: %s",
                "Set-Cookie: waybill=%s; Path=/",
                "the answer was {\"client_secret\" : \"%s\", \"expires_in\": 1}",
                "{\"access_token\":\"%s\"}",
                "client_secret=%s&grant_type=client_credentials",
                "sent with Bearer %s",
                "refused key wbk_%s",
                "signed by whsec_%s",
                "eyJhbGciOiJIUzI1NiJ9.%s.c2ln",
                "sftp://acme:RAW(%s)@files.example.com:22/in",
                "Endpoint[sftp://acme@files.example.com?password=RAW(%s)&delay=1]",
                "{password=RAW(a;%s)}",
                "sftp://acme@files.example.com/in?privateKeyPassphrase=%s",
                "Cookie: a=b; session=%s",
                "{Cookie=[a=b; session=%s], Accept=[*/*]}",
                "Authorization: Digest username=\"w\", response=\"%s\"",
                "X-Auth-Token: %s",
                "DHL-API-Key: %s and more",
                "X-Shopify-Hmac-Sha256: %s",
                "unreadable:   password: %s",
                "client_secret: '%s'\n  scope: all",
                "{\\\"password\\\":\\\"%s\\\"}",
                "redirect?to=%%3Fuser%%3Dw%%26password%%3D%s%%26a%%3Db",
                "redirect?to=https%%3A%%2F%%2Facme%%3A%s%%40files.example.com",
                "<wsse:Password Type=\"text\">%s</wsse:Password>",
                "https://hooks.slack.com/services/T0/B0/%s is not there",
                "https://hook.eu1.make.com/%s is not there",
                "https://acme.webhook.office.com/webhookb2/11111111-2222@3333/IncomingWebhook/0123456789abcdef01234567/%s is not there",
                "https://acme.webhook.office.com:x/webhookb2/11111111-2222@3333/IncomingWebhook/0123456789abcdef01234567/%s is not there",
                "https://discord.com/api/webhooks/123456789012345678/%s-0123456789 is not there",
                "carrier.ups.acme.secret.next=%s",
                "AccountName=a;AccountKey=%s==;EndpointSuffix=example.com",
                "-----BEGIN PRIVATE KEY-----\nMIIE\n%s\n-----END PRIVATE KEY-----",
            })
    void a_secret_in_a_line_is_veiled_in_the_message_the_exception_and_its_causes(String said) throws Exception {
        String line = said.formatted(SECRET);
        Exception broke = new IllegalStateException("outer: " + line, new IllegalArgumentException(line));
        broke.addSuppressed(new RuntimeException("suppressed: " + line));

        for (String form : new String[] {"text", "json"}) {
            assertThat(written(form, "it broke: {}", broke, line))
                    .as(form)
                    .doesNotContain(SECRET)
                    .contains("***", "it broke: ", "outer: ", "suppressed: ", "IllegalArgumentException");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic authentication failed at https://api.example.com:8443/a@b",
                "Unrecognized token 'abc': was expecting a JSON value",
                "no order SO-1 in jane@example.com's folder, key=SO-1",
                "the Bearer is missing",
                "the authorization of acme is refused",
                "no service Basic 2Day to Paris, signature=adult, order SO-1",
                "signature: adult, password: must not be empty",
                "the field \"token\": expected a text of the order",
                "duplicate key: Key (namespace, order_key)=(acme, SO-1)",
                "read sftp://files.example.com/in/a=b;tracking=1Z999AA10123456784",
                "https://oms.example.com/webhooks/v2/orders answered 503",
                "Listening on http://127.0.0.1:8080"
            })
    void a_line_without_a_secret_is_written_as_it_is(String said) throws Exception {
        assertThat(written("text", said, null)).contains(said);
        assertThat(written("json", said, null))
                .contains(said.replace("/", "\\/").replace("\"", "\\\""));
    }

    @Test
    void a_pool_that_finds_no_driver_tells_no_password() throws Exception {
        Throwable broke = catchThrowable(() -> {
            try (HikariDataSource pool = new HikariDataSource()) {
                pool.setJdbcUrl("jdbc:nobodys://w:" + SECRET + "@db/w");
                pool.getConnection();
            }
        });

        assertThat(broke).hasStackTraceContaining(SECRET);
        assertThat(written("text", "no pool", broke))
                .contains("jdbc:nobodys://***@db/w")
                .doesNotContain(SECRET);
    }

    @Test
    void a_client_whose_token_ends_in_a_line_break_tells_no_token() throws Exception {
        Throwable broke =
                catchThrowable(() -> HttpRequest.newBuilder().header("Authorization", "Bearer " + SECRET + "\n"));

        assertThat(broke).hasStackTraceContaining(SECRET);
        assertThat(written("json", "not sent", broke))
                .contains("invalid header value")
                .doesNotContain(SECRET);
    }

    @Test
    void what_a_driver_logs_by_the_jdks_own_logging_is_a_line_of_the_log() {
        LibraryLines.join();

        java.util.logging.Logger driver = java.util.logging.Logger.getLogger("org.postgresql.Driver");
        assertThat(driver.getParent().getHandlers())
                .allMatch(handler -> handler.getClass().getName().contains("slf4j"));
    }

    @Test
    @Timeout(60)
    void long_and_odd_lines_are_veiled_soon() {
        for (String piece : new String[] {
            "://a:b",
            "password=",
            "password='",
            "password=\"\\",
            "a.b-c_",
            "Basic abc",
            "eyJ",
            "?a=",
            "\"",
            ";password={ ",
            "://a:b@c "
        }) {
            assertThat(Veiled.line(piece.repeat(200_000 / piece.length()) + " @"))
                    .isNotEmpty();
        }
    }

    @Test
    void a_long_quoted_secret_is_veiled_on_a_thread_with_little_room() throws Exception {
        String[] told = new String[1];
        Thread small = new Thread(
                null, () -> told[0] = Veiled.told("password=\"" + "a\\\\".repeat(2_000) + "\", x"), "small", 256 << 10);
        small.start();
        small.join();

        assertThat(told[0]).isEqualTo("password=***, x");
    }

    @Test
    void a_thread_named_after_an_address_tells_no_password_of_it() throws Exception {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("Camel thread #1 - sftp://acme:" + SECRET + "@files.example.com/in");
        try {
            assertThat(written("text", "polled", null))
                    .contains("sftp://***@files")
                    .doesNotContain(SECRET);
            assertThat(written("json", "polled", null)).doesNotContain(SECRET);
        } finally {
            thread.setName(name);
        }
    }

    /** As the console of this form shows it. */
    private static String written(String form, String message, @Nullable Throwable broke, Object... arguments)
            throws Exception {
        LoggerContext logs = new LoggerContext();
        logs.putProperty("WAYBILL_LOG_FORMAT", form);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logs);
        configurator.doConfigure(VeiledLogTest.class.getResource("/logback.xml"));
        Logger some = logs.getLogger("com.example.Library");
        LoggingEvent event = new LoggingEvent("com.example.Library", some, Level.ERROR, message, broke, arguments);
        event.setMDCPropertyMap(Map.of());
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>) logs.getLogger("ROOT").getAppender(form);
        String written = new String(console.getEncoder().encode(event), UTF_8);
        logs.stop();
        return written;
    }
}

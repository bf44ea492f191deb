package io.waybill.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** A failure tells a person what happened, not which class of ours or Java's noticed. */
class WordsTest {
    @Test
    void a_failure_around_another_says_what_the_other_says() {
        IOException refused = new ConnectException("Connection refused");

        assertThat(Words.of(new UncheckedIOException(refused))).isEqualTo("Connection refused");
        assertThat(Words.of(new CompletionException(new IllegalStateException(refused))))
                .isEqualTo("Connection refused");
        assertThat(Words.of(new IllegalStateException("no room", refused))).isEqualTo("no room");
    }

    @Test
    void the_network_s_failures_say_what_they_are_also_without_a_message() {
        assertThat(Words.of(new UnknownHostException("printer-1"))).isEqualTo("the host printer-1 is not known");
        assertThat(Words.of(new UnknownHostException("api.example is no public address")))
                .isEqualTo("api.example is no public address");
        assertThat(Words.of(new SSLHandshakeException("certificate expired"))).isEqualTo("TLS: certificate expired");
        assertThat(Words.of(new ConnectException())).isEqualTo("no connection was made");
        assertThat(Words.of(new SocketTimeoutException())).isEqualTo("no answer in time");
    }

    @Test
    void a_file_is_named_with_what_is_wrong_with_it() {
        assertThat(Words.of(new AccessDeniedException("/var/lib/x"))).isEqualTo("/var/lib/x: AccessDenied");
    }

    @Test
    void a_database_that_falls_silent_is_said_to_have_not_answered_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url =
                    "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/erp?socketTimeout=1&sslmode=disable";

            assertThatThrownBy(() -> DriverManager.getConnection(url))
                    .extracting(Words::of)
                    .isEqualTo("SQL state 08001: The connection attempt failed. (Read timed out)");
        }
    }

    @Test
    void a_pool_that_has_no_connection_left_is_no_state_of_a_database() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setPoolName("erp");
        config.setJdbcUrl("jdbc:h2:mem:");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection taken = pool.getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            assertThatThrownBy(pool::getConnection)
                    .extracting(Words::of)
                    .asString()
                    .startsWith("erp - Connection is not available");
        }
    }
}

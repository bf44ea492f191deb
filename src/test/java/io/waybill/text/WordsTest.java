package io.waybill.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
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
}

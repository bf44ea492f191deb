package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** A command that breaks off by what nobody foresaw. */
class BrokenCommandTest {
    @Test
    void tells_where_it_broke_without_the_passwords_of_what_broke() {
        StringWriter err = new StringWriter();

        int code = Commands.run(
                new String[] {"backup"}, broken(), new PrintWriter(new StringWriter()), new PrintWriter(err, true));

        assertThat(code).isOne();
        assertThat(err.toString())
                .contains("IllegalStateException", "nobody drives jdbc:acme://***@db/w", "\tat ", "password=***")
                .doesNotContain("s3cret");
    }

    private static Wiring broken() {
        return (Wiring) Proxy.newProxyInstance(
                Wiring.class.getClassLoader(), new Class<?>[] {Wiring.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(
                            "nobody drives jdbc:acme://w:s3cret@db/w", new IllegalArgumentException("password=s3cret"));
                });
    }
}

package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.GuardedHosts;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkHostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.192",
                "192.0.0.171",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "localhost",
                "2130706433",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0",
                "017700000001",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "LOCALHOST"
            })
    void an_address_that_is_not_public_is_refused(String host) {
        assertThatThrownBy(() -> new GuardedHosts(Set.of()).resolve(host))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("not a public address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"})
    void a_public_address_is_allowed(String host) throws Exception {
        assertThat(GuardedHosts.isPublic(InetAddress.getByName(host))).isTrue();
    }

    @Test
    void one_private_address_among_public_ones_is_refused() throws Exception {
        byte[] open = {93, (byte) 184, (byte) 216, 34};
        byte[] metadata = {(byte) 169, (byte) 254, (byte) 169, (byte) 254};
        GuardedHosts hosts = new GuardedHosts(Set.of(), answering(open, metadata));

        assertThatThrownBy(() -> hosts.resolve("oms.example.com"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("169.254.169.254");
        assertThat(new GuardedHosts(Set.of(), answering(open)).resolve("oms.example.com"))
                .containsExactly(InetAddress.getByAddress(open));
    }

    @Test
    void a_name_that_points_elsewhere_by_the_time_it_is_connected_to_is_checked_again() throws Exception {
        Iterator<byte[]> answers = List.of(new byte[] {93, (byte) 184, (byte) 216, 34}, new byte[] {127, 0, 0, 1})
                .iterator();
        GuardedHosts hosts = new GuardedHosts(Set.of(), names(() -> List.of(answers.next())));

        assertThat(hosts.resolve("rebind.example.com")).hasSize(1);
        assertThatThrownBy(() -> hosts.resolve("rebind.example.com")).isInstanceOf(UnknownHostException.class);
    }

    private static DnsResolver answering(byte[]... addresses) {
        return names(() -> List.of(addresses));
    }

    private static DnsResolver names(Supplier<List<byte[]>> addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                List<InetAddress> found = new ArrayList<>();
                for (byte[] address : addresses.get()) {
                    found.add(InetAddress.getByAddress(host, address));
                }
                return found.toArray(InetAddress[]::new);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Test
    void a_sink_may_say_that_it_is_in_a_private_network() {
        GuardedHosts hosts = read("sink.erp.url=http://10.1.2.3/hooks\nsink.erp.privateNetwork=true");

        assertThatCode(() -> hosts.resolve("10.1.2.3")).doesNotThrowAnyException();
        assertThatThrownBy(() -> hosts.resolve("10.1.2.4")).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://oms.example.com/",
                "ftp://oms.example.com/",
                "https://user@oms.example.com/",
                "https:///x",
                "https://public.example.com@127.0.0.1/",
                "https://user:word@oms.example.com/",
                "gopher://oms.example.com/",
                "//oms.example.com/",
                "file:/etc/passwd"
            })
    void a_url_that_is_not_https_is_refused_by_name(String url) {
        assertThatThrownBy(() -> read("sink.oms.url=" + url))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("sink.oms.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://oms.example.com/hooks", "http://localhost:8080/", "http://[::1]:8080/"})
    void https_and_loopback_are_allowed(String url) {
        assertThatCode(() -> read("sink.oms.url=" + url)).doesNotThrowAnyException();
    }

    private static GuardedHosts read(String text) {
        return SinkHosts.read(Settings.of(text));
    }
}

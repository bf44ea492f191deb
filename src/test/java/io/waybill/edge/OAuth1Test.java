package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Authorization.Call;
import io.waybill.carrier.Authorization.Grant;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OAuth1Test {
    /** RFC 5849, 1.2. */
    private static final OAuth1 PHOTOS = new OAuth1(
            URI.create("http://photos.example.net"),
            "HMAC-SHA1",
            new OAuth1.Keys("dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"),
            "Photos");

    @Test
    void the_example_of_the_rfc_is_signed_as_there() {
        Map<String, String> said = Map.of(
                "oauth_consumer_key", "dpf43f3p2l4k3l03",
                "oauth_token", "nnch734d00sl2jdk",
                "oauth_signature_method", "HMAC-SHA1",
                "oauth_timestamp", "137131202",
                "oauth_nonce", "chapoH");

        assertThat(PHOTOS.signature(call("/photos?file=vacation.jpg&size=original"), said))
                .isEqualTo("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    @Test
    void a_query_is_signed_by_what_it_says_and_not_by_how_it_is_written() {
        Map<String, String> said = Map.of("oauth_nonce", "n");

        assertThat(PHOTOS.signature(call("/o?a[0]=x%20y&b=%7E"), said))
                .isEqualTo(PHOTOS.signature(call("/o?b=~&a%5B0%5D=x+y"), said))
                .isNotEqualTo(PHOTOS.signature(call("/o?b=~&a%5B0%5D=xy"), said));
    }

    @Test
    void two_calls_have_nothing_in_common_but_their_keys() {
        String one = header();
        String two = header();

        assertThat(one).startsWith("OAuth realm=\"Photos\", oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_nonce=");
        assertThat(one.replaceAll(".*oauth_nonce=\"(\\w+)\".*", "$1"))
                .isNotEqualTo(two.replaceAll(".*oauth_nonce=\"(\\w+)\".*", "$1"));
        assertThat(PHOTOS.toString()).doesNotContain("kd94hf93k423kf44");
    }

    private static String header() {
        return ((Grant.Headers) PHOTOS.grant(call("/photos"))).headers().get("Authorization");
    }

    private static Call call(String path) {
        return new Call("GET", path, new byte[0]);
    }
}

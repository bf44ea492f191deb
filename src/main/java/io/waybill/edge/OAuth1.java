package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Authorization;
import io.waybill.text.UrlPart;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * OAuth 1.0a (RFC 5849) with keys that were given once: each call is signed by itself, its method, address and query, under a
 * time and a number used once. A body that is no form is not signed.
 *
 * @param base the address that paths are put behind
 * @param method {@code HMAC-SHA256} or {@code HMAC-SHA1}
 * @param realm put in front of the signed values; empty for none
 */
record OAuth1(URI base, String method, Keys keys, String realm) implements Authorization {
    private static final Map<String, String> ALGORITHMS = Map.of("HMAC-SHA256", "HmacSHA256", "HMAC-SHA1", "HmacSHA1");
    static final String METHODS = "HMAC-SHA256, HMAC-SHA1";

    /** Never shown: they are secrets. */
    record Keys(String consumer, String consumerSecret, String token, String tokenSecret) {
        @Override
        public String toString() {
            return "Keys";
        }
    }

    static boolean knows(String method) {
        return ALGORITHMS.containsKey(method);
    }

    @Override
    public Grant grant(Call call) {
        Map<String, String> said = new TreeMap<>(Map.of(
                "oauth_consumer_key", keys.consumer(),
                "oauth_token", keys.token(),
                "oauth_signature_method", method,
                "oauth_timestamp", String.valueOf(Instant.now().getEpochSecond()),
                "oauth_nonce", UUID.randomUUID().toString().replace("-", ""),
                "oauth_version", "1.0"));
        said.put("oauth_signature", signature(call, said));
        String realmFirst = realm.isEmpty() ? "" : "realm=\"" + realm + "\", ";
        return new Grant.Headers(Map.of(
                "Authorization",
                said.entrySet().stream()
                        .map(value -> value.getKey() + "=\"" + encoded(value.getValue()) + "\"")
                        .collect(Collectors.joining(", ", "OAuth " + realmFirst, ""))));
    }

    /** @param said the values of the header, without the signature */
    String signature(Call call, Map<String, String> said) {
        String[] path = call.path().split("\\?", 2);
        Stream<String> query = path.length == 1 || path[1].isEmpty()
                ? Stream.empty()
                : Stream.of(path[1].split("&")).map(OAuth1::normal);
        String values = Stream.concat(
                        query,
                        said.entrySet().stream()
                                .map(value -> encoded(value.getKey()) + "=" + encoded(value.getValue())))
                .sorted()
                .collect(Collectors.joining("&"));
        String signed = call.method() + "&" + encoded(base + path[0]) + "&" + encoded(values);
        byte[] key = (encoded(keys.consumerSecret()) + "&" + encoded(keys.tokenSecret())).getBytes(UTF_8);
        try {
            String algorithm = ALGORITHMS.getOrDefault(method, "");
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part of a query, however it was encoded, as it is signed. */
    private static String normal(String pair) {
        String[] both = pair.split("=", 2);
        return encoded(URLDecoder.decode(both[0], UTF_8)) + "="
                + (both.length == 1 ? "" : encoded(URLDecoder.decode(both[1], UTF_8)));
    }

    /** RFC 5849, 3.6: everything but letters, digits and {@code -._~}. */
    private static String encoded(String text) {
        return UrlPart.of(text).replace("*", "%2A").replace("%7E", "~");
    }
}

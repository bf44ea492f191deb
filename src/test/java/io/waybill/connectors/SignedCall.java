package io.waybill.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.connectors.FakeSystem.Call;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a shop looks at in a call that is signed by OAuth 1.0a: the keys, a number used once, a time, the signature. */
final class SignedCall {
    private static final Pattern VALUE = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final List<String> NEEDED = List.of(
            "oauth_consumer_key",
            "oauth_token",
            "oauth_nonce",
            "oauth_timestamp",
            "oauth_signature_method",
            "oauth_signature");

    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** Whether a call to this address is signed by who has this secret, for its keys and its token, for the first time. */
    boolean isGood(String url, Call call, String consumer, String secret) {
        Map<String, String> said = VALUE.matcher(call.headers().getOrDefault("authorization", ""))
                .results()
                .collect(Collectors.toMap(
                        value -> value.group(1),
                        value -> URLDecoder.decode(value.group(2), UTF_8),
                        (a, b) -> b,
                        TreeMap::new));
        if (!said.keySet().containsAll(NEEDED) || !used.add(said.get("oauth_nonce"))) {
            return false;
        }
        String signature = said.remove("oauth_signature");
        said.putAll(call.query());
        return said.get("oauth_consumer_key").equals(consumer)
                && said.get("oauth_token").equals(secret)
                && signature.equals(signature(url, call, said, secret));
    }

    private static String signature(String url, Call call, Map<String, String> values, String secret) {
        String sorted = values.entrySet().stream()
                .map(value -> percent(value.getKey()) + "=" + percent(value.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        String base = String.join("&", call.method(), percent(url + call.path()), percent(sorted));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec((percent(secret) + "&" + percent(secret)).getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String percent(String text) {
        StringBuilder out = new StringBuilder();
        for (byte one : text.getBytes(UTF_8)) {
            boolean plain = one > 0 && (Character.isLetterOrDigit(one) || "-._~".indexOf(one) >= 0);
            out.append(plain ? String.valueOf((char) one) : "%%%02X".formatted(one & 0xff));
        }
        return out.toString();
    }
}

package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Authorization;
import io.waybill.text.UrlPart;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs every call as a description says. The time stands in the signature, never in what is sent. */
final class Signature implements Authorization {
    private final AuthSpec.Signed spec;
    private final Map<String, String> settings;
    private final URI base;
    private final LongSupplier millis;

    /** @param settings of the account, with its secrets */
    Signature(AuthSpec.Signed spec, Map<String, String> settings, URI base, LongSupplier millis) {
        this.spec = spec;
        this.settings = settings;
        this.base = base;
        this.millis = millis;
    }

    @Override
    public Grant grant(Call call) {
        Map<String, String> values = values(call);
        Map<String, String> query = filled(spec.query(), values);
        values.put("signature", signature(call, values, query));
        Map<String, String> all = filled(spec.query(), values);
        String added = all.entrySet().stream()
                .map(one -> UrlPart.of(one.getKey()) + "=" + UrlPart.of(one.getValue()))
                .collect(Collectors.joining("&"));
        return new Grant.Headers(filled(spec.headers(), values), added);
    }

    private Map<String, String> values(Call call) {
        String[] parts = call.path().split("\\?", 2);
        long now = millis.getAsLong();
        Map<String, String> values = new HashMap<>(Settings.named(settings));
        values.put("method", call.method());
        values.put("path", (base.getRawPath() == null ? "" : base.getRawPath()) + parts[0]);
        values.put("query", parts.length > 1 ? parts[1] : "");
        values.put("body", new String(call.body(), UTF_8));
        values.put("timestamp", String.valueOf(spec.seconds() ? now / 1000 : now));
        return values;
    }

    /** Those whose words are all known by now. */
    private static Map<String, String> filled(Map<String, Template> templates, Map<String, String> values) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach((name, template) -> {
            String value = template.plain(values);
            if (value != null) {
                filled.put(name, value);
            }
        });
        return filled;
    }

    private String signature(Call call, Map<String, String> values, Map<String, String> added) {
        String secret = settings.getOrDefault(spec.secret(), "");
        try {
            if (spec.algorithm().equals("MD5")) {
                String text = sorted(values.getOrDefault("query", ""), added) + new String(call.body(), UTF_8) + secret;
                return encoded(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
            }
            Mac mac = Mac.getInstance(spec.algorithm());
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), spec.algorithm()));
            return encoded(mac.doFinal(spec.text().signed(values).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every parameter of the call by name, name and value without anything between. */
    private String sorted(String query, Map<String, String> added) {
        TreeMap<String, String> parameters = new TreeMap<>(added);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(
                    URLDecoder.decode(parts[0], UTF_8), parts.length > 1 ? URLDecoder.decode(parts[1], UTF_8) : "");
        }
        spec.unsigned().forEach(parameters::remove);
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + one.getValue())
                .collect(Collectors.joining());
    }

    private String encoded(byte[] bytes) {
        return switch (spec.encoding()) {
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            case "HEX" -> HexFormat.of().withUpperCase().formatHex(bytes);
            default -> HexFormat.of().formatHex(bytes);
        };
    }
}

package io.waybill.carrier.declared;

import io.waybill.carrier.Authorization;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Tokens;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The authorization a description asks for, with an account's secrets. */
final class Authorizations {
    private Authorizations() {}

    static Authorization of(AuthSpec spec, Map<String, String> settings, CarrierHttp http, URI base) {
        if (spec instanceof AuthSpec.Basic basic) {
            return Authorization.basic(
                    settings.getOrDefault(basic.user(), ""), settings.getOrDefault(basic.password(), ""));
        }
        if (spec instanceof AuthSpec.Bearer bearer) {
            return Authorization.fixed(Map.of("Authorization", "Bearer " + settings.getOrDefault(bearer.token(), "")));
        }
        if (spec instanceof AuthSpec.Header header) {
            Map<String, String> headers = new LinkedHashMap<>();
            header.headers().forEach((name, value) -> {
                String filled = value.plain(Settings.named(settings));
                if (filled != null) {
                    headers.put(name, filled);
                }
            });
            return Authorization.fixed(headers);
        }
        if (spec instanceof AuthSpec.OAuth oauth) {
            return oauth(oauth, settings, http);
        }
        return spec instanceof AuthSpec.Signed signed
                ? new Signature(signed, settings, base, System::currentTimeMillis)
                : Authorization.fixed(Map.of());
    }

    private static Authorization oauth(AuthSpec.OAuth oauth, Map<String, String> settings, CarrierHttp http) {
        String id = settings.getOrDefault(oauth.id(), "");
        String secret = settings.getOrDefault(oauth.secret(), "");
        Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
        if (!oauth.scope().isEmpty()) {
            form.put("scope", oauth.scope());
        }
        if (!oauth.form()) {
            return Tokens.oauth(
                    http, oauth.path(), Map.of("Authorization", Authorization.basicHeader(id, secret)), form);
        }
        form.put("client_id", id);
        form.put("client_secret", secret);
        return Tokens.oauth(http, oauth.path(), Map.of(), form);
    }
}

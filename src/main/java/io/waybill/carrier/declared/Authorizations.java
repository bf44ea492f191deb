package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
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
        if (spec instanceof AuthSpec.Token token) {
            return token(token, Settings.named(settings), http);
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

    private static Authorization token(AuthSpec.Token spec, Map<String, String> values, CarrierHttp http) {
        ObjectNode fields = RequestJson.object();
        spec.send().forEach((name, template) -> RequestJson.put(fields, name, template.plain(values)));
        byte[] body =
                spec.json() ? RequestJson.bytes(fields) : Requests.form(fields).getBytes(UTF_8);
        Map<String, String> headers = Map.of(
                "Accept",
                "application/json",
                "Content-Type",
                spec.json() ? "application/json" : "application/x-www-form-urlencoded");
        return new Tokens(() -> http.post(spec.path(), headers, body), answer -> token(spec, answer), spec.header());
    }

    private static Tokens.Token token(AuthSpec.Token spec, Answer.Read answer) {
        Reply told = Reply.of(answer.body());
        String token = told.text(spec.token().toArray(String[]::new));
        if (token.isEmpty()) {
            throw new IllegalArgumentException("it has no " + String.join(".", spec.token()) + Reply.words(answer));
        }
        String lives = spec.expires().isEmpty() ? "" : told.text(spec.expires().toArray(String[]::new));
        return new Tokens.Token(String.valueOf(spec.value().plain(Map.of("token", token))), Tokens.lives(lives));
    }
}

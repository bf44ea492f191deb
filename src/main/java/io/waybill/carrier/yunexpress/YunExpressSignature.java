package io.waybill.carrier.yunexpress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Authorization;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Tokens;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code date} and {@code sign} of a call: HMAC-SHA256, in base 64, over {@code body=…&date=…&method=…&uri=…}, where a call
 * without a body has none, and the uri is the path without its query.
 *
 * @param secret of the application
 */
record YunExpressSignature(byte[] secret, Clock clock) implements Authorization {
    private static final int TWO_HOURS = 7_200;

    /** With the token, which the same secret gets. */
    static Authorization signed(YunExpressSettings settings, CarrierHttp http) {
        return token(settings, http)
                .and(new YunExpressSignature(settings.appSecret().getBytes(UTF_8), Clock.systemUTC()));
    }

    /** The sandbox was seen to read the source key in small letters only. */
    private static Tokens token(YunExpressSettings settings, CarrierHttp http) {
        byte[] body = RequestJson.bytes(RequestJson.object()
                .put("grantType", "client_credentials")
                .put("appId", settings.appId())
                .put("appSecret", settings.appSecret())
                .put("sourceKey", settings.sourceKey())
                .put("sourcekey", settings.sourceKey()));
        Map<String, String> headers = YunExpressCarrier.headers(settings);
        return new Tokens(
                () -> http.post("/openapi/oauth2/token", headers, body),
                answer -> token(YunExpressAnswer.of(answer)),
                "token");
    }

    private static Tokens.Token token(YunExpressAnswer answer) {
        Reply holder = YunExpressAnswer.text(answer.json(), "access_token").isEmpty() ? answer.result() : answer.json();
        String token = YunExpressAnswer.text(holder, "access_token");
        if (token.isEmpty()) {
            throw new IllegalArgumentException(answer.words().isEmpty() ? "it has no accessToken" : answer.words());
        }
        String seconds = YunExpressAnswer.text(holder, "expires_in");
        return new Tokens.Token(
                token, Duration.ofSeconds(seconds.matches("\\d{1,9}") ? Long.parseLong(seconds) : TWO_HOURS));
    }

    @Override
    public Grant grant(Call call) {
        String date = String.valueOf(clock.millis());
        return new Grant.Headers(Map.of("date", date, "sign", sign(call, date)));
    }

    private String sign(Call call, String date) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (call.body().length > 0) {
            content.writeBytes("body=".getBytes(UTF_8));
            content.writeBytes(call.body());
            content.write('&');
        }
        String uri = call.path().split("\\?", 2)[0];
        content.writeBytes(("date=" + date + "&method=" + call.method() + "&uri=" + uri).getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "YunExpressSignature";
    }
}

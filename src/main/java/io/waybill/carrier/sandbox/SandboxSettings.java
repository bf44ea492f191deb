package io.waybill.carrier.sandbox;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.settings.Section;
import java.net.URI;
import java.time.Duration;

/**
 * {@code account.<name>.*} of a sandbox account; every key has a default.
 *
 * @param baseUrl where the sandbox listens, {@code http://127.0.0.1:8089}
 * @param token what it was started with
 * @param connectTimeout {@code 3s}
 * @param answerTimeout {@code 30s}
 * @param parcels how many a purchase takes, {@code 40}; {@code 1} plays a carrier whose label is one parcel
 * @param idempotency {@code A}; {@code B} plays a carrier that sells as often as it is asked and can be searched by reference
 */
record SandboxSettings(
        URI baseUrl,
        String token,
        Duration connectTimeout,
        Duration answerTimeout,
        int parcels,
        IdempotencyClass idempotency) {
    /** With a key that makes a purchase one, however often it is sent. */
    SandboxSettings(URI baseUrl, String token, Duration connectTimeout, Duration answerTimeout, int parcels) {
        this(baseUrl, token, connectTimeout, answerTimeout, parcels, IdempotencyClass.A);
    }

    /** @throws io.waybill.problem.ProblemException with every unknown key, or the value that cannot be used */
    static SandboxSettings read(Section account) {
        SandboxSettings settings = new SandboxSettings(
                AccountSettings.url(account, "http://127.0.0.1:" + SandboxServer.DEFAULT_PORT),
                account.secret("token").orElse(SandboxServer.DEFAULT_TOKEN),
                CallSettings.connectTimeout(account),
                CallSettings.answerTimeout(account),
                account.number("parcels", Requests.MAX_PARCELS, 1, Requests.MAX_PARCELS),
                idempotency(account));
        AccountSettings.close(account);
        return settings;
    }

    private static IdempotencyClass idempotency(Section account) {
        String text = account.get("idempotency", "A");
        if (!text.equals("A") && !text.equals("B")) {
            throw account.bad("idempotency", text, "A, B");
        }
        return IdempotencyClass.valueOf(text);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "SandboxSettings[" + baseUrl + "]";
    }
}

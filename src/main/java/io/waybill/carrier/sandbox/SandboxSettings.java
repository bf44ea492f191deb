package io.waybill.carrier.sandbox;

import io.waybill.carrier.AccountSettings;
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
 */
record SandboxSettings(URI baseUrl, String token, Duration connectTimeout, Duration answerTimeout, int parcels) {

    /** @throws io.waybill.problem.ProblemException with every unknown key, or the value that cannot be used */
    static SandboxSettings read(Section account) {
        SandboxSettings settings = new SandboxSettings(
                AccountSettings.url(account, "baseUrl", "http://127.0.0.1:" + SandboxServer.DEFAULT_PORT),
                account.secret("token").orElse(SandboxServer.DEFAULT_TOKEN),
                account.duration("connectTimeout", Duration.ofSeconds(3)),
                account.duration("answerTimeout", Duration.ofSeconds(30)),
                Math.max(1, account.number("parcels", Requests.MAX_PARCELS)));
        AccountSettings.close(account);
        return settings;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "SandboxSettings[" + baseUrl + "]";
    }
}

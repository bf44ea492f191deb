package io.waybill.carrier;

import io.waybill.settings.Section;
import java.net.URI;
import java.util.List;

/** What every adapter does with the settings of its account. */
public final class AccountSettings {
    /** Keys under {@code account.<name>.} that the hub reads itself, whatever the adapter; {@code lease} says nothing any more. */
    private static final List<String> OF_THE_HUB =
            List.of("adapter", "mode", "namespaces", "chargeEvent", "settle", "workers", "rateSheet");

    private AccountSettings() {}

    /** Its {@code baseUrl}, an http or https address, without its closing slash. */
    public static URI url(Section account, String fallback) {
        String text = account.get("baseUrl", fallback).replaceFirst("/+$", "");
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw account.bad("baseUrl", text, "a URL, such as " + fallback);
        }
        throw account.bad("baseUrl", text, "a URL, such as " + fallback);
    }

    /**
     * What a reference such as {@code env:NAME} or {@code file:PATH} stands for.
     *
     * @throws io.waybill.problem.ProblemException when the key is missing
     */
    public static String secret(Section account, String key) {
        String missing = account.required(key);
        return account.secret(key).orElse(missing);
    }

    /** Refuses every key that neither the adapter nor the hub reads. Called after the adapter read its own. */
    public static void close(Section account) {
        OF_THE_HUB.forEach(account::optional);
        account.close();
    }
}

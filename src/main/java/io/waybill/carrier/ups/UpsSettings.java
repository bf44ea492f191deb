package io.waybill.carrier.ups;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.settings.Section;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code account.<name>.*} of a UPS account.
 *
 * @param calls where and how patiently UPS is called
 * @param number {@code number}, the six characters of the account: who ships and, unless the order says otherwise, pays
 * @param clientId {@code clientId} of the application, by reference
 * @param clientSecret {@code clientSecret}, by reference
 * @param webhookCredential {@code webhookCredential}: what Track Alert was told to send along; without it no webhook is taken
 */
record UpsSettings(
        CallSettings calls, String number, String clientId, String clientSecret, Optional<String> webhookCredential) {

    static UpsSettings read(Section account) {
        String number = account.required("number").toUpperCase(Locale.ROOT);
        if (!number.matches("[A-Z0-9]{6}")) {
            throw account.bad("number", number, "the six letters and digits of the UPS account");
        }
        UpsSettings settings = new UpsSettings(
                CallSettings.read(account, "https://wwwcie.ups.com", "https://onlinetools.ups.com"),
                number,
                AccountSettings.secret(account, "clientId"),
                AccountSettings.secret(account, "clientSecret"),
                account.secret("webhookCredential"));
        AccountSettings.close(account);
        return settings;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "UpsSettings[" + number + " at " + calls.base() + "]";
    }
}

package io.waybill.carrier.ups;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.HookSecrets;
import io.waybill.settings.Section;
import java.util.Locale;

/**
 * {@code account.<name>.*} of a UPS account.
 *
 * @param calls where and how patiently UPS is called
 * @param number {@code number}, the six characters of the account: who ships and, unless the order says otherwise, pays
 * @param clientId {@code clientId} of the application, by reference
 * @param clientSecret {@code clientSecret}, by reference
 * @param webhook {@code webhookCredential}: what Track Alert was told to send along; without it no webhook is taken
 */
record UpsSettings(CallSettings calls, String number, String clientId, String clientSecret, HookSecrets webhook) {

    static UpsSettings read(Section account) {
        String number = account.required("number").toUpperCase(Locale.ROOT);
        if (!number.matches("[A-Z0-9]{6}") && !account.isWrong("number")) {
            throw account.bad("number", number, "the six letters and digits of the UPS account");
        }
        UpsSettings settings = new UpsSettings(
                CallSettings.read(account, "https://wwwcie.ups.com", "https://onlinetools.ups.com"),
                number,
                AccountSettings.secret(account, "clientId"),
                AccountSettings.secret(account, "clientSecret"),
                HookSecrets.read(account, "webhookCredential"));
        AccountSettings.close(account);
        return settings;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "UpsSettings[" + number + " at " + calls.base() + "]";
    }
}

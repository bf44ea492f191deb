package io.waybill.carrier.easypost;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.HookSecrets;
import io.waybill.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code account.<name>.*} of an EasyPost account.
 *
 * @param calls where and how patiently EasyPost is called; there is one host, and the key says whether it takes money
 * @param apiKey {@code apiKey}, by reference: {@code EZTK…} of the test mode, {@code EZAK…} of production, which {@code mode} must agree with where it is said
 * @param webhook {@code webhookSecret} of the webhook; without it no webhook is taken
 * @param carrierAccounts {@code carrierAccounts}, {@code ca_…}: whose prices are asked for; empty means all of the account
 * @param endShipper {@code endShipper}, {@code es_…}: who ships, where a carrier asks for one
 * @param labelHosts {@code labelHosts}: further hosts that labels are read from, beside EasyPost's
 */
record EasyPostSettings(
        CallSettings calls,
        String apiKey,
        HookSecrets webhook,
        List<String> carrierAccounts,
        Optional<String> endShipper,
        List<String> labelHosts) {
    private static final Map<String, String> MODES = Map.of("EZTK", "test", "EZAK", "production");

    static EasyPostSettings read(Section account) {
        String key = AccountSettings.secret(account, "apiKey");
        requireMode(account, key);
        EasyPostSettings settings = new EasyPostSettings(
                CallSettings.read(account, "https://api.easypost.com"),
                key,
                HookSecrets.read(account, "webhookSecret"),
                account.list("carrierAccounts"),
                account.optional("endShipper"),
                account.list("labelHosts"));
        AccountSettings.close(account);
        return settings;
    }

    /** Nobody buys for money with what he takes for a test. */
    private static void requireMode(Section account, String key) {
        String ofKey = MODES.get(key.substring(0, Math.min(4, key.length())));
        Optional<String> said = account.optional("mode");
        if (ofKey != null && said.isPresent() && !said.get().equals(ofKey)) {
            throw account.bad("mode", said.get(), ofKey + ", as the API key says");
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "EasyPostSettings[at " + calls.base() + "]";
    }
}

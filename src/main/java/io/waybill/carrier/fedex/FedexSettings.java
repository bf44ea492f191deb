package io.waybill.carrier.fedex;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.HookSecrets;
import io.waybill.settings.Section;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code account.<name>.*} of a FedEx account.
 *
 * @param calls where and how patiently FedEx is called
 * @param number {@code number}, the nine digits of the account: who ships and, unless the order says otherwise, pays
 * @param ship {@code clientId} and {@code clientSecret} of the project with Ship and Rates, by reference
 * @param track {@code trackClientId} and {@code trackClientSecret} of the project with Track; else as {@code ship}
 * @param webhook {@code webhookToken}, the security token of the webhook project; without it no webhook is taken
 * @param pickup how parcels get to FedEx, by {@code pickup}: {@code scheduled} (the default), {@code dropoff}, {@code call}
 * @param locale {@code locale}, the language of FedEx's words: {@code en_US}
 */
record FedexSettings(
        CallSettings calls, String number, Keys ship, Keys track, HookSecrets webhook, String pickup, String locale) {
    private static final Map<String, String> PICKUPS = Map.of(
            "scheduled", "USE_SCHEDULED_PICKUP",
            "dropoff", "DROPOFF_AT_FEDEX_LOCATION",
            "call", "CONTACT_FEDEX_TO_SCHEDULE");

    /** Of one project. */
    record Keys(String id, String secret) {
        /** Without the keys. */
        @Override
        public String toString() {
            return "Keys";
        }
    }

    static FedexSettings read(Section account) {
        String number = account.required("number").replaceAll("[\\s-]", "");
        if (!number.matches("\\d{9}") && !account.isWrong("number")) {
            throw account.bad("number", number, "the nine digits of the FedEx account");
        }
        String pickup = account.get("pickup", "scheduled");
        if (!PICKUPS.containsKey(pickup)) {
            throw account.bad("pickup", pickup, String.join(", ", new TreeSet<>(PICKUPS.keySet())));
        }
        String locale = account.get("locale", "en_US");
        if (!locale.matches("[a-z]{2}_[A-Z]{2}")) {
            throw account.bad("locale", locale, "a language and a country, such as en_US");
        }
        Keys ship = keys(account, "clientId", "clientSecret");
        boolean two = account.optional("trackClientId").isPresent()
                || account.optional("trackClientSecret").isPresent();
        FedexSettings settings = new FedexSettings(
                CallSettings.read(account, "https://apis-sandbox.fedex.com", "https://apis.fedex.com"),
                number,
                ship,
                two ? keys(account, "trackClientId", "trackClientSecret") : ship,
                HookSecrets.read(account, "webhookToken"),
                PICKUPS.get(pickup),
                locale);
        AccountSettings.close(account);
        return settings;
    }

    private static Keys keys(Section account, String id, String secret) {
        return new Keys(AccountSettings.secret(account, id), AccountSettings.secret(account, secret));
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "FedexSettings[" + number + " at " + calls.base() + "]";
    }
}

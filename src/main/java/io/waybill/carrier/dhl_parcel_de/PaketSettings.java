package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.settings.Section;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code account.<name>.*} of a DHL Parcel DE account.
 *
 * @param calls where and how patiently DHL is called
 * @param apiKey {@code apiKey} of the application on DHL's developer pages, by reference
 * @param apiSecret {@code apiSecret} of it, by reference: with it calls are made with a token, and parcels can be followed; without it by key and Basic
 * @param username {@code username} in the business portal, by reference
 * @param password {@code password}, by reference
 * @param tracking the login inside a tracking query: {@code trackUsername}, {@code trackPassword}; else the same
 * @param profile {@code profile}, the user group: {@code STANDARD_GRUPPENPROFIL}
 * @param billingNumbers {@code billingNumber.<product>}, fourteen characters
 * @param returnNumber {@code returnBillingNumber}: with it every shipment within Germany comes with a return label
 * @param mustEncode {@code mustEncode}: a German address DHL's machines cannot read is refused; {@code true}
 * @param postalCharges {@code postalCharges}: what recipients abroad are charged for the transport, for their customs; {@code 0}
 */
record PaketSettings(
        CallSettings calls,
        String apiKey,
        Optional<String> apiSecret,
        String username,
        String password,
        Login tracking,
        String profile,
        Map<String, String> billingNumbers,
        Optional<String> returnNumber,
        boolean mustEncode,
        BigDecimal postalCharges) {
    /** Digits eleven and twelve of a billing number name the product. */
    private static final Map<String, String> DIGITS = Map.of(
            "V01PAK", "01",
            "V53WPAK", "53",
            "V54EPAK", "54",
            "V62WP", "62",
            "V62KP", "62",
            "V66WPI", "66");

    private static final String RETURNS = "07";

    /** Never shown. */
    record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login";
        }
    }

    static PaketSettings read(Section account) {
        String username = AccountSettings.secret(account, "username");
        String password = AccountSettings.secret(account, "password");
        PaketSettings settings = new PaketSettings(
                CallSettings.read(account, "https://api-sandbox.dhl.com", "https://api-eu.dhl.com"),
                AccountSettings.secret(account, "apiKey"),
                account.secret("apiSecret"),
                username,
                password,
                new Login(
                        account.secret("trackUsername").orElse(username),
                        account.secret("trackPassword").orElse(password)),
                account.get("profile", "STANDARD_GRUPPENPROFIL"),
                numbers(account),
                account.optional("returnBillingNumber")
                        .map(number -> number(account, "returnBillingNumber", number, RETURNS)),
                account.flag("mustEncode", true),
                account.decimal("postalCharges", "0"));
        AccountSettings.close(account);
        return settings;
    }

    private static Map<String, String> numbers(Section account) {
        Map<String, String> numbers = new TreeMap<>();
        DIGITS.forEach((product, digits) -> account.optional("billingNumber." + product)
                .ifPresent(
                        number -> numbers.put(product, number(account, "billingNumber." + product, number, digits))));
        boolean isWrong = DIGITS.keySet().stream().anyMatch(product -> account.isWrong("billingNumber." + product));
        if (numbers.isEmpty() && !isWrong) {
            account.required("billingNumber.V01PAK");
        }
        return numbers;
    }

    private static String number(Section account, String key, String text, String digits) {
        String number = text.replaceAll("\\s", "");
        if (!number.matches("\\w{10}" + digits + "\\w{2}")) {
            throw account.bad(key, text, "fourteen characters, of which the eleventh and twelfth are " + digits);
        }
        return number;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "PaketSettings[" + billingNumbers + " at " + calls.base() + "]";
    }
}

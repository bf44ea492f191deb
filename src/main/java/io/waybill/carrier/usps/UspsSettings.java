package io.waybill.carrier.usps;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.settings.Section;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code account.<name>.*} of a USPS account.
 *
 * @param calls where and how patiently USPS is called
 * @param clientId {@code clientId}, the consumer key of the app, by reference
 * @param clientSecret {@code clientSecret}, its consumer secret, by reference
 * @param payer who pays, and by what
 * @param contract {@code prices=contract}: the account has prices of its own; else {@code commercial}
 * @param checkAddresses {@code checkAddresses}: USPS refuses a US address that it does not know
 */
record UspsSettings(
        CallSettings calls,
        String clientId,
        String clientSecret,
        Payer payer,
        boolean contract,
        boolean checkAddresses) {
    private static final Map<String, Boolean> PRICES = Map.of("commercial", false, "contract", true);
    private static final Map<String, Boolean> TYPES =
            Map.of("EPS", false, "METER", false, "PERMIT", true, "OMAS", true);

    /**
     * As the Payments API calls it.
     *
     * @param crid {@code crid}, the customer registration
     * @param mid {@code mid}, the mailer whose numbers are printed
     * @param manifestMid {@code manifestMid}, the mailer of the manifest; else {@code mid}
     * @param type {@code accountType}: {@code EPS}, {@code METER}, {@code PERMIT} or {@code OMAS}
     * @param number {@code number} of the payment account or the permit
     * @param permitZip {@code permitZip} of a permit, else empty
     */
    record Payer(String crid, String mid, String manifestMid, String type, String number, String permitZip) {
        boolean isPermit() {
            return Boolean.TRUE.equals(TYPES.get(type));
        }
    }

    static UspsSettings read(Section account) {
        String mid = mailer(account, "mid", account.required("mid"));
        String prices = account.get("prices", "commercial");
        if (!PRICES.containsKey(prices)) {
            throw account.bad("prices", prices, String.join(", ", new TreeSet<>(PRICES.keySet())));
        }
        Payer payer = payer(account, mid);
        if (prices.equals("contract") && payer.type().equals("OMAS")) {
            throw account.bad("prices", prices, "commercial, for an account of type OMAS has no contract");
        }
        UspsSettings settings = new UspsSettings(
                CallSettings.read(account, "https://apis-tem.usps.com", "https://apis.usps.com"),
                AccountSettings.secret(account, "clientId"),
                AccountSettings.secret(account, "clientSecret"),
                payer,
                Boolean.TRUE.equals(PRICES.get(prices)),
                account.flag("checkAddresses", true));
        AccountSettings.close(account);
        return settings;
    }

    private static Payer payer(Section account, String mid) {
        String type = account.get("accountType", "EPS").toUpperCase(Locale.ROOT);
        if (!TYPES.containsKey(type)) {
            throw account.bad("accountType", type, String.join(", ", new TreeSet<>(TYPES.keySet())));
        }
        boolean permit = Boolean.TRUE.equals(TYPES.get(type))
                || (account.isWrong("accountType")
                        && account.optional("permitZip").isPresent());
        return new Payer(
                digits(account, "crid", account.required("crid"), "\\d{2,18}", "a customer registration ID of digits"),
                mid,
                account.optional("manifestMid")
                        .map(said -> mailer(account, "manifestMid", said))
                        .orElse(mid),
                type,
                account.required("number").strip(),
                permit ? digits(account, "permitZip", account.required("permitZip"), "\\d{5}", "5 digits") : "");
    }

    private static String mailer(Section account, String key, String value) {
        return digits(account, key, value, "\\d{6}|\\d{9}", "a mailer ID of 6 or 9 digits");
    }

    private static String digits(Section account, String key, String value, String pattern, String expected) {
        String plain = value.replaceAll("[\\s-]", "");
        if (!plain.matches(pattern) && !account.isWrong(key)) {
            throw account.bad(key, value, expected);
        }
        return plain;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "UspsSettings[" + payer.crid() + " at " + calls.base() + "]";
    }
}

package io.waybill.carrier.dhl_express;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.settings.Section;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * {@code account.<name>.*} of a DHL Express account.
 *
 * @param calls where and how patiently DHL is called
 * @param number {@code number} of the account that ships and, unless the order says otherwise, pays
 * @param importNumber {@code importNumber} of the account that pays for returns, where that is another
 * @param username {@code username} of MyDHL API, by reference
 * @param password {@code password}, by reference
 * @param zone {@code zone}: where the parcels leave, such as {@code Europe/Berlin}; {@code UTC} when it is not said
 * @param shipTime {@code shipTime}: when DHL comes, {@code 17:00}
 * @param paperless {@code paperless}: the account takes part in Paperless Trade, so the invoice also goes ahead electronically
 */
record ExpressSettings(
        CallSettings calls,
        String number,
        Optional<String> importNumber,
        String username,
        String password,
        ZoneId zone,
        LocalTime shipTime,
        boolean paperless) {
    private static final String HOST = "https://express.api.dhl.com/mydhlapi";

    static ExpressSettings read(Section account) {
        ExpressSettings settings = new ExpressSettings(
                CallSettings.read(account, HOST + "/test", HOST),
                number(account, "number", account.required("number")),
                account.optional("importNumber").map(text -> number(account, "importNumber", text)),
                AccountSettings.secret(account, "username"),
                AccountSettings.secret(account, "password"),
                zone(account),
                time(account),
                account.flag("paperless", false));
        AccountSettings.close(account);
        return settings;
    }

    private static String number(Section account, String key, String text) {
        String number = text.replaceAll("[\\s-]", "");
        if (!number.matches("[0-9A-Za-z]{1,12}") && !account.isWrong(key)) {
            throw account.bad(key, text, "the number of a DHL Express account, mostly nine digits");
        }
        return number;
    }

    private static ZoneId zone(Section account) {
        String text = account.get("zone", "UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw account.bad("zone", text, "a time zone, such as Europe/Berlin");
        }
    }

    private static LocalTime time(Section account) {
        String text = account.get("shipTime", "17:00");
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw account.bad("shipTime", text, "a time of day, such as 17:00");
        }
    }

    /** A payer that is the account itself. */
    boolean owns(String payer) {
        return payer.isEmpty()
                || payer.equals(number)
                || importNumber.map(payer::equals).orElse(false);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "ExpressSettings[" + number + " at " + calls.base() + "]";
    }
}

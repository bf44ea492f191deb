package io.waybill.carrier.yunexpress;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code account.<name>.*} of a YunExpress account.
 *
 * @param calls where and how patiently YunExpress is called
 * @param appId {@code appId} of the application, by reference
 * @param appSecret {@code appSecret}, by reference: gets the token and signs every call
 * @param sourceKey {@code sourceKey} of the account, by reference
 * @param duplicateProven {@code duplicateProven}: a used order number was seen to be refused on this account, so that what may have been sold can be sent again
 * @param isCamelCase by {@code createFields}: {@code snake_case} (the default, as the platform's document has it) or {@code camelCase}
 * @param language {@code language} of YunExpress's words: {@code en-US}, {@code zh-CN}, {@code zh-HK}
 * @param sensitiveType {@code sensitiveType} of ordinary goods, {@code W}
 * @param batteryType {@code batteryType}: the sensitive type of goods with batteries; without it they are refused
 * @param origin {@code origin}: where a quote is billed, {@code YT-SZ}; without it the account's own
 * @param labelHosts {@code labelHosts}: further hosts that labels are read from, beside those of yunexpress.cn and yunexpress.com
 */
record YunExpressSettings(
        CallSettings calls,
        String appId,
        String appSecret,
        String sourceKey,
        boolean duplicateProven,
        boolean isCamelCase,
        String language,
        String sensitiveType,
        Optional<String> batteryType,
        Optional<String> origin,
        List<String> labelHosts) {
    private static final Set<String> FIELDS = Set.of("snake_case", "camelCase");
    private static final Set<String> LANGUAGES = Set.of("en-US", "zh-CN", "zh-HK");

    static YunExpressSettings read(Section account) {
        YunExpressSettings settings = new YunExpressSettings(
                CallSettings.read(account, "https://openapi-sbx.yunexpress.cn", "https://openapi.yunexpress.cn"),
                AccountSettings.secret(account, "appId"),
                AccountSettings.secret(account, "appSecret"),
                AccountSettings.secret(account, "sourceKey"),
                account.flag("duplicateProven", false),
                one(account, "createFields", "snake_case", FIELDS).equals("camelCase"),
                one(account, "language", "en-US", LANGUAGES),
                account.get("sensitiveType", "W"),
                account.optional("batteryType"),
                account.optional("origin"),
                account.list("labelHosts"));
        AccountSettings.close(account);
        return settings;
    }

    private static String one(Section account, String key, String fallback, Set<String> legal) {
        String value = account.get(key, fallback);
        if (!legal.contains(value)) {
            throw account.bad(key, value, String.join(", ", new TreeSet<>(legal)));
        }
        return value;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "YunExpressSettings[at " + calls.base() + "]";
    }
}

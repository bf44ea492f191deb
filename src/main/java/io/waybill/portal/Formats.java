package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;

/** Dates, numbers and amounts as the language of a page writes them. Times are those of the hub's own zone. */
final class Formats {
    private final Texts texts;
    private final Locale locale;
    private final ZoneId zone = ZoneId.systemDefault();

    Formats(Texts texts, Locale language) {
        this.texts = texts;
        this.locale = language.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.US;
    }

    /** @param instant ISO 8601; empty answers a dash */
    String time(String instant) {
        return instant.isEmpty() ? "–" : pattern("format.time").format(Instant.parse(instant));
    }

    String clock(String instant) {
        return pattern("format.clock").format(Instant.parse(instant));
    }

    /** @param date {@code 2026-11-25}, or a moment */
    String day(String date) {
        if (date.isEmpty()) {
            return "–";
        }
        DateTimeFormatter day = pattern("format.day");
        return date.length() == 10 ? day.format(LocalDate.parse(date)) : day.format(Instant.parse(date));
    }

    String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(6);
        return format.format(number);
    }

    /** With every digit there is, and at least those the currency has. */
    String money(String amount, String currency) {
        if (amount.isEmpty()) {
            return "–";
        }
        BigDecimal value = new BigDecimal(amount);
        NumberFormat format =
                currency.isEmpty() ? NumberFormat.getNumberInstance(locale) : NumberFormat.getCurrencyInstance(locale);
        int digits = 2;
        if (!currency.isEmpty()) {
            Currency known = Currency.getInstance(currency);
            format.setCurrency(known);
            digits = Math.max(0, known.getDefaultFractionDigits());
        }
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(
                Math.max(digits, value.stripTrailingZeros().scale()));
        return format.format(value);
    }

    /** {@code {amount, currency}} */
    String money(JsonNode money) {
        return money(money.path("amount").asText(""), money.path("currency").asText(""));
    }

    /**
     * In its largest unit: {@code 3 h}.
     *
     * @param duration ISO 8601
     */
    String age(String duration) {
        return age(Duration.parse(duration));
    }

    String age(Duration age) {
        if (age.toDays() >= 2) {
            return texts.text("format.days", "n", age.toDays());
        }
        if (age.toHours() >= 1) {
            return texts.text("format.hours", "n", age.toHours());
        }
        return texts.text("format.minutes", "n", Math.max(0, age.toMinutes()));
    }

    String zone() {
        return zone.getId();
    }

    private DateTimeFormatter pattern(String key) {
        return DateTimeFormatter.ofPattern(texts.text(key), locale).withZone(zone);
    }
}

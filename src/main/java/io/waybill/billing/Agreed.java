package io.waybill.billing;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.InvoiceBook;
import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the contract says of one line: its weight, its fuel, its promise. What it does not say is noted as not checked. */
record Agreed(Contract contract, Unchecked unchecked) {
    /** What the dimensions weigh by the contract, or null. */
    @Nullable
    BigDecimal byDivisor(InvoiceLine words) {
        if (words.dimensions() == null) {
            return null;
        }
        BigDecimal divisor =
                contract.on(words.shipDate()).map(Contract.Terms::divisor).orElse(null);
        if (divisor == null || divisor.signum() == 0) {
            unchecked.add("divisor", String.valueOf(words.shipDate()));
            return null;
        }
        String[] sides = words.dimensions().toLowerCase(Locale.ROOT).split("x");
        try {
            return new BigDecimal(sides[0].strip())
                    .multiply(new BigDecimal(sides[1].strip()))
                    .multiply(new BigDecimal(sides[2].strip()))
                    .divide(divisor, 0, RoundingMode.CEILING);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    static String weights(InvoiceLine words, @Nullable BigDecimal byDivisor) {
        return "entered=" + BillAudit.text(words.enteredWeight()) + "; billed=" + BillAudit.text(words.billedWeight())
                + " "
                + BillAudit.text(words.weightUnit())
                + (words.dimensions() == null ? "" : "; dimensions=" + words.dimensions())
                + (byDivisor == null ? "" : "; byDivisor=" + byDivisor.toPlainString());
    }

    static boolean isHeavier(InvoiceLine words) {
        return words.enteredWeight() != null
                && words.billedWeight() != null
                && words.enteredWeight().signum() > 0
                && words.billedWeight().compareTo(words.enteredWeight().setScale(0, RoundingMode.CEILING)) > 0;
    }

    /** Says that there is no table for the week, whether or not fuel was billed as expected. */
    void lookForFuelTable(Map<Part, BigDecimal> billed, Map<Part, BigDecimal> expected, InvoiceBook.Line line) {
        LocalDate day = line.words().shipDate();
        if (day != null && (billed.containsKey(Part.FUEL) || expected.containsKey(Part.FUEL)) && percent(day) == null) {
            unchecked.add("fuel", Contract.week(day));
        }
    }

    /** The fuel percent of a day's week, or null. */
    @Nullable
    BigDecimal percent(@Nullable LocalDate day) {
        return day == null
                ? null
                : contract.on(day)
                        .map(terms -> terms.fuel().get(Contract.week(day)))
                        .orElse(null);
    }

    static LocalDate workdays(LocalDate from, int days) {
        LocalDate day = from;
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return day;
    }
}

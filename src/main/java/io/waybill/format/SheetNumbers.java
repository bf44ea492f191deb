package io.waybill.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a spreadsheet as text. It keeps fifteen digits: the sixteenth and later ones of a fraction are noise, those of
 * a whole number were somebody's and are lost.
 */
final class SheetNumbers {
    private static final MathContext KEPT = new MathContext(15, RoundingMode.HALF_UP);
    private static final int LONGEST = 40;
    private static final int FINEST = 30;
    private static final long DAY = 86_400_000L;
    private static final BigDecimal LAST_DAY = new BigDecimal(2_958_466);
    private static final int NO_SUCH_DAY = 60;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final boolean from1904;

    SheetNumbers(boolean from1904) {
        this.from1904 = from1904;
    }

    /** Text, or what is wrong with the number. */
    record Read(String text, @Nullable FormatCode wrong) {}

    /** @param raw as the file spells it: {@code 1.2345E+2} */
    Read read(String raw, NumberLook look) {
        BigDecimal value = decimal(raw.strip());
        if (value == null) {
            return new Read(raw, FormatCode.BAD_CELL);
        }
        NumberLook own = look.of(value);
        return switch (own.kind()) {
            case NUMBER -> number(value, own);
            case NOTHING -> value.signum() == 0 ? new Read("", null) : number(value, NumberLook.PLAIN);
            default -> moment(value, raw, own.kind());
        };
    }

    private static @Nullable BigDecimal decimal(String raw) {
        if (raw.isEmpty() || raw.length() > LONGEST) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(raw);
            return value.signum() == 0 ? BigDecimal.ZERO : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Read number(BigDecimal value, NumberLook look) {
        long whole = (long) value.precision() - value.scale();
        if (whole > KEPT.getPrecision()) {
            return new Read("", FormatCode.DIGITS_LOST);
        }
        if (whole < -FINEST) {
            return new Read("0", null);
        }
        String text = value.round(KEPT).stripTrailingZeros().toPlainString();
        return new Read(look.shown(text), null);
    }

    private Read moment(BigDecimal value, String raw, NumberLook.Kind kind) {
        if (value.signum() < 0 || value.compareTo(LAST_DAY) >= 0) {
            return new Read(raw, FormatCode.BAD_CELL);
        }
        long millis = value.multiply(BigDecimal.valueOf(DAY))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        int day = (int) (millis / DAY);
        LocalTime time = LocalTime.ofNanoOfDay(millis % DAY * 1_000_000);
        if (kind == NumberLook.Kind.TIME && day == 0) {
            return new Read(spelled(time), null);
        }
        if (!from1904 && (day == NO_SUCH_DAY || day == 0)) {
            return new Read(raw, FormatCode.BAD_CELL);
        }
        LocalDate date = date(day);
        return new Read(time.equals(LocalTime.MIDNIGHT) ? date.toString() : date + "T" + spelled(time), null);
    }

    /** Day 1 is the first of January 1900; spreadsheets count a 29 February of that year, which was none. */
    private LocalDate date(int day) {
        if (from1904) {
            return LocalDate.of(1904, 1, 1).plusDays(day);
        }
        return LocalDate.of(1899, 12, 31).plusDays(day > NO_SUCH_DAY ? day - 1L : day);
    }

    @SuppressWarnings("JavaLocalTimeGetNano") // whether there is a fraction of a second
    private static String spelled(LocalTime time) {
        return (time.getNano() == 0 ? SECONDS : MILLIS).format(time);
    }
}

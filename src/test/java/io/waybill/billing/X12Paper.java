package io.waybill.billing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Freight invoices as X12 210, one a shipment, wrapped at 80 columns. */
final class X12Paper extends Paper {
    @Override
    String layout() {
        return "x12-210-invoice";
    }

    @Override
    @Nullable
    String number() {
        return null;
    }

    @Override
    String extraCode() {
        return "RES";
    }

    @Override
    String service() {
        return "LTL";
    }

    @Override
    Set<Plant> cannot() {
        return EnumSet.of(
                Plant.WITHOUT_DISCOUNT,
                Plant.HEAVIER,
                Plant.MEASURED,
                Plant.LEAST_WEIGHT,
                Plant.RESIDENTIAL,
                Plant.ADDRESS,
                Plant.ZONE,
                Plant.RETURNED,
                Plant.CREDITED,
                Plant.LATE,
                Plant.OTHER_ACCOUNT,
                Plant.ACCOUNT_FEE,
                Plant.CHARGED_TWICE);
    }

    @Override
    boolean isOneInvoiceEach() {
        return true;
    }

    @Override
    byte[] bytes() {
        StringBuilder text = new StringBuilder("ISA*00*          *00*          *ZZ*CARRIER        *ZZ*ACME          "
                + " *261121*0900*U*00401*000000026*0*P*>~");
        text.append("GS*IM*CARRIER*ACME*20261121*0900*26*X*004010~");
        for (int n = 0; n < rows.size(); n++) {
            transaction(text, rows.get(n), "%04d".formatted(n + 1));
        }
        text.append("GE*%d*26~IEA*1*000000026~".formatted(rows.size()));
        return text.toString().replaceAll("(.{80})", "$1\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static void transaction(StringBuilder text, Row row, String control) {
        String day = row.shipped().toString().replace("-", "");
        StringBuilder body = new StringBuilder();
        body.append("B3**%s*%s*PP**20261121*%s**%s*017*TEST*%s~"
                .formatted(row.invoice(), row.tracking(), cents(row.sum()), day, day));
        body.append("C3*USD~N1*SH*Acme Depot~N1*CN*Jane Roe~");
        int lx = 0;
        for (Item item : row.items()) {
            BigDecimal list = item.list();
            if (list == null) {
                charge(body, ++lx, item.what().name(), item.amount(), code(item.what()));
            } else {
                charge(body, ++lx, "Freight", list, "");
                charge(body, ++lx, "Discount", item.amount().subtract(list), "DSC");
            }
        }
        body.append("L3*%s*G***%s******1*L~".formatted(row.billed(), cents(row.sum())));
        long segments = body.chars().filter(sign -> sign == '~').count() + 2;
        text.append("ST*210*%s~".formatted(control)).append(body).append("SE*%d*%s~".formatted(segments, control));
    }

    private static void charge(StringBuilder body, int lx, String words, BigDecimal amount, String code) {
        body.append("LX*%d~L5*%d*%s~L1*%d***%s%s~"
                .formatted(lx, lx, words, lx, cents(amount), code.isEmpty() ? "" : "****" + code));
    }

    private static String code(What what) {
        return switch (what) {
            case TRANSPORT -> "";
            case FUEL -> "FUE";
            case EXTRA -> "RES";
            case DUTY -> "TAX";
            default -> throw new IllegalArgumentException(what.name());
        };
    }

    private static String cents(BigDecimal amount) {
        return amount.movePointRight(2).toBigIntegerExact().toString();
    }
}

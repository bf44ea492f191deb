package io.waybill.billing;

import io.waybill.ledger.Amounts;
import java.math.BigDecimal;
import java.time.LocalDate;

/** A shipment that is billed for the first time long after its shipping day, and that nobody ever scanned. */
record NeverShipped(Bill bill, Basis basis, Claims claims) {
    boolean isSo() {
        if (!bill.isFirst()
                || bill.shipment().scanned()
                || claims.left.stream().anyMatch(line -> line.words().deliveredOn() != null)
                || Bill.sum(claims.left).signum() <= 0) {
            return false;
        }
        LocalDate bought = bill.shipment().boughtOn();
        LocalDate day = claims.left.get(0).words().shipDate();
        LocalDate from = day == null ? bought : day;
        int wait = basis.contract().on(from).map(Contract.Terms::scanDays).orElse(Contracts.SCAN_DAYS);
        if (from == null || !from.plusDays(wait).isBefore(basis.today())) {
            return false;
        }
        LocalDate tracked = basis.trackedSince().get().get(bill.shipment().namespace());
        if (tracked == null || bought == null || bought.isBefore(tracked)) {
            basis.unchecked().add("scans", "");
            return false;
        }
        return true;
    }

    void run() {
        BigDecimal billed = Bill.sum(claims.left);
        String manifest = bill.shipment().manifest();
        claims.finding(
                AuditRule.MANIFESTED_NOT_SHIPPED,
                claims.left.get(0),
                billed.subtract(bill.expectedOwn()),
                billed,
                "scans=none; bought=" + bill.shipment().boughtOn() + "; manifest="
                        + (manifest == null ? "none" : manifest) + "; billed=" + Amounts.plain(billed));
    }
}

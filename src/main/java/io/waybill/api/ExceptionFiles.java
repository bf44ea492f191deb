package io.waybill.api;

import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Reason;
import io.waybill.ledger.RejectionBook;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which file an exception is about: the one that stopped, or the one in which a rejected document came. */
record ExceptionFiles(List<RejectionBook.Filed> rejected) {

    static ExceptionFiles of(Tx tx, List<ExceptionBook.Row> rows) {
        List<String> ids = new ArrayList<>();
        List<String> namespaces = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (ExceptionBook.Row row : rows) {
            if (isRejected(row)) {
                ids.add(row.subjectId());
                if (row.orderId() != null) {
                    namespaces.add(row.namespace());
                    numbers.add(row.orderId());
                }
            }
        }
        return new ExceptionFiles(tx.rejections().files(ids, namespaces, numbers));
    }

    /** As it was called where it lay, or null. */
    @Nullable
    String of(ExceptionBook.Row row) {
        if (row.reason().equals(Reason.FILE_FAILED.code())) {
            String source = row.source() + "/";
            return row.subjectId().startsWith(source) ? row.subjectId().substring(source.length()) : null;
        }
        return isRejected(row)
                ? first(one -> one.id().equals(row.subjectId()))
                        .or(() -> first(one -> one.isOf(row.namespace(), row.orderId())))
                        .map(RejectionBook.Filed::name)
                        .orElse(null)
                : null;
    }

    /** Many may be under one number, and the newest is the one an order's exception tells of. */
    private Optional<RejectionBook.Filed> first(Predicate<RejectionBook.Filed> meant) {
        return rejected.stream().filter(meant).findFirst();
    }

    private static boolean isRejected(ExceptionBook.Row row) {
        return row.reason().equals(Reason.ORDER_REJECTED.code());
    }
}

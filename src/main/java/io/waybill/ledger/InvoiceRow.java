package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One invoice, or what a corrected one adds to it.
 *
 * @param passedOver how much of its file is no line of any invoice, and in {@code passedWords} which rows, as far as they fit
 * @param number the carrier's
 * @param revision 1 for the first; what a corrected invoice adds is a revision of its own
 * @param statedTotal what the invoice says it comes to, all its revisions together; null where its file says no total
 * @param total the sum of this revision's lines
 * @param expected what the shipments it bills first were expected to cost; null until it is matched
 * @param state {@code IMPORTED} while it is read, then {@code PROVED | MATCHED | APPROVED | POSTED}, and {@code PAID}, or
 *     {@code PART_DISPUTED} when it was paid without what is in dispute
 * @param nextLine how far its lines are matched
 * @param notChecked JSON list of what the reading of its file left open and what the audit could not look at, each
 *     {@code {"what", "value"}}; null while it is read
 */
public record InvoiceRow(
        String id,
        String fileUid,
        String fileName,
        int passedOver,
        @Nullable String passedWords,
        String namespace,
        String account,
        String carrier,
        String number,
        int revision,
        @Nullable LocalDate invoiceDate,
        String currency,
        @Nullable BigDecimal statedTotal,
        @Nullable BigDecimal total,
        @Nullable BigDecimal expected,
        int lineCount,
        String state,
        int nextLine,
        @Nullable String notChecked,
        String importedBy,
        Instant importedAt,
        @Nullable String approvedBy,
        @Nullable Instant approvedAt,
        @Nullable String postedBy,
        @Nullable Instant postedAt,
        @Nullable String paidBy,
        @Nullable Instant paidAt) {}

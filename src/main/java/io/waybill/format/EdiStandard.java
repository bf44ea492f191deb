package io.waybill.format;

import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** What wraps the documents of a standard: which segments begin and end what, where their numbers and counts stand. */
enum EdiStandard {
    X12(
            List.of("ISA"),
            new Wrapper("ISA", "IEA", "ISA13", "IEA02", "IEA01"),
            new Wrapper("GS", "GE", "GS06", "GE02", "GE01"),
            new Wrapper("ST", "SE", "ST02", "SE02", "SE01")),
    EDIFACT(
            List.of("UNA", "UNB"),
            new Wrapper("UNB", "UNZ", "UNB05", "UNZ02", "UNZ01"),
            new Wrapper("UNG", "UNE", "UNG05", "UNE02", "UNE01"),
            new Wrapper("UNH", "UNT", "UNH01", "UNT02", "UNT01"));

    /** A pair of segments: {@code number} of the first is said again as {@code repeated}, {@code count} is what is between. */
    record Wrapper(String begin, String end, String number, String repeated, String count) {
        /** What the end says otherwise than the beginning and the count of what was between. */
        List<Problem> wrong(EdiSegment first, EdiSegment last, int counted) {
            List<Problem> found = new ArrayList<>();
            String stated = last.text(count);
            if (!same(stated, String.valueOf(counted))) {
                found.add(Problem.of(FormatCode.EDI_COUNT, "element", count, "stated", stated, "counted", counted));
            }
            String wanted = first.text(number);
            if (!same(wanted, last.text(repeated))) {
                found.add(Problem.of(
                        FormatCode.EDI_NUMBER, "element", repeated, "stated", last.text(repeated), "wanted", wanted));
            }
            return found;
        }

        /** Leading zeros do not count. */
        private static boolean same(String a, String b) {
            return a.replaceFirst("^0+(?=.)", "").equals(b.replaceFirst("^0+(?=.)", ""));
        }
    }

    final List<String> heads;
    final Wrapper interchange;
    final Wrapper group;
    final Wrapper transaction;

    EdiStandard(List<String> heads, Wrapper interchange, Wrapper group, Wrapper transaction) {
        this.heads = heads;
        this.interchange = interchange;
        this.group = group;
        this.transaction = transaction;
    }

    static EdiStandard of(Format format) {
        return format == Format.X12 ? X12 : EDIFACT;
    }
}

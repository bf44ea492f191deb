package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;

/** A sheet as a workbook lists it. */
record SheetName(String name, boolean hidden) {

    /** Which of these is asked for: by name, else by number from 1; the first that is not hidden when none is. */
    static int chosen(List<SheetName> sheets, String asked, String file) {
        for (int i = 0; i < sheets.size(); i++) {
            SheetName sheet = sheets.get(i);
            if (asked.isBlank() ? !sheet.hidden() : sheet.name().strip().equalsIgnoreCase(asked.strip())) {
                return i;
            }
        }
        if (asked.matches("[1-9]\\d{0,3}") && Integer.parseInt(asked) <= sheets.size()) {
            return Integer.parseInt(asked) - 1;
        }
        String known = String.join(", ", sheets.stream().map(SheetName::name).toList());
        throw new ProblemException(Problem.of(FormatCode.UNKNOWN_SHEET, "file", file, "sheet", asked, "known", known));
    }

    /** What is told where this is read, nobody having named a sheet, and others hold something too. */
    List<Problem> alone(List<SheetName> others, String file) {
        String unread = String.join(", ", others.stream().map(SheetName::name).toList());
        return others.isEmpty()
                ? List.of()
                : List.of(Problem.of(FormatCode.UNREAD_SHEETS, "file", file, "sheet", name, "others", unread));
    }
}

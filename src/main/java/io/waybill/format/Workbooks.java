package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/** Opens a workbook by what it is, not by what it is called. */
final class Workbooks {
    private static final int PACKED = 0x504B0304;
    private static final int OLD = 0xD0CF11E0;

    private Workbooks() {}

    static Rows open(InputStream in, String file, Reading reading) {
        try (BufferedInputStream bytes = new BufferedInputStream(in)) {
            int head = head(bytes);
            if (head == PACKED) {
                return rows(SpooledZip.of(bytes, file, reading.limits()), file, reading);
            }
            if (head == OLD) {
                return new OldSheetRows(bytes, file, reading);
            }
            throw new ProblemException(
                    Problem.of(head == 0 ? FormatCode.EMPTY_FILE : FormatCode.NOT_A_WORKBOOK, "file", file));
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }

    /** Whether the stream begins as a workbook, packed or old. Its first bytes are read. */
    static boolean isBegun(InputStream in) throws IOException {
        int first = first(in);
        return first == PACKED || first == OLD;
    }

    private static int head(InputStream bytes) throws IOException {
        bytes.mark(4);
        int head = first(bytes);
        bytes.reset();
        return head;
    }

    private static int first(InputStream bytes) throws IOException {
        int first = 0;
        for (byte next : bytes.readNBytes(4)) {
            first = first << 8 | (next & 0xFF);
        }
        return first;
    }

    private static Rows rows(SpooledZip zip, String file, Reading reading) throws IOException {
        try {
            return new Workbook(zip, file, reading.limits())
                    .rows(reading.table().sheet());
        } catch (XMLStreamException e) {
            zip.close();
            throw new ProblemException(
                    Problem.of(FormatCode.BAD_WORKBOOK, "file", file, "reason", String.valueOf(e.getMessage())), e);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }
}

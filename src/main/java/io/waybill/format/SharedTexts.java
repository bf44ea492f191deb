package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The different texts of a workbook, which its cells name by number: as UTF-8 in large blocks, up to a limit. */
final class SharedTexts {
    /** Bytes of all texts together. */
    static final long MOST_BYTES = 128L << 20;

    private static final int BLOCK = 1 << 20;

    private final String file;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private long[] places = new long[1 << 10];
    private int size;
    private long bytes;

    SharedTexts(String file) {
        this.file = file;
    }

    void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes += utf8.length + Integer.BYTES + Long.BYTES;
        if (bytes > MOST_BYTES) {
            throw new ProblemException(Problem.of(
                    FormatCode.WORKBOOK_TOO_LARGE, "file", file, "limit", (MOST_BYTES >> 20) + " MB of texts"));
        }
        ByteBuffer block = blockFor(utf8.length + Integer.BYTES);
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = (blocks.size() - 1L) << Integer.SIZE | block.position();
        block.putInt(utf8.length).put(utf8);
    }

    private ByteBuffer blockFor(int length) {
        if (blocks.isEmpty() || blocks.get(blocks.size() - 1).remaining() < length) {
            blocks.add(ByteBuffer.allocate(Math.max(BLOCK, length)));
        }
        return blocks.get(blocks.size() - 1);
    }

    /** @throws IndexOutOfBoundsException when the workbook has no such text */
    String get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("text " + index + " of " + size);
        }
        ByteBuffer block = blocks.get((int) (places[index] >> Integer.SIZE));
        int at = (int) places[index];
        return new String(
                block.array(), block.arrayOffset() + at + Integer.BYTES, block.getInt(at), StandardCharsets.UTF_8);
    }
}

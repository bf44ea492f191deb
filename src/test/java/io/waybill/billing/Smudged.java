package io.waybill.billing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One bill in the many ways programs write the same table down. */
final class Smudged {
    private final String layout;
    private final char delimiter;
    private final Random random;
    private final List<String> header;
    private final List<List<String>> rows;

    Smudged(String layout, byte[] bytes, String currency, Random random) {
        this.layout = layout;
        this.random = random;
        this.delimiter = layout.equals("dhl-express") || layout.equals("plain-bill") ? ';' : ',';
        List<List<String>> all = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> split(line, currency))
                .collect(Collectors.toCollection(ArrayList::new));
        this.header = layout.equals("ups") ? List.of() : all.remove(0);
        this.rows = all;
    }

    private List<String> split(String line, String currency) {
        return List.of(line.split(String.valueOf(delimiter), -1)).stream()
                .map(cell -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell)
                .map(cell -> cell.equals("USD") ? currency : cell)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** A file that cannot be taken in, and what its refusal has to name. */
    record Spoiled(byte[] bytes, String row, String value) {}

    /** The same with an amount that is none in one of its rows. */
    Spoiled spoiled() {
        int nth = random.nextInt(rows.size());
        List<String> row = rows.get(nth);
        int at = IntStream.of(amounts())
                .filter(cell -> !row.get(cell).isEmpty())
                .findFirst()
                .orElseThrow();
        row.set(at, "1x2");
        int firstRow = header.isEmpty() ? 1 : 2;
        return new Spoiled(written(), "row " + (nth + firstRow), "1x2");
    }

    /** @param numbers whether tracking numbers are grouped too */
    byte[] bytes(boolean numbers) {
        Collections.shuffle(rows, random);
        if (numbers) {
            rows.forEach(this::group);
        }
        rows.forEach(this::respell);
        return written();
    }

    private byte[] written() {
        int more = random.nextInt(3);
        boolean quoted = random.nextBoolean();
        String end = random.nextBoolean() ? "\r\n" : "\n";
        StringBuilder text = new StringBuilder();
        if (!header.isEmpty()) {
            text.append(line(header, quoted, more)).append(end);
        }
        rows.forEach(row -> text.append(line(row, quoted, more)).append(end));
        if (random.nextBoolean()) {
            text.append(end);
        }
        boolean marked = random.nextBoolean();
        Charset charset = marked || random.nextBoolean() ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
        return ((marked ? "\uFEFF" : "") + text).getBytes(charset);
    }

    private String line(List<String> cells, boolean quoted, int more) {
        String line = cells.stream()
                .map(cell -> quoted || cell.indexOf(delimiter) >= 0 ? '"' + cell + '"' : cell)
                .collect(Collectors.joining(String.valueOf(delimiter)));
        return line + String.valueOf(delimiter).repeat(more);
    }

    private void respell(List<String> row) {
        for (int at : amounts()) {
            row.set(at, amount(row.get(at)));
        }
        for (int at : dates()) {
            row.set(at, date(row.get(at)));
        }
        if (!layout.equals("plain-bill")) {
            row.set(name(), "M\u00FCller & S\u00F6hne");
        }
    }

    private void group(List<String> row) {
        int at = tracking();
        String number = row.get(at);
        if (number.length() > 8 && random.nextBoolean()) {
            row.set(at, number.substring(0, 4) + (random.nextBoolean() ? " " : "-") + number.substring(4));
        }
    }

    private String amount(String cell) {
        if (cell.isEmpty() || random.nextInt(3) > 0) {
            return cell;
        }
        boolean comma = cell.indexOf(',') > 0;
        String plain = cell.replace(',', '.');
        String sign = plain.startsWith("-") ? "-" : "";
        String digits = plain.substring(sign.length());
        int point = digits.indexOf('.');
        String whole = digits.substring(0, point);
        if (whole.length() > 3) {
            whole = whole.substring(0, whole.length() - 3) + "," + whole.substring(whole.length() - 3);
        }
        String said =
                sign + whole + digits.substring(point) + (whole.length() > 3 ? "" : "00".substring(random.nextInt(3)));
        return comma ? said.replace(',', '_').replace('.', ',').replace('_', '.') : said;
    }

    private String date(String cell) {
        String digits = cell.replace("-", "");
        if (digits.length() != 8 || layout.equals("plain-bill")) {
            return cell;
        }
        String year = digits.substring(0, 4);
        String month = digits.substring(4, 6);
        String day = digits.substring(6);
        return switch (random.nextInt(4)) {
            case 0 -> day + "/" + month + "/" + year;
            case 1 -> day + "." + month + "." + year;
            case 2 -> year + "-" + month + "-" + day;
            default -> digits;
        };
    }

    private int[] amounts() {
        return switch (layout) {
            case "ups" -> new int[] {10, 52};
            case "fedex" -> new int[] {4, 9, 10, 106, 108, 110};
            case "dhl-express" -> new int[] {52, 57, 58, 74, 81};
            default -> new int[] {2, 7, 8, 9, 10, 11, 12};
        };
    }

    private int[] dates() {
        return switch (layout) {
            case "ups" -> new int[] {4, 11};
            case "fedex" -> new int[] {1, 13};
            case "dhl-express" -> new int[] {7, 19};
            default -> new int[] {1, 6};
        };
    }

    private int tracking() {
        return switch (layout) {
            case "ups" -> 20;
            case "fedex" -> 8;
            case "dhl-express" -> 18;
            default -> 5;
        };
    }

    /** A column nobody reads for money. */
    private int name() {
        return switch (layout) {
            case "ups" -> 66;
            case "fedex" -> 33;
            case "dhl-express" -> 30;
            default -> 0;
        };
    }
}

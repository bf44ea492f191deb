package io.waybill.format;

import com.fasterxml.jackson.databind.node.TextNode;

/** What a cell of a workbook says that holds a number or a day, and no text: its decimals have a point, whatever the sheet shows. */
public final class CellValue extends TextNode {
    private static final long serialVersionUID = 1;

    CellValue(String text) {
        super(text);
    }
}

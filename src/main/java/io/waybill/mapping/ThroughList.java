package io.waybill.mapping;

/** A path asks a list for a field of its elements and does not say of which. */
final class ThroughList extends Unanswered {
    private static final long serialVersionUID = 1;

    /**
     * @param list the part of the path that is a list
     * @param first the path as it would read the first element
     */
    ThroughList(String path, String list, String first) {
        super(MappingCode.IS_A_LIST, path, "list", list.isEmpty() ? "." : list, "first", first);
    }
}

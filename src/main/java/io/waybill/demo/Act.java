package io.waybill.demo;

/** One scene of the demo: does something to the running hub and states what came of it. */
interface Act {
    /** As {@code --act} asks for it, and as its texts are named. */
    String name();

    void tell(Stage stage) throws Exception;
}

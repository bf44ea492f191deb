/** The threads of work that mostly waits for somebody else. Start at {@link io.waybill.worker.WorkerThreads}. */
@NullMarked
package io.waybill.worker;

import org.jspecify.annotations.NullMarked;

/** Takes in files of many documents: progress, resume, receipt, quarantine. Start at {@link io.waybill.batch.Batch}. */
@NullMarked
package io.waybill.batch;

import org.jspecify.annotations.NullMarked;

/**
 * Labels in, numbers out: the metrics of the paper, in pure Java.
 *
 * <p>Below it there is only {@code io.videottt.base}. A frame goes in, exact counts come out; the
 * per-frame and the pooled protocol are both computed from those counts, so that a metric never has
 * to be averaged from rounded values.
 */
package io.videottt.metrics;

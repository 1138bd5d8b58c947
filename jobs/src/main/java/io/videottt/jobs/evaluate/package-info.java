/** The evaluation of predictions that another program has written. */
package io.videottt.jobs.evaluate;

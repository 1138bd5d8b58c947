/** The trial of test-time training on one film without annotation: video, numbers, page. */
package io.videottt.jobs.trial;

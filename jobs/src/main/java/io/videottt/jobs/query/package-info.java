/**
 * The queries over results: pooling of semantic, panoptic and instance counts, means, paired
 * differences, measured costs.
 */
package io.videottt.jobs.query;

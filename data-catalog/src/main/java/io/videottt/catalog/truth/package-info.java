/** The ground truth of a frame, found when it is asked for: labels, panoptic segments, objects. */
package io.videottt.catalog.truth;

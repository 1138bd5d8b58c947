/**
 * Videos and their frames: streams that are read ahead, and the ground truth that comes with a
 * frame.
 */
package io.videottt.catalog.video;

/**
 * The catalogue: one YAML file per data set, and the readers that turn it into videos of frames.
 *
 * <p>Paths are Hadoop paths throughout. Frames are read lazily, in temporal order, decoded once and
 * prefetched on another thread; labels are mapped to training ids while they are read. Files are
 * hostile until parsed: sizes are bounded and checked against their images.
 */
package io.videottt.catalog;

package io.videottt.model;

/**
 * The colours that the main head shall predict for one gray image.
 *
 * @param colours [height * width * 3], interleaved red, green, blue, unsigned bytes, of the image
 *     that the network sees gray; not copied, treat as immutable
 */
public record ColourTarget(byte[] colours) implements TrainingTarget {}

/**
 * Frames as a method trains on them: working sizes, crops and other samples, their order, masks,
 * colours, training images.
 */
package io.videottt.adaptation.frames;

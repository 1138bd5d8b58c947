/**
 * The Y-shaped network of the paper on DJL: Swin encoder f, main head h, reconstruction decoder g,
 * with their losses, optimisers, snapshots and checkpoints.
 *
 * <p>The networks are plain functions over named tensors; the names are those of the published
 * checkpoints. Two rules keep gradients right and native memory flat: no arithmetic with a Java
 * number on a tensor that takes part in autograd except {@code add}, {@code sub}, {@code mod},
 * {@code clip}, {@code mean} and {@code where}, and every step runs inside an {@link
 * ai.djl.ndarray.NDScope}.
 */
package io.videottt.model;

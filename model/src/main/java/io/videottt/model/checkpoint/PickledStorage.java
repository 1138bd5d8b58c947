package io.videottt.model.checkpoint;

/**
 * The memory behind one or several tensors of PyTorch.
 *
 * @param type of its elements
 * @param bytes that hold them
 */
record PickledStorage(ElementType type, StoredBytes bytes) {}

package io.videottt.model;

import ai.djl.ndarray.NDArray;

/**
 * The encoder's multi-scale features of images of size H x W.
 *
 * @param res2 [B, C2, H/4, W/4]
 * @param res3 [B, C3, H/8, W/8]
 * @param res4 [B, C4, H/16, W/16]
 * @param res5 [B, C5, H/32, W/32]
 */
public record FeatureMaps(NDArray res2, NDArray res3, NDArray res4, NDArray res5) {}

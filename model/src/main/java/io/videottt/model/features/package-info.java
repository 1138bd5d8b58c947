/**
 * Networks of other people that see how alike images are: features for the Frechet Inception
 * Distance and the Inception Score, and LPIPS, as TorchScript files that the user brings.
 */
package io.videottt.model.features;

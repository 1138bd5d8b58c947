/**
 * The generated street scenes of the embedded data set: worlds, cameras, surfaces, light and
 * weather, with exact ground truth.
 */
package io.videottt.catalog.scenes;

/**
 * From a network's output to a task's prediction: semantic, panoptic and instance inference,
 * colours, voting over crops, smoothing over time.
 */
package io.videottt.adaptation.inference;

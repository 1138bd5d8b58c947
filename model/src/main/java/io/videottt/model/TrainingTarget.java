package io.videottt.model;

/** What the main head shall predict for one image while it is trained. */
public sealed interface TrainingTarget permits SegmentationTarget, ColourTarget {}

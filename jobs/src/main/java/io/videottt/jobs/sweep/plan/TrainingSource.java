package io.videottt.jobs.sweep.plan;

import io.videottt.catalog.definition.DataSetDefinition;
import java.io.Serializable;

/**
 * Where controls take training images from.
 *
 * @param dataset the data set with the root that is used
 * @param split for example train
 */
public record TrainingSource(DataSetDefinition dataset, String split) implements Serializable {}

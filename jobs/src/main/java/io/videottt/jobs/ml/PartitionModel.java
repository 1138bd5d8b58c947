package io.videottt.jobs.ml;

import io.videottt.adaptation.engine.EngineThread;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.model.folder.SegmentationModel;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The model of a Spark task: loaded when first asked for, freed with the task at the latest. */
public final class PartitionModel implements AutoCloseable {

  private final String folder;
  private final String device;
  private final Configuration hadoop;
  private SegmentationModel model;

  private PartitionModel(String folder, String device, Configuration hadoop) {
    this.folder = folder;
    this.device = device;
    this.hadoop = hadoop;
  }

  /** The model of the running task, which is freed also when the task fails or stops early. */
  public static PartitionModel ofThisTask(String folder, String device, Configuration hadoop) {
    PartitionModel model = new PartitionModel(folder, device, hadoop);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> model.close());
    return model;
  }

  /** The model, with the calling thread prepared for it. */
  public SegmentationModel get() {
    // A task has as many threads as processors that Spark counts for it.
    EngineThread.prepare(TaskContext.get().cpus());
    if (model == null) {
      model = SegmentationModel.load(new Path(folder), hadoop, DeviceChoice.resolve(device));
    }
    return model;
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}

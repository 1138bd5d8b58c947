package io.videottt.jobs;

import ai.djl.Device;
import io.videottt.metrics.InvalidInputException;
import io.videottt.model.SegmentationModel;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The models that a task has loaded, one per folder; nobody else uses them. */
final class LoadedModels implements AutoCloseable {

  private final Configuration hadoop;
  private final Device device;
  private final Map<String, SegmentationModel> models = new HashMap<>();

  LoadedModels(Configuration hadoop, Device device) {
    this.hadoop = hadoop;
    this.device = device;
  }

  /**
   * The model of a unit, with the weights that were planned.
   *
   * @throws InvalidInputException when the folder holds other weights by now
   */
  SegmentationModel of(Unit unit) {
    SegmentationModel model =
        models.computeIfAbsent(
            unit.modelFolder(), folder -> SegmentationModel.load(new Path(folder), hadoop, device));
    if (!model.fingerprint().equals(unit.modelFingerprint())) {
      throw new InvalidInputException(
          "%s: the weights are not those that the sweep was planned with; start the sweep again"
              .formatted(unit.modelFolder()));
    }
    return model;
  }

  /** Forgets a unit's model: after a failure its parameters may be anything. */
  void discard(Unit unit) {
    SegmentationModel model = models.remove(unit.modelFolder());
    if (model != null) {
      model.close();
    }
  }

  @Override
  public void close() {
    models.values().forEach(SegmentationModel::close);
    models.clear();
  }
}

package io.videottt.jobs.sweep.run;

import ai.djl.Device;
import io.videottt.adaptation.stream.AdaptationRunner;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.runtime.DeviceRetry;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.features.FeatureNetworks;
import io.videottt.model.folder.SegmentationModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The models that a task has loaded, one per folder and reconstruction decoder, each with its
 * runner; nobody else's. Only where controls of one video use several sets of training images, a
 * folder is loaded for each of them.
 */
public final class ModelPool implements AutoCloseable {

  private record Loaded(SegmentationModel model, AdaptationRunner runner) {

    void close() {
      runner.close();
      model.close();
    }
  }

  private final Configuration hadoop;
  private final Device device;
  private final List<ClassDefinition> classes;
  private final String usualTraining;
  private final BiFunction<String, Boolean, List<Video>> trainingVideos;
  private final FeatureNetworks networks;
  private final Map<Key, Loaded> models = new HashMap<>();

  private record Key(String folder, Optional<ReconstructionTarget> target, String training) {}

  /**
   * @param hadoop how to reach the folders
   * @param device where the networks run
   * @param classes of the data set
   * @param usualTraining training images that go with units that need none
   * @param trainingVideos opens training images, as the network sees them: with or without their
   *     colours; none for those of no control
   * @param networks look at predicted colours; closed by whoever has loaded them
   */
  public ModelPool(
      Configuration hadoop,
      Device device,
      List<ClassDefinition> classes,
      String usualTraining,
      BiFunction<String, Boolean, List<Video>> trainingVideos,
      FeatureNetworks networks) {
    this.hadoop = hadoop;
    this.device = device;
    this.classes = classes;
    this.usualTraining = usualTraining;
    this.trainingVideos = trainingVideos;
    this.networks = networks;
  }

  /**
   * A runner on the adaptation's model, with the weights that were planned.
   *
   * @throws InvalidInputException when the folder holds other weights by now
   */
  AdaptationRunner runnerFor(Adaptation adaptation) {
    return loadedFor(adaptation).runner();
  }

  /** As {@link #runnerFor}, the model itself. */
  public SegmentationModel modelFor(Adaptation adaptation) {
    return loadedFor(adaptation).model();
  }

  private Loaded loadedFor(Adaptation adaptation) {
    Loaded loaded = models.computeIfAbsent(key(adaptation), this::load);
    if (!loaded.model().fingerprint().equals(adaptation.modelFingerprint())) {
      throw new InvalidInputException(
          "%s: the weights are not those that the sweep was planned with; start the sweep again"
              .formatted(adaptation.modelFolder()));
    }
    return loaded;
  }

  private Key key(Adaptation adaptation) {
    return new Key(
        adaptation.modelFolder(),
        adaptation.method().target(adaptation.settings()),
        adaptation.method().needs().trainingImages() ? adaptation.trainingImages() : usualTraining);
  }

  private Loaded load(Key key) {
    SegmentationModel model =
        new DeviceRetry()
            .call(
                device,
                () -> SegmentationModel.load(new Path(key.folder()), hadoop, device, key.target()));
    try {
      List<Video> training = trainingVideos.apply(key.training(), model.configuration().seesGray());
      return new Loaded(model, new AdaptationRunner(model, classes, training, networks));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Forgets an adaptation's model: after a failure nothing of it is trusted. */
  void discard(Adaptation adaptation) {
    Loaded loaded = models.remove(key(adaptation));
    if (loaded != null) {
      loaded.close();
    }
  }

  @Override
  public void close() {
    models.values().forEach(Loaded::close);
    models.clear();
  }
}

package io.videottt.jobs;

import ai.djl.Device;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.model.SegmentationModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads a sweep file and looks up what it names: data sets, videos, models. */
final class SweepPlanner {

  private final SweepRequest request;
  private final ConfigurationFile file;
  private final SweepConfiguration configuration;
  private final Catalog catalog;
  private final Configuration hadoop;
  private final Map<String, PlannedModel> models = new HashMap<>();

  SweepPlanner(SweepRequest request, Configuration hadoop) {
    this.request = request;
    this.file = new ConfigurationFile(request.config());
    this.configuration = file.read(SweepConfiguration.class);
    this.catalog = request.catalog(hadoop);
    this.hadoop = hadoop;
  }

  SweepPlan plan() {
    return SweepPlan.of(
        configuration,
        file.file().toString(),
        (name, root) -> open(name, root),
        file::resolve,
        this::model);
  }

  /** What the plan leaves out of the sweep. */
  LeftOut leftOut() {
    return LeftOut.of(configuration, file.file().toString());
  }

  /** What all tasks of a run of this sweep have in common. */
  SweepRun run(String id, String output, String device, Duration checkpointInterval) {
    SweepConfiguration.TrainingImages images = configuration.trainingImages();
    if (images == null) {
      return new SweepRun(id, output, device, checkpointInterval, null, null);
    }
    DataSet dataset = open(images.dataset(), images.root());
    dataset.videoIds(images.split());
    return new SweepRun(
        id, output, device, checkpointInterval, dataset.definition(), images.split());
  }

  private DataSet open(String name, String root) {
    return request.open(catalog, name, Optional.ofNullable(root).map(file::resolve), hadoop);
  }

  private PlannedModel model(String folder) {
    return models.computeIfAbsent(
        folder,
        name -> {
          try (SegmentationModel model =
              SegmentationModel.load(new Path(name), hadoop, Device.cpu())) {
            return new PlannedModel(model.fingerprint(), model.configuration().tasks());
          }
        });
  }
}

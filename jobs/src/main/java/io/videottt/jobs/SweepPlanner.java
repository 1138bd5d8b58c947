package io.videottt.jobs;

import ai.djl.Device;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.metrics.InvalidInputException;
import io.videottt.model.SegmentationModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Looks up what the sweeps of a file name: data sets, videos, models. */
final class SweepPlanner {

  private final SweepRequest request;
  private final List<SweepPart> parts;
  private final Catalog catalog;
  private final Configuration hadoop;
  private final Map<String, PlannedModel> models = new HashMap<>();

  /** Reads the sweep file. */
  SweepPlanner(SweepRequest request, Configuration hadoop) {
    this(request, SweepPart.read(request.config()), hadoop);
  }

  SweepPlanner(SweepRequest request, List<SweepPart> parts, Configuration hadoop) {
    this.request = request;
    this.parts = parts;
    this.catalog = request.catalog(hadoop);
    this.hadoop = hadoop;
  }

  SweepPlan plan() {
    return SweepPlan.union(
        parts.stream()
            .map(
                part ->
                    new ProductOfUnits(part, catalog::definition, this::open, this::model).plan())
            .toList());
  }

  /** What the plan leaves out of the sweep and why, a line for each reason. */
  List<String> leftOut() {
    return parts.stream()
        .flatMap(part -> LeftOut.of(part.configuration(), part.source()).lines().stream())
        .distinct()
        .toList();
  }

  /** What all tasks of a run of this sweep have in common. */
  SweepRun run(String id, String output, String device, Duration checkpointInterval) {
    Map<String, TrainingVideos> training = new HashMap<>();
    for (SweepPart part : parts) {
      SweepConfiguration.TrainingImages images = part.configuration().trainingImages();
      if (images != null) {
        DataSet dataset = open(images.dataset(), images.root());
        dataset.videoIds(images.split());
        TrainingVideos videos = new TrainingVideos(dataset.definition(), images.split());
        TrainingVideos other = training.putIfAbsent(images.id(), videos);
        if (other != null && !other.equals(videos)) {
          throw new InvalidInputException(
              "%s: trainingImages: %s is in two places, %s and %s; name one root"
                  .formatted(
                      part.source(), images.id(), other.dataset().root(), videos.dataset().root()));
        }
      }
    }
    return new SweepRun(id, output, device, checkpointInterval, Map.copyOf(training));
  }

  private DataSet open(String name, String root) {
    return request.open(catalog, name, Optional.ofNullable(root), hadoop);
  }

  private PlannedModel model(String folder) {
    return models.computeIfAbsent(
        folder,
        name -> {
          try (SegmentationModel model =
              SegmentationModel.load(new Path(name), hadoop, Device.cpu())) {
            return new PlannedModel(
                model.fingerprint(),
                model.configuration().tasks(),
                model.configuration().padding());
          }
        });
  }
}

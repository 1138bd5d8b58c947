package io.videottt.jobs;

import ai.djl.Device;
import io.videottt.catalog.Catalog;
import io.videottt.model.SegmentationModel;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Reads a sweep file and looks up what it names: data sets, videos, models. */
final class SweepPlanner {

  private final ConfigurationFile file;
  private final SweepConfiguration configuration;
  private final Catalog catalog;
  private final Configuration hadoop;
  private final String device;

  SweepPlanner(Path config, String catalogFolder, Configuration hadoop, String device) {
    this.file = new ConfigurationFile(config);
    this.configuration = file.read(SweepConfiguration.class);
    this.catalog =
        catalogFolder == null
            ? Catalog.builtIn()
            : Catalog.withFolder(new org.apache.hadoop.fs.Path(catalogFolder), hadoop);
    this.hadoop = hadoop;
    this.device = device;
  }

  SweepPlan plan() {
    return SweepPlan.of(
        configuration, file.file().toString(), catalog, hadoop, file::resolve, this::fingerprint);
  }

  SweepRun run(String id, String output) {
    SweepConfiguration.TrainingImages images = configuration.trainingImages();
    if (images == null) {
      return new SweepRun(id, output, device, null, null);
    }
    var dataset =
        catalog.open(
            images.dataset(), Optional.ofNullable(images.root()).map(file::resolve), hadoop);
    dataset.videoIds(images.split());
    return new SweepRun(id, output, device, dataset.definition(), images.split());
  }

  private String fingerprint(String folder) {
    try (SegmentationModel model =
        SegmentationModel.load(new org.apache.hadoop.fs.Path(folder), hadoop, Device.cpu())) {
      return model.fingerprint();
    }
  }
}
